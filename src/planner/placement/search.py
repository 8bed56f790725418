"""The search: branch and bound over sets of days, group by group; exact unless it runs out of steps.

Groups are decided in the order runs, strength, cross-training, others, mobility. Each decision adds its effect on the remaining groups to
the costs of their choices. The sum of their cheapest choices is a lower bound; so is the cost of sharing days where more sessions are left
than days. A first pass finds the least cost; a second tries the choices with earlier days first and stops at the first arrangement of that
cost, which breaks ties.
"""

from __future__ import annotations

from operator import add
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from planner.caching import cached_by_identity
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

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.placement.groups import JobGroup
    from planner.placement.normal import NormalWeek
    from planner.placement.tables import Choices

Costs: TypeAlias = list[tuple[int, ...]]
OnDays: TypeAlias = tuple[tuple[int, ...], ...]
Picks: TypeAlias = tuple[tuple[tuple[int, ...], ...], ...]
"""The days of each kind, for each group."""
SHORTER = POINTS["five minutes shorter"]
ALLOWANCE = 12_000
"""The most steps of one search; counted in steps, not time, so that every machine gives the same result."""
GLANCE = 300
"""The steps after which a search that has found no arrangement checks whether one of its parts is impossible by itself."""
TRIAL = 8_000
"""The most further steps, after that check, of a search that has found no arrangement."""


class Node(NamedTuple):
    """What is decided so far: its cost, the cost of each group's choices given it and the least of these, the days with training and the
    number of jobs on each day (both packed, four bits a day), and, for days with short hours, the groups placed there.
    """

    spent: int
    costs: Costs
    lows: list[int]
    load: int
    jobs: int
    on: OnDays


class Search:
    """One search for `groups` of a week's jobs, with the first run by day `first_run_by` where given.

    After `GLANCE` steps without any arrangement it tests each sort of session alone; it gives up after `TRIAL` more steps without an
    arrangement, or after `ALLOWANCE` steps without proof that its best is the cheapest.
    """

    def __init__(self, week: NormalWeek, groups: list[JobGroup], first_run_by: int | None) -> None:
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
        """The cost of each choice before anything is decided; each light session adds the least it costs anywhere."""
        least = LEAST_LIGHT if self.loaded else RESTING
        core = [g.choices.costs for g in self.groups[: self.loaded]]
        return core + [tuple([cost + least * g.size for cost in g.choices.costs]) for g in self.groups[self.loaded :]]

    def _look_ahead(self) -> None:
        """For each training group, compute the number of training jobs after it and a lower bound of all later costs but sharing days."""
        core, light = self.groups[: self.loaded], self.groups[self.loaded :]
        self.lights = sum(g.size for g in light)
        left, least = 0, LEAST_LIGHT * self.lights + sum([_apart(g.choices, BESIDE_LIGHT) for g in light])
        self.core_left: list[tuple[int, int]] = []
        for group in reversed(core):
            self.core_left.insert(0, (left, least))
            left, least = left + group.size, least + _apart(group.choices, LEAST_SHARED)

    def cheapest(self) -> Picks | None:
        """The cheapest arrangement, with ties broken; None where there is none, or none was found within the steps."""
        if not self._pass(NEVER):
            return None
        if not self.gave_up:
            self._pass(self.best + 1, in_turn=True, first=True)
        return tuple(g.choices.picks[at] for g, at in zip(self.groups, self.found, strict=True))

    @property
    def gave_up(self) -> bool:
        """Whether it ran out of steps: its result may not be the cheapest, and no result does not mean that there is none."""
        return self.taken >= self.allowance

    def any(self) -> bool:
        """Whether an arrangement was found at all."""
        return self._pass(NEVER, first=True)

    def _pass(self, below: int, *, in_turn: bool = False, first: bool = False) -> bool:
        """Search for an arrangement cheaper than `below`, the cheapest or the `first`; return whether one was found.

        `in_turn` tries the choices with earlier days first instead of the cheapest first.
        """
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
        """Whether each sort of group (by turn) fits by itself; where one does not, no arrangement exists."""
        sorts: dict[int, list[JobGroup]] = {}
        for group in self.groups:
            sorts.setdefault(turn_of(group.item.tags), []).append(group)
        return len(sorts) == 1 or all(
            Search(self.week, part, self.first_run_by if turn == RUNS else None).any() for turn, part in sorts.items()
        )

    def _too_many(self) -> bool:
        """Whether there are more jobs than places on the week's dates, or more training jobs than places on its training days."""
        return any(
            sum(g.size for g in groups) > sum(sorted(_places(groups))[7 - days :])
            for groups, days in ((self.groups, 7), (self.groups[: self.loaded], self.most_load))
        )

    def _dive(self, i: int, node: Node) -> None:
        """Try the choices of group `i`, and recursively of those after it."""
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
        """The choices that cost less than `below`, with their costs, in the order of trial."""
        turns = [(at, cost) for at, cost in enumerate(costs) if cost < below]
        if not self.in_turn:
            turns.sort(key=_cost)
        return turns

    def _descend(self, i: int, load: int, node: Node) -> None:
        """Continue after group `i`, or record a complete arrangement; `load` is the training days before group `i`."""
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
        """The node after the current choice of group `i`, with that cost and the cost of shrinking; None where a hard limit forbids it."""
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
        """The shrink steps of a date that holds one job of each of these groups, cached; None where they do not fit."""
        key = (day, groups)
        if key not in self.steps_on:
            items = sorted((self.groups[i].item for i in groups), key=lambda item: place_in_day(item.tags))
            found = fit(self.week.hours[day] or (), tuple(Task(x.minutes, x.least, x.tags) for x in items))
            self.steps_on[key] = None if found is None else found.steps
        return self.steps_on[key]

    def _hopeless(self, i: int, node: Node) -> bool:
        """Whether the lower bound of what is left after training group `i`, shared days included, rules out a better arrangement."""
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
        """What a light session costs on each day, given the training sessions there, above `LEAST_LIGHT`."""
        beside = sum(points * packed for points, packed in zip(self.beside, self.path, strict=False))
        return light_prices(beside)

    def _rows(self, i: int, load: int, node: Node) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Yield later groups with what the choice of group `i` adds to each of their choices' costs; `load` is as before group `i`."""
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


def _places(groups: list[JobGroup]) -> list[int]:
    """An upper bound of how many jobs of these groups each date can hold: three at most, one of them a run."""
    runs = union(g.choices.reach for g in groups if RUN in g.item.tags)
    others = [g.choices.reach for g in groups if RUN not in g.item.tags]
    return [min(MOST_JOBS, (runs >> 4 * day & 1) + sum([packed >> 4 * day & 15 for packed in others])) for day in range(7)]


@cached_by_identity(1024)
def _apart(choices: Choices, points: int) -> int:
    """The least that a group costs by itself, less `points` for each pair of its jobs on one day."""
    return min([cost - points * pairs_on_days(p) for cost, p in zip(choices.costs, choices.packed, strict=True)], default=0)
