"""Sums over a crowd by kind of runner, and its first faults; memory use does not grow with the crowd."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from planner.simulation.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.simulation.outcome import Fault, Life

MOST_FAULTS = 100
"""The most faults that are kept for display, one per runner; all are counted."""


class Sum(NamedTuple):
    """The totals of one kind of runner; fields as in `Life`. `goal_weeks` counts runners by the week in which they reached the goal."""

    athletes: int
    plans: int
    broken: int
    goal_weeks: Mapping[int, int]
    holds: int
    regressions: int
    done: int
    missed: int
    over: int
    stops: int
    referrals: int

    @property
    def reached(self) -> int:
        """The number of runners who reached the goal."""
        return sum(self.goal_weeks.values())

    @property
    def median_goal_week(self) -> int | None:
        """The median week in which the goal was reached (the earlier one of two); None if nobody reached it."""
        weeks = sorted(self.goal_weeks)
        below = 0
        for week in weeks:
            below += self.goal_weeks[week]
            if 2 * below >= self.reached:
                return week
        return None


class Tally:
    """Accumulates the outcomes of simulated runners."""

    def __init__(self) -> None:
        """Start with no runners."""
        self.faults: list[Fault] = []
        self.troubles: Counter[str] = Counter()
        self._sums: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
        self._goal_weeks: dict[str, Counter[int]] = {kind: Counter() for kind in KINDS}

    def add(self, life: Life) -> None:
        """Add one runner's outcome."""
        counts = self._sums[life.kind]
        laws = sum(fault.trouble == "law" for fault in life.faults)
        counts.update(athletes=1, plans=life.plans, broken=laws, holds=life.holds, regressions=life.regressions)
        counts.update(done=life.done, missed=life.missed, over=life.over, stops=life.stops, referrals=life.referrals)
        if life.goal_week is not None:
            self._goal_weeks[life.kind][life.goal_week] += 1
        self.troubles.update(fault.trouble for fault in life.faults)
        self.faults += life.faults[: min(1, MOST_FAULTS - len(self.faults))]

    @property
    def athletes(self) -> int:
        """The number of runners added."""
        return sum(counts["athletes"] for counts in self._sums.values())

    def sums(self) -> dict[str, Sum]:
        """Return the totals of each kind that has any runners, then those of `all`."""
        found = {kind: _sum(self._sums[kind], self._goal_weeks[kind]) for kind in KINDS if self._sums[kind]}
        together: Counter[str] = sum(self._sums.values(), Counter())
        return {**found, "all": _sum(together, sum(self._goal_weeks.values(), Counter()))}


def _sum(counts: Counter[str], goal_weeks: Counter[int]) -> Sum:
    known = {name: counts[name] for name in Sum._fields if name != "goal_weeks"}
    return Sum(goal_weeks=dict(sorted(goal_weeks.items())), **known)
