"""Placement against two other ways to the same answer: CP-SAT on 200 random weeks, and trying everything on small ones."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations, product
from random import Random

import pytest
from attrs import evolve

from planner.placement import Job, Placed, Rule, WeekShape, Window, arrange, cost_of, explain_cost
from planner.placement.costs import POINTS as OWN_POINTS
from tests.placement_oracle import optimum
from tests.placement_weeks import RUN_GAP, POINTS, broken, job, lengths, place_in_day, points_of, random_week, windows

WEEKS = 200


def test_the_published_table_is_the_one_that_is_used() -> None:
    assert POINTS == OWN_POINTS


@pytest.mark.parametrize("part", range(4))
def test_cost_equals_that_of_cp_sat(part: int) -> None:
    random = Random(20270104 + part)
    dropped = late = 0
    for _ in range(WEEKS // 4):
        shape = random_week(random)
        found = arrange(shape)
        kept = [p.job for p in found.placed]
        by = None if found.late_first_run else shape.latest_first_run
        assert found.exact
        assert broken(shape, found) == []
        assert optimum(shape, kept, by if any("run" in j.tags for j in kept) else None) == found.cost
        assert sum(points for _, points in explain_cost(shape, found)) == found.cost
        dropped += bool(found.dropped)
        late += found.late_first_run
        if found.dropped:
            assert optimum(shape, shape.jobs, shape.latest_first_run) is None
        if found.late_first_run:
            assert optimum(shape, [j for j in kept if "run" in j.tags], shape.latest_first_run) is None
    assert 0 < dropped < WEEKS // 8, "most weeks should be ones that fit, not all"
    assert late < WEEKS // 16


def _everything(shape: WeekShape, jobs: tuple[Job, ...], by: int | None) -> Iterator[tuple[int, tuple[tuple[int, ...], ...]]]:
    """Every arrangement of all `jobs` that keeps the hard limits: its cost, and what settles ties."""
    kinds = _kinds(jobs)
    for choice in product(*([d for d in range(7) if j.days >> d & 1] for j in jobs)):
        days = dict(zip(jobs, choice, strict=True))
        if by is not None and not any("run" in j.tags and days[j] <= by for j in jobs):
            continue
        dated = [_in_hours(shape, day, [j for j in jobs if days[j] == day]) for day in range(7)]
        if any(d is None for d in dated):
            continue
        placed = tuple(p for d in dated if d is not None for p in d)
        if not broken(shape, evolve(arrange(evolve(shape, jobs=())), placed=placed)):
            shorter = sum(lengths(p.job).index(p.minutes) for p in placed)
            yield points_of(shape, days, shorter), tuple(tuple(sorted(days[j] for j in kind)) for kind in kinds)


def _kinds(jobs: tuple[Job, ...]) -> list[list[Job]]:
    """Jobs by name, in the order in which ties are settled; the small weeks give each name tags of its own."""
    turns = ("run", "strength", "cross-training", "form", "mobility")
    names = sorted({j.name for j in jobs}, key=lambda n: next((turns.index(t) for j in jobs for t in turns if j.name == n and t in j.tags), 3))
    return [[j for j in jobs if j.name == name] for name in names]


def _in_hours(shape: WeekShape, day: int, jobs: list[Job]) -> tuple[Placed, ...] | None:
    """One date's jobs at the least shrinking, by trying every order and all lengths, each as early as it can."""
    if len(jobs) > 3:
        return None
    hours = shape.days[day]
    best: tuple[int, tuple[Placed, ...]] | None = None
    for order in permutations(sorted(jobs, key=lambda j: (place_in_day(j), j.name, j.ordinal))):
        if [place_in_day(j) for j in order] != sorted(place_in_day(j) for j in order):
            continue
        for chosen in product(*map(lengths, order)):
            shorter = sum(lengths(j).index(m) for j, m in zip(order, chosen, strict=True))
            placed = _in_a_row(hours, day, list(zip(order, chosen, strict=True)))
            if placed is not None and (best is None or shorter < best[0]):
                best = (shorter, placed)
    return best[1] if best else None


def _in_a_row(hours: tuple[Window, ...] | None, day: int, line: list[tuple[Job, int]]) -> tuple[Placed, ...] | None:
    if hours is None:
        fits = len(line) < 2 or sum(m for _, m in line) <= 150
        return tuple(Placed(job=j, day=day, start=None, minutes=m) for j, m in line) if fits else None
    free, placed = 0, []
    for item, minutes in line:
        admitted = [w for w in hours if not w.kept_for or item.tags & set(w.kept_for)]
        start = next((t for t in range(free, 1441) if any(w.start <= t and t + minutes <= w.end for w in admitted)), None)
        if start is None:
            return None
        placed.append(Placed(job=item, day=day, start=start, minutes=minutes))
        free = start + minutes
    return tuple(placed)


def _small_week(random: Random) -> WeekShape:
    """Four or five jobs of one length, each name with tags of its own, a few open days, and hours that are often short."""
    pick = random.choice
    minutes, least = pick([(30, 30), (40, 20)])
    names = [("run/run", "run"), ("hip/strength", "strength"), ("xt/bike", "cross-training vigorous"), ("mobility/stretch", "mobility"), ("form/check", "form")]
    jobs: list[Job] = []
    for name, tags in random.sample(names, pick([2, 3])):
        prefers, avoids = pick([0, 0, 0b0110101]), pick([0, 0, 0b0000100])
        jobs += [
            job(name, n, tags, minutes=minutes, least=least, prefers=prefers, avoids=avoids, home=pick([None, None, 2, 4]), importance=pick([10, 20, 20]))
            for n in range(1, pick([1, 2, 2]) + 1)
        ]
    hours = [None, None, (), windows((420, 480)), windows((420, 460, ("run",)), (600, 700)), windows((420, 500), (450, 520, ("strength", "form")))]
    return WeekShape(
        days=tuple(pick(hours) for _ in range(7)),
        jobs=tuple(jobs[:5]),
        rules=(RUN_GAP, Rule(after="vigorous", before="run", days=pick([0, 1, 2]), name="plugin")),
        earlier=((-1, frozenset({pick(["run", "cross-training vigorous", "form"])})),),
        latest_first_run=pick([None, 0, 2]),
        rest_days=pick([1, 3, 5]),
    )


def _by_hand(shape: WeekShape) -> tuple[set[Job], bool, int, tuple[tuple[int, ...], ...]]:
    """Which jobs stay, whether the first run is late, the least cost, and the first days of that cost: the page, word by word."""
    order = sorted(shape.jobs, key=lambda j: (-j.importance, [-ord(c) for c in j.name], j.ordinal))
    by = shape.latest_first_run

    def grown(kept: list[Job], more: list[Job], until: int | None) -> list[Job]:
        for item in more:
            if next(_everything(shape, (*kept, item), until), None) is not None:
                kept = [*kept, item]
        return kept

    kept = grown([], order, None)
    runs = [j for j in kept if "run" in j.tags]
    late = by is not None and bool(runs) and next(_everything(shape, tuple(runs), by), None) is None
    until = None if late or not runs else by
    if until is not None and next(_everything(shape, tuple(kept), until), None) is None:
        kept = grown(runs, [j for j in order if "run" not in j.tags], until)
    in_turn = tuple(sorted(kept, key=lambda j: (j.name, j.ordinal)))
    cost, days = min(_everything(shape, in_turn, until))
    return set(kept), late, cost, days


@pytest.mark.parametrize("seed", range(60))
def test_small_weeks_equal_what_trying_everything_finds(seed: int) -> None:
    shape = _small_week(Random(seed))
    kept, late, cost, days = _by_hand(shape)
    found = arrange(shape)
    placed = {p.job: p.day for p in found.placed}
    assert set(placed) == kept
    assert found.late_first_run == late
    assert found.cost == cost == cost_of(shape, placed)
    in_turn = tuple(sorted(kept, key=lambda j: (j.name, j.ordinal)))
    assert tuple(tuple(sorted(placed[j] for j in kind)) for kind in _kinds(in_turn)) == days
