"""Exact arithmetic with metres, seconds, paces and ratios.

Metres and seconds are integers, a pace is whole seconds per kilometre, a ratio is a `Fraction`; rounding is always down. No floats are
used here or in anything built on it.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias

from planner.language import decimal_point

Weekday: TypeAlias = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAYS_OF_WEEK = len(WEEKDAYS)
METRES_PER_MILE = Decimal("1609.344")
TEN_PERCENT = Fraction(1, 10)
"""The most that a week, and the longest run, may ever grow (PROG-01, PROG-05)."""


def metres_run(seconds: int, pace: int) -> int:
    """Whole metres covered in `seconds` at `pace` seconds per kilometre, rounded down."""
    return 1000 * seconds // pace


def seconds_within(metres: int, pace: int) -> int:
    """The most whole seconds at `pace` for which `metres_run` gives at most `metres`."""
    return ((metres + 1) * pace - 1) // 1000


def grown(metres: int, growth: Fraction) -> int:
    """`metres` increased by the ratio `growth`, rounded down."""
    numerator, denominator = growth.as_integer_ratio()
    return metres + metres * numerator // denominator


def metres_from(amount: Decimal, *, miles: bool) -> int:
    """Whole metres in `amount` kilometres, or miles, rounded down."""
    return int(amount * (METRES_PER_MILE if miles else 1000))


def pace_per_km(seconds: int, *, miles: bool) -> int:
    """A pace in seconds per kilometre or per mile as whole seconds per kilometre, rounded down so that metres are never undercounted."""
    return int(Decimal(seconds) * 1000 / METRES_PER_MILE) if miles else seconds


def clock(seconds: int) -> str:
    """Format seconds for people: `45 s`, `8 min`, `8:30 min`."""
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return f"{rest} s"
    return f"{minutes}:{rest:02d} min" if rest else f"{minutes} min"


def distance(metres: int, *, miles: bool) -> str:
    """Format metres for people: `4.5 km`, `2.7 mi`, the most whole tenths that `metres_from` converts to at most `metres`.

    So tenths of a mile round-trip, and a ceiling is never shown as more than it is.
    """
    tenths = int(((metres + 1) * 10 - Decimal("0.001")) / METRES_PER_MILE) if miles else metres // 100
    return f"{tenths // 10}{decimal_point()}{tenths % 10} {'mi' if miles else 'km'}"
