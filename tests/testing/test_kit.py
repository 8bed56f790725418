"""The test kit's strategies, fixtures and measurement."""

from __future__ import annotations

import subprocess
import sys
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import planner.testing as kit
from planner import Brief, Host, Plan, PlannerError, build_plan
from planner.athlete import Athlete
from planner.audit import audit
from planner.errors import AuditError, ContradictionError, PluginError
from planner.limits import Ceiling, Limit, Spacing, Unavailable
from planner.offers import Proposal, RunProposal
from planner.programme import Level, Template
from planner.steps import Group, Step
from planner.testing.offers import _is_taken
from planner.testing.overhead import Direct
from tests.tiny_plugins import Tiny, ceiling, exercise, module

pytest_plugins = ["planner.testing.fixtures"]
FEW = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
RECORDS = (Athlete, Brief, Template, Level, Step, Group, Ceiling, Spacing, Unavailable, Proposal, RunProposal, Plan)


@pytest.mark.parametrize("record", RECORDS)
@settings(FEW, max_examples=2)
@given(data=st.data())
def test_hypothesis_knows_how_to_make_each_record(record: type, data: st.DataObject) -> None:
    assert type(data.draw(st.from_type(record))) is record


def test_it_knows_as_soon_as_it_is_imported_where_the_planner_is_installed() -> None:
    code = (
        "from importlib.metadata import entry_points\n"
        "print([e.value for e in entry_points(group='hypothesis') if e.value.startswith('planner')] or 'not installed so')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() in ("['planner.testing.registered:register']", "not installed so")


@FEW
@given(st.from_type(Limit))
def test_a_limit_is_any_of_its_kinds(limit: Limit) -> None:
    assert type(limit) in get_args(Limit)


@pytest.mark.parametrize(("hours", "generated"), [(24, True), (25, False)])
def test_a_proposal_that_is_longer_than_a_day_is_not_generated(hours: int, generated: bool) -> None:
    day = Group(repeat=hours, steps=(Step(kind="exercise", seconds=3600),))
    assert _is_taken(Proposal(key="long", title="Session", steps=(day,))) is generated


@FEW
@given(kit.briefs(2), kit.plugins("greedy"))
def test_generated_plugins_are_never_at_fault(brief: Brief, plugin: object) -> None:
    try:
        build_plan(brief, Host.of(plugin, kit.SampleRuns()))
    except ContradictionError:
        return


@FEW
@given(kit.plans(Tiny(limits=(ceiling(3000),)), kit.SampleRuns(), max_weeks=2))
def test_plans_are_those_of_the_named_plugins(plan: Plan) -> None:
    assert [c.name for c in plan.plugins] == ["sample_runs", "tiny"]
    assert all(week.run_m <= 3000 for week in plan.weeks)


def ended(plugin: object, brief: Brief) -> tuple[Plan | None, PlannerError | None]:
    """The plan with a plugin, or why there is none."""
    try:
        return build_plan(brief, Host.of(plugin, kit.SampleRuns())), None
    except PlannerError as error:
        return None, error


def breaks(plan: Plan | None) -> list[str]:
    return [f.message for f in audit(plan) if f.severity == "error"] if plan else []


@pytest.mark.parametrize("plugin", kit.HOSTILE, ids=lambda p: p.deed)
def test_no_harm_comes_of_hostile_plugins(plugin: kit.HostilePlugin) -> None:
    plan, error = ended(plugin, kit.sample_brief(3))
    assert breaks(plan) == []
    if isinstance(error, PluginError):
        assert (error.plugin, error.hook) == ("hostile", plugin.hook)
    else:
        assert error is None


@FEW
@given(kit.hostile_plugins(), kit.briefs(2))
def test_hostile_plugins_are_harmless_for_any_athlete(plugin: kit.HostilePlugin, brief: Brief) -> None:
    plan, error = ended(plugin, brief)
    assert breaks(plan) == []
    assert not isinstance(error, AuditError)


def test_a_plan_has_what_it_is_given_and_runs(a_plan: object, planner_host: object) -> None:
    plan = a_plan(module("tiny", sessions=lambda: [exercise(times_per_week=2)]), weeks=3)
    assert [week.number for week in plan.weeks] == [1, 2, 3]
    assert all(sum(s.pillar == "tiny" for s in week.sessions) == 2 for week in plan.weeks)
    assert all(week.run_m for week in plan.weeks)
    assert [p.name for p in planner_host(Tiny(name="b"), Tiny(name="a")).pillars] == ["a", "b"]


def test_a_plan_with_direct_calls_is_the_same_plan() -> None:
    guarded = Host.of(Tiny(limits=(ceiling(4000),), sessions=(exercise(),)), kit.SampleRuns())
    brief = kit.sample_brief(4)
    assert build_plan(brief, Host(Direct(*p) for p in guarded.plugins)) == build_plan(brief, guarded)
    assert kit.overhead(Tiny(), pairs=1) > 0


def test_what_is_public_is_there() -> None:
    assert all(getattr(kit, name) is not None for name in kit.__all__)
    assert len(set(kit.__all__)) == len(kit.__all__)


def test_without_hypothesis_it_says_which_extra_to_install() -> None:
    code = "import sys\nsys.modules['hypothesis'] = None\ntry:\n    import planner.testing\nexcept ImportError as error:\n    print(error)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "planner.testing: Hypothesis is not installed; expected the extra. Run: pip install 'return-to-run[testing]'\n"
