"""The cost of an arrangement, summed from scratch from placement's cost table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from planner.placement import Arrangement, Job, WeekShape
from planner.placement.costs import LOADED, POINTS, between, day_order, hours_of, moved
from planner.placement.days import Hours, Task, fit


def explained(shape: WeekShape, arrangement: Arrangement) -> tuple[tuple[str, int], ...]:
    """The terms of an arrangement that are not zero, with their points, in the order of the table; they add up to its cost."""
    return _terms(shape, {p.job: p.day for p in arrangement.placed})


def cost_of(shape: WeekShape, arrangement: Arrangement) -> int:
    """What an arrangement costs."""
    return sum(points for _, points in explained(shape, arrangement))


def is_late(shape: WeekShape, arrangement: Arrangement) -> bool:
    """Whether the first run stands later than it should."""
    runs = [p.day for p in arrangement.placed if "run" in p.job.tags]
    return shape.latest_first_run is not None and bool(runs) and min(runs) > shape.latest_first_run


def _terms(shape: WeekShape, days: Mapping[Job, int]) -> tuple[tuple[str, int], ...]:
    times: Counter[str] = Counter()
    jobs = sorted(days, key=lambda j: (j.name, j.ordinal))
    for number, job in enumerate(jobs):
        times.update(_alone(job, days[job]))
        for other in jobs[:number]:
            times.update(between(other.tags, job.tags, (days[job] - days[other]) % 7))
    for day in range(7):
        times.update(_on_date([j for j in jobs if days[j] == day], hours_of(shape.days[day]), day))
    return tuple((term, points * times[term]) for term, points in POINTS.items() if times[term])


def _alone(job: Job, day: int) -> Iterator[str]:
    """The terms of one job on its day."""
    if job.home is not None and job.home != day:
        yield moved(job.tags)
    if job.avoids >> day & 1:
        yield "on a day to avoid"
    if job.prefers and not job.prefers >> day & 1:
        yield "not on a preferred day"


def _on_date(jobs: list[Job], hours: Hours, day: int) -> Counter[str]:
    """The terms of one date and what it holds."""
    found = fit(hours, tuple(Task(j.minutes, j.least, j.tags) for j in day_order(jobs)))
    assert found is not None, f"day {day}: {len(jobs)} jobs do not fit into its hours"
    light = sum(LOADED.isdisjoint(j.tags) for j in jobs)
    return Counter(
        {
            "light session on a rest day": light if light == len(jobs) else 0,
            "five minutes shorter": found.steps,
        }
    )
