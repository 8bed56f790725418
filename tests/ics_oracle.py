"""The same calendar built with icalendar alone, as the reference for our bytes."""

from __future__ import annotations

from datetime import UTC, timedelta

from icalendar import Alarm, Calendar, Event, vDuration, vText

from planner.model import Plan, Session
from planner.render import Options, ics
from planner.render.identity import uids
from planner.render.vtimezone import vtimezone
from planner.render.words import pillar_words
from planner.render.x_lines import plan_lines, session_lines


def unfolded(lines: bytes) -> list[tuple[str, str]]:
    pairs = lines.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]
    return [(name, value) for name, _, value in (pair.partition(":") for pair in pairs)]


def by_icalendar(plan: Plan, options: Options) -> bytes:
    """The same calendar built by icalendar alone: one `add` for each property, `to_ical` in the order of adding."""
    calendar = Calendar()
    for name, value in [("VERSION", "2.0"), ("PRODID", ics.PRODUCT), ("CALSCALE", "GREGORIAN")]:
        calendar.add(name, value)
    calendar.add("METHOD", "CANCEL" if options.cancel else "PUBLISH")
    name = "Training" if options.private else f"Return to run: {plan.athlete_name or plan.athlete_id}"
    calendar.add("NAME", vText(name))
    if not options.private:
        calendar.add("X-WR-CALNAME", vText(name))
    calendar.add("REFRESH-INTERVAL", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    if not options.private:
        calendar.add("X-PUBLISHED-TTL", vDuration(timedelta(hours=12)))
        for key, value in unfolded(plan_lines(plan)):
            calendar.add(key, value)
    days = [s.date for s in plan.sessions if s.start]
    if days and plan.timezone != "UTC":
        written = vtimezone(plan.timezone, min(days), max(days) + timedelta(days=1))
        calendar.add_component(Calendar.from_ical(b"BEGIN:VCALENDAR\r\n" + written + b"END:VCALENDAR\r\n").subcomponents[0])
    uid_of = uids(plan, private=options.private)
    for session in plan.sessions:
        calendar.add_component(event_of(session, plan, options, uid_of(session)))
    return calendar.to_ical(sorted=False)


def event_of(session: Session, plan: Plan, options: Options, uid: str) -> Event:
    event = Event()
    event.add("UID", uid)
    event.add("DTSTAMP", plan.issued)
    event.add("LAST-MODIFIED", plan.issued)
    event.add("SEQUENCE", 1 if options.cancel else 0)
    if session.start:
        event.add("DTSTART", session.start)
        end = session.start.astimezone(UTC) + timedelta(seconds=session.duration_s)
        event.add("DTEND", end.astimezone(session.start.tzinfo))
    else:
        event.add("DTSTART", session.date)
        event.add("DTEND", session.date + timedelta(days=1))
    event.add("STATUS", "CANCELLED" if options.cancel or session.status == "cancelled" else "CONFIRMED")
    neutral = "Training note" if session.transparent else "Training"
    event.add("SUMMARY", neutral if options.private else session.title)
    event.add("TRANSP", "TRANSPARENT" if session.transparent else "OPAQUE")
    if not options.private:
        event.add("CATEGORIES", [pillar_words(session.pillar)])
        event.add("DESCRIPTION", ics.description(session, plan))
        for key, value in unfolded(session_lines(session)):
            event.add(key, value)
    if options.alarm_s is not None and not options.cancel and session.start and not session.transparent:
        alarm = Alarm()
        alarm.add("ACTION", "DISPLAY")
        alarm.add("DESCRIPTION", neutral if options.private else session.title)
        alarm.add("TRIGGER", timedelta(seconds=-options.alarm_s))
        event.add_component(alarm)
    return event
