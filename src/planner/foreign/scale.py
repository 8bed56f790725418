"""The unit in which a plan is counted, chosen so that its numbers are whole and 10% of them is exact.

A plan in miles is counted in thousandths of a mile, one in minutes in seconds, any other in metres. The laws of weeks and runs compare
ratios, so they hold in every unit; but rounded to metres, 11 and 12.1 miles would differ by more than 10%.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Literal, NamedTuple

from planner.quantities import METRES_PER_MILE, clock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.foreign.records import Amount
    from planner.model import Paces

_LENGTH = re.compile(r"(-?\d+) m\b")


class Scale(NamedTuple):
    """A plan's unit, `km` (metres), `mi` (thousandths of a mile) or `min` (seconds), and the paces that convert times and distances."""

    unit: Literal["km", "mi", "min"]
    paces: Paces

    def running(self, amount: Amount) -> int:
        """Running in whole units, rounded down."""
        return self._whole(amount, self.paces.run)

    def walking(self, amount: Amount) -> int:
        """Walking in whole units, rounded down; for a plan in minutes, the time it takes to run that far."""
        return self._whole(amount, self.paces.walk)

    def _whole(self, amount: Amount, pace: int) -> int:
        if self.unit == "min":
            return int(amount.time(pace) * self.paces.run / pace)
        if self.unit == "km":
            return int(amount.metres(pace))
        others = amount._replace(miles=Decimal(0)).metres(pace) / Fraction(METRES_PER_MILE)
        return int(1000 * (Fraction(amount.miles) + others))

    @property
    def plain_unit(self) -> Literal["m", "s"]:
        """The unit of `plain`."""
        return "s" if self.unit == "min" else "m"

    def plain(self, units: int) -> int:
        """Units as whole metres or seconds, rounded down so that a negative margin stays below 0."""
        return units if self.unit != "mi" else floor(units * METRES_PER_MILE / 1000)

    def metres(self, units: int) -> int:
        """Units as whole metres, rounded down, converting seconds at the running pace."""
        return 1000 * units // self.paces.run if self.unit == "min" else self.plain(units)

    def words(self, units: int) -> str:
        """Units in readable form: `12.1 mi`, `5.5 km`, `450 m`, `33 min`."""
        if self.unit == "min":
            return f"-{clock(-units)}" if units < 0 else clock(units)
        if self.unit == "km" and abs(units) < 1000:
            return f"{units} m"
        return f"{(Decimal(units) / 1000).normalize():f} {self.unit}"

    def said(self, sentence: str) -> str:
        """A sentence of the audit with its metres, which are our units, in readable form."""
        return _LENGTH.sub(lambda match: self.words(int(match[1])), sentence)


def scale_of(amounts: Iterable[Amount], paces: Paces) -> Scale:
    """The scale for these amounts: seconds if there are only times, thousandths of a mile if all distances are in miles, else metres."""
    found = list(amounts)
    miles, km = any(amount.miles for amount in found), any(amount.km for amount in found)
    return Scale("km" if km else "mi" if miles else "min", paces)
