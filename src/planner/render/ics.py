"""Calendars (RFC 5545 and 7986), one event per session."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from planner.caching import cached_by_identity
from planner.language import N_, _, cached, current_language
from planner.render.calendar_lines import category_line, duration_value, escaped, fold, text_line
from planner.render.identity import uids
from planner.render.vtimezone import vtimezone
from planner.render.words import load_line, pillar_words, step_lines
from planner.render.x_lines import plan_lines, session_lines
from planner.zones import later, zone

if TYPE_CHECKING:
    from datetime import date

    from planner.model import Plan, Session, Why
    from planner.render import Options

PRODUCT = "-//return-to-run//planner//EN"
REFRESH_S = 12 * 3600
PRIVATE_TITLE, PRIVATE_NOTE = N_("Training"), N_("Training note")
UTC_ZONES = frozenset(
    (
        *("UTC", "UCT", "GMT", "GMT+0", "GMT-0", "GMT0", "Greenwich", "Universal", "Zulu", "Iceland"),
        *("Etc/GMT", "Etc/GMT+0", "Etc/GMT-0", "Etc/GMT0", "Etc/Greenwich", "Etc/UCT", "Etc/UTC", "Etc/Universal", "Etc/Zulu"),
        *("Africa/Abidjan", "Africa/Accra", "Africa/Bamako", "Africa/Banjul", "Africa/Conakry", "Africa/Dakar", "Africa/Freetown"),
        *("Africa/Lome", "Africa/Nouakchott", "Africa/Ouagadougou", "Africa/Timbuktu", "Atlantic/Reykjavik", "Atlantic/St_Helena"),
    )
)
"""Zones on UTC all year; their times are written with a Z, as icalendar does."""
_MOST_KEPT = 4096
_DAY = timedelta(days=1)
_kept: dict[tuple[object, ...], tuple[Session, bytes]] = {}


def render(plan: Plan, options: Options) -> bytes:
    """Return the plan as a calendar: UTF-8, CRLF, lines of at most 75 octets.

    Raises `InputError` if the plan's time zone is unknown.
    """
    uid_of, stamp = uids(plan, private=options.private), _stamp(plan, options)
    pieces = [_head(plan, options), _zone(plan)]
    for session in plan.sessions:
        off = options.cancel or session.status == "cancelled"
        times = _hours(plan.timezone, session.start, session.duration_s) if session.start else all_day(session.date)
        content = _private(transparent=session.transparent) if options.private else _content(session, plan)
        alarm = b"" if off or options.alarm_s is None else _alarm(session, options.alarm_s, private=options.private)
        status = b"STATUS:CANCELLED\r\n" if off else b"STATUS:CONFIRMED\r\n"
        pieces += (b"BEGIN:VEVENT\r\n", fold(b"UID:" + escaped(uid_of(session))), stamp, times, status, content, alarm, b"END:VEVENT\r\n")
    pieces.append(b"END:VCALENDAR\r\n")
    return b"".join(pieces)


def _head(plan: Plan, options: Options) -> bytes:
    """Return the calendar's own lines; a private one has no X- lines at all."""
    refresh = duration_value(REFRESH_S)
    method = text_line("METHOD", "CANCEL" if options.cancel else "PUBLISH")
    lines = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + text_line("PRODID", PRODUCT) + b"CALSCALE:GREGORIAN\r\n" + method
    interval = b"REFRESH-INTERVAL;VALUE=DURATION:%b\r\n" % refresh
    if options.private:
        return lines + text_line("NAME", _(PRIVATE_TITLE)) + interval
    name = _("Return to run: {name}", name=plan.athlete_name or plan.athlete_id)
    named = text_line("NAME", name) + text_line("X-WR-CALNAME", name)
    return lines + named + interval + b"X-PUBLISHED-TTL:%b\r\n" % refresh + plan_lines(plan)


def _stamp(plan: Plan, options: Options) -> bytes:
    """Return the stamps shared by all events; a cancelling calendar has a higher SEQUENCE than the plan."""
    issued = _clock(plan.issued.astimezone(UTC)) + b"Z"
    return b"DTSTAMP:%b\r\nLAST-MODIFIED:%b\r\nSEQUENCE:%d\r\n" % (issued, issued, 1 if options.cancel else 0)


def _zone(plan: Plan) -> bytes:
    """Return the VTIMEZONE of the plan's timed sessions; b"" if there are none or the zone is UTC."""
    days = [session.date for session in plan.sessions if session.start]
    if not days or plan.timezone in UTC_ZONES:
        return b""
    return vtimezone(plan.timezone, min(days), max(days) + _DAY)


@lru_cache(maxsize=1024)
def _hours(name: str, start: datetime, seconds: int) -> bytes:
    """Return DTSTART and DTEND in the zone `name`; the end is `seconds` of elapsed time later, even across a clock change."""
    place, key, mark = zone(name), b";TZID=%b:" % name.encode(), b""
    if name in UTC_ZONES:
        key, mark = b":", b"Z"
    begins = start.astimezone(place)
    return b"DTSTART%b%b%b\r\nDTEND%b%b%b\r\n" % (key, _clock(begins), mark, key, _clock(later(place, begins, seconds)), mark)


def _clock(local: datetime) -> bytes:
    numbers = (local.year, local.month, local.day, local.hour, local.minute, local.second)
    return b"%04d%02d%02dT%02d%02d%02d" % numbers


@lru_cache(maxsize=4096)
def all_day(day: date) -> bytes:
    """Return DTSTART and DTEND of an all-day event."""
    first, following = (d.isoformat().replace("-", "") for d in (day, day + _DAY))
    return f"DTSTART;VALUE=DATE:{first}\r\nDTEND;VALUE=DATE:{following}\r\n".encode()


def _private(*, transparent: bool) -> bytes:
    title, shown = (PRIVATE_NOTE, "TRANSPARENT") if transparent else (PRIVATE_TITLE, "OPAQUE")
    return text_line("SUMMARY", _(title)) + text_line("TRANSP", shown)


def _alarm(session: Session, seconds: int, *, private: bool) -> bytes:
    """Return a reminder before a session with a start time; none for all-day events, where it would fire at midnight."""
    if session.start is None or session.transparent:
        return b""
    words = text_line("DESCRIPTION", _(PRIVATE_TITLE) if private else session.title)
    trigger = duration_value(-seconds)
    return b"BEGIN:VALARM\r\nACTION:DISPLAY\r\n%bTRIGGER:%b\r\nEND:VALARM\r\n" % (words, trigger)


def _content(session: Session, plan: Plan) -> bytes:
    """Return a session's content lines, cached because pillars repeat the same content in many plans.

    The cache key has the ids of steps, reasons and details; the cached session keeps those objects alive and their ids valid.
    """
    key: tuple[object, ...] = (
        *(id(session.steps), id(session.why), id(session.details), session.title, session.tags, session.pillar, session.key),
        *(session.ordinal, session.transparent, session.status, plan.disclaimer, current_language()),
    )
    if session.run_s or session.walk_s:
        key += (session.run_s, session.walk_s, session.run_m, session.foot_m, session.ceiling_m, session.bound_by, plan.units)
    known = _kept.get(key)
    if known is not None:
        return known[1]
    if len(_kept) >= _MOST_KEPT:
        _kept.clear()
    content = _written(session, plan)
    _kept[key] = session, content
    return content


def _written(session: Session, plan: Plan) -> bytes:
    return b"".join(
        (
            fold(b"SUMMARY:" + escaped(session.title)),
            _filed(session.pillar, session.transparent),
            fold(b"DESCRIPTION:" + escaped(description(session, plan))),
            session_lines(session),
        )
    )


@cached(512)
def _filed(pillar: str, transparent: bool) -> bytes:  # noqa: FBT001  (cached calls with positional arguments are faster)
    return text_line("TRANSP", "TRANSPARENT" if transparent else "OPAQUE") + category_line(pillar_words(pillar))


def description(session: Session, plan: Plan) -> str:
    """Return a session's description for a phone: steps in short lines, then details, reasons, and the disclaimer."""
    todo, load = step_lines(session.steps), load_line(session, miles=plan.units == "mi")
    if load:
        todo.append(load)
    why = "\n".join(map(_reason, session.why))
    return "\n\n".join(filter(None, ("\n".join(todo), session.details.strip(), why, plan.disclaimer.strip())))


@cached_by_identity(1024)
def _reason(why: Why) -> str:
    said = f"{why.text} ({why.source})" if why.source else why.text
    return _why().replace("{reason}", said).removesuffix("\r")


@cached(1)
def _why() -> str:
    """Return the translated form of a reason, with a placeholder for it."""
    return _("Why: {reason}", reason="{reason}")
