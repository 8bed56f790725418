"""Turns a running budget in seconds into walk-run intervals that a person can follow.

Stretches are multiples of 15 seconds, with one shorter last stretch; a run's total is rounded down to a tidy figure.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from planner.language import _, cached
from planner.quantities import clock
from planner.steps import RUNNING, WALKING, Group, Step, Steps

GRAIN_S = 15
"""The grain of evened-out stretches and of shortened walks, in seconds; also the shortest stretch."""
LONG_S, LONG_GRAIN_S = 300, 30
"""Stretches of five minutes and more are evened out in half minutes."""
STUB = 3
"""A last stretch shorter than the others divided by this is a stub."""
_TIDY = ((12000, 60), (6000, 30), (3000, 15), (600, 5))


class Intervals(NamedTuple):
    """`full` stretches of `stretch_s` seconds and one of `last_s` (0: none), with walks of `walk_s` between them."""

    full: int
    stretch_s: int
    last_s: int
    walk_s: int

    @property
    def run_s(self) -> int:
        """Total seconds of running."""
        return self.full * self.stretch_s + self.last_s

    @property
    def total_walk_s(self) -> int:
        """Total seconds of walking between the stretches."""
        return self.walk_s * (self.full - (0 if self.last_s else 1))

    @property
    def longest_s(self) -> int:
        """Seconds of the longest stretch."""
        return max(self.stretch_s, self.last_s)

    @property
    def dose(self) -> str:
        """The dose in words: `8 x 1 min`, `30 min`, `8 x 1 min + 45 s`."""
        if self.full == 1 and not self.last_s:
            return clock(self.stretch_s)
        more = f" + {clock(self.last_s)}" if self.last_s else ""
        times = f"{self.full} x " if self.full > 1 else ""
        return f"{times}{clock(self.stretch_s)}{more}"


def tidy(seconds: int) -> int:
    """Seconds rounded down to multiples of 5 from ten minutes on, and of 15, 30 and 60 for longer runs, always by less than 1%."""
    for least, grain in _TIDY:
        if seconds >= least:
            return seconds - seconds % grain
    return seconds


@lru_cache(maxsize=4096)
def intervals(run_s: int, stretch_s: int | None, walk_s: int) -> Intervals:
    """The intervals of a run of `run_s` seconds with stretches of at most `stretch_s` (None: continuous) and walks of `walk_s` between.

    Full stretches and one shorter last one; where the last would be a stub, all are shortened to come out nearly even. A stub that remains
    is dropped if it is under 15 s and at most 1/40 of the run.
    """
    if stretch_s is None or run_s <= stretch_s or not walk_s:
        return Intervals(full=1, stretch_s=run_s, last_s=0, walk_s=0)
    count = -(-run_s // stretch_s)
    evened = (_even(run_s, stretch_s, n) for n in range(count, count + 3))
    stretch = next((s for s in (stretch_s, *evened) if not _stub(run_s, s)), stretch_s)
    last_s = run_s % stretch
    if last_s < GRAIN_S and last_s * 40 <= run_s:
        last_s = 0
    return Intervals(full=run_s // stretch, stretch_s=stretch, last_s=last_s, walk_s=walk_s)


def _stub(run_s: int, stretch_s: int) -> bool:
    """Whether stretches of `stretch_s` would leave a last one too short to be worth the walk before it."""
    return 0 < run_s % stretch_s < max(stretch_s // STUB, GRAIN_S)


def _even(run_s: int, stretch_s: int, count: int) -> int:
    """The stretch that divides a run into about `count` parts, rounded up to the grain, at most `stretch_s`."""
    even = -(-run_s // count)
    grain = LONG_GRAIN_S if even >= LONG_S else GRAIN_S
    return min(stretch_s, -(-even // grain) * grain)


@cached(4096)
def steps_of(shape: Intervals, rpe: int) -> Steps:
    """The steps of these intervals, with running steps at effort `rpe`."""
    walk = Step(kind=WALKING, seconds=shape.walk_s, text=_("walk briskly"))
    if not shape.total_walk_s:
        return (_run(shape.stretch_s, rpe),)
    repeats = shape.full if shape.last_s else shape.full - 1
    first, last = _run(shape.stretch_s, rpe), _run(shape.last_s or shape.stretch_s, rpe)
    return (first, walk, last) if repeats == 1 else (Group(repeat=repeats, steps=(first, walk)), last)


def _run(seconds: int, rpe: int) -> Step:
    return Step(kind=RUNNING, seconds=seconds, text=_("run easily"), rpe=rpe)
