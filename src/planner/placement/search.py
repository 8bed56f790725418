"""The search: branch and bound over sets of days, group by group, exact.

Jobs that cannot be told apart are one kind, and a kind takes one set of days, so that equal arrangements are met once. Kinds with the
same tags are one group, decided in one go. Groups are decided in the order runs, strength, cross-training, others, mobility. After each
decision what it means for the groups that are left is added to the costs of their choices; the sum of their cheapest, and what
has to crowd a date or to stand alone, is the bound. A first pass finds the least cost; a second walks the choices with the earlier days
first and stops at the first arrangement of that cost, which settles ties.
"""

from __future__ import annotations

from operator import add
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from planner.placement.costs import LOADED, POINTS, kernel
from planner.placement.days import Task, fit, place_in_day
from planner.placement.groups import links_of
from planner.placement.shape import EVERY_DAY, RUN
from planner.placement.tables import EACH_DAY, NEVER, PACKED, crowded, days_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.placement.groups import Group
    from planner.placement.normal import Week

Costs: TypeAlias = list[tuple[int, ...]]
OnDays: TypeAlias = tuple[tuple[int, ...], ...]
State: TypeAlias = tuple[int, int, OnDays]
"""The days with load and how many jobs are on each day, both four bits a day; the groups on each day, where hours are short."""
RESTING = POINTS["light session on a rest day"]
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
        self.steps_on: dict[tuple[int, tuple[int, ...]], int | None] = {}
        self.beside = [kernel(t, frozenset())[0] for t in tags]

    def cheapest(self) -> Found | None:
        """The cheapest arrangement, ties settled; None where there is none."""
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
        costs = [g.choices.costs for g in self.groups]
        if not costs:
            self.best, self.found = 0, ()
        elif all(costs):
            if not self.loaded:
                costs = [tuple([c+RESTING*g.size for c in g.choices.costs]) for g in self.groups]
            else:
                costs = [tuple([c+g.size for c in g.choices.costs]) if i >= self.loaded else g.choices.costs for i,g in enumerate(self.groups)]
            self._dive(0, 0, costs, [min(c) for c in costs], (0, 0, ((),) * 7))
        return self.best < below

    def _dive(self, i: int, spent: int, costs: Costs, lows: list[int], state: State) -> None:
        """Decide group `i` and those after it; `spent` is what those before it cost."""
        tail = sum(lows[i + 1 :])
        for at, cost in self._turns(i, costs[i], self.best - spent - tail):
            here = spent + cost
            if here + tail >= self.best:
                continue
            self.taken += 1
            packed = self.groups[i].choices.packed[at]
            after = self._step(i, packed, state)
            if after is None:
                continue
            here += after[0]
            self.at[i], self.path[i] = at, packed
            room = self.best - here - tail
            if room <= 0:
                continue
            if i + 1 == len(costs):
                self.best, self.found, self.done = here, tuple(self.at), self.first
            elif (ahead := self._forward(i, packed, costs, lows, room)) is not None:
                self._dive(i + 1, here, *ahead, after[1])
            if self.done or self.taken >= self.allowance:
                return

    def _turns(self, i: int, costs: tuple[int, ...], below: int) -> list[tuple[int, int]]:
        """The choices of group `i` that cost less than `below`, with their costs, in the order in which they are tried."""
        turns = [(at, cost) for at, cost in enumerate(costs) if cost < below]
        return turns if self.in_turn else sorted(turns, key=_cost)

    def _step(self, i: int, packed: int, state: State) -> tuple[int, State] | None:
        """What a choice of group `i` costs on its dates, and the state after it; None where a hard limit says no."""
        load, jobs, on = state
        crowd = jobs + packed
        if crowded(crowd):
            return None
        if self.loads[i]:
            load |= _some(packed)
            if load.bit_count() > self.most_load:
                return None
        if i == self.last_run and not self.early & (packed | _union(self.path[:i])):
            return None
        extra = 0
        if packed & self.short:
            shrunk = self._shrunk(i, packed & self.short, on)
            if shrunk is None:
                return None
            extra += SHORTER * shrunk[0]
            on = shrunk[1]
        return extra, (load, crowd, on)

    def _shrunk(self, i: int, packed: int, on: OnDays) -> tuple[int, OnDays] | None:
        """Shrink steps more for group `i` on these dates, and the groups that are on them then; None where they do not fit."""
        more, now = 0, list(on)
        for day in days_of(packed):
            before, now[day] = now[day], (*now[day], i)
            steps = self._steps(day, now[day])
            if steps is None:
                return None
            more += steps - (self._steps(day, before) or 0)
        return more, tuple(now)

    def _steps(self, day: int, groups: tuple[int, ...]) -> int | None:
        """The shrink steps of one date that holds a job of each of these groups, None where they do not fit."""
        key = (day, groups)
        if key not in self.steps_on:
            items = sorted((self.groups[i].item for i in groups), key=lambda item: place_in_day(item.tags))
            found = fit(self.week.hours[day] or (), tuple(Task(x.minutes, x.least, x.tags) for x in items))
            self.steps_on[key] = None if found is None else found.steps
        return self.steps_on[key]

    def _forward(self, i: int, packed: int, costs: Costs, lows: list[int], room: int) -> tuple[Costs, list[int]] | None:
        """The costs of the groups that are left, and their lowest, once group `i` is decided; None where they take all the `room`."""
        costs, lows = costs.copy(), lows.copy()
        for j, row in self._rows(i, packed):
            costs[j] = tuple(map(add, costs[j], row))
            low = min(costs[j])
            room -= low - lows[j]
            if room <= 0:
                return None
            lows[j] = low
        return costs, lows

    def _rows(self, i: int, packed: int) -> Iterator[tuple[int, tuple[int, ...]]]:
        """What having decided group `i` adds to the costs of later groups."""
        for j, rows in self.links[i]:
            yield j, rows[packed]
        if i + 1 == self.loaded:
            prices = self._prices(packed)
            for j in range(self.loaded, len(self.groups)):
                yield j, self.groups[j].choices.by_day(prices)

    def _prices(self, packed: int) -> tuple[int, ...]:
        prices = [0] * 7
        self.path[self.loaded-1] = packed
        for points, path in zip(self.beside, self.path[:self.loaded]):
            for day in days_of(path):
                prices[day] += points
        return tuple([p-1 if p else RESTING-1 for p in prices])


def _cost(turn: tuple[int, int]) -> int:
    return turn[1]


def _some(packed: int) -> int:
    """Each day of a multiset once; it holds none more than three times."""
    return (packed | packed >> 1) & EACH_DAY


def _union(sets: list[int]) -> int:
    """Bits of every multiset together."""
    days = 0
    for packed in sets:
        days |= packed
    return days
