"""Reads foreign calendars: each event's workout from SUMMARY, else from DESCRIPTION, on its local dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from icalendar import Calendar, vDDDLists, vDDDTypes

from planner.errors import InputError
from planner.foreign.records import MOST_ENTRIES, Aside, Run, by_date
from planner.foreign.repeats import UnreadRuleError, repeated
from planner.foreign.wording import hear, short
from planner.zones import zone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from icalendar import Component

    from planner.foreign.records import Entries

END = b"END:VCALENDAR"


def read_calendar(raw: bytes) -> Entries:
    """The entries of a calendar. Raises `InputError` if it is not a valid calendar, or has no events or too many."""
    calendar = _calendar(raw)
    events = list(calendar.walk("VEVENT"))
    if not events:
        raise InputError("", "a calendar without an event", "a calendar with the plan's runs")
    if len(events) > MOST_ENTRIES:
        raise InputError("", f"{len(events)} events", f"at most {MOST_ENTRIES}", "Is it a plan?")
    place = _zone(calendar)
    moved = {(str(event.get("UID", "")), _date(event, "RECURRENCE-ID", place)) for event in events if "RECURRENCE-ID" in event}
    runs: list[Run] = []
    not_counted: list[Aside] = []
    not_read: list[Aside] = []
    for number, event in enumerate(events, 1):
        for run, aside, unread in _entries(f"event {number}", event, place, moved):
            runs += [run] if run else []
            not_counted += aside
            not_read += unread
        if len(runs) + len(not_counted) + len(not_read) > MOST_ENTRIES:
            raise InputError("", "too many repeated events", f"at most {MOST_ENTRIES} in all", "Is it a plan?")
    return by_date(runs, not_counted, not_read, list(_told(events, place)))


def _calendar(raw: bytes) -> Component:
    if raw.rstrip()[-len(END) :].upper() != END:
        raise InputError("", "a calendar that breaks off before its end", "END:VCALENDAR", "Download it again.")
    try:
        return Calendar.from_ical(raw)
    except (ValueError, IndexError, KeyError, TypeError, AttributeError) as error:
        reason = " ".join(str(error).split())[:80]
        raise InputError("", f"not a calendar that can be read ({reason})", "a calendar of one plan, .ics") from None


def _zone(calendar: Component) -> ZoneInfo | None:
    """The time zone of the calendar as a whole; None if it names none, or an unknown one."""
    name = _text(calendar, "X-WR-TIMEZONE")
    try:
        return zone(name) if name else None
    except InputError:
        return None


def _entries(
    where: str, event: Component, place: ZoneInfo | None, moved: set[tuple[str, date | None]]
) -> Iterator[tuple[Run | None, tuple[Aside, ...], tuple[Aside, ...]]]:
    """For each date of an event: its run, what is not counted, and what could not be read."""
    title, day = _text(event, "SUMMARY"), _date(event, "DTSTART", place)
    if day is None:
        yield None, (), (Aside(where, None, short(title), "it has no date that can be read"),)
        return
    if _text(event, "STATUS").upper() == "CANCELLED":
        yield None, (Aside(where, day, short(title), "cancelled"),), ()
        return
    run, aside, unread = hear(where, day, title, _text(event, "DESCRIPTION"))
    try:
        days = _days(event, day, place)
    except UnreadRuleError as error:
        if run is None and not unread:
            yield run, aside, unread
        else:
            yield None, aside, (Aside(where, day, short(title), str(error)),)
        return
    name = str(event.get("UID", ""))
    for each in days:
        if "RECURRENCE-ID" in event or (name, each) not in moved:
            yield run and run._replace(day=each), tuple(a._replace(day=each) for a in aside), tuple(a._replace(day=each) for a in unread)


def _days(event: Component, day: date, place: ZoneInfo | None) -> list[date]:
    """The dates of an event, without excluded ones (EXDATE). Raises `UnreadRuleError`."""
    if "RDATE" in event:
        raise UnreadRuleError("it repeats on dates of its own (RDATE), which are not read")
    rule = event.get("RRULE")
    if rule is None or "RECURRENCE-ID" in event:
        return [day]
    if not isinstance(rule, Mapping):
        raise UnreadRuleError("it repeats by a rule that cannot be read")
    lists = event.get("EXDATE", [])
    left_out = {
        _local(item.dt, place)
        for dates in (lists if isinstance(lists, list) else [lists])
        if isinstance(dates, vDDDLists)
        for item in dates.dts
    }
    return [each for each in repeated(day, rule) if each not in left_out]


def _date(event: Component, key: str, place: ZoneInfo | None) -> date | None:
    line = event.get(key)
    return _local(line.dt, place) if isinstance(line, vDDDTypes) else None


def _local(moment: object, place: ZoneInfo | None) -> date | None:
    """The local date: as written, except that a time in UTC is converted to the calendar's zone if it names one."""
    if isinstance(moment, datetime):
        return moment.astimezone(place).date() if place is not None and _in_utc(moment) else moment.date()
    return moment if isinstance(moment, date) else None


def _in_utc(moment: datetime) -> bool:
    return moment.tzinfo is UTC or str(moment.tzinfo) == "UTC"


def _text(component: Component, key: str) -> str:
    """The text of a property, the first if it occurs twice; "" without one."""
    value = component.get(key, "")
    return str(value[0] if isinstance(value, list) and value else value).strip()


def _told(events: list[Component], place: ZoneInfo | None) -> Iterator[str]:
    """Notes about dates in UTC and about events that share one UID."""
    lines = (event.get("DTSTART") for event in events)
    moments = [line.dt for line in lines if isinstance(line, vDDDTypes) and isinstance(line.dt, datetime)]
    if place is None and any(map(_in_utc, moments)):
        yield "Some times are in UTC and the calendar names no zone (X-WR-TIMEZONE): those events are on their dates in UTC."
    twice = [name for name, times in Counter(str(e["UID"]) for e in events if "UID" in e and "RECURRENCE-ID" not in e).items() if times > 1]
    if twice:
        yield f"{len(twice)} events are in it more than once under one UID; each was counted."
