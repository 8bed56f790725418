"""The search: branch and bound over sets of days, group by group, exact.

Groups are decided in the order runs, strength, cross-training, others, mobility. After each decision what it means for the groups that are
left is added to the costs of their choices; the sum of their cheapest is a bound, and so is what is left to share a day where there are
more sessions than days. A first pass finds the least cost; a second walks the choices with the earlier days first and stops at the first
arrangement of that cost, which settles ties.
"""

from __future__ import annotations

from operator import add
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from planner.placement.costs import BESIDE_LIGHT, LEAST_LIGHT, LEAST_SHARED, LOADED, POINTS, RESTING, beside_light
from planner.placement.days import MOST_JOBS, Task, fit, place_in_day
from planner.placement.groups import RUNS, links_of, turn_of
from planner.placement.shape import EVERY_DAY, RUN
from planner.placement.tables import (
    EACH_DAY,
    NEVER,
    PACKED,
    busy_days,
    cheapest_slots,
    closed_on,
    crowded,
    days_of,
    light_prices,
    pairs_on_days,
    union,
)
from planner.remembered import by_identity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.placement.groups import Group
    from planner.placement.normal import Week
    from planner.placement.tables import Choices

Costs: TypeAlias = list[tuple[int, ...]]
OnDays: TypeAlias = tuple[tuple[int, ...], ...]
Picks: TypeAlias = tuple[tuple[tuple[int, ...], ...], ...]
"""The days of each kind of each group."""
SHORTER = POINTS["five minutes shorter"]
ALLOWANCE = 12_000
"""The most steps of one search. It is counted in steps, not in time, so that every machine finds the same."""
GLANCE = 300
"""The steps after which a search without any arrangement asks whether a part of it is impossible by itself."""
TRIAL = 8_000
"""The most steps of a search that has not found any arrangement yet."""


class Node(NamedTuple):
    """What is decided so far: its cost, what the choices of each group cost beside it and the lowest of these, the days with load and
    how many jobs are on each day (both four bits a day), and on days with short hours the groups that are there.
    """

    spent: int
    costs: Costs
    lows: list[int]
    load: int
    jobs: int
    on: OnDays


class Search:
    """One search for `groups` of a week's jobs, the first run up to `first_run_by` where that is given.

    After `GLANCE` steps without any arrangement it looks at each sort of training alone; it gives up after `TRIAL` steps without any
    arrangement, and after `ALLOWANCE` steps without a proof that its best is the cheapest.
    """

    def __init__(self, week: Week, groups: list[Group], first_run_by: int | None) -> None:
        self.week, self.groups, self.first_run_by = week, groups, first_run_by
        self.taken, self.allowance = 0, GLANCE
        tags = [g.item.tags for g in groups]
        self.links = links_of(week, groups)
        self.loaded = sum(not LOADED.isdisjoint(t) for t in tags)
        self.last_run = sum(RUN in t for t in tags) - 1
        by = 6 if first_run_by is None else first_run_by
        self.early = PACKED[EVERY_DAY >> 6 - by] * 15 if by >= 0 else 0
        self.short = PACKED[sum(1 << day for day, hours in enumerate(week.hours) if hours)] * 15
        self.most_load = 7 - week.rest_days
        self.beside = [beside_light(t) for t in tags[: self.loaded]]
        self.steps_on: dict[tuple[int, tuple[int, ...]], int | None] = {}
        self.found: tuple[int, ...] = ()
        self.costs = self._first_costs()
        self._look_ahead()

    def _first_costs(self) -> Costs:
        """What each choice costs before anything is decided; a light session costs something wherever it is."""
        least = LEAST_LIGHT if self.loaded else RESTING
        core = [g.choices.costs for g in self.groups[: self.loaded]]
        return core + [tuple([cost + least * g.size for cost in g.choices.costs]) for g in self.groups[self.loaded :]]

    def _look_ahead(self) -> None:
        """For each training group how many jobs are in those after it, and what all after it cost at least, shared days left out."""
        core, light = self.groups[: self.loaded], self.groups[self.loaded :]
        self.lights = sum(g.size for g in light)
        left, least = 0, LEAST_LIGHT * self.lights + sum([_apart(g.choices, BESIDE_LIGHT) for g in light])
        self.core_left: list[tuple[int, int]] = []
        for group in reversed(core):
            self.core_left.insert(0, (left, least))
            left, least = left + group.size, least + _apart(group.choices, LEAST_SHARED)

    def cheapest(self) -> Picks | None:
        """The cheapest arrangement, ties settled; None where there is none, or none was found in time."""
        if not self._pass(NEVER):
            return None
        if not self.gave_up:
            self._pass(self.best + 1, in_turn=True, first=True)
        return tuple(g.choices.picks[at] for g, at in zip(self.groups, self.found, strict=True))

    @property
    def gave_up(self) -> bool:
        """Whether it ran out of steps: what it found may not be the cheapest, what it did not find may be there."""
        return self.taken >= self.allowance

    def any(self) -> bool:
        """Whether there is an arrangement at all."""
        return self._pass(NEVER, first=True)

    def _pass(self, below: int, *, in_turn: bool = False, first: bool = False) -> bool:
        """Look for an arrangement that costs less than `below`, the cheapest or the first one; whether there was one."""
        self.best, self.in_turn, self.first, self.done = below, in_turn, first, False
        self.at: list[int] = [0] * len(self.groups)
        self.path: list[int] = [0] * len(self.groups)
        if not self.groups:
            self.best = 0
        elif all(self.costs) and not self._too_many():
            self._dive(0, self._start())
            if self.best == NEVER and self.gave_up and self._parts_fit():
                self.taken, self.allowance = 0, TRIAL
                self._dive(0, self._start())
        return self.best < below

    def _start(self) -> Node:
        return Node(0, self.costs, [min(c) for c in self.costs], 0, 0, ((),) * 7)

    def _parts_fit(self) -> bool:
        """Whether each sort of group fits by itself. Where one does not the search is over."""
        sorts: dict[int, list[Group]] = {}
        for group in self.groups:
            sorts.setdefault(turn_of(group.item.tags), []).append(group)
        return len(sorts) == 1 or all(
            Search(self.week, part, self.first_run_by if turn == RUNS else None).any() for turn, part in sorts.items()
        )

    def _too_many(self) -> bool:
        """Whether there are more jobs than dates have places for them, or more with load than the dates that may bear load."""
        return any(
            sum(g.size for g in groups) > sum(sorted(_places(groups))[7 - days :])
            for groups, days in ((self.groups, 7), (self.groups[: self.loaded], self.most_load))
        )

    def _dive(self, i: int, node: Node) -> None:
        """Decide group `i` and those after it."""
        tail, choices = sum(node.lows[i + 1 :]), self.groups[i].choices.packed
        for at, cost in self._turns(node.costs[i], self.best - node.spent - tail):
            if node.spent + cost + tail >= self.best:
                continue
            self.taken += 1
            self.at[i], self.path[i] = at, choices[at]
            after = self._step(i, cost, node)
            if after is not None and after.spent + tail < self.best and not self._hopeless(i, after):
                self._descend(i, node.load, after)
            if self.done or self.taken >= self.allowance:
                return

    def _turns(self, costs: tuple[int, ...], below: int) -> list[tuple[int, int]]:
        """The choices that cost less than `below`, with their costs, in the order in which they are tried."""
        turns = [(at, cost) for at, cost in enumerate(costs) if cost < below]
        if not self.in_turn:
            turns.sort(key=_cost)
        return turns

    def _descend(self, i: int, load: int, node: Node) -> None:
        """Go on behind group `i`, or keep what was found; `load` as it was before."""
        if i + 1 == len(self.groups):
            self.best, self.found, self.done = node.spent, tuple(self.at), self.first
            self.allowance = ALLOWANCE
            return
        costs, lows = node.costs.copy(), node.lows.copy()
        room = self.best - node.spent - sum(lows[i + 1 :])
        for j, row in self._rows(i, load, node):
            self.taken += 1 + len(row) // 32
            costs[j] = tuple(map(add, costs[j], row))
            low = min(costs[j])
            room -= low - lows[j]
            if room <= 0:
                return
            lows[j] = low
        self._dive(i + 1, Node(node.spent, costs, lows, node.load, node.jobs, node.on))

    def _step(self, i: int, cost: int, node: Node) -> Node | None:
        """The node after the present choice of group `i`, at that cost and what its hours cost; None where a hard limit says no."""
        packed, load = self.path[i], node.load
        jobs = node.jobs + packed
        if crowded(jobs):
            return None
        if i < self.loaded:
            load |= busy_days(packed)
            if load.bit_count() > self.most_load:
                return None
        if i == self.last_run and not self.early & union(self.path[: i + 1]):
            return None
        on, spent = node.on, node.spent + cost
        for day in days_of(packed & self.short):
            before: tuple[int, ...] = on[day]
            on = (*on[:day], (*before, i), *on[day + 1 :])
            steps = self._steps(day, on[day])
            if steps is None:
                return None
            spent += SHORTER * (steps - (self._steps(day, before) or 0))
        return Node(spent, node.costs, node.lows, load, jobs, on)

    def _steps(self, day: int, groups: tuple[int, ...]) -> int | None:
        """The shrink steps of one date that holds a job of each of these groups, None where they do not fit."""
        key = (day, groups)
        if key not in self.steps_on:
            items = sorted((self.groups[i].item for i in groups), key=lambda item: place_in_day(item.tags))
            found = fit(self.week.hours[day] or (), tuple(Task(x.minutes, x.least, x.tags) for x in items))
            self.steps_on[key] = None if found is None else found.steps
        return self.steps_on[key]

    def _hopeless(self, i: int, node: Node) -> bool:
        """Whether what is left behind training group `i` costs too much, because sessions have to share days."""
        if i >= self.loaded:
            return False
        left, least = self.core_left[i]
        if i + 1 == self.loaded:
            return node.spent + least + cheapest_slots(self._prices(), self.lights, BESIDE_LIGHT) >= self.best
        busy = busy_days(node.jobs).bit_count()
        once = busy - (node.jobs >> 1 & EACH_DAY).bit_count()
        empty = max(0, self.most_load - busy)
        shared = max(0, left - empty) + max(0, left - 2 * empty - once)
        return node.spent + least + LEAST_SHARED * shared >= self.best

    def _prices(self) -> tuple[int, ...]:
        """What a light session costs on each day beside the training sessions, over `LEAST_LIGHT`."""
        beside = sum(points * packed for points, packed in zip(self.beside, self.path, strict=False))
        return light_prices(beside)

    def _rows(self, i: int, load: int, node: Node) -> Iterator[tuple[int, tuple[int, ...]]]:
        """What having decided group `i` adds to the costs of later groups; `load` as it was before."""
        packed, groups = self.path[i], self.groups
        for j, rows in self.links[i]:
            yield j, rows[packed]
        if node.load != load and node.load.bit_count() == self.most_load:
            for j in range(i + 1, self.loaded):
                yield j, groups[j].choices.by_day(closed_on(EACH_DAY & ~node.load))
        if i + 1 == self.loaded:
            for j in range(self.loaded, len(groups)):
                yield j, groups[j].choices.by_day(self._prices())
        fuller = days_of(packed & self.short)
        for j in range(i + 1, len(groups)) if fuller else ():
            closed = sum([1 << 4 * day for day in fuller if self._steps(day, (*node.on[day], j)) is None])
            if closed:
                yield j, groups[j].choices.by_day(closed_on(closed))


def _cost(turn: tuple[int, int]) -> int:
    return turn[1]


def _places(groups: list[Group]) -> list[int]:
    """At most how many jobs of these groups each date can hold: three, and one run."""
    runs = union(g.choices.reach for g in groups if RUN in g.item.tags)
    others = [g.choices.reach for g in groups if RUN not in g.item.tags]
    return [min(MOST_JOBS, (runs >> 4 * day & 1) + sum([packed >> 4 * day & 15 for packed in others])) for day in range(7)]


@by_identity(1024)
def _apart(choices: Choices, points: int) -> int:
    """The least that a group with these choices costs by itself, but for `points` for each two of its jobs on one day."""
    return min([cost - points * pairs_on_days(p) for cost, p in zip(choices.costs, choices.packed, strict=True)], default=0)
