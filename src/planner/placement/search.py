"""The search: branch and bound over sets of days, group by group, exact.

Groups are decided in the order runs, strength, cross-training, others, mobility. After each decision what it means for the groups that are
left is added to the costs of their choices; the sum of their cheapest is a bound, and so is what is left to share a day where there are
more sessions than days. A first pass finds the least cost; a second walks the choices with the earlier days first and stops at the first
arrangement of that cost, which settles ties.
"""

from __future__ import annotations

from operator import add
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from planner.placement.costs import BESIDE_LIGHT, LEAST_LIGHT, LEAST_SHARED, LOADED, POINTS, RESTING, kernel
from planner.placement.days import Task, fit, place_in_day
from planner.placement.groups import links_of
from planner.placement.shape import EVERY_DAY, RUN
from planner.placement.tables import (
    EACH_DAY,
    NEVER,
    PACKED,
    busy_days,
    cheapest_slots,
    closed_outside,
    crowded,
    days_of,
    light_prices,
    pairs_on_days,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.placement.groups import Group
    from planner.placement.normal import Week

Costs: TypeAlias = list[tuple[int, ...]]
OnDays: TypeAlias = tuple[tuple[int, ...], ...]
State: TypeAlias = tuple[int, int, OnDays]
"""The days with load and how many jobs are on each day, both four bits a day; the groups on each day, where hours are short."""
SHORTER = POINTS["five minutes shorter"]


class Found(NamedTuple):
    """The days of each kind of each group, their cost, and whether the search was carried to its end."""

    picks: tuple[tuple[tuple[int, ...], ...], ...]
    cost: int
    exact: bool


class Search:
    """One search for `groups` of a week's jobs, the first run up to `first_run_by` where that is given, in at most `allowance` steps."""

    def __init__(self, week: Week, groups: list[Group], first_run_by: int | None, allowance: int) -> None:
        self.week, self.groups, self.allowance, self.taken = week, groups, allowance, 0
        tags = [g.item.tags for g in groups]
        self.links = links_of(week, groups)
        self.loads = [not week.load_tags.isdisjoint(t) for t in tags]
        self.loaded = sum(not LOADED.isdisjoint(t) for t in tags)
        self.last_run = sum(RUN in t for t in tags) - 1
        by = 6 if first_run_by is None else first_run_by
        self.early = PACKED[EVERY_DAY >> 6 - by] * 15 if by >= 0 else 0
        self.short = PACKED[sum(1 << day for day, hours in enumerate(week.hours) if hours)] * 15
        self.most_load = 7 - week.rest_days
        self.beside = [kernel(t, frozenset())[0] for t in tags[: self.loaded]]
        self.steps_on: dict[tuple[int, tuple[int, ...]], int | None] = {}
        self.costs = self._first_costs()
        self._look_ahead()

    def _first_costs(self) -> Costs:
        """What each choice costs before anything is decided; a light session costs something wherever it is."""
        least = LEAST_LIGHT if self.loaded else RESTING
        core = [g.choices.costs for g in self.groups[: self.loaded]]
        return core + [tuple([cost + least * g.size for cost in g.choices.costs]) for g in self.groups[self.loaded :]]

    def _look_ahead(self) -> None:
        """For each group what the ones after it cost at least by themselves, sessions that share a day left out."""
        core, light = self.groups[: self.loaded], self.groups[self.loaded :]
        self.most_days = self.most_load if all(self.loads[: self.loaded]) else 7
        self.lights = sum(g.size for g in light)
        self.light_floor = sum(_apart(g, BESIDE_LIGHT) for g in light)
        left, floor = 0, self.light_floor + LEAST_LIGHT * self.lights
        self.core_left: list[tuple[int, int]] = []
        for group in reversed(core):
            self.core_left.insert(0, (left, floor))
            left, floor = left + group.size, floor + _apart(group, LEAST_SHARED)

    def cheapest(self) -> Found | None:
        """The cheapest arrangement, ties settled; None where there is none, or none was found in time."""
        if not self._pass(NEVER):
            return None
        if self.taken < self.allowance:
            self._pass(self.best + 1, in_turn=True, first=True)
        picks = tuple(g.choices.picks[at] for g, at in zip(self.groups, self.found, strict=True))
        return Found(picks, self.best, self.taken < self.allowance)

    def any(self) -> bool:
        """Whether there is an arrangement at all."""
        return self._pass(NEVER, first=True)

    def _pass(self, below: int, *, in_turn: bool = False, first: bool = False) -> bool:
        """Look for an arrangement that costs less than `below`, the cheapest or the first one; whether there was one."""
        self.best, self.in_turn, self.first, self.done = below, in_turn, first, False
        self.at, self.path = [0] * len(self.groups), [0] * len(self.groups)
        if not self.groups:
            self.best, self.found = 0, ()
        elif all(self.costs):
            self._dive(0, 0, self.costs, [min(c) for c in self.costs], (0, 0, ((),) * 7))
        return self.best < below

    def _dive(self, i: int, spent: int, costs: Costs, lows: list[int], state: State) -> None:
        """Decide group `i` and those after it; `spent` is what those before it cost."""
        tail, packed_choices = sum(lows[i + 1 :]), self.groups[i].choices.packed
        for at, cost in self._turns(costs[i], self.best - spent - tail):
            here = spent + cost
            if here + tail >= self.best:
                continue
            self.taken += 1
            packed = packed_choices[at]
            after = self._step(i, packed, state)
            if after is not None:
                here += after[0]
                self.at[i], self.path[i] = at, packed
                if here + tail < self.best and not self._hopeless(i, here, after[1][1]):
                    self._descend(i, here, (costs, lows), (state, after[1]))
            if self.done or self.taken >= self.allowance:
                return

    def _descend(self, i: int, here: int, known: tuple[Costs, list[int]], states: tuple[State, State]) -> None:
        """Go on behind group `i`, or keep what was found."""
        costs, lows = known[0].copy(), known[1].copy()
        if i + 1 == len(costs):
            self.best, self.found, self.done = here, tuple(self.at), self.first
            return
        room = self.best - here - sum(lows[i + 1 :])
        for j, row in self._rows(i, *states):
            self.taken += 1 + len(row) // 32
            costs[j] = tuple(map(add, costs[j], row))
            low = min(costs[j])
            room -= low - lows[j]
            if room <= 0:
                return
            lows[j] = low
        self._dive(i + 1, here, costs, lows, states[1])

    def _turns(self, costs: tuple[int, ...], below: int) -> list[tuple[int, int]]:
        """The choices that cost less than `below`, with their costs, in the order in which they are tried."""
        turns = [(at, cost) for at, cost in enumerate(costs) if cost < below]
        if not self.in_turn:
            turns.sort(key=_cost)
        return turns

    def _step(self, i: int, packed: int, state: State) -> tuple[int, State] | None:
        """What a choice of group `i` costs by the hours of its dates, and the state after it; None where a hard limit says no."""
        load, jobs, on = state
        jobs += packed
        if crowded(jobs):
            return None
        if self.loads[i]:
            load |= busy_days(packed)
            if load.bit_count() > self.most_load:
                return None
        if i == self.last_run and not self.early & (packed | _union(self.path[:i])):
            return None
        if not packed & self.short:
            return 0, (load, jobs, on)
        more, now = 0, list(on)
        for day in days_of(packed & self.short):
            before, now[day] = now[day], (*now[day], i)
            steps = self._steps(day, now[day])
            if steps is None:
                return None
            more += steps - (self._steps(day, before) or 0)
        return SHORTER * more, (load, jobs, tuple(now))

    def _steps(self, day: int, groups: tuple[int, ...]) -> int | None:
        """The shrink steps of one date that holds a job of each of these groups, None where they do not fit."""
        key = (day, groups)
        if key not in self.steps_on:
            items = sorted((self.groups[i].item for i in groups), key=lambda item: place_in_day(item.tags))
            found = fit(self.week.hours[day] or (), tuple(Task(x.minutes, x.least, x.tags) for x in items))
            self.steps_on[key] = None if found is None else found.steps
        return self.steps_on[key]

    def _hopeless(self, i: int, here: int, jobs: int) -> bool:
        """Whether what is left costs too much for having to share days, behind training group `i`."""
        if i >= self.loaded:
            return False
        left, floor = self.core_left[i]
        if i + 1 == self.loaded:
            slots = cheapest_slots(self._prices(0), self.lights, BESIDE_LIGHT)
            return here + self.light_floor + LEAST_LIGHT * self.lights + slots >= self.best
        busy = busy_days(jobs).bit_count()
        once = busy - (jobs >> 1 & EACH_DAY).bit_count()
        empty = max(0, self.most_days - busy)
        shared = max(0, left - empty) + max(0, left - 2 * empty - once)
        return here + floor + LEAST_SHARED * shared >= self.best

    def _prices(self, closed: int) -> tuple[int, ...]:
        """What a light session costs on each day beside the training sessions, over `LEAST_LIGHT`."""
        beside = sum(points * packed for points, packed in zip(self.beside, self.path, strict=False))
        return light_prices(beside, closed)

    def _rows(self, i: int, before: State, after: State) -> Iterator[tuple[int, tuple[int, ...]]]:
        """What having decided group `i` adds to the costs of later groups."""
        packed, groups = self.path[i], self.groups
        for j, rows in self.links[i]:
            yield j, rows[packed]
        load = after[0]
        if load != before[0] and load.bit_count() == self.most_load:
            for j in range(i + 1, len(groups)):
                if self.loads[j]:
                    yield j, groups[j].choices.by_day(closed_outside(load))
        if i + 1 == self.loaded:
            for j in range(self.loaded, len(groups)):
                yield j, groups[j].choices.by_day(self._prices(self._too_short(j, after[2])))

    def _too_short(self, j: int, on: OnDays) -> int:
        """The days on which group `j` does not fit beside what is there already, four bits a day."""
        closed = 0
        for day in days_of(self.short & EACH_DAY):
            if self._steps(day, (*on[day], j)) is None:
                closed |= 1 << 4 * day
        return closed


def _cost(turn: tuple[int, int]) -> int:
    return turn[1]


def _union(sets: list[int]) -> int:
    """Bits of every multiset together."""
    days = 0
    for packed in sets:
        days |= packed
    return days


def _apart(group: Group, points: int) -> int:
    """The least that a group costs by itself, but for `points` for each two of its jobs on one day."""
    return min(
        (cost - points * pairs_on_days(p) for cost, p in zip(group.choices.costs, group.choices.packed, strict=True)),
        default=0,
    )
