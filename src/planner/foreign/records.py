"""What is read from somebody else's plan: runs with their doses, what does not count, and what could not be read."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from planner.quantities import METRES_PER_MILE

if TYPE_CHECKING:
    from datetime import date
    from typing import Literal

MOST_ENTRIES = 200_000
"""No plan has more rows or events."""


class Amount(NamedTuple):
    """How much, as it was written: kilometres and miles, and seconds where only a time was given. The three add up."""

    km: Decimal = Decimal(0)
    miles: Decimal = Decimal(0)
    seconds: int = 0

    def plus(self, other: Amount) -> Amount:
        """Both together."""
        return Amount(self.km + other.km, self.miles + other.miles, self.seconds + other.seconds)

    def times(self, count: int) -> Amount:
        """The amount `count` times."""
        return Amount(self.km * count, self.miles * count, self.seconds * count)

    def metres(self, pace: int) -> Fraction:
        """Metres, exactly; a time at `pace` seconds per kilometre."""
        return Fraction(self.km * 1000 + self.miles * METRES_PER_MILE) + Fraction(1000 * self.seconds, pace)

    def time(self, pace: int) -> Fraction:
        """Seconds, exactly; a distance at `pace` seconds per kilometre."""
        return Fraction(self.km * 1000 + self.miles * METRES_PER_MILE) * pace / 1000 + self.seconds


NOTHING = Amount()


class Dose(NamedTuple):
    """The running and the walking of one run."""

    run: Amount = NOTHING
    walk: Amount = NOTHING

    def plus(self, other: Dose) -> Dose:
        """Both together."""
        return Dose(self.run.plus(other.run), self.walk.plus(other.walk))

    def times(self, count: int) -> Dose:
        """The dose `count` times."""
        return Dose(self.run.times(count), self.walk.times(count))


class Run(NamedTuple):
    """One run: where it stands (`line 3`, `event 2`), its local date, what it is called, and its dose."""

    where: str
    day: date
    title: str
    dose: Dose


class Aside(NamedTuple):
    """An entry that is listed and not counted, or could not be read, and why. `day` is None where even the date is unknown; `load` is
    what it counts as for a rest day (law 6).
    """

    where: str
    day: date | None
    title: str
    why: str
    load: Literal["", "strength", "cross-training"] = ""


class Entries(NamedTuple):
    """Everything that a file holds: its runs by date, what was left aside, and sentences about how it was read. `private`: it is a plan
    of `planner make --private`.
    """

    runs: tuple[Run, ...]
    not_counted: tuple[Aside, ...]
    not_read: tuple[Aside, ...]
    notes: tuple[str, ...] = ()
    private: bool = False


def by_date(runs: list[Run], not_counted: list[Aside], not_read: list[Aside], notes: list[str]) -> Entries:
    """The entries of a file, runs in the order of their dates."""
    return Entries(tuple(sorted(runs, key=lambda run: run.day)), tuple(not_counted), tuple(not_read), tuple(notes))
