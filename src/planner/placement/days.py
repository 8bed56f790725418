"""One day: whether its jobs fit into its hours, in which order, and how much they have to shrink.

Within a day the run comes first, strength after it (SCHED-04), then everything else, mobility last (SCHED-08). Jobs do not overlap; a
window kept for some tags admits only jobs that carry one of them.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import permutations
from typing import NamedTuple, TypeAlias

from planner.placement.shape import MOBILITY, RUN, STRENGTH

MOST_JOBS = 3
"""The most jobs on one date."""
FREE_MINUTES = 150
"""The most minutes in all on a date without windows that holds several jobs; a single job may be of any length."""
SHRINK_STEP = 5
"""Jobs shrink in steps of this many minutes; the last step, which ends at `least`, may be smaller."""

Hours: TypeAlias = tuple[tuple[int, int, tuple[str, ...]], ...]
"""A day's windows as (start, end, kept for)."""
Spans: TypeAlias = tuple[tuple[int, int], ...]
Slots: TypeAlias = tuple[tuple[int, int], ...]
"""Each task's start and length in minutes."""
FREE_DAY: Hours = ((-FREE_MINUTES, 0, ()),)
"""The hours of a day that is free all day; it lies before midnight so that no real window equals it."""


class Task(NamedTuple):
    """A job as one day sees it: its minutes, the least it can shrink to, its tags."""

    minutes: int
    least: int
    tags: frozenset[str]


class Fit(NamedTuple):
    """How a day's tasks fit: the total of shrink steps, and each task's start and minutes."""

    steps: int
    slots: Slots


def place_in_day(tags: frozenset[str]) -> int:
    """Rank within a day of a job with these tags: 0 for runs, 1 strength, 2 anything else, 3 mobility."""
    if RUN in tags:
        return 0
    if STRENGTH in tags:
        return 1
    return 3 if MOBILITY in tags else 2


@lru_cache(maxsize=8192)
def fit(hours: Hours, tasks: tuple[Task, ...]) -> Fit | None:
    """Fit `tasks`, given in the order of the day, into `hours` with the fewest shrink steps; None where they do not fit.

    Each starts as early as it can. Tasks of the same rank may swap; among orders with equally few steps the first one, in lexicographic
    order from the given one, wins.
    """
    if len(tasks) == 1 and hours == FREE_DAY:
        return Fit(0, ((0, tasks[0].minutes),))
    found: Fit | None = None
    for order in _orders(tuple([place_in_day(task.tags) for task in tasks])):
        best = _in_order([tasks[i] for i in order], [_spans(hours, tasks[i].tags) for i in order])
        if best is not None and (found is None or best[0] < found.steps):
            placed = dict(zip(order, best[1], strict=True))
            found = Fit(best[0], tuple([placed[i] for i in range(len(tasks))]))
            if not found.steps:
                break
    return found


@lru_cache(maxsize=512)
def _orders(places: tuple[int, ...]) -> tuple[tuple[int, ...], ...]:
    """The permutations of tasks that keep these ranks in order, the given one first."""
    numbers = range(len(places))
    return tuple(order for order in permutations(numbers) if all(places[i] == places[n] for n, i in enumerate(order)))


@lru_cache(maxsize=1024)
def _spans(hours: Hours, tags: frozenset[str]) -> Spans:
    """The windows that admit a task with these tags, earliest first."""
    return tuple(sorted((start, end) for start, end, kept_for in hours if not kept_for or not tags.isdisjoint(kept_for)))


def filled(hours: Hours, tasks: tuple[Task, ...], slots: Slots) -> Slots:
    """The slots of `tasks` with each shortened one as long, to the minute, as the day leaves room for: the first of the day first.

    `slots` take as few shrink steps as possible, so none grows by a whole step.
    """
    order = sorted(range(len(tasks)), key=lambda i: slots[i][0])
    spans = [_spans(hours, tasks[i].tags) for i in order]
    lengths = [slots[i][1] for i in order]
    for at, i in enumerate(order):
        while lengths[at] < tasks[i].minutes:
            longer = [*lengths[:at], lengths[at] + 1, *lengths[at + 1 :]]
            if _in_a_row(longer, spans) is None:
                break
            lengths = longer
    placed = dict(zip(order, _in_a_row(lengths, spans) or (), strict=True))
    return tuple([placed[i] for i in range(len(tasks))])


def _in_order(tasks: list[Task], spans: list[Spans]) -> tuple[int, Slots] | None:
    """The fewest shrink steps and the slots of tasks one after another, each within its own spans; None where they do not fit."""
    slots = _in_a_row([task.minutes for task in tasks], spans)
    if slots is not None:
        return 0, slots
    if _in_a_row([task.least for task in tasks], spans) is None:
        return None
    return _shrunk(tasks, spans)


def _in_a_row(lengths: list[int], spans: list[Spans]) -> Slots | None:
    """The earliest slots of these lengths one after another; None where they do not fit."""
    free, slots = -FREE_MINUTES, []
    for minutes, own in zip(lengths, spans, strict=True):
        for start, end in own:
            at = max(start, free)
            if at + minutes <= end:
                break
        else:
            return None
        slots.append((at, minutes))
        free = at + minutes
    return tuple(slots)


def _shrunk(tasks: list[Task], spans: list[Spans]) -> tuple[int, Slots]:
    """The fewest shrink steps, and the slots, of tasks that are known to fit at their least lengths.

    Dynamic programming over tasks: for each number of steps only the earliest end matters, since it leaves the most room. An end that is no
    earlier than one with fewer steps is dominated and dropped.
    """
    ends: dict[int, tuple[int, Slots]] = {0: (-FREE_MINUTES, ())}
    for task, own in zip(tasks, spans, strict=True):
        lengths = _lengths(task)
        following: dict[int, tuple[int, Slots]] = {}
        for steps, (free, slots) in ends.items():
            for more, minutes in enumerate(lengths, steps):
                start = next((max(s, free) for s, end in own if max(s, free) + minutes <= end), None)
                if start is None:
                    continue
                known = following.get(more)
                if known is None or start + minutes < known[0]:
                    following[more] = start + minutes, (*slots, (start, minutes))
        ends = _leading(following)
    steps = min(ends)
    return steps, ends[steps][1]


def _leading(ends: dict[int, tuple[int, Slots]]) -> dict[int, tuple[int, Slots]]:
    """The entries, by number of steps, that end earlier than every entry with fewer steps."""
    leading: list[int] = []
    for steps in sorted(ends):
        if not leading or ends[steps][0] < ends[leading[-1]][0]:
            leading.append(steps)
    return {steps: found for steps, found in ends.items() if steps in leading}


def _lengths(task: Task) -> list[int]:
    """The lengths a task may have in minutes, longest first."""
    lengths = [task.minutes]
    while lengths[-1] > task.least:
        lengths.append(max(task.least, lengths[-1] - SHRINK_STEP))
    return lengths
