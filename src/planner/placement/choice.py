"""Which jobs a week keeps, and on which days: drops what does not fit, the least important first."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from planner.placement.groups import groups_of
from planner.placement.search import Search
from planner.placement.shape import RUN

if TYPE_CHECKING:
    from planner.placement.normal import Week
    from planner.placement.search import Found

MOST_SEARCHED = 14
"""The most jobs that are searched for; of more, the least important are dropped beforehand."""


class Choice(NamedTuple):
    """Each item's day (None: dropped), the items dropped in that order, the cost, and what `Arrangement` says of the search."""

    days: tuple[int | None, ...]
    dropped: tuple[int, ...]
    cost: int
    late_first_run: bool
    exact: bool


@lru_cache(maxsize=4096)
def choose(week: Week) -> Choice:
    """The arrangement of a week in normal form."""
    wanted = list(reversed(week.order))[:MOST_SEARCHED]
    by = week.latest_first_run if any(RUN in week.items[n].tags for n in wanted) else None
    found = _cheapest(week, wanted, by)
    if found is not None:
        return _choice(week, wanted, found, late=False)
    kept = _grown(week, [], wanted, None)
    runs = [n for n in kept if RUN in week.items[n].tags]
    late = by is not None and bool(runs)
    if late and _fits(week, runs, by):
        kept, late = _grown(week, runs, [n for n in wanted if RUN not in week.items[n].tags], by), False
    found = _cheapest(week, kept, None if late else by)
    if found is None:
        raise AssertionError("jobs that fit were not arranged")
    return _choice(week, kept, found, late=late)


def _cheapest(week: Week, kept: list[int], by: int | None) -> Found | None:
    return Search(week, groups_of(week, kept), by).cheapest()


def _fits(week: Week, kept: list[int], by: int | None) -> bool:
    return Search(week, groups_of(week, kept), by).any()


def _grown(week: Week, base: list[int], more: list[int], by: int | None) -> list[int]:
    """`base`, and of `more`, the most important first, each that fits together with what is kept already.

    What fits, fits without any of its jobs too; so the longest beginning of `more` that fits is found by halving.
    """
    least, most = 0, len(more)
    while least < most:
        middle = (least + most + 1) // 2
        if _fits(week, base + more[:middle], by):
            least = middle
        else:
            most = middle - 1
    kept = base + more[:least]
    refused = {week.items[n] for n in more[least : least + 1]}
    for number in more[least + 1 :]:
        item = week.items[number]
        if item in refused:
            continue
        if _fits(week, [*kept, number], by):
            kept.append(number)
        else:
            refused.add(item)
    return kept


def _choice(week: Week, kept: list[int], found: Found, *, late: bool) -> Choice:
    days: dict[int, int] = {}
    for group, picks in zip(groups_of(week, kept), found.picks, strict=True):
        for members, chosen in zip(group.members, picks, strict=True):
            days.update(_assigned(week, members, chosen))
    return Choice(
        days=tuple(days.get(n) for n in range(len(week.items))),
        dropped=tuple(n for n in week.order if n not in days),
        cost=found.cost,
        late_first_run=late,
        exact=found.exact,
    )


def _assigned(week: Week, members: tuple[int, ...], chosen: tuple[int, ...]) -> dict[int, int]:
    """The day of each item of a kind: its home where the kind holds it, else by ordinal the earliest that is left."""
    left = list(chosen)
    days: dict[int, int] = {}
    for number in members:
        home = week.homes[number]
        if home is not None and home in left:
            days[number] = home
            left.remove(home)
    days.update(zip((n for n in members if n not in days), left, strict=True))
    return days
