"""Plugins that change what they receive or have returned: neither the plan nor anybody's past is affected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planner import Host, Step, build_plan
from planner.audit import audit
from planner.errors import PluginError
from planner.steps import each_step
from planner_pillars import progression
from tests.hostile.held import briefs, evil, forged, harmless, planned, refused, twisted
from tests.tiny_plugins import START, ceiling, exercise, module, with_pillars

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner import Brief, Plan, WeekView


def rewrites_the_past(brief: Brief) -> list[object]:
    for done in brief.history:
        forged(done, run_m=50_000, foot_m=60_000, longest_m=50_000)
    forged(brief, history=())
    return []


def slows_the_paces(brief: Brief) -> list[object]:
    forged(brief.reading.paces, run=4000, walk=4000)
    forged(brief.reading, growth=9, run_gap_days=0, measure="on-foot", ladder=False)
    forged(brief.goal, minutes=600)
    return []


def rewrites_the_athlete(brief: Brief) -> list[object]:
    forged(brief.athlete.running, runs_per_week=7, easy_pace=1)
    forged(brief.athlete, start=START.replace(year=2030), weeks=52)
    forged(brief.template, opening_s=86_400, run_gap_days=1)
    for level in brief.template.levels:
        forged(level, run_s=86_400)
    return []


def opens_the_week(week: WeekView) -> list[object]:
    forged(week.room, week_m=10**9, run_m=10**9, run_s=10**9, runs=7)
    forged(week, decision="entry", stage="goal", number=1)
    for run in week.runs:
        forged(run, run_s=10**9, tags=())
    return []


def lifts_limits(week: WeekView) -> list[object]:
    for limit in week.limits.ceilings:
        forged(limit, at_most=10**9)
    forged(week.limits, ceilings=(), spacings=(), absences=())
    return []


def lengthens_runs_in(weeks: tuple[object, ...]) -> list[object]:
    for week in weeks:
        for session in week.sessions:
            for step in each_step(session.steps):
                twisted(step, kind="run", seconds=99_999)
            forged(session, run_s=99_999, run_m=99_999, foot_m=99_999, date=START)
        forged(week, run_m=99_999)
    return []


def rewrites_the_reading(plan: Plan) -> list[object]:
    forged(plan.reading.paces, run=1)
    forged(plan.reading, growth=9)
    forged(plan, weeks=(), findings=(), history=())
    return []


MEDDLING = {
    "the past": {"screening": rewrites_the_past, "limits": rewrites_the_past, "runs": rewrites_the_past},
    "the paces": {"screening": slows_the_paces, "sessions": slows_the_paces},
    "the athlete": {"limits": rewrites_the_athlete},
    "the week, for runs": {"runs": opens_the_week},
    "the week, for sessions": {"sessions": opens_the_week},
    "the limits": {"runs": lifts_limits},
    "the plan": {"findings": lambda plan: lengthens_runs_in(plan.weeks)},
    "the plan's reading": {"findings": rewrites_the_reading},
}


@pytest.mark.parametrize("what", MEDDLING)
def test_whatever_a_plugin_changes_is_its_own_copy(what: str) -> None:
    kept = [planned(evil(), brief) for brief in briefs()]
    for plan, before in zip(harmless(evil(**MEDDLING[what])), kept, strict=True):
        assert (plan.reading, plan.history, plan.goal.minutes) == (before.reading, before.history, before.goal.minutes)
    assert [planned(evil(), brief) for brief in briefs()] == kept


def test_a_limit_that_one_plugin_lifts_still_holds_for_the_engine() -> None:
    for plan in harmless(evil(limits=[ceiling(500)], runs=lifts_limits)):
        assert plan.sessions
        assert all(week.run_m <= 500 for week in plan.weeks)


def test_earlier_weeks_that_one_plugin_rewrites_stay_as_they_were() -> None:
    bare = [planned(evil(), brief) for brief in briefs()]
    rewritten = [build_plan(brief, Host.of(evil(runs=lambda week: lengthens_runs_in(week.earlier)), progression)) for brief in briefs()]
    for plan, other in zip(rewritten, bare, strict=True):
        assert audit(plan) == audit(other)
        assert plan.weeks[0] == other.weeks[0]


def test_who_makes_another_plugin_stumble_is_the_one_to_blame() -> None:
    def empties_runs(week: WeekView) -> list[object]:
        for earlier in week.earlier:
            for session in earlier.sessions:
                forged(session, steps=(), run_s=0)
        return []

    assert "changed the records that it was handed" in refused(evil(sessions=empties_runs), "planner_sessions").problem


def test_whoever_gives_steps_another_class_is_to_blame_as_well() -> None:
    def raises_in(week: WeekView) -> list[object]:
        if any(step.seconds == 99_999 for earlier in week.earlier for s in earlier.sessions for step in each_step(s.steps)):
            raise ValueError("no step takes so long")
        return []

    def twists(week: WeekView) -> list[object]:
        for earlier in week.earlier:
            for session in earlier.sessions:
                for step in each_step(session.steps):
                    twisted(step, seconds=99_999)
        return []

    for brief in briefs():
        with pytest.raises(PluginError, match="changed the records that it was handed") as caught:
            build_plan(brief, Host.of(progression, evil(sessions=twists), module("later", sessions=raises_in)))
        assert caught.value.plugin == "evil"


def test_what_a_plugin_changes_in_its_own_proposal_later_is_too_late() -> None:
    late = exercise("late")

    def turns_into_a_run(plan: Plan) -> list[object]:
        twisted(late.steps[0], kind="run", seconds=99_999)
        forged(late, steps=(Step(kind="run", seconds=99_999),))
        return []

    for plan in harmless(evil(sessions=[late], findings=turns_into_a_run)):
        assert not any(s.run_s for s in plan.sessions if s.pillar == "evil")
        assert {step.kind for s in plan.sessions if s.pillar == "evil" for step in each_step(s.steps)} == {"exercise"}


def test_what_a_plugin_changes_between_two_weeks_is_not_asked_again() -> None:
    shifty = exercise("shifty")

    def sessions(week: WeekView) -> list[object]:
        if week.number == 2:
            twisted(shifty.steps[0], kind="run")
        return [shifty]

    for plan in harmless(evil(sessions=sessions)):
        assert [s.week for s in plan.sessions if s.pillar == "evil"] == [1, 2, 3]


@pytest.mark.parametrize(
    "change",
    [
        lambda tables: tables["evil"]["days"].append("sun"),
        lambda tables: tables["evil"].update(days=[]),
        lambda tables: tables.__setitem__("evil", {}),
    ],
)
def test_settings_cannot_be_changed(change: Callable[[object], object]) -> None:
    def meddles(brief: Brief) -> list[object]:
        change(brief.athlete.pillars)
        return []

    from tests.hostile.test_loading import Listed  # noqa: PLC0415  (the settings that hold a list)

    brief = with_pillars(briefs()[0], evil={"days": ["mon"]})
    with pytest.raises(PluginError, match="planner_limits: raised AttributeError"):
        build_plan(brief, Host.of(progression, module("evil", settings=Listed, limits=meddles)))
    assert brief.athlete.pillars == {"evil": {"days": ["mon"]}}


def test_whatever_is_answered_is_a_copy_of_the_engine_s_own() -> None:
    given = exercise("given")
    talk = Host.of(evil(sessions=[given])).conversation(briefs()[0])
    from tests.tiny_plugins import week_of  # noqa: PLC0415

    ((_, taken),) = talk.sessions(week_of())
    assert taken == given
    assert (taken is given, taken.steps[0] is given.steps[0]) == (False, False)
