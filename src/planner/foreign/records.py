"""The records read from a foreign plan: runs with their doses, entries that do not count, and unreadable ones."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from planner.quantities import METRES_PER_MILE

if TYPE_CHECKING:
    from datetime import date
    from typing import Literal

MOST_ENTRIES = 200_000
"""The most rows or events that are accepted."""


class Amount(NamedTuple):
    """An amount as written: kilometres plus miles plus, where only a time was given, seconds."""

    km: Decimal = Decimal(0)
    miles: Decimal = Decimal(0)
    seconds: int = 0

    def plus(self, other: Amount) -> Amount:
        """The sum of both."""
        return Amount(self.km + other.km, self.miles + other.miles, self.seconds + other.seconds)

    def times(self, count: int) -> Amount:
        """The amount multiplied by `count`."""
        return Amount(self.km * count, self.miles * count, self.seconds * count)

    def metres(self, pace: int) -> Fraction:
        """The exact metres, converting a time at `pace` seconds per kilometre."""
        return Fraction(self.km * 1000 + self.miles * METRES_PER_MILE) + Fraction(1000 * self.seconds, pace)

    def time(self, pace: int) -> Fraction:
        """The exact seconds, converting a distance at `pace` seconds per kilometre."""
        return Fraction(self.km * 1000 + self.miles * METRES_PER_MILE) * pace / 1000 + self.seconds


NOTHING = Amount()


class Dose(NamedTuple):
    """The running and the walking of one run."""

    run: Amount = NOTHING
    walk: Amount = NOTHING

    def plus(self, other: Dose) -> Dose:
        """The sum of both."""
        return Dose(self.run.plus(other.run), self.walk.plus(other.walk))

    def times(self, count: int) -> Dose:
        """The dose multiplied by `count`."""
        return Dose(self.run.times(count), self.walk.times(count))


class Run(NamedTuple):
    """One run: its place in the file (`line 3`, `event 2`), local date, title and dose."""

    where: str
    day: date
    title: str
    dose: Dose


class Aside(NamedTuple):
    """An entry that is listed but not counted, or could not be read, and why. `day` is None if even the date is unknown; `load` is what
    it counts as for rest days (law 6).
    """

    where: str
    day: date | None
    title: str
    why: str
    load: Literal["", "strength", "cross-training"] = ""


class Entries(NamedTuple):
    """The content of a file: its runs by date, what was set aside, and notes on how it was read. `private`: written by
    `planner make --private`.
    """

    runs: tuple[Run, ...]
    not_counted: tuple[Aside, ...]
    not_read: tuple[Aside, ...]
    notes: tuple[str, ...] = ()
    private: bool = False


def by_date(runs: list[Run], not_counted: list[Aside], not_read: list[Aside], notes: list[str]) -> Entries:
    """Build the entries of a file, with runs sorted by date."""
    return Entries(tuple(sorted(runs, key=lambda run: run.day)), tuple(not_counted), tuple(not_read), tuple(notes))
