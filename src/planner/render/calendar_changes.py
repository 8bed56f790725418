"""The changes that an update makes to a calendar, event by event, as data: shown before the calendar is written."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

from attrs import frozen

from planner.digits import whole_number
from planner.records import Record
from planner.render.calendar_parts import apart, unescaped

if TYPE_CHECKING:
    from datetime import date

    from planner.render.calendar_parts import Part

Kind: TypeAlias = Literal["moved", "lighter", "heavier", "changed", "dropped", "added", "unchanged"]
KINDS: tuple[Kind, ...] = ("moved", "lighter", "heavier", "changed", "dropped", "added", "unchanged")


@frozen(kw_only=True, eq=False, repr=False)
class Change(Record):
    """One event that an update changes. The first of `kinds` is the one it is counted as.

    `day` and `start` (`07:00`, "" for all day) are the event's time, for a dropped event the former one; `was_day` and `was_start` are None
    unless it moved. `load_s` is its running in seconds, or its duration if it has none; `was_load_s` is None unless the load changed.
    `what` names the changed parts of a `changed` event: title, text, reminder, details. `says` is the first line of its text that is new,
    `no_longer` the first that has gone, "" for none. `takes_time` is false for all-day notes such as rest days.
    """

    uid: str
    kinds: tuple[Kind, ...]
    title: str
    day: date
    start: str
    was_day: date | None = None
    was_start: str | None = None
    load_s: int = 0
    was_load_s: int | None = None
    what: tuple[str, ...] = ()
    says: str = ""
    no_longer: str = ""
    takes_time: bool = True


def changes(older: bytes | None, newer: bytes) -> tuple[Change, ...]:
    """Return the differences between a calendar (None: none yet) and its update, by date, time and UID. Raises as `apart` does."""
    before = {event.uid: event for event in apart(older).events} if older else {}
    found = [change for event in apart(newer).events if (change := _change(before.get(event.uid), event))]
    gone = before.keys() - {event.uid for event in apart(newer).events}
    found += [_told(before[uid], ("dropped",)) for uid in gone if not before[uid].cancelled]
    return tuple(sorted(found, key=lambda change: (change.day, change.start, change.uid)))


def counted(found: tuple[Change, ...], newer: bytes) -> dict[Kind, int]:
    """Count events by kind, in the order of `KINDS`; `unchanged` are the remaining events that are not cancelled."""
    numbers = Counter(change.kinds[0] for change in found)
    standing = sum(not event.cancelled for event in apart(newer).events)
    numbers["unchanged"] = standing - sum(change.kinds[0] != "dropped" for change in found)
    return {kind: numbers[kind] for kind in KINDS}


def _change(was: Part | None, now: Part) -> Change | None:
    """Return the change to an event, or None if there is none."""
    if was is not None and was.content == now.content:
        return None
    if now.cancelled:
        return _told(now, ("dropped",)) if was is not None and not was.cancelled else None
    if was is None or was.cancelled:
        return _told(now, ("added",))
    kinds: tuple[Kind, ...] = ("moved",) if was.begins != now.begins else ()
    loads = _load_s(was), _load_s(now)
    if all(loads) and loads[0] != loads[1]:
        sized: Kind = "lighter" if loads[1] < loads[0] else "heavier"
        kinds = (*kinds, sized)
    return _told(now, kinds or ("changed",), was)


def _told(event: Part, kinds: tuple[Kind, ...], was: Part | None = None) -> Change:
    """Describe the change of an event from `was` to `event`."""
    moved = "moved" in kinds
    resized = not {"lighter", "heavier"}.isdisjoint(kinds)
    return Change(
        uid=unescaped(event.uid),
        kinds=kinds,
        title=unescaped(event.value(b"SUMMARY")),
        day=event.day,
        start=_start(event),
        was_day=was.day if was and moved else None,
        was_start=_start(was) if was and moved else None,
        load_s=_load_s(event),
        was_load_s=_load_s(was) if was and resized else None,
        what=_what(was, event) if was and "changed" in kinds else (),
        says=_first_without(event, was) if was else "",
        no_longer=_first_without(was, event) if was else "",
        takes_time=event.value(b"TRANSP").upper() != b"TRANSPARENT",
    )


def _what(was: Part, now: Part) -> tuple[str, ...]:
    """Return which parts of an event's content differ."""
    told = {"title": b"SUMMARY", "text": b"DESCRIPTION"}
    found = [word for word, name in told.items() if was.value(name) != now.value(name)]
    found += ["reminder"] if (b"BEGIN:VALARM" in was.raw) != (b"BEGIN:VALARM" in now.raw) else []
    return tuple(found) or ("details",)


def _first_without(event: Part, other: Part) -> str:
    """Return the first line of an event's text that the other's text lacks; "" if it has them all."""
    lines, known = (unescaped(part.value(b"DESCRIPTION")).splitlines() for part in (event, other))
    return next((line for line in lines if line.strip() and line not in known), "")


def _start(event: Part) -> str:
    """Return the start time in the time zone of `Part.begins`; "" for an all-day event."""
    clock = event.begins[9:13].decode("ascii", "replace")
    return f"{clock[:2]}:{clock[2:]}" if clock else ""


def _load_s(event: Part) -> int:
    """Return seconds of running; without running, the time from start to end, 0 for an all-day event."""
    running = whole_number(event.value(b"X-PLANNER-RUN-S"))
    if running:
        return running
    try:
        first, last = (datetime.strptime(event.value(key)[:15].decode(), "%Y%m%dT%H%M%S") for key in (b"DTSTART", b"DTEND"))  # noqa: DTZ007
    except ValueError:
        return 0
    return int((last - first).total_seconds())
