"""State carried from verdicts to the runs to come: levels, a share, a ceiling, rest."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from planner.quantities import grown
from planner.response.verdict import FULL, SHARES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from fractions import Fraction

    from planner.response.days import Day
    from planner.response.verdict import Verdict

WEEK_DAYS = 7


class Carried:
    """Levels lost, the share and ceiling that remain, and the rest that is due. Mutable while the log is read, never handed out.

    The ceiling follows what was run, not the plan: a regress takes its share of the last run, capped at the ceiling before it (PROG-15);
    each progress raises it by `growth`, until it reaches the longest run of the week that first hurt and is lifted. Levels lost on dates
    between two runs do not add up: the worst of them and of the run before counts once.
    """

    def __init__(self, growth: Fraction, levels_m: Sequence[int] = ()) -> None:
        """Start with nothing lost; `growth` is what each progress regains of the ceiling, `levels_m` are the ladder's metres by level."""
        self.levels = 0
        self.share = FULL
        self.ceiling_m: int | None = None
        self.earliest_run: date | None = None
        self.back_to: int | None = None
        self._growth, self._levels_m = growth, levels_m
        self._dose: int | None = None
        self._base: int | None = None
        self._longest = 0
        self._full = 0
        self._lost = 0

    def settle(self, day: Day) -> None:
        """Clear `back_to` (row 2) once the pain before, on a date with that answer, is no higher."""
        felt = [a.before for a in (*day.answers, *day.others) if a.before is not None]
        if self.back_to is not None and felt and max(felt) <= self.back_to:
            self.back_to = None

    def run(self, day: Day, longest_m: int | None) -> None:
        """Take in a run before it is judged; `longest_m` is the longest of the seven dates that end with it, where metres are known."""
        self._dose = self._dose if day.run_m is None else day.run_m
        self._base = self._dose if self._dose is None or self.ceiling_m is None else min(self._dose, self.ceiling_m)
        self._longest = max(longest_m or 0, self._dose or 0)
        self._lost = 0

    def run_against(self, day: Day) -> None:
        """A run on a date that rest or a stop forbade, before it is judged: a share of it is taken of no more than of the run before it."""
        known = [metres for metres in (self._base, self.ceiling_m, day.run_m) if metres is not None]
        self._base = min(known, default=None)
        self._lost = 0

    def take(self, verdict: Verdict) -> None:
        """Apply one verdict."""
        self.levels += min(0, verdict.levels - self._lost)
        self._lost = min(self._lost, verdict.levels)
        self.share = FULL if verdict.clean else min(self.share, verdict.share)
        self.earliest_run = verdict.earliest_run if self.earliest_run is None else max(self.earliest_run, verdict.earliest_run)
        if verdict.back_to is not None:
            self.back_to = verdict.back_to if self.back_to is None else min(self.back_to, verdict.back_to)
        if verdict.levels and self._base is not None:
            self._lower(lowered(self._base, verdict.levels, self._levels_m))
        if verdict.decision == "progress":
            self._step_on()

    def _lower(self, left: int) -> None:
        if self.ceiling_m is None:
            self.ceiling_m, self._full = left, self._longest
        self.ceiling_m = min(self.ceiling_m, left)

    def _step_on(self) -> None:
        self.levels = min(0, self.levels + 1)
        if self.ceiling_m is not None:
            self.ceiling_m = grown(self.ceiling_m, self._growth)
            if self.ceiling_m >= self._full:
                self.ceiling_m = None


def lowered(run_m: int, levels: int, levels_m: Sequence[int]) -> int:
    """Metres left of a run that cost `levels` (-1 or -2): without a ladder 80% or 60% (4d).

    On a ladder as much less as the easier level is shorter than the hardest that the run was long enough for, and no less than the first.
    """
    if not levels_m:
        return int(SHARES[levels] * run_m)
    at = max((n for n, metres in enumerate(levels_m) if metres * 9 <= run_m * 10), default=0)
    return min(run_m, max(levels_m[0], run_m * levels_m[max(0, at + levels)] // levels_m[at]))


def longest_of(runs: Sequence[Day], last: date) -> int | None:
    """The longest of `runs` (oldest first, none after `last`) in the seven dates that end with `last`, in metres; None where unknown."""
    week = takewhile(lambda run: (last - run.date).days < WEEK_DAYS, reversed(runs))
    return max((run.run_m for run in week if run.run_m is not None), default=None)
