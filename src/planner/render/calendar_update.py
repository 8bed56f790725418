"""Update an existing calendar with a newly rendered one: pure functions from files to a file.

Events are identified by UID and kept as bytes. Events before today and events with unchanged content keep their bytes; changed ones get a
higher SEQUENCE and a later LAST-MODIFIED; future events no longer planned stay as `STATUS:CANCELLED`. Foreign content is left alone.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from planner.errors import InputError
from planner.render.calendar_owner import fits, is_private_stop
from planner.render.calendar_parts import (
    ADVICE,
    EXPECTED,
    PRIVATE_UID,
    STOP_UID,
    Part,
    Parts,
    apart,
    athlete_of,
    joined,
    span,
    unescaped,
    zones_for,
)
from planner.render.identity import private_uid

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

PRIVATE_ADVICE = f"A private calendar does not say whose it is. {ADVICE}"
_METHOD = re.compile(rb"^METHOD:[^\r\n]*\r\n", re.IGNORECASE | re.MULTILINE)
_MOMENT_WORDS = re.compile(rb" (?:as-of|issued|ahead-from)=\S+")
_HISTORY = re.compile(rb"(?<=^X-PLANNER-HISTORY:)[^\r\n]*", re.MULTILINE)
_PAST = re.compile(rb"^X-PLANNER-PAST:[^\r\n]*\r\n", re.MULTILINE)
_TAKEN_BACK = re.compile(rb"^X-PLANNER-TAKEN-BACK:[^\r\n]*\r\n", re.MULTILINE)
_WEEK_DONE = re.compile(rb"( week=\S*)/[^\s/]*")


def updated(older: bytes, fresh: bytes, *, today: date, issued: datetime, athlete_id: str = "") -> bytes:
    """Return `older` updated to `fresh`, which was just rendered for `today`; `older` itself if nothing changed.

    `issued` (aware) stamps the changes. `athlete_id` says whose `fresh` is if it is private; without it, both must share a session. If
    `fresh` belongs to another plan of the athlete (another start), the future of the older plan is cancelled, and the past days that its
    calendar covers stay as they are: on those, the new plan adds nothing before today. A private calendar keeps nothing of an older
    non-private one except foreign content. Raises `InputError` (which does not name the file) if `older` is not a calendar of this athlete.
    """
    was, now = apart(older), apart(fresh)
    if not _share_sessions(was, now):
        _refuse_stranger(was, athlete_id if now.private else athlete_of(now))
    was = _with_twins(was, now)
    if now.private and not was.private:
        whose = athlete_of(was)
        was = was._replace(components=tuple(part for part in was.components if not was.is_own(part, whose)))
    same_plan = (was.reading.get("start"), was.private) == (now.reading.get("start"), now.private)
    covered = (date.min, date.max) if same_plan else span(was, athlete_of(now))
    wanted = {event.uid: event for event in now.events}

    def version(event: Part) -> bytes:
        found = wanted.pop(event.uid, None)
        if event.day < today:
            return event.raw
        if found is None or found.day < today:
            return taken_back(event, issued)
        return event.raw if found.content == event.content else found.stamped(event, issued)

    kept = versions(was, athlete_of(now), version)
    kept += [event.raw for event in wanted.values() if event.day >= today or not covered[0] <= event.day <= covered[1]]
    zones = zones_for(kept, was, now)
    if _without_moment(was) == _without_moment(now) and [*zones, *kept] == [part.raw for part in was.components]:
        return older
    return joined(now.head, (*zones, *kept))


def cancelled(older: bytes, athlete_id: str, *, today: date, issued: datetime) -> bytes:
    """Return the calendar with all future events cancelled, except a stop's note; `older` itself if nothing changes.

    The note is kept because a stop ends only by being lifted. If everything in the calendar is now cancelled, the whole file becomes a
    cancellation (`METHOD:CANCEL`). A non-private calendar also records the date. Raises as `updated` does.
    """
    was = of_athlete(older, athlete_id)

    def version(event: Part) -> bytes:
        noted = is_private_stop(event) if was.private else STOP_UID.match(event.uid)
        return event.raw if event.day < today or noted else taken_back(event, issued)

    kept = versions(was, athlete_id, version)
    if kept == others_of(was):
        return older
    after = apart(joined(was.head, kept)).components
    all_gone = all(was.is_own(part, athlete_id) and part.cancelled for part in after)
    head = with_method(was.head, b"CANCEL") if all_gone else was.head
    if not was.private:
        head = _TAKEN_BACK.sub(b"", head) + b"X-PLANNER-TAKEN-BACK:%b\r\n" % today.isoformat().encode()
    return joined(head, (*zones_for(kept, was, was), *kept))


def of_athlete(raw: bytes, athlete_id: str) -> Parts:
    """Return the parts of an athlete's calendar; a private one must have a session of this athlete. Raises `InputError` for another's."""
    parts = apart(raw)
    _refuse_stranger(parts, athlete_id)
    return _with_twins(parts)


def versions(was: Parts, athlete_id: str, version: Callable[[Part], bytes]) -> list[bytes]:
    """Return all components except time zones; the athlete's own events are mapped by `version`, each UID once."""
    kept: list[bytes] = []
    seen: set[bytes] = set()
    for part in was.components:
        if part.name == b"VTIMEZONE":
            continue
        if not was.is_own(part, athlete_id):
            kept.append(part.raw)
        elif part.uid not in seen:
            seen.add(part.uid)
            kept.append(version(part))
    return kept


def others_of(was: Parts) -> list[bytes]:
    """Return all components except time zones, unchanged."""
    return [part.raw for part in was.components if part.name != b"VTIMEZONE"]


def with_method(head: bytes, method: bytes) -> bytes:
    """Return a calendar's own lines with that METHOD."""
    return _METHOD.sub(b"METHOD:%b\r\n" % method, head)


def taken_back(event: Part, issued: datetime) -> bytes:
    """Return an event's bytes as cancelled; unchanged if it already is."""
    return event.raw if event.cancelled else event.stamped(event, issued, status=b"CANCELLED")


def _refuse_stranger(parts: Parts, athlete_id: str) -> None:
    """Raise `InputError` if a calendar is another athlete's; a private one must have a session of this athlete."""
    if parts.private and not fits(parts, athlete_id):
        raise InputError("", "a private calendar without one session of this athlete", EXPECTED, PRIVATE_ADVICE)
    if not parts.private and athlete_of(parts) != athlete_id:
        raise InputError("", f'the calendar of "{athlete_of(parts)[:40]}"', EXPECTED, ADVICE)


def _share_sessions(was: Parts, now: Parts) -> bool:
    """Whether two calendars, of which one is private, have a session in common."""
    return (was.private or now.private) and not _private_uids(was).isdisjoint(_private_uids(now))


def _with_twins(was: Parts, *more: Parts) -> Parts:
    """Return a calendar with the `twins` of its sessions and of those in `more`, if it is not private but has private events."""
    if was.private or not any(PRIVATE_UID.fullmatch(event.uid) for event in was.events):
        return was
    return was._replace(twins=frozenset().union(*map(_private_uids, (was, *more))))


def _private_uids(parts: Parts) -> frozenset[bytes]:
    """Return the UIDs of the athlete's sessions in private form."""
    whose = athlete_of(parts)
    uids = (event.uid for event in parts.events if parts.is_own(event, whose))
    return frozenset(uids) if parts.private else frozenset(private_uid(unescaped(uid)).encode() for uid in uids)


def _without_moment(parts: Parts) -> bytes:
    """Return a calendar's own lines without the planning moment, and without what was done since the start.

    A plan is unchanged if only these differ.
    """
    start = parts.reading.get("start", "").encode()
    said = _PAST.sub(b"", _WEEK_DONE.sub(rb"\1", _MOMENT_WORDS.sub(b"", parts.said)))
    return _HISTORY.sub(lambda history: b" ".join(day for day in history[0].split() if day[:10] < start), said)
