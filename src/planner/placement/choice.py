"""Choose which jobs a week keeps, and their days; what does not fit is dropped, the least important first."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from planner.placement.groups import groups_of
from planner.placement.search import Search
from planner.placement.shape import RUN

if TYPE_CHECKING:
    from planner.placement.groups import JobGroup
    from planner.placement.normal import NormalWeek
    from planner.placement.search import Picks

MOST_SEARCHED = 14
"""The most jobs in one search; beyond that, the least important are dropped beforehand."""


class Choice(NamedTuple):
    """Each item's day (None: dropped), and the numbers of the dropped items in the order of dropping."""

    days: tuple[int | None, ...]
    dropped: tuple[int, ...]


@lru_cache(maxsize=2048)
def choose(week: NormalWeek) -> Choice:
    """The arrangement of a week in normal form.

    `latest_first_run` is kept to only where that costs no run.
    """
    fitting = _Fitting(week)
    wanted = list(reversed(week.order))[:MOST_SEARCHED]
    by = week.latest_first_run if any(fitting.is_run(n) for n in wanted) else None
    found = fitting.cheapest(wanted, by)
    if found is not None:
        return _choice(week, *found)
    kept = fitting.grown([], wanted, None)
    runs = [n for n in kept if fitting.is_run(n)]
    if by is not None and runs:
        in_time = fitting.fits(runs, by)
        by = by if in_time else None
        kept = fitting.grown(runs, [n for n in wanted if not fitting.is_run(n)], by) if in_time else kept
    found = fitting.cheapest(kept, by)
    if found is None:
        raise AssertionError("jobs that fit were not arranged")
    return _choice(week, *found)


class _Fitting:
    """Tells which of a week's jobs, by their item numbers, fit together."""

    def __init__(self, week: NormalWeek) -> None:
        self.week = week

    def is_run(self, number: int) -> bool:
        """Whether an item is a run."""
        return RUN in self.week.items[number].tags

    def cheapest(self, kept: list[int], by: int | None) -> tuple[list[JobGroup], Picks] | None:
        """The groups of `kept` and the cheapest picks for all of them, with the first run by day `by`; None where they do not fit."""
        groups = groups_of(self.week, kept)
        picks = Search(self.week, groups, by).cheapest()
        return None if picks is None else (groups, picks)

    def fits(self, kept: list[int], by: int | None) -> bool:
        """Whether any arrangement holds all of `kept`, with the first run by day `by`."""
        return Search(self.week, groups_of(self.week, kept), by).any()

    def grown(self, base: list[int], more: list[int], by: int | None) -> list[int]:
        """`base` extended greedily by those of `more` (most important first) that fit together with what is kept already.

        A set that fits also fits without any of its jobs, so the longest prefix of `more` that fits is found by bisection.
        """
        least, most = 0, len(more)
        while least < most:
            middle = (least + most + 1) // 2
            if self.fits(base + more[:middle], by):
                least = middle
            else:
                most = middle - 1
        kept = base + more[:least]
        refused = {self.week.items[n] for n in more[least : least + 1]}
        for number in more[least + 1 :]:
            item = self.week.items[number]
            if item not in refused and self.fits([*kept, number], by):
                kept.append(number)
            else:
                refused.add(item)
        return kept


def _choice(week: NormalWeek, groups: list[JobGroup], picks: Picks) -> Choice:
    days: dict[int, int] = {}
    for group, picked in zip(groups, picks, strict=True):
        for members, chosen in zip(group.members, picked, strict=True):
            days.update(_assigned(week, members, chosen))
    return Choice(
        days=tuple(days.get(n) for n in range(len(week.items))),
        dropped=tuple(n for n in week.order if n not in days),
    )


def _assigned(week: NormalWeek, members: tuple[int, ...], chosen: tuple[int, ...]) -> dict[int, int]:
    """The day of each item of a kind: its home where that is among the chosen days, else the earliest day left, by ordinal."""
    left = list(chosen)
    days: dict[int, int] = {}
    for number in members:
        home = week.homes[number]
        if home is not None and home in left:
            days[number] = home
            left.remove(home)
    days.update(zip((n for n in members if n not in days), left, strict=True))
    return days
