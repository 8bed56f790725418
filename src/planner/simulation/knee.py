"""A knee that responds to load, in whole numbers: invented to test the planner, not a model of any real knee.

It compares each run with earlier running, as laws 1 and 3 do, and remembers pain. All it shares with a real knee is that it dislikes jumps
in load, reacts late, and settles with rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.simulation.runner import Tolerance

MEMORY_DAYS = 30
WEEK_DAYS = 7
FIRST_RUN_M = 2000
FIRST_WEEK_M = 5000
"""What any knee tolerates without earlier running, in one run and in seven dates."""
TENTHS = 10
MOST = 10 * TENTHS
LIMP, SWELLING = 7, 8
"""Pain from which the runner limps, and from which the knee swells."""


class Felt(NamedTuple):
    """How the knee felt about one run, 0 to 10; the next morning's pain is `KneeModel.pain` after the night."""

    before: int
    during: int
    after: int

    @property
    def limp(self) -> bool:
        """Whether the runner limped."""
        return self.during >= LIMP

    @property
    def swelling(self) -> bool:
        """Whether the knee swelled."""
        return self.during >= SWELLING


class KneeModel:
    """The running history and current pain of one knee. Mutable; one per simulated life."""

    def __init__(self, tolerance: Tolerance, history: Mapping[int, int]) -> None:
        """Start without pain; `history` has metres by day number."""
        self._tolerance = tolerance
        self._runs = dict(history)
        self._tenths = 0

    @property
    def pain(self) -> int:
        """Current pain, 0 to 10."""
        return self._tenths // TENTHS

    def run(self, day: int, metres: int, *, flares: bool) -> Felt:
        """Run `metres` on day number `day`."""
        before = self._tenths
        added = self._complaint(day, metres) + (self._tolerance.flare if flares else 0)
        self._runs[day] = self._runs.get(day, 0) + metres
        self._tenths = min(MOST, before + added)
        return Felt(before // TENTHS, self._tenths // TENTHS, (before + (self._tenths - before) // 2) // TENTHS)

    def night(self, day: int) -> None:
        """Recover overnight, up to the morning of day number `day`."""
        self._tenths = self._tenths * (100 - self._tolerance.heals_percent) // 100
        self._runs = {on: metres for on, metres in self._runs.items() if day - on <= MEMORY_DAYS}

    def _complaint(self, day: int, metres: int) -> int:
        """Return the tenths of a point of pain that a run adds, for exceeding the longest recent run and for the growth of the week."""
        longest = max(self._runs.values(), default=0)
        spike = _above(metres, max(longest, FIRST_RUN_M), self._tolerance.spike_percent)
        week = self._sum(day - WEEK_DAYS + 1, day) + metres
        growth = _above(week, max(self._sum(day - 2 * WEEK_DAYS + 1, day - WEEK_DAYS), FIRST_WEEK_M), self._tolerance.growth_percent)
        return self._tolerance.irritability * (spike + growth) // 10

    def _sum(self, first: int, last: int) -> int:
        return sum(metres for on, metres in self._runs.items() if first <= on <= last)


def _above(metres: int, base: int, taken: int) -> int:
    """Return by how many percent of `base` the metres exceed `base`, beyond the tolerated `taken` percent."""
    return max(0, metres * 100 // base - 100 - taken)
