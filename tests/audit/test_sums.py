"""Sums, dates and names that do not match a plan's steps and start."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from planner.audit import audit, margins
from planner.model import Paces, Plan, Session
from planner.steps import Group, Step
from tests.audit_plans import SOUND_PAST, broken, make, on, only, past, run


def sample() -> Plan:
    return make([run(0, 1000, 200), run(2, 1000), run(8, 1000)])


def with_session(plan: Plan, **changes: object) -> Plan:
    """`plan` with its first session changed."""
    week = plan.weeks[0]
    return evolve(plan, weeks=(evolve(week, sessions=(evolve(week.sessions[0], **changes), *week.sessions[1:])), *plan.weeks[1:]))


def with_week(plan: Plan, **changes: object) -> Plan:
    """`plan` with its second week changed."""
    return evolve(plan, weeks=(plan.weeks[0], evolve(plan.weeks[1], **changes), *plan.weeks[2:]))


def test_a_plan_whose_sums_follow_has_none() -> None:
    assert audit(sample()) == ()


@pytest.mark.parametrize("name", ["run_s", "walk_s", "run_m", "foot_m"])
@pytest.mark.parametrize("by", [-1, 1])
def test_a_sessions_sums_follow_from_its_steps(name: str, by: int) -> None:
    plan = sample()
    finding = only(with_session(plan, **{name: getattr(plan.sessions[0], name) + by}), "sums")
    assert (finding.severity, finding.where, finding.margin_m) == ("error", "2027-01-04", None)
    assert "progression/run#1 says " in finding.message
    assert "its steps add up to 1000 s running, 200 s walking, 1000 m running, 1200 m on foot. Count again." in finding.message


@pytest.mark.parametrize("name", ["run_s", "run_m", "foot_m"])
@pytest.mark.parametrize("by", [-1, 1])
def test_a_weeks_sums_follow_from_its_sessions(name: str, by: int) -> None:
    plan = sample()
    finding = only(with_week(plan, **{name: getattr(plan.weeks[1], name) + by}), "sums")
    assert finding.where == "week 2"
    assert finding.message.startswith("it says ")
    assert "its sessions add up to 1000 s and 1000 m of running, 1000 m on foot." in finding.message


def test_groups_are_opened_and_repeated() -> None:
    inner = Group(repeat=3, steps=(Step(kind="run", seconds=10), Step(kind="walk", seconds=7), Step(kind="warm-up", seconds=99)))
    steps = (Group(repeat=2, steps=(inner, Step(kind="run", seconds=1))), Step(kind="cool-down", seconds=60))
    nested = make([run(0, 0, steps=steps)])
    assert (nested.sessions[0].run_s, nested.sessions[0].walk_s) == (62, 42)
    assert audit(nested) == ()
    assert "its steps add up to 62 s running, 42 s walking" in only(with_session(nested, run_s=61), "sums").message


def test_walking_and_running_are_rounded_down_apart() -> None:
    plan = make([run(0, 100, 100)], paces=Paces(run=601, walk=701))
    assert (plan.sessions[0].run_m, plan.sessions[0].foot_m) == (166, 308)
    assert "sums" not in broken(plan)


def test_weeks_are_counted_from_one() -> None:
    finding = only(with_week(sample(), number=3), "sums")
    assert (finding.where, finding.message) == ("week 2", "it is numbered 3; weeks count from 1. Number it 2.")


@pytest.mark.parametrize("day", [6, 8])
def test_weeks_are_seven_dates_each(day: int) -> None:
    finding = only(with_week(sample(), start=on(day)), "sums")
    assert finding.message == f"it starts on {on(day)}; weeks are seven dates each from 2027-01-04. Move its start."


def test_a_session_says_its_own_week() -> None:
    finding = only(with_session(sample(), week=2, ordinal=7), "sums")
    assert (finding.where, finding.message) == ("week 1", "progression/run#7 says week 2; it is in week 1. Correct one.")


@pytest.mark.parametrize(("day", "inside"), [(-1, False), (0, True), (6, True), (7, False)])
def test_a_session_is_dated_in_its_week(day: int, inside: bool) -> None:
    plan = make([run(3, 0, 200)], history=())
    moved = with_session(plan, date=on(day))
    assert ("sums" in broken(moved)) is not inside
    if not inside:
        assert only(moved, "sums").message == f"progression/run#1 is on {on(day)}; expected one of the week's own dates. Move it."


def test_a_name_is_a_sessions_own_within_its_week() -> None:
    plan = sample()
    finding = only(with_session(plan, ordinal=2), "sums")
    assert (finding.where, finding.message) == (
        "week 1",
        "progression/run#2 is there 2 times; expected each name once in a week. Number them.",
    )
    for changed in ({"pillar": "other"}, {"key": "other"}, {"ordinal": 3}):
        second = evolve(plan.weeks[0].sessions[1], ordinal=1)
        clash = evolve(plan, weeks=(evolve(plan.weeks[0], sessions=(plan.sessions[0], second)), plan.weeks[1]))
        assert "sums" in broken(clash)
        assert "sums" not in broken(with_session(clash, **changed))


def test_nothing_lasts_less_than_nothing() -> None:
    assert "sums" not in broken(with_session(sample(), duration_s=0))
    finding = only(with_session(sample(), duration_s=-1), "sums")
    assert finding.message == "progression/run#1 lasts -1 s; expected 0 s or more. Correct it."


@pytest.mark.parametrize("record", [past(-9, -1), past(-9, 0, -1), past(-9, 0, longest_m=-1), past(-9, 0, allowed_m=-1)])
def test_the_past_holds_no_less_than_nothing(record: object) -> None:
    finding = only(make([run(0, 1000)], history=(record, *SOUND_PAST)), "sums")
    assert (finding.where, finding.severity) == ("2026-12-26", "error")
    assert finding.message == "metres below 0 in the history; expected 0 or more. Correct the entry."
    nothing = past(-9, 0, 0, longest_m=0, allowed_m=0)
    assert "sums" not in broken(make([run(0, 1000)], history=(nothing, *SOUND_PAST)))


@pytest.mark.parametrize(
    ("paces", "names"), [(Paces(run=0, walk=600), ["running"]), (Paces(run=600, walk=-5), ["walking"]), (Paces(run=0, walk=0), None)]
)
def test_paces_that_are_none_are_told_and_nothing_else_is_counted(paces: Paces, names: list[str] | None) -> None:
    plan = sample()
    stopped = evolve(plan, reading=evolve(plan.reading, paces=paces))
    found = audit(stopped)
    assert [f.message.split(" at ")[0] for f in found] == (names or ["running", "walking"])
    assert {(f.rule, f.severity, f.where) for f in found} == {("sums", "error", "paces")}
    assert found[0].message.endswith("s per km; a pace is 1 s per km or more. Correct the pace.")
    assert margins(stopped) == ()


def test_the_fastest_pace_there_is_is_one() -> None:
    assert "sums" not in broken(make([run(0, 1000, 100)], paces=Paces(run=1, walk=1)))


def test_dates_at_the_ends_of_the_calendar_raise_nothing() -> None:
    for first in (date.min, date.max):
        plan = evolve(make([], weeks=2), start=first, history=(past(-1, 2000),))
        assert {f.rule for f in audit(plan)} == {"sums"}


def test_findings_come_worst_first_then_by_rule_and_place() -> None:
    sessions: list[Session] = [run(day, 2000) for day in (0, 2, 4, 7, 9, 11, 14, 16, 17)]
    found = audit(with_week(make(sessions), number=9))
    assert [(f.severity, f.rule) for f in found] == [("error", "law-6"), ("error", "sums"), ("warning", "law-2"), ("warning", "law-2")]
