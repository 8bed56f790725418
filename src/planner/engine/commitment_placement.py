"""Placement around commitments: the days they close to other sessions, the hours they take, and their effect on rest days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.model import COMMITMENTS
from planner.placement import Job, Placed, Window, arrange
from planner.placement.shape import LONG_RUN
from planner.quantities import DAYS_OF_WEEK

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.engine.commitment_runs import Fixed
    from planner.placement import Rule, WeekShape

FIRST = 10**9
"""An importance above that of any proposal."""


def closed_by(fixed: Iterable[Fixed], rules: Sequence[Rule], first: int, tags: frozenset[str]) -> int:
    """Bit mask of the days of the week from day number `first` on which a session with `tags` would be too close to a commitment."""
    closed = 0
    for one in fixed:
        for rule in rules:
            before = range(one.day - rule.days + 1, one.day + 1) if rule.after in tags and rule.before in one.tags else ()
            after = range(one.day, one.day + rule.days) if rule.after in one.tags and rule.before in tags else ()
            closed |= sum({1 << day - first for day in (*before, *after) if first <= day < first + DAYS_OF_WEEK})
    return closed


def fixed_job(one: Fixed, first: int, *, longest: bool = False) -> Job:
    """A commitment as a job with a single possible day; a race, and the `longest` run of its week, weigh as the long run does."""
    name, minutes = f"{COMMITMENTS}/{one.key}", -(-one.seconds // 60)
    day = one.day - first
    marks = {LONG_RUN} if longest or one.race else set[str]()
    return Job(name, 1, minutes, minutes, frozenset({*one.tags, *marks, name}), FIRST, days=1 << day, home=day)


def is_fixed(job: Job) -> bool:
    """Whether a job stands for a commitment."""
    return job.name.startswith(f"{COMMITMENTS}/")


def hours_with(week: Sequence[tuple[Window, ...] | None], fixed: Iterable[Fixed], first: int) -> tuple[tuple[Window, ...] | None, ...]:
    """The week's windows with time for each commitment: a window of its own at its `time`, or where no window of the day has room.

    Before one at its `time` the day has nothing else, because the run comes first (SCHED-04).
    """
    days = list(week)
    for one in fixed:
        windows, job = days[one.day - first], fixed_job(one, first)
        if windows is None:
            continue
        if one.time is not None:
            end = max(one.time.end, one.time.start + job.minutes)
            left = [part for window in windows for part in _without(window, one.time.start, end) if part.start >= end or _stands(part)]
            windows = (*left, Window(one.time.start, end, (job.name,)))
        elif not any(w.end - w.start >= job.minutes and w.takes(job.tags) for w in windows):
            windows = (Window(-job.minutes, 0, (job.name,)), *windows)
        days[one.day - first] = windows
    return tuple(days)


def _stands(window: Window) -> bool:
    """Whether a window is that of a commitment."""
    return any(tag.startswith(f"{COMMITMENTS}/") for tag in window.kept_for)


def _without(window: Window, start: int, end: int) -> list[Window]:
    """The parts of a window outside the time from `start` to `end`."""
    parts = [(window.start, min(window.end, start)), (max(window.start, end), window.end)]
    return [Window(one, other, window.kept_for) for one, other in parts if one < other]


def around(shape: WeekShape) -> WeekShape:
    """The week without the commitments that placement cannot fit beside the other commitments; their days still count as training days."""
    fixed = tuple(job for job in shape.jobs if is_fixed(job))
    if not fixed:
        return shape
    alone = arrange(shape._replace(jobs=fixed, latest_first_run=None))
    if not alone.dropped:
        return shape
    loaded = {place.day for place in alone.placed}
    taken = {job.home for job in alone.dropped} - loaded
    others = [job for job in shape.jobs if not is_fixed(job)]
    rest_days = min(shape.rest_days + len(taken), DAYS_OF_WEEK - len(loaded))
    return shape._replace(jobs=(*(place.job for place in alone.placed), *others), rest_days=rest_days)


def standing(jobs: Iterable[Job], placed: Sequence[Placed]) -> list[Placed]:
    """The commitments among `jobs` that placement left out, each on its day without a clock time."""
    kept = {place.job.name for place in placed}
    missing = (job for job in jobs if is_fixed(job) and job.name not in kept)
    return [Placed(job=job, day=job.home, start=None, minutes=job.minutes) for job in missing if job.home is not None]
