"""The search: branch and bound over sets of days, kind by kind, exact.

Jobs that cannot be told apart are one kind, and a kind takes one set of days, so that equal arrangements are met once. Kinds are decided
in the order runs, strength, cross-training, others, mobility. After each decision what it means for the kinds that are left is added to the costs of
their options; the sum of their cheapest is the bound. A first pass finds the least cost; a second walks the options with the earlier
days first and stops at the first arrangement of that cost, which settles ties.
"""

from __future__ import annotations

from operator import add
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from planner.placement.costs import ANCHORS, POINTS, kernel
from planner.placement.days import Task, fit, place_in_day
from planner.placement.shape import CROSS_TRAINING, EVERY_DAY, MOBILITY, RUN, STRENGTH
from planner.placement.tables import COUNT, DAYS, NEVER, Rows, masks, own_costs, rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.placement.normal import Item, Week

Costs: TypeAlias = list[tuple[int, ...]]
State: TypeAlias = tuple[int, int, int, int, int]
"""Days with load, with one job or more, with two or more, with three; and for each day 16 bits of the kinds that are on it."""
THIRD = POINTS["third session on a day"]
ALONE = POINTS["mobility away from run and strength"]
SHORTER = POINTS["five minutes shorter"]


class Kind(NamedTuple):
    """Items that cannot be told apart, by their numbers, and one of them."""

    members: tuple[int, ...]
    item: Item


class Found(NamedTuple):
    """The days of each kind, their cost, and whether the search was carried to its end."""

    days: tuple[int, ...]
    cost: int
    exact: bool


def kinds_of(week: Week, kept: Iterable[int]) -> list[Kind]:
    """The kinds among the kept items, in the order of the search."""
    alike: dict[Item, list[int]] = {}
    for number in kept:
        alike.setdefault(week.items[number], []).append(number)
    kinds = [Kind(tuple(sorted(members)), item) for item, members in alike.items()]
    return sorted(kinds, key=lambda k: (_turn(k.item.tags), k.members))


def _turn(tags: frozenset[str]) -> int:
    """When a kind is decided: what others look at comes first."""
    if RUN in tags:
        return 0
    if STRENGTH in tags:
        return 1
    return 2 if CROSS_TRAINING in tags else 4 if MOBILITY in tags else 3


def _fits_alone(week: Week, item: Item) -> int:
    """The days on which an item fits when it is the only one."""
    days = item.days
    if not any(week.hours):
        return days
    for day in DAYS[days]:
        hours = week.hours[day]
        if hours and fit(hours, (Task(item.minutes, item.least, item.tags),)) is None:
            days &= ~(1 << day)
    return days


def _distances(week: Week, items: list[Item]) -> list[list[int]]:
    """For each two kinds the least number of days that the second is after the first when it is not before it; 1: not on one date."""
    runs = [RUN in x.tags for x in items]
    least = [
        [int(one.name == other.name or (runs[i] and runs[j])) for j, other in enumerate(items)]
        for i, one in enumerate(items)
    ]
    for after, before, days in week.rules:
        later = [j for j, item in enumerate(items) if before in item.tags]
        for i, item in enumerate(items):
            if after in item.tags:
                for j in later:
                    least[i][j] = max(least[i][j], days)
    return least


class Search:
    """One search: `kept` items of a week, the first run up to `first_run_by` where that is given, in at most `allowance` steps."""

    def __init__(self, week: Week, kinds: list[Kind], first_run_by: int | None, allowance: int) -> None:
        self.week, self.kinds, self.allowance, self.taken = week, kinds, allowance, 0
        items = [k.item for k in kinds]
        self.loads = [not week.load_tags.isdisjoint(i.tags) for i in items]
        self.loose = [MOBILITY in i.tags and ANCHORS.isdisjoint(i.tags) for i in items]
        self.anchors = sum(not ANCHORS.isdisjoint(i.tags) for i in items)
        self.last_run = sum(RUN in i.tags for i in items) - 1
        self.early = EVERY_DAY if first_run_by is None else (1 << first_run_by + 1) - 1 if first_run_by >= 0 else 0
        self.timed = sum(1 << day for day, hours in enumerate(week.hours) if hours)
        self.most_load = 7 - week.rest_days
        self.steps_on: dict[int, int | None] = {}
        distances = _distances(week, items)
        self.masks = [
            masks(len(k.members), _fits_alone(week, k.item), distances[i][i]) for i, k in enumerate(kinds)
        ]
        self.costs: Costs = []
        for kind, options in zip(kinds, self.masks, strict=True):
            homes = tuple(home for n in kind.members if (home := week.homes[n]) is not None)
            self.costs.append(own_costs(options, kind.item.tags, homes, kind.item.prefers, kind.item.avoids))
        self.links = self._linked(items, distances)

    def _linked(self, items: list[Item], distances: list[list[int]]) -> list[list[tuple[int, Rows]]]:
        """For each kind the later ones that its days mean something for."""
        links: list[list[tuple[int, Rows]]] = [[] for _ in items]
        for i, one in enumerate(items):
            for j in range(i + 1, len(items)):
                points = kernel(one.tags, items[j].tags)
                link = rows(points, distances[i][j], distances[j][i], self.masks[j])
                if link is not None:
                    links[i].append((j, link))
        return links

    def cheapest(self) -> Found | None:
        """The cheapest arrangement, ties settled; None where there is none."""
        if not self._pass(NEVER):
            return None
        cost, exact = self.best, self.taken < self.allowance
        if exact:
            self._pass(cost + 1, in_turn=True, first=True)
        return Found(self.found, cost, self.taken < self.allowance)

    def any(self) -> bool:
        """Whether there is an arrangement at all."""
        return self._pass(NEVER, first=True)

    def _pass(self, below: int, *, in_turn: bool = False, first: bool = False) -> bool:
        """Look for an arrangement that costs less than `below`, the cheapest or the first one; whether there was one."""
        self.best, self.in_turn, self.first, self.done = below, in_turn, first, False
        self.path = [0] * len(self.kinds)
        if not self.kinds:
            self.best, self.found = 0, ()
            return True
        if not all(self.masks):
            return False
        self._dive(0, 0, self.costs, [min(c) for c in self.costs], (0, 0, 0, 0, 0))
        return self.best < below

    def _dive(self, i: int, spent: int, costs: Costs, lows: list[int], state: State) -> None:
        last, tail = i + 1 == len(costs), sum(lows[i + 1 :])
        options = zip(costs[i], self.masks[i], strict=True)
        for cost, mask in options if self.in_turn else sorted(options):
            if spent + cost + tail >= self.best:
                if self.in_turn:
                    continue
                return
            self.taken += 1
            after = self._step(i, mask, state)
            if after is None:
                continue
            here = spent + cost + after[0]
            if here + tail >= self.best:
                continue
            self.path[i] = mask
            if last:
                self.best, self.found = here, tuple(self.path)
                self.done = self.first
            elif (ahead := self._forward(i, mask, costs, lows, self.best - here - tail)) is not None:
                self._dive(i + 1, here, *ahead, after[1])
            if self.done or self.taken >= self.allowance:
                return

    def _step(self, i: int, mask: int, state: State) -> tuple[int, State] | None:
        """What putting kind `i` on `mask` costs on its dates, and the state after it; None where a hard limit says no."""
        load, ones, twos, full, on = state
        if mask & full:
            return None
        if self.loads[i]:
            load |= mask
            if COUNT[load] > self.most_load:
                return None
        if i == self.last_run and not self.early & (mask | _union(self.path[:i])):
            return None
        extra = THIRD * COUNT[mask & twos]
        if self.loose[i]:
            extra += ALONE * COUNT[mask & ~_union(self.path[: self.anchors])]
        if mask & self.timed:
            shrunk = self._shrunk(i, mask & self.timed, on)
            if shrunk is None:
                return None
            extra += SHORTER * shrunk[0]
            on = shrunk[1]
        return extra, (load, ones | mask, twos | ones & mask, full | twos & mask, on)

    def _shrunk(self, i: int, mask: int, on: int) -> tuple[int, int] | None:
        """Shrink steps more for kind `i` on these dates, and the kinds that are on them then; None where they do not fit."""
        more = 0
        for day in DAYS[mask]:
            before = on >> 16 * day & 0xFFFF
            steps = self._steps(day, before | 1 << i)
            if steps is None:
                return None
            more += steps - (self._steps(day, before) or 0)
            on |= 1 << 16 * day + i
        return more, on

    def _steps(self, day: int, kinds: int) -> int | None:
        """The shrink steps of one date that holds these kinds, None where they do not fit."""
        key = day << 16 | kinds
        if key not in self.steps_on:
            items = [k.item for number, k in enumerate(self.kinds) if kinds >> number & 1]
            items.sort(key=lambda item: place_in_day(item.tags))
            found = fit(self.week.hours[day] or (), tuple(Task(x.minutes, x.least, x.tags) for x in items))
            self.steps_on[key] = None if found is None else found.steps
        return self.steps_on[key]

    def _forward(self, i: int, mask: int, costs: Costs, lows: list[int], room: int) -> tuple[Costs, list[int]] | None:
        """The costs of the kinds that are left, and their lowest, once kind `i` is on `mask`; None where they leave no `room`."""
        costs, lows = costs.copy(), lows.copy()
        for j, link in self.links[i]:
            costs[j] = tuple(map(add, costs[j], link[mask]))
            low = min(costs[j])
            room -= low - lows[j]
            if room <= 0:
                return None
            lows[j] = low
        return costs, lows


def _union(sets: list[int]) -> int:
    """All days of some sets."""
    days = 0
    for mask in sets:
        days |= mask
    return days
