"""Placement against brute force on small weeks: cost, what is kept, and tie-breaks exactly as documented."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations, product
from random import Random

import pytest

from planner.placement import Job, Placed, Rule, WeekShape, Window, arrange
from tests.placement_costs import cost_of, is_late
from tests.placement_weeks import RUN_GAP, TRAINING, broken, job, lengths, place_in_day, points_of, too_close, windows

NAMES = [
    ("run/run", "run"),
    ("hip/strength", "strength"),
    ("xt/bike", "cross-training vigorous"),
    ("form/check", "form"),
    ("mobility/stretch", "mobility"),
]
"""Names and tags, in the order in which ties are settled."""


def _everything(shape: WeekShape, jobs: tuple[Job, ...], by: int | None) -> Iterator[tuple[int, tuple[tuple[int, ...], ...]]]:
    """Every arrangement of all `jobs` that keeps the hard limits: its cost, and what settles ties."""
    kinds, dates = _kinds(jobs), _dates(shape, jobs)
    for choice in _spaced(shape, jobs):
        days = dict(zip(jobs, choice, strict=True))
        if by is not None and not any("run" in j.tags and days[j] <= by for j in jobs):
            continue
        if len({d for j, d in days.items() if j.tags & TRAINING}) > 7 - shape.rest_days:
            continue
        dated = [dates.get((day, tuple(j for j in jobs if days[j] == day))) for day in range(7)]
        if all(d is not None for d in dated):
            shorter = sum(lengths(p.job).index(p.minutes) for d in dated for p in d or ())
            yield points_of(shape, days, shorter), tuple(tuple(sorted(days[j] for j in kind)) for kind in kinds)


def _spaced(shape: WeekShape, jobs: tuple[Job, ...]) -> Iterator[tuple[int, ...]]:
    """Every choice of days that is open to each job and keeps the spacings."""
    if not jobs:
        yield ()
        return
    last = jobs[-1]
    past = [o + r.days for o, tags in shape.earlier for r in shape.rules if r.after in tags and r.before in last.tags]
    for choice in _spaced(shape, jobs[:-1]):
        for day in range(max([0, *past]), 7):
            close = any(too_close(shape.rules, j, d, last, day) for j, d in zip(jobs, choice, strict=False))
            if last.days >> day & 1 and shape.days[day] != () and not close:
                yield (*choice, day)


def _dates(shape: WeekShape, jobs: tuple[Job, ...]) -> dict[tuple[int, tuple[Job, ...]], tuple[Placed, ...] | None]:
    """Every date with every few jobs that it may hold."""
    some = [chosen for size in range(4) for chosen in combinations(jobs, size)]
    return {(day, chosen): _in_hours(shape, day, list(chosen)) for day in range(7) for chosen in some}


def _kinds(jobs: tuple[Job, ...]) -> list[list[Job]]:
    """Jobs by name, in the order in which ties are settled; the small weeks give each name tags of its own."""
    names = [name for name, _ in NAMES if any(j.name == name for j in jobs)]
    return [[j for j in jobs if j.name == name] for name in names]


def _in_hours(shape: WeekShape, day: int, jobs: list[Job]) -> tuple[Placed, ...] | None:
    """One date's jobs at the least shrinking, by trying every order and all lengths, each as early as it can."""
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
        start = next((t for t in range(free, 800, 5) if any(w.start <= t and t + minutes <= w.end for w in admitted)), None)
        if start is None:
            return None
        placed.append(Placed(job=item, day=day, start=start, minutes=minutes))
        free = start + minutes
    return tuple(placed)


def _small_week(random: Random) -> WeekShape:
    """Up to four jobs of one length, each name with tags of its own, a few open days, and hours that are often short."""
    pick = random.choice
    minutes, least = pick([(30, 30), (40, 20)])
    jobs: list[Job] = []
    for name, tags in random.sample(NAMES, pick([2, 3])):
        for n in range(1, pick([1, 2, 2]) + 1):
            wanted = {"home": pick([None, None, 2, 4]), "importance": pick([10, 20, 20])}
            jobs.append(job(name, n, tags, minutes=minutes, least=least, **wanted))
        liked = {"prefers": pick([0, 0, 0b0110101]), "avoids": pick([0, 0, 0b0000100])}
        jobs = [j._replace(**liked) if j.name == name else j for j in jobs]
    short = windows((420, 460, ("run",)), (600, 700)), windows((420, 500), (450, 520, ("strength", "form")))
    hours = [None, None, (), windows((420, 480)), *short]
    return WeekShape(
        days=tuple(pick(hours) for _ in range(7)),
        jobs=tuple(jobs[:4]),
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


@pytest.mark.parametrize("seed", range(50))
def test_small_weeks_equal_what_trying_everything_finds(seed: int) -> None:
    shape = _small_week(Random(seed))  # noqa: S311  (a seed, not a secret)
    kept, late, cost, days = _by_hand(shape)
    found = arrange(shape)
    placed = {p.job: p.day for p in found.placed}
    assert broken(shape, found) == []
    assert set(placed) == kept
    assert is_late(shape, found) == late
    assert cost_of(shape, found) == cost
    in_turn = tuple(sorted(kept, key=lambda j: (j.name, j.ordinal)))
    assert tuple(tuple(sorted(placed[j] for j in kind)) for kind in _kinds(in_turn)) == days
