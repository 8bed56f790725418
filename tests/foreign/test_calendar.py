"""Calendars from other sources: recurrences, cancelled events, time zones, and unreadable content."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from planner.errors import InputError
from planner.foreign.calendar import read_calendar
from planner.foreign.records import Entries
from tests.foreign_files import MONDAY, calendar, event


def read(path: Path, *events: str, more: tuple[str, ...] = ()) -> Entries:
    return read_calendar(calendar(path / "plan.ics", events, *more).read_bytes())


def days(entries: Entries) -> list[str]:
    return [f"{run.day:%m-%d}" for run in entries.runs]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=DAILY;COUNT=3", ["01-04", "01-05", "01-06"]),
        ("FREQ=DAILY;INTERVAL=2;UNTIL=20270109", ["01-04", "01-06", "01-08"]),
        ("FREQ=DAILY;BYDAY=MO,FR;COUNT=3", ["01-04", "01-08", "01-11"]),
        ("FREQ=WEEKLY;COUNT=2", ["01-04", "01-11"]),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT=4", ["01-04", "01-06", "01-08", "01-11"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;UNTIL=20270131T000000Z", ["01-04", "01-10", "01-18", "01-24"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU;UNTIL=20270131T000000Z", ["01-04", "01-17", "01-18", "01-31"]),
        ("FREQ=WEEKLY;BYDAY=TU;COUNT=2", ["01-04", "01-05"]),
    ],
)
def test_daily_and_weekly_repeats_with_an_end_are_followed(rule: str, expected: list[str], tmp_path: Path) -> None:
    found = read(tmp_path, event(MONDAY, "Run 30 min", f"RRULE:{rule}"))
    assert days(found) == expected
    assert found.not_read == ()


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (("RRULE:FREQ=WEEKLY",), "without end"),
        (("RRULE:FREQ=MONTHLY;COUNT=3",), "MONTHLY"),
        (("RRULE:FREQ=WEEKLY;COUNT=3;BYSETPOS=1",), "BYSETPOS"),
        (("RRULE:FREQ=WEEKLY;COUNT=3;BYDAY=1MO",), "BYDAY"),
        (("RRULE:FREQ=DAILY;COUNT=100000",), "100000 times"),
        (("RRULE:FREQ=DAILY;UNTIL=22000101",), "more than 1000"),
        (("RDATE;VALUE=DATE:20270111",), "RDATE"),
    ],
)
def test_a_repeat_that_is_not_followed_is_listed_as_not_read(lines: tuple[str, ...], why: str, tmp_path: Path) -> None:
    found = read(tmp_path, event(MONDAY, "Run 30 min", *lines), event(date(2027, 1, 6), "Run 5 km"))
    assert days(found) == ["01-06"]
    assert [why in aside.why for aside in found.not_read] == [True]


def test_dates_taken_out_and_moved_ones_are_heard(tmp_path: Path) -> None:
    series = event(MONDAY, "Run 30 min", "UID:a", "RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE;VALUE=DATE:20270111")
    moved = event(date(2027, 1, 19), "Run 20 min", "UID:a", "RECURRENCE-ID;VALUE=DATE:20270118")
    gone = event(date(2027, 1, 25), "Run 30 min", "UID:a", "RECURRENCE-ID;VALUE=DATE:20270125", "STATUS:CANCELLED")
    found = read(tmp_path, series, moved, gone)
    assert [(f"{run.day:%m-%d}", run.dose.run.seconds) for run in found.runs] == [("01-04", 1800), ("01-19", 1200)]
    assert [aside.why for aside in found.not_counted] == ["cancelled"]


def test_a_cancelled_event_is_listed_and_not_counted(tmp_path: Path) -> None:
    found = read(tmp_path, event(MONDAY, "Run 5 km"), event(date(2027, 1, 6), "Run 20 km", "STATUS:CANCELLED"))
    assert days(found) == ["01-04"]
    assert [(a.day, a.why) for a in found.not_counted] == [(date(2027, 1, 6), "cancelled")]


def test_a_date_is_the_local_one(tmp_path: Path) -> None:
    late = event("DTSTART:20270104T233000Z", "Run 5 km")
    local = event("DTSTART;TZID=Europe/Berlin:20270106T233000", "Run 5 km")
    in_utc = read(tmp_path, late, local)
    assert days(in_utc) == ["01-04", "01-06"]
    assert any("in UTC" in note for note in in_utc.notes)
    in_berlin = read(tmp_path, late, local, more=("X-WR-TIMEZONE:Europe/Berlin",))
    assert days(in_berlin) == ["01-05", "01-06"]
    assert in_berlin.notes == ()


def test_an_event_without_a_date_or_an_amount_is_listed(tmp_path: Path) -> None:
    found = read(tmp_path, event("X-NO:1", "Run 5 km"), event(MONDAY, "Easy run"), event(MONDAY, "Easy run", "DESCRIPTION:5 km\\, flat"))
    assert days(found) == ["01-04"]
    assert [(a.where, a.day) for a in found.not_read] == [("event 1", None), ("event 2", MONDAY)]


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", "without an event"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Run 5 km\r\n", "breaks off"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n", "without an event|cannot be read|can be read"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR", "can be read"),
    ],
)
def test_a_calendar_that_cannot_be_read_says_why(raw: bytes, why: str) -> None:
    with pytest.raises(InputError, match=why):
        read_calendar(raw)
