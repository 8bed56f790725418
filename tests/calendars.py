"""Calendars rendered from small plans, and rendered again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from attrs import evolve
from icalendar import Calendar

from planner.model import Plan, Session
from planner.render import Options, ics
from planner.render.calendar_parts import apart
from planner.render.calendar_update import updated
from planner.zones import local_span, zone
from tests.plans import sample_plan

START = date(2027, 1, 4)
WEEKS = 3
DAY = timedelta(days=1)
DENTIST = b"BEGIN:VEVENT\r\nUID:dentist\r\nDTSTAMP:20270101T000000Z\r\nDTSTART:20270111T100000Z\r\nSUMMARY:Dentist\r\nEND:VEVENT\r\n"


def issued(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def dated(plan: Plan, day: date) -> Plan:
    return evolve(plan, as_of=day, issued=issued(day))


def first_file(day: date = START - DAY, **more: object) -> bytes:
    return ics.render(dated(sample_plan(weeks=WEEKS), day), Options(**more))


def again(older: bytes, plan: Plan, day: date, **more: object) -> bytes:
    return updated(older, ics.render(dated(plan, day), Options(**more)), today=day, issued=issued(day))


def with_each(plan: Plan, change) -> Plan:
    """The plan with each session as `change` wants it; None leaves it out."""
    weeks = [evolve(w, sessions=tuple(n for s in w.sessions if (n := change(s)) is not None)) for w in plan.weeks]
    return evolve(plan, weeks=tuple(weeks))


def moved(session: Session, days: int, place: str = "Europe/Berlin") -> Session:
    day = session.date + timedelta(days=days)
    span = local_span(zone(place), day, 480, session.duration_s) if session.start else None
    return evolve(session, date=day, start=span[0] if span else None)


def events(data: bytes) -> dict[str, object]:
    found = {str(event["UID"]): event for event in Calendar.from_ical(data).walk("VEVENT")}
    assert len(found) == len(Calendar.from_ical(data).walk("VEVENT")), "each UID once"
    return found


def raws(data: bytes) -> dict[bytes, bytes]:
    return {part.uid: part.raw for part in apart(data).events}
