"""A goal in minutes that the programme cannot reach because its levels all have walks, and the reasons that runs then name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from attrs import evolve

from planner import Host, build_plan
from planner.athlete import Progression
from planner.programme import Level
from tests.engine.drawn import runs, said
from tests.engine.test_clean_weeks import KEEP
from tests.engine.test_close_runs import FIFTEEN, keeping
from tests.tiny_plugins import Tiny, brief_of, run_proposal

if TYPE_CHECKING:
    from planner import Plan

THREE = {**FIFTEEN, "runs_per_week": 3, "goal_minutes": 30}


def reasons(plan: Plan) -> set[str]:
    """What the plan's runs say about the limit that their goal sets."""
    return {why.text for run in runs(plan) for why in run.why if why.limit == "goal"}


@pytest.mark.parametrize("weeks", [6, 20])
def test_walks_of_the_programme_are_named_as_what_keeps_the_goal_away(weeks: int) -> None:
    plan = keeping(THREE, weeks=weeks)
    assert plan.goal.foreseen is None
    assert said(plan, "goal-later") == []
    (warning,) = (finding for finding in plan.findings if finding.rule == "goal-programme")
    assert (warning.severity, warning.where) == ("warning", "running.goal_minutes")
    assert "30 minutes of running without a walk, cannot be reached with the programme keep-running" in warning.message
    assert "a walk follows after 4 min of running at most" in warning.message
    assert "Set `goal_week_km` instead" in warning.message


def test_a_run_that_holds_the_goals_minutes_in_stretches_does_not_claim_the_goal() -> None:
    plan = keeping(THREE, weeks=10)
    bound = [run for run in runs(plan) if run.bound_by == "goal"]
    assert {(run.run_s, run.walk_s > 0) for run in bound} == {(1800, True)}
    assert reasons(plan) == {"your goal asks for no more, so growth stops here"}


def test_a_goal_in_kilometres_gives_no_such_warning() -> None:
    assert said(keeping({**FIFTEEN, "runs_per_week": 3}, weeks=6), "goal-programme") == []


@pytest.mark.parametrize("more", [Level(run_s=600), Level(run_s=1800, walk_s=60)], ids=["without a walk", "as long as the goal"])
def test_a_level_that_can_hold_the_goal_leaves_it_to_days_and_limits(more: Level) -> None:
    assert said(keeping(THREE, evolve(KEEP, levels=(*KEEP.levels, more)), weeks=6), "goal-programme") == []


def test_runs_of_a_plugin_that_has_no_walks_leave_the_goal_to_days_and_limits() -> None:
    brief = brief_of(KEEP, weeks=4, running=THREE, progression=Progression(growth=0))
    plan = build_plan(brief, Host.of(Tiny(runs=(run_proposal(shares=(100, 100, 100)),))))
    assert all(not run.walk_s for run in runs(plan))
    assert (said(plan, "goal-programme"), len(said(plan, "goal-later"))) == ([], 1)
