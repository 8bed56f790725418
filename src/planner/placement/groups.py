"""Group a week's jobs for the search, and link the groups whose days affect each other's cost."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from planner.placement.costs import LOADED, beside_light, kernel
from planner.placement.days import Task, fit
from planner.placement.shape import CROSS_TRAINING, MOBILITY, RUN, STRENGTH
from planner.placement.tables import DAYS, Choices, Kind, Rows, choices

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.placement.days import Hours
    from planner.placement.normal import Item, NormalWeek

MOST_GROUPED = 4
"""The most jobs in a group of several kinds: more would have too many choices."""


RUNS = 0
"""The turn of runs in the search."""


class JobGroup(NamedTuple):
    """Jobs that look alike to all other groups: one of their items, the item numbers by kind, and the possible choices of days."""

    item: Item
    members: tuple[tuple[int, ...], ...]
    choices: Choices

    @property
    def size(self) -> int:
        """The number of jobs."""
        return sum(map(len, self.members))


def groups_of(week: NormalWeek, kept: Iterable[int]) -> list[JobGroup]:
    """The groups of the kept items in the order of the search: runs first, mobility last."""
    alike: dict[Item, list[int]] = {}
    for number in sorted(kept):
        alike.setdefault(week.items[number], []).append(number)
    together: dict[tuple[object, ...], list[tuple[Item, list[int]]]] = {}
    for item, members in alike.items():
        key: tuple[object, ...] = item if _clashes(item, alike) else (item.tags, item.minutes, item.least)
        together.setdefault(key, []).append((item, members))
    groups = [_group(week, part) for kinds in together.values() for part in _parts(kinds)]
    return sorted(groups, key=lambda g: (turn_of(g.item.tags), g.members))


def _clashes(item: Item, items: Iterable[Item]) -> bool:
    """Whether another item has its name, so that the two may not share a date; two runs, which never may, do not count."""
    return any(x.name == item.name and x != item and not (RUN in x.tags and RUN in item.tags) for x in items)


def _parts(kinds: list[tuple[Item, list[int]]]) -> list[list[tuple[Item, list[int]]]]:
    """Split kinds into parts of at most `MOST_GROUPED` jobs; a larger kind is a part by itself."""
    parts: list[list[tuple[Item, list[int]]]] = [[]]
    size = 0
    for item, members in kinds:
        if parts[-1] and size + len(members) > MOST_GROUPED:
            parts.append([])
            size = 0
        parts[-1].append((item, members))
        size += len(members)
    return parts


def _group(week: NormalWeek, kinds: list[tuple[Item, list[int]]]) -> JobGroup:
    item = kinds[0][0]
    shapes = tuple([Kind(len(members), _fits_alone(week.hours, x), x.prefers, x.avoids, _homes(week, members)) for x, members in kinds])
    gap = _distance(week, item.tags, item.tags)
    return JobGroup(item, tuple(tuple(members) for _, members in kinds), choices(shapes, item.tags, gap))


def _homes(week: NormalWeek, members: list[int]) -> tuple[int, ...]:
    return tuple(home for n in members if (home := week.homes[n]) is not None)


def turn_of(tags: frozenset[str]) -> int:
    """The turn of a group in the search: runs, strength, cross-training, others, mobility."""
    if RUN in tags:
        return RUNS
    if STRENGTH in tags:
        return 1
    return 2 if CROSS_TRAINING in tags else 4 if MOBILITY in tags else 3


@lru_cache(maxsize=4096)
def _fits_alone(hours: tuple[Hours | None, ...], item: Item) -> int:
    """Bit mask of the days on which an item fits alone."""
    days = item.days
    if any(hours):
        for day in DAYS[days]:
            own = hours[day]
            if own and fit(own, (Task(item.minutes, item.least, item.tags),)) is None:
                days &= ~(1 << day)
    return days


def _distance(week: NormalWeek, one: frozenset[str], other: frozenset[str]) -> int:
    """The least days from a job with tags `one` to one with tags `other` that is not before it; 1: not on the same date, 0: no rule."""
    least = 1 if RUN in one and RUN in other else 0
    for after, before, days in week.rules:
        if days > least and after in one and before in other:
            least = days
    return least


def links_of(week: NormalWeek, groups: list[JobGroup]) -> list[list[tuple[int, Rows]]]:
    """For each group, the later groups whose costs its days change, with the rows that say by how much.

    What light sessions cost beside training is left to the search.
    """
    links: list[list[tuple[int, Rows]]] = [[] for _ in groups]
    for j, later in enumerate(groups):
        for i, sooner in enumerate(groups[:j]):
            one, other = sooner.item, later.item
            ahead, back = _distance(week, one.tags, other.tags), _distance(week, other.tags, one.tags)
            if one.name == other.name:
                ahead = max(1, ahead)
            points = kernel(one.tags, other.tags)
            if LOADED.isdisjoint(other.tags) and not LOADED.isdisjoint(one.tags):
                points = (points[0] - beside_light(one.tags), *points[1:])
            if ahead or back or any(points):
                links[i].append((j, later.choices.seen_from(points, ahead, back)))
    return links
