"""Placement: assign one week's jobs to its seven dates at the least cost by a published table, under hard limits.

`arrange` is a pure function. Its result does not depend on the order of the jobs, and equal weeks have equal results.

Hard limits: each job's days; the spacing rules, also against the sessions before the week; never two jobs of one name, nor two runs, on a
date; the rest days (SCHED-02); at most three jobs on a date, which fit into its hours in the order run, strength, others, mobility. The
cost terms are in `planner.placement.costs` and docs/reference/placement.md. What does not fit is dropped, the least important first; among
equally important jobs the first name, and within a name the last ordinal (SCHED-10).

The week is brought into a normal form (`normal`); its arrangement (`choice`), found by branch and bound over sets of days (`search`), is
cached for the life of the process. Ties in cost go to the arrangement with the earlier days, kind by kind: runs, then strength,
cross-training, others, mobility, within each by name and first ordinal.
"""

from __future__ import annotations

from planner.placement.choice import choose
from planner.placement.costs import day_order, hours_of
from planner.placement.days import FREE_MINUTES, Task, filled, fit
from planner.placement.normal import in_order, normal
from planner.placement.shape import Arrangement, Job, Placed, Rule, WeekShape, Window

__all__ = [
    "Arrangement",
    "Job",
    "Placed",
    "Rule",
    "WeekShape",
    "Window",
    "arrange",
    "lengthened",
]


def arrange(shape: WeekShape) -> Arrangement:
    """The cheapest arrangement of a week within the hard limits, and the jobs that had to be dropped.

    Raises `ValueError` where two jobs share name and ordinal, or the week does not have seven days.
    """
    jobs = in_order(shape)
    choice = choose(normal(shape, jobs))
    on: dict[int | None, list[Job]] = {}
    for job, day in zip(jobs, choice.days, strict=True):
        on.setdefault(day, []).append(job)
    placed: list[Placed] = []
    for day, windows in enumerate(shape.days):
        if day in on:
            placed += _dated(on[day], day, windows)
    return Arrangement(placed=tuple(placed), dropped=tuple([jobs[n] for n in choice.dropped]))


def lengthened(shape: WeekShape, arrangement: Arrangement) -> list[Placed]:
    """The placed jobs, on their dates, with the minutes that steps of shortening left free given back to those that were shortened."""
    on: dict[int, list[Placed]] = {}
    for place in arrangement.placed:
        on.setdefault(place.day, []).append(place)
    return [place for day, places in on.items() for place in _filled(places, shape.days[day])]


def _filled(places: list[Placed], windows: tuple[Window, ...] | None) -> list[Placed]:
    """One date's placed jobs, in the order of the day."""
    if all(place.minutes >= place.job.minutes for place in places):
        return places
    tasks = tuple([Task(p.job.minutes, p.job.least, p.job.tags) for p in places])
    slots = tuple([(n if p.start is None else p.start, p.minutes) for n, p in enumerate(places)])
    wider = filled(hours_of(windows), tasks, slots)
    return [
        p._replace(start=None if p.start is None else start, minutes=minutes) for p, (start, minutes) in zip(places, wider, strict=True)
    ]


def _dated(jobs: list[Job], day: int, windows: tuple[Window, ...] | None) -> list[Placed]:
    """One date's jobs with their clock times and lengths, in the order of the day."""
    jobs = day_order(jobs) if len(jobs) > 1 else jobs
    if windows is None and (len(jobs) == 1 or sum([j.minutes for j in jobs]) <= FREE_MINUTES):
        return [Placed(job, day, None, job.minutes) for job in jobs]
    found = fit(hours_of(windows), tuple([Task(j.minutes, j.least, j.tags) for j in jobs]))
    if found is None:
        raise AssertionError(f"day {day}: what was found to fit does not")
    slots = sorted(zip(found.slots, jobs, strict=True), key=lambda slot: slot[0][0])
    return [Placed(job, day, None if windows is None else start, minutes) for (start, minutes), job in slots]
