"""A week in normal form: only what placement depends on, hashable, and the same for any order of the jobs.

Weeks that differ only in what cannot matter (minutes where every day has room, past sessions that no rule reaches back to, the names of
rules) share a normal form, so that they are searched once a process.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from planner.caching import cached_by_identity
from planner.placement.costs import HARD, LOADED, hours_of
from planner.placement.days import FREE_MINUTES, MOST_JOBS, Hours
from planner.placement.shape import EVERY_DAY, MOBILITY, RUN

if TYPE_CHECKING:
    from planner.placement.shape import Job, Rule, WeekShape, Window

_NAME_AND_ORDINAL = itemgetter(0, 1)
CLOSED = 1 << 30
"""Minutes of room on a closed day: enough that its hours are never looked at, since no job is placed there."""
KNOWN_TAGS = HARD | LOADED | {MOBILITY}


class Item(NamedTuple):
    """A job in normal form: only the `tags` that matter, only the `days` still open, minutes 0 where every day has room.

    Jobs with equal items differ only in their homes.
    """

    name: str
    tags: frozenset[str]
    days: int
    prefers: int
    avoids: int
    minutes: int
    least: int


class NormalWeek(NamedTuple):
    """A week in normal form.

    `rules` are (after, before, days); `hours` is None for days with room for any three jobs; `order` are item numbers, the first to be
    dropped first.
    """

    items: tuple[Item, ...]
    homes: tuple[int | None, ...]
    rules: tuple[tuple[str, str, int], ...]
    hours: tuple[Hours | None, ...]
    rest_days: int
    latest_first_run: int | None
    order: tuple[int, ...]


def in_order(shape: WeekShape) -> list[Job]:
    """The jobs sorted by name and ordinal. Raises `ValueError` where two share both, or the week does not have seven days."""
    jobs = sorted(shape.jobs, key=_NAME_AND_ORDINAL)
    for one, other in pairwise(jobs):
        if (one.name, one.ordinal) == (other.name, other.ordinal):
            raise ValueError(f"{one.name}#{one.ordinal}: found twice; expected names and ordinals that differ")
    if len(shape.days) != 7:
        raise ValueError(f"days: found {len(shape.days)}; expected 7")
    return jobs


def normal(shape: WeekShape, jobs: list[Job]) -> NormalWeek:
    """The normal form of a week; `jobs` are sorted by name and ordinal."""
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
    return NormalWeek(
        items=tuple(items),
        homes=tuple([job.home for job in jobs]),
        rules=_plain(shape.rules),
        hours=hours,
        rest_days=shape.rest_days,
        latest_first_run=None if shape.latest_first_run is None or shape.latest_first_run >= 6 else shape.latest_first_run,
        order=_drop_order(jobs),
    )


_item = lru_cache(maxsize=2048)(Item)
"""`Item`, interned: jobs recur week after week, so equal fields give the same item."""


def _fullest_day(jobs: list[Job]) -> int:
    """The most minutes that one date can need: three jobs at most, one of them at most a run."""
    runs = [j.minutes for j in jobs if RUN in j.tags]
    others = sorted([j.minutes for j in jobs if RUN not in j.tags], reverse=True)
    return max(sum(others[:MOST_JOBS]), max(runs, default=0) + sum(others[: MOST_JOBS - 1]))


@cached_by_identity(256)
def _rooms(days: tuple[tuple[Window, ...] | None, ...]) -> tuple[list[tuple[int, Hours]], int]:
    """For each day its hours and the minutes up to which they need no check, and the bit mask of the days that are not closed.

    A day needs no check where it is closed, or where its longest window holds the fullest possible day.
    """
    rooms = [CLOSED if windows == () else _widest(windows) for windows in days]
    opened = sum([1 << day for day, windows in enumerate(days) if windows != ()])
    return [(room, hours_of(windows)) for room, windows in zip(rooms, days, strict=True)], opened


def _widest(windows: tuple[Window, ...] | None) -> int:
    """The minutes of a day's longest window that is open to any job; -1 without one."""
    return FREE_MINUTES if windows is None else max([w.end - w.start for w in windows if not w.kept_for], default=-1)


@lru_cache(maxsize=256)
def _tags_that_matter(rules: tuple[Rule, ...]) -> frozenset[str]:
    """The tags that placement depends on, apart from those that windows are kept for."""
    return KNOWN_TAGS.union(*[(rule.after, rule.before) for rule in rules])


@lru_cache(maxsize=256)
def _plain(rules: tuple[Rule, ...]) -> tuple[tuple[str, str, int], ...]:
    """The rules that have an effect, sorted and without their names."""
    return tuple(sorted({(r.after, r.before, r.days) for r in rules if r.days}))


def _blocked(shape: WeekShape, after: str, days: int) -> int:
    """Bit mask of the days that past sessions tagged `after` close to jobs that must come at least `days` days later."""
    reach = max([offset + days for offset, tags in shape.earlier if after in tags], default=0)
    return (1 << min(reach, 7)) - 1 if reach > 0 else 0


def _drop_order(jobs: list[Job]) -> tuple[int, ...]:
    """Item numbers, least important first; among equals the first name, and within a name the last ordinal (SCHED-10)."""
    return tuple([n for _, _, _, n in sorted([(j.importance, j.name, -j.ordinal, n) for n, j in enumerate(jobs)])])
