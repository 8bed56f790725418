"""A knee that answers to load: an invention to try the planner with, in whole numbers. It is no model of any real knee.

It compares with what was run before, as laws 1 and 3 do, and remembers what still hurts. What it has of a real knee is only that it
dislikes jumps, complains late, and calms down with rest.
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
"""What any knee takes from nothing, in one run and in seven dates."""
TENTHS = 10
MOST = 10 * TENTHS
LIMP, SWELLING = 7, 8
"""From this pain on the runner limps, and the knee swells."""


class Felt(NamedTuple):
    """How the knee felt about one run, on 0-10; the next morning is `Knee.pain` once the night is over."""

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
    """What one knee remembers and still feels. Mutable; one for each life."""

    def __init__(self, tolerance: Tolerance, history: Mapping[int, int]) -> None:
        """A knee that is calm, with `history` behind it: metres by day number."""
        self._tolerance = tolerance
        self._runs = dict(history)
        self._tenths = 0

    @property
    def pain(self) -> int:
        """How it feels now, on 0-10."""
        return self._tenths // TENTHS

    def run(self, day: int, metres: int, *, flares: bool) -> Felt:
        """Run so many metres on day number `day`."""
        before = self._tenths
        added = self._complaint(day, metres) + (self._tolerance.flare if flares else 0)
        self._runs[day] = self._runs.get(day, 0) + metres
        self._tenths = min(MOST, before + added)
        return Felt(before // TENTHS, self._tenths // TENTHS, (before + (self._tenths - before) // 2) // TENTHS)

    def night(self, day: int) -> None:
        """Sleep into day number `day`."""
        self._tenths = self._tenths * (100 - self._tolerance.heals_percent) // 100
        self._runs = {on: metres for on, metres in self._runs.items() if day - on <= MEMORY_DAYS}

    def _complaint(self, day: int, metres: int) -> int:
        """Tenths of pain that a run adds: for being longer than any of late, and for the week's growth."""
        longest = max(self._runs.values(), default=0)
        spike = _above(metres, max(longest, FIRST_RUN_M), self._tolerance.spike_percent)
        week = self._sum(day - WEEK_DAYS + 1, day) + metres
        growth = _above(week, max(self._sum(day - 2 * WEEK_DAYS + 1, day - WEEK_DAYS), FIRST_WEEK_M), self._tolerance.growth_percent)
        return self._tolerance.irritability * (spike + growth) // 10

    def _sum(self, first: int, last: int) -> int:
        return sum(metres for on, metres in self._runs.items() if first <= on <= last)


def _above(metres: int, base: int, taken: int) -> int:
    """By how many percent of `base` metres go beyond what is taken."""
    return max(0, metres * 100 // base - 100 - taken)
