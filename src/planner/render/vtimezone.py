"""VTIMEZONE: one STANDARD or DAYLIGHT for each change of the clock within a span, from zone data.

Rules by year and lists of dates are read differently by different programs; single changes are not.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from planner.render.calendar_lines import END, fold, text_line
from planner.zones import zone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

_DAY, _SECOND = timedelta(days=1), timedelta(seconds=1)
_BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)


@lru_cache(maxsize=256)
def vtimezone(name: str, first: date, last: date) -> bytes:
    """The finished VTIMEZONE of the zone called `name`, right on all local dates from `first` to `last`, both included.

    What holds as `first` begins is written as if it had held since 1970. Raises `InputError` for an unknown zone.
    """
    place = zone(name)
    begin, end = (datetime.combine(day, time(), tzinfo=place).astimezone(UTC) for day in (first, last + _DAY))
    held = begin.astimezone(place)
    blocks = [_observance(held, held, _BEFORE_ALL)]
    for year in range(begin.year, end.year + 1):
        for moment in _changes(name, year):
            if begin < moment <= end:
                before, after = (moment - _SECOND).astimezone(place), moment.astimezone(place)
                blocks.append(_observance(before, after, moment + _offset(before)))
    head = b"BEGIN:VTIMEZONE" + END + fold(b"TZID:" + name.encode())
    return head + b"".join(blocks) + b"END:VTIMEZONE" + END


@lru_cache(maxsize=512)
def _changes(name: str, year: int) -> tuple[datetime, ...]:
    """When the clock changes in a year of UTC: each the first second of the new time, in UTC, oldest first."""
    return tuple(_search(zone(name), datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)))


def _search(place: ZoneInfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """Day by day, then by halves: zone data answers what the clock shows, not when it changes."""
    low, held = begin - _SECOND, _state(place, begin - _SECOND)
    while low < end - _SECOND:
        high = min(low + _DAY, end - _SECOND)
        if _state(place, high) != held:
            while high - low > _SECOND:
                middle = low + (high - low) // 2 // _SECOND * _SECOND
                low, high = (middle, high) if _state(place, middle) == held else (low, middle)
            yield high
            held = _state(place, high)
        low = high


def _state(place: ZoneInfo, moment: datetime) -> tuple[timedelta | None, timedelta | None, str | None]:
    local = moment.astimezone(place)
    return local.utcoffset(), local.dst(), local.tzname()


def _offset(local: datetime) -> timedelta:
    return local.utcoffset() or timedelta(0)


def _written(offset: timedelta) -> bytes:
    """An offset from UTC as a calendar writes it: `+0100`, `-0330`, with seconds where there are any."""
    hours, rest = divmod(abs(int(offset.total_seconds())), 3600)
    minutes, seconds = divmod(rest, 60)
    sign = "-" if offset < timedelta(0) else "+"
    return f"{sign}{hours:02d}{minutes:02d}{f'{seconds:02d}' if seconds else ''}".encode()


def _observance(before: datetime, after: datetime, onset: datetime) -> bytes:
    """A sub-component: from `onset` on, by the clock of `before`, the clock of `after` holds."""
    kind = b"DAYLIGHT" if after.dst() else b"STANDARD"
    return b"".join(
        (
            b"BEGIN:" + kind + END,
            f"DTSTART:{onset:%Y%m%dT%H%M%S}".encode() + END,
            b"TZOFFSETFROM:" + _written(_offset(before)) + END,
            b"TZOFFSETTO:" + _written(_offset(after)) + END,
            text_line("TZNAME", after.tzname() or ""),
            b"END:" + kind + END,
        )
    )
