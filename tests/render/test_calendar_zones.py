"""Time zones of calendars that also hold other people's events, which may recur beyond the plan."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from planner.render.calendar_update import cancelled
from tests.calendars import START, WEEKS, again, first_file, issued
from tests.plans import renamed, sample_plan

RULES = b"""BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
""".replace(b"\n", b"\r\n")
YOGA = b"""BEGIN:VEVENT
UID:yoga
DTSTAMP:20270101T000000Z
DTSTART;TZID=Europe/Berlin:20270105T180000
RRULE:FREQ=WEEKLY
SUMMARY:Yoga
END:VEVENT
""".replace(b"\n", b"\r\n")
ENDED = re.sub(rb"(RRULE:[^\r]*)", rb"\1;UNTIL=20201025T010000Z", RULES)


def mixed(zone: bytes, event: bytes = YOGA) -> bytes:
    """Ana's calendar as another program keeps it: with its own rules of the zone, and an event of its own."""
    bare = re.sub(rb"BEGIN:VTIMEZONE.*END:VTIMEZONE\r\n", zone.replace(b"\\", b"\\\\"), first_file(), flags=re.DOTALL)
    return bare.replace(b"END:VCALENDAR", event + b"END:VCALENDAR")


def hours_in_summer(data: bytes) -> str:
    """The offset of Berlin in the summer after the plan, by the file's own definition."""
    (zone,) = [z for z in Calendar.from_ical(data).walk("VTIMEZONE") if str(z["TZID"]) == "Europe/Berlin"]
    return f"{datetime(2028, 7, 4, 18, tzinfo=UTC).astimezone(zone.to_tz(lookup_tzid=False)):%z}"


def test_another_programs_rules_stay_while_an_event_of_its_own_needs_them() -> None:
    older = mixed(RULES)
    assert hours_in_summer(older) == "+0200"
    for newer in (
        again(older, renamed(sample_plan(weeks=WEEKS), "x"), START),
        again(older, sample_plan(weeks=WEEKS), START, private=True),
        cancelled(older, "ana", today=START, issued=issued(START)),
    ):
        assert newer != older
        assert hours_in_summer(newer) == "+0200"
        assert RULES in newer
    assert again(older, sample_plan(weeks=WEEKS), START) == older


@pytest.mark.parametrize("older", [mixed(RULES, b""), mixed(RULES, YOGA.replace(b"Berlin", b"Paris")), mixed(ENDED)])
def test_rules_that_nobody_else_needs_or_that_have_ended_are_written_anew(older: bytes) -> None:
    newer = again(older, sample_plan(weeks=WEEKS), START)
    assert newer.count(b"TZID:Europe/Berlin\r\n") == 1
    assert RULES not in newer
    assert ENDED not in newer
