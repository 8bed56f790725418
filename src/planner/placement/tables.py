"""Sets of days as bit masks: which sets a kind of job may take, what each costs, and what one kind's set means for another's.

All of these are pure functions of small keys that hardly change from week to week, so they are kept for the life of the process.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations

from planner.placement.costs import POINTS, kernel, moved

ALL_MASKS = range(128)
DAYS = tuple(tuple(d for d in range(7) if mask >> d & 1) for mask in ALL_MASKS)
"""The days of a mask."""
COUNT = tuple(mask.bit_count() for mask in ALL_MASKS)
"""How many days a mask holds."""
NEVER = 1 << 20
"""A cost beyond any real one: a hard limit says no."""


@lru_cache(maxsize=4096)
def masks(count: int, allowed: int, gap: int) -> tuple[int, ...]:
    """The masks of `count` days among the `allowed`, at least `gap` days apart, those with the earlier days first."""
    days = [d for d in range(7) if allowed >> d & 1]
    return tuple(
        sum(1 << d for d in chosen)
        for chosen in combinations(days, count)
        if all(later - sooner >= gap for sooner, later in zip(chosen, chosen[1:], strict=False))
    )


@lru_cache(maxsize=4096)
def own_costs(
    options: tuple[int, ...], tags: frozenset[str], homes: tuple[int, ...], prefers: int, avoids: int
) -> tuple[int, ...]:
    """What each mask of `options` costs jobs of one kind by themselves. `homes` are the days that some of them had last week."""
    home_mask = sum(1 << d for d in set(homes))
    elsewhere = ~prefers if prefers else 0
    return tuple(
        POINTS[moved(tags)] * (len(homes) - COUNT[mask & home_mask])
        + POINTS["not on a preferred day"] * COUNT[mask & elsewhere]
        + POINTS["on a day to avoid"] * COUNT[mask & avoids]
        + _among(mask, kernel(tags, tags))
        for mask in options
    )


def _among(mask: int, points: tuple[int, ...]) -> int:
    """What jobs of one kind cost each other."""
    return sum(points[later - sooner] for sooner, later in combinations(DAYS[mask], 2))


class Rows(dict[int, tuple[int, ...]]):
    """For a mask of one kind, what it adds to the cost of each option of another kind; made when first asked for."""

    def __init__(self, points: tuple[int, ...], ahead: int, back: int, options: tuple[int, ...]) -> None:
        super().__init__()
        self.points, self.ahead, self.back, self.options = points, ahead, back, options

    def __missing__(self, mask: int) -> tuple[int, ...]:
        """Work out and keep the row of `mask`."""
        by_day = [sum(self._points(day - other) for other in DAYS[mask]) for day in range(7)]
        row = tuple(sum(by_day[day] for day in DAYS[option]) for option in self.options)
        self[mask] = row
        return row

    def _points(self, later: int) -> int:
        too_close = 0 <= later < self.ahead or 0 <= -later < self.back
        return NEVER if too_close else self.points[later % 7]


@lru_cache(maxsize=4096)
def rows(points: tuple[int, ...], ahead: int, back: int, options: tuple[int, ...]) -> Rows | None:
    """What one kind's days mean for another's `options`; None where nothing.

    `points` by days around the week; the other kind is at least `ahead` days after the first where it is not before it, and the first at
    least `back` days after the other where it is not before that.
    """
    return Rows(points, ahead, back, options) if ahead or back or any(points) else None
