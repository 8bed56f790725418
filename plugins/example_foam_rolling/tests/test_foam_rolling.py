"""What the pillar of foam rolling promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

import foam_rolling
import pytest
from attrs import evolve

from planner import Host, InputError, build_plan, structure
from planner.athlete import Equipment
from planner.testing import conformance, sample_brief

if TYPE_CHECKING:
    from planner import Plan, Session
    from planner.testing.fixtures import PlanOf


def rolled(plan: Plan) -> list[Session]:
    """The sessions with rolling in them."""
    return [session for session in plan.sessions if "kind='roll'" in repr(session.steps)]


def said(plan: Plan) -> str:
    """What the pillar has to say about the plan."""
    return next(finding.message for finding in plan.findings if finding.rule == "ROLL-01")


def test_it_is_what_a_good_pillar_is() -> None:
    conformance(foam_rolling)


def test_every_day_has_rolling_once(a_plan: PlanOf) -> None:
    dates = [session.date for session in rolled(a_plan(foam_rolling, weeks=2))]
    assert len(dates) == len(set(dates)) == 14


@pytest.mark.parametrize("days", [1, 3, 5])
def test_a_week_has_as_many_days_of_it_as_were_asked_for(a_plan: PlanOf, days: int) -> None:
    plan = a_plan(foam_rolling, weeks=2, pillars={"foam_rolling": {"days_per_week": days}})
    assert len({session.date for session in rolled(plan)}) == 2 * days


def test_it_follows_runs_before_it_takes_days_of_its_own(a_plan: PlanOf) -> None:
    plan = a_plan(foam_rolling, weeks=1, pillars={"foam_rolling": {"days_per_week": 3}})
    assert all("run" in session.tags for session in rolled(plan))


@pytest.mark.parametrize("minutes", [4, 6, 16])
def test_it_takes_as_long_as_was_asked_for(minutes: int) -> None:
    assert sum(step.seconds for step in foam_rolling.rolling(minutes)) == minutes * 60


def test_without_a_roller_there_is_none_of_it_and_that_is_said() -> None:
    brief = sample_brief(weeks=2)
    bare = evolve(brief, athlete=evolve(brief.athlete, equipment=Equipment()))
    plan = build_plan(bare, Host.of(foam_rolling))
    assert rolled(plan) == []
    assert said(plan) == "No foam rolling: write foam-roller under [equipment] if there is one."


def test_its_evidence_is_called_weak(a_plan: PlanOf) -> None:
    plan = a_plan(foam_rolling, weeks=5)
    assert "weak" in said(plan)
    assert all(any("weak" in why.text for why in session.why) for session in rolled(plan))


def test_a_wrong_setting_is_refused_by_name() -> None:
    with pytest.raises(InputError, match=r"pillars.foam_rolling.minutes: found 60; expected from 4 to 16 min"):
        structure(foam_rolling.Settings, {"minutes": 60}, "pillars.foam_rolling")
