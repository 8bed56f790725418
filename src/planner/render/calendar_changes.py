"""What an update changes in a calendar, event by event, as data: for people who want to know before it is written."""

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
    """One event that an update changes. `kinds` has what happened to it, the first being what it is counted as.

    `day` and `start` (like `07:00`, "" for all day) say when it is, for a dropped one when it was; `was_day` and `was_start` are
    None unless it moved. `load_s` is its running in seconds, or how long it takes where it has none; `was_load_s` None unless that
    is less or more now. `what` names what a changed one says otherwise: title, text, reminder, details. `takes_time` is false for a
    note on a day, like a rest day.
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
    takes_time: bool = True


def changes(older: bytes | None, newer: bytes) -> tuple[Change, ...]:
    """What differs between a calendar and its update, by date, time and UID. None stands for no calendar. Raises as `apart` does."""
    before = {event.uid: event for event in apart(older).events} if older else {}
    found = [change for event in apart(newer).events if (change := _change(before.get(event.uid), event))]
    gone = before.keys() - {event.uid for event in apart(newer).events}
    found += [_told(before[uid], ("dropped",)) for uid in gone if not before[uid].cancelled]
    return tuple(sorted(found, key=lambda change: (change.day, change.start, change.uid)))


def counted(found: tuple[Change, ...], newer: bytes) -> dict[Kind, int]:
    """How many events there are of each kind, in the order of `KINDS`; `unchanged` are the others that are not cancelled."""
    numbers = Counter(change.kinds[0] for change in found)
    standing = sum(not event.cancelled for event in apart(newer).events)
    numbers["unchanged"] = standing - sum(change.kinds[0] != "dropped" for change in found)
    return {kind: numbers[kind] for kind in KINDS}


def _change(was: Part | None, now: Part) -> Change | None:
    """What happened to an event, None where nothing did."""
    if was is not None and was.content == now.content:
        return None
    if now.cancelled:
        return _told(now, ("dropped",)) if was is not None and not was.cancelled else None
    if was is None or was.cancelled:
        return _told(now, ("added",))
    kinds: tuple[Kind, ...] = ("moved",) if _when(was) != _when(now) else ()
    loads = _load_s(was), _load_s(now)
    if all(loads) and loads[0] != loads[1]:
        sized: Kind = "lighter" if loads[1] < loads[0] else "heavier"
        kinds = (*kinds, sized)
    return _told(now, kinds or ("changed",), was)


def _told(event: Part, kinds: tuple[Kind, ...], was: Part | None = None) -> Change:
    """What happened to an event that stands in the update as `event`, and stood as `was`."""
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
        takes_time=event.value(b"TRANSP").upper() != b"TRANSPARENT",
    )


def _what(was: Part, now: Part) -> tuple[str, ...]:
    """Which parts of an event say something else."""
    told = {"title": b"SUMMARY", "text": b"DESCRIPTION"}
    found = [word for word, name in told.items() if was.value(name) != now.value(name)]
    found += ["reminder"] if (b"BEGIN:VALARM" in was.raw) != (b"BEGIN:VALARM" in now.raw) else []
    return tuple(found) or ("details",)


def _when(event: Part) -> bytes:
    return event.value(b"DTSTART")


def _start(event: Part) -> str:
    """The hour of an event by the clock that it names, "" where it has none."""
    clock = _when(event)[9:13].decode("ascii", "replace")
    return f"{clock[:2]}:{clock[2:]}" if clock else ""


def _load_s(event: Part) -> int:
    """Seconds of running; where there is none, from the hour of its start to that of its end, 0 for an all-day event."""
    running = whole_number(event.value(b"X-PLANNER-RUN-S"))
    if running:
        return running
    try:
        first, last = (datetime.strptime(event.value(key)[:15].decode(), "%Y%m%dT%H%M%S") for key in (b"DTSTART", b"DTEND"))  # noqa: DTZ007
    except ValueError:
        return 0
    return int((last - first).total_seconds())
