"""Metres, seconds, paces, ratios and weekdays, exactly.

Metres and seconds are integers, a pace is whole seconds per kilometre, a ratio is a `Fraction`; whatever is rounded is rounded down.
There are no floats in here, nor in anything that is built on it.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias

from planner.language import decimal_point

Weekday: TypeAlias = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
METRES_PER_MILE = Decimal("1609.344")
TEN_PERCENT = Fraction(1, 10)
"""The largest growth there is, from one week to the next and from the longest run to the next (PROG-01, PROG-05)."""


def metres_run(seconds: int, pace: int) -> int:
    """Whole metres covered in `seconds` at `pace` seconds per kilometre, rounded down."""
    return 1000 * seconds // pace


def seconds_within(metres: int, pace: int) -> int:
    """The most whole seconds at `pace` that still count as no more than `metres` by `metres_run`."""
    return ((metres + 1) * pace - 1) // 1000


def grown(metres: int, growth: Fraction) -> int:
    """The largest whole number that is no more than `metres` grown by `growth`."""
    numerator, denominator = growth.as_integer_ratio()
    return metres + metres * numerator // denominator


def metres_from(amount: Decimal, *, miles: bool) -> int:
    """Whole metres in `amount` kilometres, or miles, rounded down."""
    return int(amount * (METRES_PER_MILE if miles else 1000))


def pace_per_km(seconds: int, *, miles: bool) -> int:
    """A pace as whole seconds per kilometre, from seconds per kilometre or per mile, rounded down (so metres are never undercounted)."""
    return int(Decimal(seconds) * 1000 / METRES_PER_MILE) if miles else seconds


def clock(seconds: int) -> str:
    """Seconds as people write them: `45 s`, `8 min`, `8:30 min`."""
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return f"{rest} s"
    return f"{minutes}:{rest:02d} min" if rest else f"{minutes} min"


def distance(metres: int, *, miles: bool) -> str:
    """Metres as people write them: `4.5 km`, `2.7 mi`; the most whole tenths that `metres_from` would read as no more than these.

    So what somebody wrote in tenths of a mile comes back as it was written, and a ceiling is never shown as more than it is.
    """
    tenths = int(((metres + 1) * 10 - Decimal("0.001")) / METRES_PER_MILE) if miles else metres // 100
    return f"{tenths // 10}{decimal_point()}{tenths % 10} {'mi' if miles else 'km'}"
