"""What a plugin's limit costs is reported with the plugin's name, reason and source, never blamed on the athlete's days."""

from __future__ import annotations

import pytest

from planner import Limit, Plan, Spacing, Unavailable
from planner.athlete import Availability
from planner.cli.summary import goal_sentence
from planner.errors import ContradictionError
from planner.findings import Finding
from tests.engine.drawn import NINE, SHUT, day, drawn, runs, said
from tests.tiny_plugins import Tiny, ceiling, exercise

NONE = ("week-run-m", "week-foot-m", "run-m", "run-s", "stretch-s", "runs", "rpe")


def plan_with(*limits: Limit, **more: object) -> Plan:
    return drawn(Tiny(limits=limits), running=NINE, **more)


def sentence(plan: Plan) -> str:
    return goal_sentence(plan.goal, plan)


def shut(*days: int) -> Unavailable:
    return Unavailable(dates=frozenset(map(day, days)), why="the hall is shut", tag="run", source="U-1")


@pytest.mark.parametrize("of", NONE)
def test_a_ceiling_that_leaves_no_run_is_credited_and_told(of: str) -> None:
    plan = plan_with(ceiling(0, of, why="not yet", source="X-1"))
    assert [(w.run_m, w.ceiling_run_m, w.bound_by, w.decision) for w in plan.weeks] == [(0, 0, "plugin:tiny", "off")] * 4
    told = [f for f in plan.findings if f.rule == "limit-no-runs"]
    message = "No running: not yet (plugin tiny)."
    assert told == [Finding(rule="limit-no-runs", severity="warning", where="weeks 1-4", weeks=(1, 2, 3, 4), message=message, source="X-1")]


@pytest.mark.parametrize("of", ["opening-run-s", "opening-week-m"])
def test_a_ceiling_that_leaves_an_opening_week_no_run_is_credited_and_told(of: str) -> None:
    plan = drawn(Tiny(limits=(ceiling(0, of, why="not yet"),)), weeks=2)
    assert [w.bound_by for w in plan.weeks] == ["plugin:tiny"] * 2
    assert said(plan, "limit-no-runs") == ["weeks 1-2: No running: not yet (plugin tiny)."]


def test_a_plugin_that_says_so_itself_is_not_repeated() -> None:
    own = Finding(rule="own", severity="warning", message="No running yet.", source="X-1")
    limits = (ceiling(0, why="not yet", source="X-1"), ceiling(2, "weeks", why="two weeks"))
    plan = drawn(Tiny(limits=limits, screening=(own,)), running=NINE)
    assert not [f for f in plan.findings if f.rule.startswith("limit-")]
    assert {w.bound_by for w in plan.weeks} == {"plugin:tiny"}


def test_a_reason_that_ends_as_a_sentence_is_told_inside_another() -> None:
    assert "weeks 1-4: No running: Not yet (plugin tiny)." in said(plan_with(ceiling(0, "runs", why="Not yet.")), "limit-no-runs")


def test_closed_days_and_no_runs_on_the_others_contradict_each_other() -> None:
    late = Tiny(name="late", limits=(ceiling(0, "runs", since=day(7)),))
    early = Tiny(name="early", limits=(shut(*range(7)),))
    with pytest.raises(ContradictionError) as refused:
        drawn(late, early, running=NINE)
    assert refused.value.culprits == ("plugin early", "plugin late")


def test_runs_that_a_spacing_leaves_out_are_not_blamed_on_the_days() -> None:
    plan = plan_with(Spacing(after="run", before="run", days=28, why="bones first", source="S-1"))
    told = [f for f in plan.findings if f.rule == "left-out"]
    assert {(f.message, f.source) for f in told} == {
        ("3 of 3 runs left out: bones first (plugin tiny).", "S-1"),
        ("2 of 3 runs left out: bones first (plugin tiny).", "S-1"),
    }


def test_runs_that_an_absence_leaves_out_are_not_blamed_on_the_days() -> None:
    assert said(plan_with(shut(0, 1, 2, 3)), "left-out") == ["week 1: 1 of 3 runs left out: the hall is shut (plugin tiny)."]
    assert said(plan_with(shut(*range(7))), "left-out") == ["week 1: 3 of 3 runs left out: the hall is shut (plugin tiny)."]


def test_the_days_are_blamed_where_they_are_to_blame() -> None:
    two_days = Availability(**{**SHUT, "mon": None, "thu": None})
    plan = plan_with(Spacing(after="run", before="run", days=2, why="rest"), shut(5), availability=two_days)
    assert said(plan, "left-out") == ["weeks 1-4: 1 of 3 runs left out: your days leave no room for more."]


def test_other_sessions_that_a_spacing_leaves_out_name_it_too() -> None:
    far = Spacing(after="strength", before="strength", days=7, why="sore legs", source="S-2")
    plan = drawn(Tiny(limits=(far,), sessions=(exercise(tags=("strength",), times_per_week=2),)), running=NINE, weeks=1)
    assert [(f.message.partition(": ")[2], f.source) for f in plan.findings if f.rule == "left-out"] == [
        ("sore legs (plugin tiny).", "S-2")
    ]


def test_fewer_runs_less_growth_and_fewer_weeks_are_told() -> None:
    limits = (
        ceiling(2, "runs", why="two are enough"),
        ceiling(300, "growth-bp", why="slowly", source="G-1"),
        ceiling(2, "weeks", why="trial"),
    )
    plan = plan_with(*limits)
    assert [len(runs(w)) for w in plan.weeks] == [2, 2]
    assert said(plan, "limit-runs") == ["weeks 1-2: At most 2 runs: two are enough (plugin tiny)."]
    assert said(plan, "limit-growth") == ["Growth is at most 3%: slowly (plugin tiny)."]
    assert said(plan, "limit-weeks") == ["2 weeks of 4 are planned: trial (plugin tiny)."]
    assert {f.severity for f in plan.findings if f.rule.startswith("limit-")} == {"info"}


def test_limits_that_change_nothing_are_not_told() -> None:
    plan = plan_with(ceiling(3, "runs"), ceiling(1000, "growth-bp"), ceiling(4, "weeks"), ceiling(100_000))
    assert not [f for f in plan.findings if f.rule.startswith("limit-")]


def test_nobody_is_told_to_ask_for_weeks_that_a_plugin_does_not_allow() -> None:
    assert "weeks = 6" in sentence(plan_with())
    bounded = plan_with(ceiling(2, "weeks"))
    assert "weeks =" not in sentence(bounded)
    assert all("Ask for" not in message for message in said(bounded, "goal-later"))
