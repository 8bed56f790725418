"""Time zones come from the tzdata package, and no session starts or ends at an ambiguous local time."""

import copy
import pickle
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.errors import InputError
from planner.render.json import document
from planner.zones import by_the_clock, later, local_span, names, zone
from tests.plans import sample_plan


def test_a_zone_is_the_same_object_each_time_and_knows_its_name():
    assert zone("Europe/Berlin") is zone("Europe/Berlin")
    assert zone("America/Argentina/Buenos_Aires").key == "America/Argentina/Buenos_Aires"


@pytest.mark.parametrize("name", ["Europe/Berlin", "America/Argentina/Buenos_Aires", "UTC"])
def test_copied_and_pickled_it_is_the_same_object_still(name):
    place = zone(name)
    assert pickle.loads(pickle.dumps(place)) is place  # noqa: S301  (our own)
    assert copy.copy(place) is place
    assert copy.deepcopy(place) is place


def test_a_plan_is_copied_and_pickled_whole():
    plan = sample_plan()
    assert any(session.start for week in plan.weeks for session in week.sessions)
    for back in (pickle.loads(pickle.dumps(plan)), copy.deepcopy(plan)):  # noqa: S301  (our own)
        assert back == plan
        assert document(back) == document(plan)


def test_every_name_can_be_opened():
    offsets = {name: datetime(2027, 7, 1, tzinfo=zone(name)).utcoffset() for name in names()}
    assert len(offsets) > 500
    assert offsets["Asia/Kathmandu"] == timedelta(hours=5, minutes=45)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("New York", "America/New_York"),
        ("Europe/Berln", "Europe/Berlin"),
        ("utc", "UTC"),
    ],
)
def test_an_unknown_name_offers_the_nearest(name, near):
    with pytest.raises(InputError, match=f"Did you mean `{near}`") as caught:
        zone(name)
    assert name in caught.value.found


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "/etc/localtime", "zone.tab", "__init__.py", "Europe", "a\nb", "x" * 500])
def test_what_is_no_zone_is_refused_on_one_line(name):
    with pytest.raises(InputError) as caught:
        zone(name)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 250


def test_a_span_over_the_spring_change_lasts_its_real_time():
    start, end = local_span(zone("America/New_York"), date(2027, 3, 14), 90, 3600)
    assert (start.hour, start.minute, end.hour, end.minute) == (1, 30, 3, 30)
    assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=1)


@pytest.mark.parametrize(
    ("day", "minute", "seconds"),
    [
        (date(2027, 3, 28), 120, 60),  # starts in the skipped hour
        (date(2027, 10, 31), 150, 7200),  # starts in the repeated hour
        (date(2027, 10, 31), 90, 3600),  # ends in its first half
        (date(2027, 10, 31), 90, 7200),  # ends in its second half
    ],
)
def test_no_session_starts_or_ends_in_a_skipped_or_repeated_hour(day, minute, seconds):
    assert local_span(zone("Europe/Berlin"), day, minute, seconds) is None


def test_the_edges_of_an_unclear_hour_are_clear():
    berlin = zone("Europe/Berlin")
    assert local_span(berlin, date(2027, 3, 28), 60, 3600)[1].hour == 3
    assert local_span(berlin, date(2027, 10, 31), 60, 3 * 3600)[1].hour == 3


@pytest.mark.parametrize(
    ("day", "first", "last", "begins", "seconds"),
    [
        (date(2027, 3, 14), 90, 210, "2027-03-14T01:30:00-05:00", 3600),  # over the skipped hour
        (date(2027, 3, 14), 150, 240, "2027-03-14T03:30:00-04:00", 1800),  # from within it
        (date(2027, 3, 14), 150, 180, "2027-03-14T03:30:00-04:00", 0),  # nothing but it
        (date(2027, 11, 7), 30, 150, "2027-11-07T00:30:00-04:00", 3 * 3600),  # over the repeated hour
        (date(2027, 11, 7), 90, 150, "2027-11-07T01:30:00-04:00", 2 * 3600),  # from within it, the first time
        (date(2027, 11, 7), 1380, 1440, "2027-11-07T23:00:00-05:00", 3600),
    ],
)
def test_what_somebody_said_by_the_clock_on_the_wall_begins_and_ends_by_it(day, first, last, begins, seconds):
    start, lasts = by_the_clock(zone("America/New_York"), day, first, last)
    assert (start.isoformat(), lasts) == (begins, seconds)


@settings(max_examples=500)
@given(
    name=st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "UTC", "Asia/Kathmandu"]),
    day=st.dates(date(2020, 1, 1), date(2040, 12, 31)),
    minute=st.integers(0, 1440),
    seconds=st.integers(0, 4 * 3600),
)
def test_a_span_is_real_time_between_moments_that_the_clock_shows_once(name, day, minute, seconds):
    span = local_span(zone(name), day, minute, seconds)
    if span is None:
        return
    start, end = span
    assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(seconds=seconds)
    assert start.replace(tzinfo=None) == datetime.combine(day, time()) + timedelta(minutes=minute)
    for moment in span:
        assert moment.replace(fold=1).utcoffset() == moment.utcoffset()
        assert moment.astimezone(UTC).astimezone(zone(name)) == moment


ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "America/Havana", "Asia/Beirut")
CHANGES = tuple(date(2027, month, day) for month, day in ((3, 14), (3, 28), (4, 4), (10, 3), (10, 31), (11, 7)))


@settings(max_examples=1000)
@given(
    name=st.sampled_from(ZONES),
    change=st.sampled_from(CHANGES),
    beside=st.integers(-2, 2),
    minute=st.integers(0, 1440),
    seconds=st.integers(0, 40 * 3600),
)
def test_near_a_change_of_the_clock_spans_are_what_universal_time_says(name, change, beside, minute, seconds):
    there, day = zone(name), change + timedelta(days=beside)
    start = datetime.combine(day, time(), tzinfo=there) + timedelta(minutes=minute)
    end = (start.astimezone(UTC) + timedelta(seconds=seconds)).astimezone(there)
    clear = all(moment.replace(fold=0).utcoffset() == moment.replace(fold=1).utcoffset() for moment in (start, end))
    assert local_span(there, day, minute, seconds) == ((start, end) if clear else None)
    assert later(there, start, seconds).isoformat() == end.isoformat()
