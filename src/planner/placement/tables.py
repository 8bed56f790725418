"""Sets of days: where a group of jobs may be, what each of its choices costs, and what it means for another group.

A group is some jobs with the same tags, so that they cost others the same wherever they are. One choice of a group is a multiset of days,
packed into an int, four bits a day. Everything here is a pure function of small keys that hardly change from week to week,
so results are kept for the life of the process.
"""

from __future__ import annotations

from functools import lru_cache, reduce
from itertools import combinations
from operator import itemgetter, or_
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from planner.placement.costs import LEAST_LIGHT, POINTS, RESTING, kernel, moved
from planner.placement.days import MOST_JOBS

if TYPE_CHECKING:
    from collections.abc import Iterable

DAYS = tuple(tuple(d for d in range(7) if mask >> d & 1) for mask in range(128))
"""The days of a mask."""
PACKED = tuple(sum(1 << 4 * d for d in days) for days in DAYS)
"""A mask as a multiset that holds each of its days once."""
EACH_DAY = PACKED[127]
NO_DAY = 7
"""Stands after the days of the week, so that every choice has two entries or more and its prices come as a tuple."""
NEVER = 1 << 20
"""A cost beyond any real one: a hard limit says no."""
Points: TypeAlias = tuple[int, ...]


class Kind(NamedTuple):
    """`size` jobs that cannot be told apart, at most one a day: the days they may, would rather and would rather not be on, and the
    days that some of them had last week.
    """

    size: int
    days: int
    prefers: int
    avoids: int
    homes: tuple[int, ...]


class Choices:
    """The choices of a group, those with the earlier days first.

    `packed` are the multisets, `reach` their bits together, `costs` what each costs the group itself, `picks` the days of each kind.
    `rows` keeps what a choice of another group adds to the costs, by how the two groups look at each other; `day_rows` what prices of
    the days add.
    """

    __slots__ = ("costs", "day_rows", "days", "packed", "picks", "reach", "rows")

    def __init__(self, found: list[tuple[tuple[tuple[int, ...], ...], int, int]]) -> None:
        self.picks = tuple(picks for picks, _, _ in found)
        self.packed = tuple(packed for _, packed, _ in found)
        self.costs = tuple(cost for _, _, cost in found)
        self.reach = union(self.packed)
        self.rows: dict[tuple[Points, int, int], Rows] = {}
        self.day_rows: dict[Points, tuple[int, ...]] = {}
        self.days = [itemgetter(*days_of(packed), NO_DAY) for packed in self.packed]

    def seen_from(self, points: Points, ahead: int, back: int) -> Rows:
        """What another group means for this one.

        `points` by how many days around the week this group's job is after the other's; this group's jobs are at least `ahead` days
        after the other's where they are not before them, and the other's at least `back` days after this one's.
        """
        key = (points, ahead, back)
        if key not in self.rows:
            self.rows[key] = Rows(self, points, ahead, back)
        return self.rows[key]

    def by_day(self, points: Points) -> tuple[int, ...]:
        """What a price for each day adds to the cost of each choice."""
        if points not in self.day_rows:
            by_day = (*points, 0)
            self.day_rows[points] = tuple([sum(days(by_day)) for days in self.days])
        return self.day_rows[points]


class Rows(dict[int, tuple[int, ...]]):
    """By another group's choice, what it adds to the cost of each choice of a group; made when first asked for."""

    def __init__(self, seen: Choices, points: Points, ahead: int, back: int) -> None:
        super().__init__()
        self.seen, self.points, self.ahead, self.back = seen, points, ahead, back

    def __missing__(self, packed: int) -> tuple[int, ...]:
        """Work out and keep the row of another group's choice."""
        alone = [_around(self.points, self.ahead, self.back, other) for other in days_of(packed)]
        row = self[packed] = self.seen.by_day(alone[0] if len(alone) == 1 else tuple(map(sum, zip(*alone, strict=True))))
        return row


@lru_cache(maxsize=4096)
def _around(points: Points, ahead: int, back: int, other: int) -> Points:
    """What one job on the day `other` means for a job on each day."""
    return tuple(NEVER if 0 <= day - other < ahead or 0 <= other - day < back else points[(day - other) % 7] for day in range(7))


@lru_cache(maxsize=16384)
def days_of(packed: int) -> tuple[int, ...]:
    """The days of a multiset, each as often as it holds it."""
    return tuple(day for day in range(7) for _ in range(packed >> 4 * day & 15))


def union(packed: Iterable[int]) -> int:
    """The bits of all these multisets: no day less often than any of them holds it."""
    return reduce(or_, packed, 0)


def busy_days(packed: int) -> int:
    """Each day of a multiset once."""
    return (packed | packed >> 1) & EACH_DAY


def pairs_on_days(packed: int) -> int:
    """How many pairs of jobs share a day."""
    twice = packed >> 1 & EACH_DAY
    return twice.bit_count() + 2 * (twice & packed).bit_count()


def crowded(packed: int) -> bool:
    """Whether a date holds more jobs than it may."""
    return bool((packed + EACH_DAY * (7 - MOST_JOBS)) & EACH_DAY * 8)


@lru_cache(maxsize=512)
def choices(kinds: tuple[Kind, ...], tags: frozenset[str], gap: int) -> Choices:
    """The choices of a group of `kinds` whose jobs differ by at least `gap` days.

    For each multiset the cheapest way to share it among the kinds, and of equally cheap ones the one with the earlier days, kind by kind.
    """
    best: dict[int, tuple[int, tuple[tuple[int, ...], ...]]] = {0: (0, ())}
    for kind in kinds:
        options = [(days, sum(1 << 4 * d for d in days), _own(kind, days, tags)) for days in _sets(kind)]
        longer: dict[int, tuple[int, tuple[tuple[int, ...], ...]]] = {}
        for packed, (cost, picks) in best.items():
            for days, more, own in options:
                both = packed + more
                if crowded(both) or _too_close(both, gap):
                    continue
                shared = (cost + own, (*picks, days))
                if both not in longer or shared < longer[both]:
                    longer[both] = shared
        best = longer
    among = kernel(tags, tags)
    return Choices(sorted((picks, packed, cost + _among(packed, among)) for packed, (cost, picks) in best.items()))


def _sets(kind: Kind) -> Iterable[tuple[int, ...]]:
    """The sets of days that a kind may take."""
    return combinations([day for day in range(7) if kind.days >> day & 1], kind.size)


def _own(kind: Kind, days: tuple[int, ...], tags: frozenset[str]) -> int:
    """What a kind's days cost it by themselves: the fewest moves from its homes, and the days that it likes less."""
    at_home = len(set(kind.homes).intersection(days))
    less_liked = sum(1 for day in days if not kind.prefers >> day & 1) if kind.prefers else 0
    return (
        POINTS[moved(tags)] * (len(kind.homes) - at_home)
        + POINTS["not on a preferred day"] * less_liked
        + POINTS["on a day to avoid"] * sum(kind.avoids >> day & 1 for day in days)
    )


def _too_close(packed: int, gap: int) -> bool:
    """Whether two jobs of a multiset are less than `gap` days apart."""
    return bool(gap and packed & EACH_DAY * 14) or any(packed & packed >> 4 * apart for apart in range(1, min(gap, 7)))


def _among(packed: int, points: Points) -> int:
    """What the jobs of a group cost each other."""
    return sum(points[later - sooner] for sooner, later in combinations(days_of(packed), 2))


@lru_cache(maxsize=1024)
def cheapest_slots(prices: tuple[int, ...], jobs: int, again: int) -> int:
    """The least that some jobs cost on seven days with these prices, when each further one on a day costs `again` more than the last."""
    return sum(sorted(price + again * nth for price in prices for nth in range(MOST_JOBS))[:jobs])


@lru_cache(maxsize=1024)
def light_prices(beside: int) -> Points:
    """What a light session costs on each day, over `LEAST_LIGHT`: beside training by its points there, four bits a day, else at rest."""
    return tuple((beside >> 4 * day & 15 or RESTING) - LEAST_LIGHT for day in range(7))


@lru_cache(maxsize=1024)
def closed_on(days: int) -> Points:
    """Prices that close some days, given as four bits a day."""
    return tuple(NEVER if days >> 4 * day & 15 else 0 for day in range(7))
