"""Tables for the search: the days a group of jobs may take, what each choice costs, and what it adds to the cost of another group.

The jobs of a group have the same tags, so they affect other groups alike. One choice of a group is a multiset of days, packed into an int,
four bits a day. Everything here is a pure function of small keys that hardly change from week to week, so results are cached for the life
of the process.
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
"""The days of each bit mask."""
PACKED = tuple(sum(1 << 4 * d for d in days) for days in DAYS)
"""Each bit mask as a packed multiset that holds its days once."""
EACH_DAY = PACKED[127]
NO_DAY = 7
"""A dummy day after the week's, of price 0: with it `itemgetter` always gets two or more keys and returns a tuple."""
NEVER = 1 << 20
"""A cost above any real one, for what a hard limit forbids."""
Points: TypeAlias = tuple[int, ...]


class Kind(NamedTuple):
    """`size` interchangeable jobs, at most one a day: masks of allowed, preferred and avoided days, and the days some had last week."""

    size: int
    days: int
    prefers: int
    avoids: int
    homes: tuple[int, ...]


class Choices:
    """The choices of a group, those with earlier days first.

    `packed` are the multisets, `reach` their union, `costs` what each costs the group by itself, `picks` the days of each kind. `rows`
    caches what choices of another group add to the costs, by how the two groups relate; `day_rows` caches what prices by day add.
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
        """What the choices of another group add to the costs of this one's.

        `points` are indexed by how many days, around the week, this group's job is after the other's. A job of this group that is not
        before one of the other follows it by at least `ahead` days, and the other way round by at least `back`.
        """
        key = (points, ahead, back)
        if key not in self.rows:
            self.rows[key] = Rows(self, points, ahead, back)
        return self.rows[key]

    def by_day(self, points: Points) -> tuple[int, ...]:
        """What prices by day add to the cost of each choice."""
        if points not in self.day_rows:
            by_day = (*points, 0)
            self.day_rows[points] = tuple([sum(days(by_day)) for days in self.days])
        return self.day_rows[points]


class Rows(dict[int, tuple[int, ...]]):
    """Maps a choice of another group to what it adds to the cost of each choice of `seen`; rows are computed on first use."""

    def __init__(self, seen: Choices, points: Points, ahead: int, back: int) -> None:
        super().__init__()
        self.seen, self.points, self.ahead, self.back = seen, points, ahead, back

    def __missing__(self, packed: int) -> tuple[int, ...]:
        """Compute and store the row of another group's choice."""
        alone = [_around(self.points, self.ahead, self.back, other) for other in days_of(packed)]
        row = self[packed] = self.seen.by_day(alone[0] if len(alone) == 1 else tuple(map(sum, zip(*alone, strict=True))))
        return row


@lru_cache(maxsize=4096)
def _around(points: Points, ahead: int, back: int, other: int) -> Points:
    """What one job on day `other` adds to the cost of a job on each day."""
    return tuple(NEVER if 0 <= day - other < ahead or 0 <= other - day < back else points[(day - other) % 7] for day in range(7))


@lru_cache(maxsize=16384)
def days_of(packed: int) -> tuple[int, ...]:
    """The days of a packed multiset, with repetition."""
    return tuple(day for day in range(7) for _ in range(packed >> 4 * day & 15))


def union(packed: Iterable[int]) -> int:
    """The bitwise union of packed multisets, which holds no day less often than any of them."""
    return reduce(or_, packed, 0)


def busy_days(packed: int) -> int:
    """The days of a packed multiset, each once."""
    return (packed | packed >> 1) & EACH_DAY


def pairs_on_days(packed: int) -> int:
    """The number of pairs of jobs that share a day."""
    twice = packed >> 1 & EACH_DAY
    return twice.bit_count() + 2 * (twice & packed).bit_count()


def crowded(packed: int) -> bool:
    """Whether a date holds more than `MOST_JOBS` jobs."""
    return bool((packed + EACH_DAY * (7 - MOST_JOBS)) & EACH_DAY * 8)


@lru_cache(maxsize=512)
def choices(kinds: tuple[Kind, ...], tags: frozenset[str], gap: int) -> Choices:
    """The choices of a group of `kinds` whose jobs are at least `gap` days apart.

    Each multiset of days is shared among the kinds the cheapest way; ties go to the earlier days, kind by kind.
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
    """The sets of days that a kind may take, in lexicographic order."""
    return combinations([day for day in range(7) if kind.days >> day & 1], kind.size)


def _own(kind: Kind, days: tuple[int, ...], tags: frozenset[str]) -> int:
    """What a kind's days cost by themselves: the fewest moves from its homes, days not preferred, and days to avoid."""
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
    """The points between all pairs of jobs of a group."""
    return sum(points[later - sooner] for sooner, later in combinations(days_of(packed), 2))


@lru_cache(maxsize=1024)
def cheapest_slots(prices: tuple[int, ...], jobs: int, again: int) -> int:
    """The least that `jobs` jobs cost at these prices by day, where each further job on a day costs `again` more than the last."""
    return sum(sorted(price + again * nth for price in prices for nth in range(MOST_JOBS))[:jobs])


@lru_cache(maxsize=1024)
def light_prices(beside: int) -> Points:
    """What a light session costs on each day above `LEAST_LIGHT`: its points `beside` training (packed, four bits a day), else at rest."""
    return tuple((beside >> 4 * day & 15 or RESTING) - LEAST_LIGHT for day in range(7))


@lru_cache(maxsize=1024)
def closed_on(days: int) -> Points:
    """Prices by day that close the days of a packed multiset."""
    return tuple(NEVER if days >> 4 * day & 15 else 0 for day in range(7))
