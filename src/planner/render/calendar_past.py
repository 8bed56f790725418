"""Read the past from a generated calendar: sessions as planned, taken as done if no log is kept; and whether it follows a log."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from planner.digits import whole_number
from planner.entry import Entry
from planner.errors import InputError
from planner.model import DAY
from planner.render.calendar_parts import apart, athlete_of, span
from planner.render.calendar_stop import is_stop

if TYPE_CHECKING:
    from datetime import date

    from planner.render.calendar_parts import Part, Parts


def past_entries(older: bytes, athlete_id: str, start: date, today: date) -> tuple[Entry, ...] | None:
    """Return what the athlete's calendar has before `today` for the plan from `start`, by date; None if it is foreign or does not apply.

    The calendar of a plan with another start also applies if it covers all days from `start` to today; its sessions on those days stand.
    Events that were cancelled, deleted or moved in the calendar count as they are there. A file that is not a generated calendar gives None
    here; the code that overwrites it rejects it.
    """
    parts = _of_athlete(older, athlete_id)
    if parts is None or not (_is_of(parts, start) or _covers(parts, athlete_id, start, today)):
        return None
    past = [event for event in parts.events if start <= event.day < today and event.value(b"X-PLANNER-SESSION")]
    return tuple(sorted((_entry(event) for event in past), key=lambda row: row.date))


def follows_log(older: bytes, athlete_id: str, start: date) -> bool:
    """Whether the athlete's calendar from `start` has what only a log can provide: a logged run or session, or a standing stop.

    A `log` key alone is not enough, as the log may never have been begun: walks that nobody logged are in the history too, and without a
    `log` key also the runs of the existing calendar.
    """
    parts = _of_athlete(older, athlete_id)
    if parts is None or not _is_of(parts, start):
        return False
    stops = any(is_stop(event) and not event.cancelled for event in parts.events)
    ran = any(done[:10] >= start.isoformat() and done.split("/")[1:2] != ["0"] for done in parts.history)
    return stops or bool(parts.past and (ran or any(word.split("/")[4:5] == ["done"] for word in parts.past)))


def _of_athlete(older: bytes, athlete_id: str) -> Parts | None:
    try:
        parts = apart(older)
    except InputError:
        return None
    return None if parts.private or athlete_of(parts) != athlete_id else parts


def _is_of(parts: Parts, start: date) -> bool:
    """Whether a calendar is of the plan from `start`."""
    return parts.reading.get("start") == start.isoformat()


def _covers(parts: Parts, athlete_id: str, start: date, today: date) -> bool:
    """Whether another plan's calendar covers all days from `start` to yesterday, at least one."""
    first, last = span(parts, athlete_id)
    since = min(first.isoformat(), parts.reading.get("start", ""))
    return since <= start.isoformat() < today.isoformat() and last >= today - DAY


def _entry(event: Part) -> Entry:
    return Entry(
        date=event.day,
        session=unquote(event.value(b"X-PLANNER-SESSION").decode("ascii", "replace")),
        run_m=0 if event.cancelled else _number(event, b"X-PLANNER-RUN-M"),
        foot_m=0 if event.cancelled else _number(event, b"X-PLANNER-FOOT-M"),
    )


def _number(event: Part, name: bytes) -> int:
    return whole_number(event.value(name)) or 0
