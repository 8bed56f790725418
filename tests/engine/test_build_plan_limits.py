"""What plugins can and cannot restrict: named ceilings, effort, spacing, and running hidden anywhere in a plan."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from attrs import evolve

from planner import Spacing, Unavailable, Why
from planner.athlete import Progression
from planner.limits import SUBJECTS
from planner.quantities import grown
from planner.steps import each_step
from tests.engine.drawn import NINE, day, drawn, kms, runs, said
from tests.tiny_plugins import Tiny, ceiling, exercise, module, run_proposal


def efforts(plan: object, pillar: str = "progression") -> set[int | None]:
    return {step.rpe for s in runs(plan) if s.pillar == pillar for step in each_step(s.steps) if step.kind == "run"}


# Ceilings


def test_a_ceiling_on_the_week_names_who_set_it_and_why() -> None:
    plan = drawn(Tiny(limits=(ceiling(5000, why="tendons first", source="T-1"),)), running=NINE)
    assert all(4900 < w.run_m <= 5000 == w.ceiling_run_m and w.bound_by == "plugin:tiny" for w in plan.weeks)
    for session in runs(plan):
        assert session.bound_by == "plugin:tiny"
        assert session.why[0] == Why(limit="plugin:tiny", text="tendons first", source="T-1")


def test_equal_ceilings_share_the_name_and_a_looser_one_has_none() -> None:
    plugins = (Tiny(name="c", limits=(ceiling(5001),)), Tiny(name="b", limits=(ceiling(5000),)), Tiny(name="a", limits=(ceiling(5000),)))
    assert {w.bound_by for w in drawn(*plugins, running=NINE).weeks} == {"plugin:a+b"}


def test_the_laws_bind_where_a_ceiling_is_looser_than_they_are() -> None:
    assert [w.bound_by for w in drawn(Tiny(limits=(ceiling(10_000),)), running=NINE, weeks=2).weeks] == ["weekly", "plugin:tiny"]


@pytest.mark.parametrize(("of", "at_most", "most_m"), [("run-m", 2000, 2000), ("run-s", 900, 2250)])
def test_a_ceiling_on_one_run_holds_on_its_dates(of: str, at_most: int, most_m: int) -> None:
    limit = ceiling(at_most, of, since=day(7), until=day(13))
    weeks = drawn(Tiny(limits=(limit,)), running=NINE, weeks=3).weeks
    assert all(s.run_m > most_m and s.bound_by != "plugin:tiny" for s in runs(weeks[0]))
    assert all(s.run_m <= s.ceiling_m == most_m and s.bound_by == "plugin:tiny" for s in runs(weeks[1]))
    assert all(most_m < s.run_m <= grown(most_m, Fraction(1, 10)) for s in runs(weeks[2]))


@pytest.mark.parametrize("at_most", [1, 2])
def test_a_ceiling_on_the_number_of_runs(at_most: int) -> None:
    assert {len(runs(w)) for w in drawn(Tiny(limits=(ceiling(at_most, "runs"),)), running=NINE).weeks} == {at_most}


def test_a_ceiling_on_growth_slows_every_week_and_every_run() -> None:
    plan = drawn(Tiny(limits=(ceiling(300, "growth-bp"),)), running=NINE, weeks=6)
    assert (plan.reading.growth, plan.reading.explicit_growth) == (Fraction(3, 100), False)
    assert plan.weeks[0].ceiling_run_m == 9270
    for before, week in pairwise(plan.weeks):
        assert 100 * week.run_m <= 103 * before.run_m
    assert all(s.run_m <= s.ceiling_m <= grown(3000, Fraction(3, 100)) for s in runs(plan.weeks[0]))


def test_a_ceiling_on_growth_that_is_looser_than_the_athlete_s_own_changes_nothing() -> None:
    slow = Progression(growth=200)
    assert drawn(Tiny(limits=(ceiling(300, "growth-bp"),)), progression=slow).reading.growth == Fraction(1, 50)
    assert drawn(Tiny(limits=(ceiling(5000, "growth-bp"),))).reading.growth == Fraction(1, 10)


@pytest.mark.parametrize(("of", "at_most"), [("growth-bp", 0), ("weeks", 1)])
def test_what_a_plan_has_one_of_is_bound_by_what_holds_on_its_dates_alone(of: str, at_most: int) -> None:
    usual = drawn(Tiny(), running=NINE, weeks=3)
    after, last = (evolve(ceiling(at_most, of), since=day(since)) for since in (21, 20))
    assert drawn(Tiny(limits=(after,)), running=NINE, weeks=3).weeks == usual.weeks
    assert drawn(Tiny(limits=(last,)), running=NINE, weeks=3).weeks != usual.weeks


@pytest.mark.parametrize(("asked", "at_most", "weeks"), [(4, 2, 2), (4, 9, 4), (4, 4, 4), (4, 1, 1), (1, 1, 1)])
def test_a_ceiling_on_weeks_ends_the_plan_early(asked: int, at_most: int, weeks: int) -> None:
    assert len(drawn(Tiny(limits=(ceiling(at_most, "weeks"),)), weeks=asked).weeks) == weeks


def test_a_ceiling_on_effort_is_kept_by_every_running_step() -> None:
    assert efforts(drawn(Tiny(limits=(ceiling(2, "rpe"),)))) == {2}
    assert efforts(drawn(Tiny(limits=(ceiling(9, "rpe"),)))) == {4}


def test_a_ceiling_on_stretches_makes_shorter_ones_with_more_walks() -> None:
    plan = drawn(Tiny(limits=(ceiling(45, "stretch-s"),)), weeks=1)
    stretches = {step.seconds for s in runs(plan) for step in each_step(s.steps) if step.kind == "run"}
    assert max(stretches) == 45
    assert all(s.run_s > 500 for s in runs(plan))


def test_nothing_a_plugin_can_say_loosens_a_law() -> None:
    loose = tuple(ceiling(10 if of == "rpe" else 10**9, of) for of in SUBJECTS)
    plan, plain = drawn(Tiny(limits=loose), running=NINE), drawn(running=NINE)
    assert evolve(plan, plugins=()) == evolve(plain, plugins=())


# The block before the first run


def test_no_running_for_two_weeks_is_a_block_before_the_first_run() -> None:
    asked: list[str] = []

    def planner_runs():
        asked.append("runs")
        return []

    seen = []

    def planner_sessions(week):
        seen.append((week.stage, week.decision, week.runs, week.room.week_m))
        return [exercise("legs", tags=("strength",), times_per_week=2)]

    not_ready = Tiny(limits=(ceiling(0, why="answer first", source="ENT-01"), ceiling(2, "weeks")))
    plan = drawn(not_ready, module("other", runs=planner_runs, sessions=planner_sessions), weeks=12)
    assert [(w.stage, w.decision, w.run_m, w.bound_by, w.ceiling_run_m) for w in plan.weeks] == [
        ("pre-run", "off", 0, "plugin:tiny", 0)
    ] * 2
    assert (asked, seen) == ([], [("pre-run", "off", (), 0)] * 2)
    assert [s.key for s in plan.weeks[0].sessions if s.tags == ("strength",)] == ["legs", "legs"]
    assert (said(plan, "drawn-ahead"), said(plan, "goal-later"), plan.goal.foreseen) == ([], [], None)


def test_running_starts_with_an_entry_after_the_block() -> None:
    plan = drawn(Tiny(limits=(ceiling(0, until=day(13)),)), weeks=4)
    assert [(w.stage, w.decision) for w in plan.weeks] == [
        ("pre-run", "off"),
        ("pre-run", "off"),
        ("ladder", "entry"),
        ("ladder", "progress"),
    ]
    later = drawn(Tiny(limits=(ceiling(0, since=day(7), until=day(13)),)), weeks=3)
    assert [w.stage for w in later.weeks] == ["ladder"] * 3


# Days


def test_dates_that_a_plugin_closes_stay_free_of_what_it_closes() -> None:
    tuesdays = frozenset(day(1 + 7 * n) for n in range(4))
    legs = Tiny(name="legs", sessions=(exercise("legs", times_per_week=6),))
    for tag, free in (("run", runs), ("any", lambda plan: [s for s in plan.sessions if not s.transparent])):
        plan = drawn(Tiny(limits=(Unavailable(dates=tuesdays, why="market", tag=tag),)), legs)
        assert not tuesdays & {s.date for s in free(plan)}
        assert all(len(runs(w)) == 3 for w in plan.weeks)


@pytest.mark.parametrize("days", [1, 2, 3])
def test_spacing_is_kept_between_weeks_too(days: int) -> None:
    spacing = Spacing(after="strength", before="run", days=days, why="fresh legs")
    plan = drawn(Tiny(limits=(spacing,), sessions=(exercise("legs", tags=("strength",), importance=(99,)),)), weeks=5)
    strength = [s.date for s in plan.sessions if "strength" in s.tags]
    assert strength
    assert all(not timedelta(0) <= run.date - legs < timedelta(days=days) for run in runs(plan) for legs in strength)


# Running everywhere


def test_more_runs_than_the_week_has_are_left_out_by_importance() -> None:
    greedy = Tiny(runs=(run_proposal("extra", shares=(100,) * 7, importance=(95, 1)),), name="greedy")
    plan = drawn(greedy, weeks=3)
    for week in plan.weeks:
        assert [s.id for s in sorted(runs(week), key=lambda s: s.id)] == ["greedy/extra#1", "progression/run#1", "progression/run#2"]
    assert said(plan, "left-out") == [
        "weeks 1-3: greedy/extra left out: the week has 3 runs.",
        "weeks 1-3: progression/run left out: the week has 3 runs.",
    ]
    assert plan.weeks[0].run_s <= 1800


def test_hard_running_is_brought_down_to_the_effort_of_law_7() -> None:
    hard = Tiny(runs=(run_proposal("track", rpe=9, importance=(99,)),))
    assert efforts(drawn(hard), "tiny") == {4}
    build = drawn(hard, template="continuous-build", running={"recent_weeks_km": kms("9", "9", "9", "9")})
    assert efforts(build, "tiny") == {5}


def test_effort_is_free_and_hills_are_allowed_after_three_clean_half_hours() -> None:
    weeks_ago = kms("18", "18", "18", "18")
    hills = Tiny(runs=(run_proposal("hills", rpe=7, tags=("hills",), importance=(50,)),))
    plan = drawn(hills, template="continuous-build", running={"recent_weeks_km": weeks_ago, "runs_per_week": 3}, weeks=3)
    by_week = [[s for s in runs(w) if s.pillar == "tiny"] for w in plan.weeks]
    assert [s.run_s >= 1800 for s in runs(plan.weeks[0])] == [True] * 3
    assert [len(sessions) for sessions in by_week] == [0, 1, 1]
    assert efforts(plan, "tiny") == {7}
    assert said(plan, "left-out")[0] == "week 1: tiny/hills left out: hills, strides and sprints wait for three clean runs of 30 minutes."


@pytest.mark.parametrize("feature", ["hills", "strides", "sprints"])
def test_features_wait_on_a_ladder(feature: str) -> None:
    plan = drawn(Tiny(runs=(run_proposal("fast", tags=(feature,), importance=(99,)),)))
    assert all(s.pillar == "progression" for s in runs(plan))
    assert len(said(plan, "left-out")) == 1


# What hooks are told


def test_a_week_is_seen_with_its_room_its_runs_and_what_came_before() -> None:
    views = []

    def planner_runs(week):
        views.append(week)
        return []

    def planner_sessions(week):
        views.append(week)
        return []

    plan = drawn(module("eyes", runs=planner_runs, sessions=planner_sessions), running=NINE, weeks=2)
    runs_asked, sessions_asked = views[:2]
    assert (runs_asked.number, runs_asked.first_day, runs_asked.decision, runs_asked.runs) == (1, day(0), "progress", ())
    assert (runs_asked.room.week_m, runs_asked.room.run_m, runs_asked.room.runs, runs_asked.room.bound_by) == (9900, 3300, 3, "weekly")
    assert runs_asked.room.run_s == 1320
    assert [(r.pillar, r.key, r.ordinal) for r in sessions_asked.runs] == [("progression", "run", n) for n in (1, 2, 3)]
    assert [r.run_s for r in sessions_asked.runs] == [s.run_s for s in sorted(runs(plan.weeks[0]), key=lambda s: s.ordinal)]
    second = next(v for v in views if v.number == 2)
    assert second.earlier == (plan.weeks[0],)
    assert second.limits == runs_asked.limits
