"""A VTIMEZONE agrees with zoneinfo at every moment of its span."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Timezone

from planner.errors import InputError
from planner.render.vtimezone import vtimezone
from planner.zones import names, zone

SPANS = [
    ("Europe/Berlin", date(2027, 1, 4), date(2027, 12, 31)),
    ("America/New_York", date(2027, 2, 1), date(2027, 4, 30)),
    ("Australia/Lord_Howe", date(2027, 1, 1), date(2028, 1, 1)),
    ("Africa/Casablanca", date(2027, 1, 1), date(2028, 6, 1)),
    ("Africa/Casablanca", date(2030, 11, 1), date(2031, 4, 1)),
    ("Asia/Kathmandu", date(1985, 12, 1), date(1986, 2, 1)),
    ("Asia/Kathmandu", date(2027, 1, 1), date(2027, 12, 1)),
    ("Pacific/Apia", date(2011, 12, 1), date(2012, 2, 1)),
    ("Pacific/Apia", date(2010, 9, 1), date(2012, 12, 31)),
    ("Europe/Dublin", date(2027, 1, 1), date(2027, 12, 31)),
    ("America/St_Johns", date(2006, 1, 1), date(2007, 12, 31)),
    ("Antarctica/Troll", date(2027, 1, 1), date(2027, 12, 31)),
    ("UTC", date(2027, 1, 1), date(2027, 12, 31)),
]


def observances(written: bytes) -> list[tuple[datetime, timedelta, timedelta, str, str]]:
    """Onset in UTC, offset before and after, name and kind, oldest first, as icalendar reads them."""
    found = []
    for part in Timezone.from_ical(written).subcomponents:
        before, after = part["TZOFFSETFROM"].td, part["TZOFFSETTO"].td
        onset = (part["DTSTART"].dt - before).replace(tzinfo=UTC)
        found.append((onset, before, after, str(part["TZNAME"]), part.name))
    return found


def assert_right(name: str, first: date, last: date, step: timedelta) -> None:
    told = observances(vtimezone(name, first, last))
    assert [t[0] for t in told] == sorted({t[0] for t in told})
    for earlier, later in pairwise(told):
        assert later[1] == earlier[2], "each change starts from what held before it"
    moment = datetime.combine(first, time(), tzinfo=zone(name)).astimezone(UTC)
    end = datetime.combine(last + timedelta(days=1), time(), tzinfo=zone(name)).astimezone(UTC)
    while moment < end:
        local = moment.astimezone(zone(name))
        _, _, offset, called, kind = [t for t in told if t[0] <= moment][-1]
        assert (offset, called) == (local.utcoffset(), local.tzname()), moment
        assert (kind == "DAYLIGHT") == bool(local.dst()), moment
        moment += step


@pytest.mark.parametrize(("name", "first", "last"), SPANS)
def test_every_quarter_of_an_hour_has_the_offset_that_zoneinfo_gives(name, first, last):
    assert_right(name, first, last, timedelta(minutes=15))


@settings(max_examples=300)
@given(name=st.sampled_from(names()), first=st.dates(date(1971, 1, 1), date(2060, 1, 1)), days=st.integers(0, 200))
def test_any_zone_at_any_time(name, first, days):
    assert_right(name, first, first + timedelta(days=days), timedelta(hours=5))


def test_the_second_of_a_change_is_exact():
    told = observances(vtimezone("America/New_York", date(2027, 2, 1), date(2027, 4, 30)))
    assert [t[0] for t in told[1:]] == [datetime(2027, 3, 14, 7, tzinfo=UTC)]
    assert b"BEGIN:DAYLIGHT\r\nDTSTART:20270314T020000\r\nTZOFFSETFROM:-0500\r\nTZOFFSETTO:-0400\r\nTZNAME:EDT\r\n" in vtimezone(
        "America/New_York", date(2027, 2, 1), date(2027, 4, 30)
    )


def test_only_changes_within_the_span_are_written():
    assert len(observances(vtimezone("Europe/Berlin", date(2027, 1, 4), date(2027, 3, 27)))) == 1
    assert len(observances(vtimezone("Europe/Berlin", date(2027, 1, 4), date(2027, 3, 28)))) == 2
    assert len(observances(vtimezone("Europe/Berlin", date(2027, 3, 29), date(2027, 4, 28)))) == 1


def test_it_is_what_icalendar_writes_for_the_same_component():
    for name, first, last in SPANS:
        written = vtimezone(name, first, last)
        assert Timezone.from_ical(written).to_ical(sorted=False) == written


def test_an_unknown_zone_is_refused():
    with pytest.raises(InputError, match="Did you mean `Europe/Paris`"):
        vtimezone("Paris", date(2027, 1, 1), date(2027, 2, 1))
