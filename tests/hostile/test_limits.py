"""Limits meant to break a plan: they can only tighten, and those that leave nothing are named."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest

from planner import Host, Spacing, Unavailable, build_plan
from planner.errors import ContradictionError
from planner.limits import SUBJECTS
from planner_pillars import progression
from tests.hostile.held import briefs, evil, harmless, planned
from tests.tiny_plugins import START, ceiling, exercise, module

TAGS = ("run", "strength", "cross-training")
STRENGTH = exercise("lift", tags=("strength",), times_per_week=3)


def loosest(of: str) -> int:
    """The highest ceiling on a subject that can be set: effort ends at 10."""
    return 10 if of == "rpe" else 10**9


def spacing(after: str, before: str, days: int) -> Spacing:
    return Spacing(after=after, before=before, days=days, why=f"{after} then {before}")


@pytest.mark.parametrize(
    "spacings",
    [
        [spacing("run", "strength", 28), spacing("strength", "run", 28)],
        [spacing(a, b, 28) for a, b in permutations(TAGS, 2)],
        [spacing("run", "run", 0)],
        [spacing("run", "run", 28)],
        [spacing(tag, tag, 28) for tag in TAGS],
        [spacing(f"a{n}", f"a{n + 1}", 28) for n in range(999)],
    ],
)
def test_spacings_in_circles_leave_a_lawful_plan(spacings: list[Spacing]) -> None:
    harmless(evil(limits=spacings, sessions=[STRENGTH]))


@pytest.mark.parametrize("of", SUBJECTS)
def test_a_looser_limit_than_the_laws_changes_nothing(of: str) -> None:
    most = 28 if of == "weeks" else loosest(of)
    loose = harmless(evil(limits=[ceiling(most, of)]))
    assert [p.weeks for p in loose] == [p.weeks for p in harmless(evil())]


@pytest.mark.parametrize("of", SUBJECTS)
def test_a_looser_limit_than_another_plugin_s_changes_nothing(of: str) -> None:
    tight = module("careful", limits=lambda: [ceiling(1, of)])
    most = loosest(of)
    loose = evil(limits=[ceiling(most, of), ceiling(most, of, since=START), ceiling(most, of, until=START)])
    for brief in briefs():
        assert build_plan(brief, Host.of(progression, tight, loose)).weeks == build_plan(brief, Host.of(progression, tight, evil())).weeks


@pytest.mark.parametrize("tag", ["any", "run"])
def test_a_plugin_that_closes_every_day_is_named(tag: str) -> None:
    every = Unavailable(dates=frozenset(START + timedelta(days=n) for n in range(400)), why="never", tag=tag)
    for brief in briefs():
        with pytest.raises(ContradictionError) as nothing:
            planned(evil(limits=[every]), brief)
        assert nothing.value.culprits == ("plugin evil",)


def test_a_plugin_that_leaves_no_running_leaves_a_plan_without() -> None:
    for plan in harmless(evil(limits=[ceiling(int(of == "weeks"), of) for of in SUBJECTS])):
        assert [s for s in plan.sessions if s.run_s] == []
