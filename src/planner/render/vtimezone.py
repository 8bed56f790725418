"""VTIMEZONE: one STANDARD or DAYLIGHT block for each clock change within a span, from zone data.

Programs disagree on how to read yearly rules and date lists; single changes are unambiguous.
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
    """Return the VTIMEZONE of zone `name`, valid on all local dates from `first` to `last`, inclusive.

    The offset in force at the start of `first` is declared as valid since 1970. Raises `InputError` for an unknown zone.
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
    """Return the clock changes in a UTC year: the first second of each new offset, in UTC, oldest first."""
    return tuple(_search(zone(name), datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)))


def _search(place: ZoneInfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """Find changes day by day, then by bisection: zone data gives the offset at a moment, not when it changes."""
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
    """Format an offset from UTC: `+0100`, `-0330`, with seconds if any."""
    hours, rest = divmod(abs(int(offset.total_seconds())), 3600)
    minutes, seconds = divmod(rest, 60)
    sign = "-" if offset < timedelta(0) else "+"
    return f"{sign}{hours:02d}{minutes:02d}{f'{seconds:02d}' if seconds else ''}".encode()


def _observance(before: datetime, after: datetime, onset: datetime) -> bytes:
    """Return a sub-component: from `onset`, a local time on the clock of `before`, the offset of `after` applies."""
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
