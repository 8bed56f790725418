"""A week in its normal form: what placement depends on and nothing else, hashable, the same for any order of the jobs.

Weeks that differ only in what cannot matter (minutes where every day has room, past sessions that no rule looks back at, the names of
rules) have one normal form, so that the search for it is made once a process.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from planner.placement.costs import HARD, LOADED, hours_of
from planner.placement.days import FREE_MINUTES, MOST_JOBS, Hours
from planner.placement.shape import EVERY_DAY, MOBILITY, RUN
from planner.remembered import by_identity

if TYPE_CHECKING:
    from planner.placement.shape import Job, Rule, WeekShape, Window

_NAME_AND_ORDINAL = itemgetter(0, 1)
CLOSED = 1 << 30
"""A closed day has room for whatever nobody puts there."""
KNOWN_TAGS = HARD | LOADED | {MOBILITY}


class Item(NamedTuple):
    """A job in normal form: `tags` only those that matter, `days` only those that are left, minutes 0 where no day is short.

    Jobs with equal items cannot be told apart, but by their homes.
    """

    name: str
    tags: frozenset[str]
    days: int
    prefers: int
    avoids: int
    minutes: int
    least: int


class Week(NamedTuple):
    """A week in normal form.

    `rules` are (after, before, days); `hours` None for days with room for any three jobs; `order` gives the items' numbers, the first
    to be dropped first.
    """

    items: tuple[Item, ...]
    homes: tuple[int | None, ...]
    rules: tuple[tuple[str, str, int], ...]
    hours: tuple[Hours | None, ...]
    rest_days: int
    latest_first_run: int | None
    order: tuple[int, ...]


def in_order(shape: WeekShape) -> list[Job]:
    """The jobs by name and ordinal. Raises `ValueError` where two share both, or the week has not seven days."""
    jobs = sorted(shape.jobs, key=_NAME_AND_ORDINAL)
    for one, other in pairwise(jobs):
        if (one.name, one.ordinal) == (other.name, other.ordinal):
            raise ValueError(f"{one.name}#{one.ordinal}: found twice; expected names and ordinals that differ")
    if len(shape.days) != 7:
        raise ValueError(f"days: found {len(shape.days)}; expected 7")
    return jobs


def normal(shape: WeekShape, jobs: list[Job]) -> Week:
    """The normal form of a week whose jobs are given by name and ordinal."""
    fullest = _fullest_day(jobs)
    rooms, opened = _rooms(shape.days)
    hours = tuple([None if fullest <= room else day for room, day in rooms])
    timed = any(hours)
    tags = _tags_that_matter(shape.rules)
    if timed:
        tags = tags.union(*[kept_for for day in hours if day for _, _, kept_for in day])
    blocked = [(rule.before, mask) for rule in shape.rules if (mask := _blocked(shape, rule.after, rule.days))]
    items: list[Item] = []
    for job in jobs:
        carried, days = job.tags, job.days & opened
        for tag, mask in blocked:
            if tag in carried:
                days &= ~mask
        minutes, least = (job.minutes, job.least) if timed else (0, 0)
        items.append(_item(job.name, carried & tags, days, job.prefers & EVERY_DAY, job.avoids & EVERY_DAY, minutes, least))
    return Week(
        items=tuple(items),
        homes=tuple([job.home for job in jobs]),
        rules=_plain(shape.rules),
        hours=hours,
        rest_days=shape.rest_days,
        latest_first_run=None if shape.latest_first_run is None or shape.latest_first_run >= 6 else shape.latest_first_run,
        order=_drop_order(jobs),
    )


_item = lru_cache(maxsize=2048)(Item)
"""The item with these fields: the same one for equal fields, as jobs come back week by week."""


def _fullest_day(jobs: list[Job]) -> int:
    """The most minutes that one date can hold: at most three jobs, one of them a run."""
    runs = [j.minutes for j in jobs if RUN in j.tags]
    others = sorted([j.minutes for j in jobs if RUN not in j.tags], reverse=True)
    return max(sum(others[:MOST_JOBS]), max(runs, default=0) + sum(others[: MOST_JOBS - 1]))


@by_identity(256)
def _rooms(days: tuple[tuple[Window, ...] | None, ...]) -> tuple[list[tuple[int, Hours]], int]:
    """For each day the minutes up to which it needs no look at its hours, and those hours; and the days that are not closed.

    A day needs none where it is closed, or the fullest day that there can be fits into one piece of it.
    """
    rooms = [CLOSED if windows == () else _widest(windows) for windows in days]
    opened = sum([1 << day for day, windows in enumerate(days) if windows != ()])
    return [(room, hours_of(windows)) for room, windows in zip(rooms, days, strict=True)], opened


def _widest(windows: tuple[Window, ...] | None) -> int:
    """The minutes of a day's longest piece that is kept for nothing."""
    return FREE_MINUTES if windows is None else max([w.end - w.start for w in windows if not w.kept_for], default=-1)


@lru_cache(maxsize=256)
def _tags_that_matter(rules: tuple[Rule, ...]) -> frozenset[str]:
    """The tags that placement looks at, but for those that windows are kept for."""
    return KNOWN_TAGS.union(*[(rule.after, rule.before) for rule in rules])


@lru_cache(maxsize=256)
def _plain(rules: tuple[Rule, ...]) -> tuple[tuple[str, str, int], ...]:
    """The rules that say anything, without their names."""
    return tuple(sorted({(r.after, r.before, r.days) for r in rules if r.days}))


def _blocked(shape: WeekShape, after: str, days: int) -> int:
    """The days that past sessions tagged `after` close to what has to be at least `days` days later."""
    reach = max([offset + days for offset, tags in shape.earlier if after in tags], default=0)
    return (1 << min(reach, 7)) - 1 if reach > 0 else 0


def _drop_order(jobs: list[Job]) -> tuple[int, ...]:
    """Least important first; of equally important ones the first name, and of one name the last ordinal (SCHED-10)."""
    return tuple([n for _, _, _, n in sorted([(j.importance, j.name, -j.ordinal, n) for n, j in enumerate(jobs)])])
