"""One day: whether its jobs fit into its hours, in which order, and how much they have to shrink for it.

Within a day the run comes first, strength after it (SCHED-04), then everything else, mobility last (SCHED-08). One follows another; a
window that is kept for some tags admits only jobs that carry one of them.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import permutations
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from planner.placement.shape import MOBILITY, RUN, STRENGTH

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_JOBS = 3
"""The most jobs on one date."""
FREE_MINUTES = 150
"""The most minutes on a date without windows that holds more than one job; one job alone may be as long as it is."""
SHRINK_STEP = 5
"""Jobs shrink in steps of this many minutes; the last step goes to what is left above `least`."""

Hours: TypeAlias = tuple[tuple[int, int, tuple[str, ...]], ...]
"""A day's windows as (start, end, kept for)."""
FREE_DAY: Hours = ((-FREE_MINUTES, 0, ()),)
"""The hours of a day that is free all day; it lies before midnight so that no real window equals it."""


class Task(NamedTuple):
    """What a day needs to know of a job."""

    minutes: int
    least: int
    tags: frozenset[str]


class Fit(NamedTuple):
    """How a day's tasks fit: shrink steps in all, and for each task its start and minutes."""

    steps: int
    slots: tuple[tuple[int, int], ...]


def place_in_day(tags: frozenset[str]) -> int:
    """Where in a day a job with these tags comes: 0 for runs, 1 strength, 2 anything else, 3 mobility."""
    if RUN in tags:
        return 0
    if STRENGTH in tags:
        return 1
    return 3 if MOBILITY in tags else 2


@lru_cache(maxsize=8192)
def fit(hours: Hours, tasks: tuple[Task, ...]) -> Fit | None:
    """How `tasks`, given in the order of the day, fit into `hours` with the fewest shrink steps; None where they do not.

    Each starts as early as it can. Tasks with the same place in the day may change places with each other; of equally few steps the
    order nearest to the given one wins.
    """
    if len(tasks) == 1 and hours == FREE_DAY:
        return Fit(0, ((0, tasks[0].minutes),))
    found: Fit | None = None
    for order in _orders(tasks):
        best = _in_order(hours, [tasks[i] for i in order])
        if best is not None and (found is None or best[0] < found.steps):
            placed = dict(zip(order, best[1], strict=True))
            found = Fit(best[0], tuple(placed[i] for i in range(len(tasks))))
            if not found.steps:
                break
    return found


def _orders(tasks: tuple[Task, ...]) -> Iterator[tuple[int, ...]]:
    """The orders in which a day may hold its tasks, the given one first."""
    places = [place_in_day(task.tags) for task in tasks]
    if len(set(places)) == len(places):
        yield tuple(range(len(tasks)))
        return
    for order in permutations(range(len(tasks))):
        if [places[i] for i in order] == places:
            yield order


def _in_order(hours: Hours, tasks: list[Task]) -> tuple[int, tuple[tuple[int, int], ...]] | None:
    """The fewest steps and the slots of tasks one after another.

    For each number of steps the earliest end is enough to know: what ends earlier leaves at least as much room.
    """
    ends: dict[int, tuple[int, tuple[tuple[int, int], ...]]] = {0: (-FREE_MINUTES, ())}
    for task in tasks:
        following: dict[int, tuple[int, tuple[tuple[int, int], ...]]] = {}
        for steps, (free, slots) in ends.items():
            for more, minutes in enumerate(_lengths(task)):
                start = _earliest(hours, task, free, minutes)
                if start is None:
                    continue
                option = (start + minutes, (*slots, (start, minutes)))
                known = following.get(steps + more)
                if known is None or option[0] < known[0]:
                    following[steps + more] = option
        ends = following
    if not ends:
        return None
    steps = min(ends)
    return steps, ends[steps][1]


def _lengths(task: Task) -> Iterator[int]:
    """The lengths a task may have, longest first."""
    yield task.minutes
    shorter = task.minutes
    while shorter > task.least:
        shorter = max(task.least, shorter - SHRINK_STEP)
        yield shorter


def _earliest(hours: Hours, task: Task, free: int, minutes: int) -> int | None:
    """The earliest start from `free` on, or None."""
    starts = [
        max(start, free)
        for start, end, kept_for in hours
        if max(start, free) + minutes <= end and (not kept_for or not task.tags.isdisjoint(kept_for))
    ]
    return min(starts, default=None)
