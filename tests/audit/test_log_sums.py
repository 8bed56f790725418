"""Past running in a plan against its log: no date holds more running than its rows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from attrs import evolve

from planner.audit import audit
from planner.entry import Entry
from planner.model import Plan
from tests.audit_plans import SOUND_PAST, make, on, other, past, run

BEFORE = tuple(evolve(done, estimated=True) for done in SOUND_PAST)


def said(plan: Plan) -> list[tuple[str, str]]:
    """Where the plan counts more running than its log tells of."""
    found = [f for f in audit(plan) if "its log says" in f.message]
    assert {(f.rule, f.severity) for f in found} <= {("sums", "error")}
    return [(f.where, f.message) for f in found]


def following(metres: int, *rows: Entry, day: int = 0) -> Plan:
    """A plan with one run of 2000 m on its first day, of which so many metres were done on `day` as rows tell."""
    plan = make([run(0, 2000), other(0)], history=(*BEFORE, past(day, metres, metres, allowed_m=2000)), ahead=7)
    return evolve(plan, log=rows)


@pytest.mark.parametrize(
    ("rows", "most"),
    [
        ([], 0),
        ([{"run_m": 1000}], 1000),
        ([{"run_m": 1000}, {"run_m": 300, "side": "left"}], 1300),
        ([{"run_m": 1000, "side": "left"}, {"run_m": 1100, "side": "right"}], 1100),
        ([{"run_m": 1000, "side": "left"}, {"run_m": 900, "side": "right"}, {"run_m": 500}], 1500),
        ([{"run_m": 1000}, {"pain_during": 1}], 1000),
        ([{"seconds": 600}], 2000),
        ([{"seconds": 600}, {"pain_before": 0}], 2000),
    ],
)
def test_a_date_holds_no_more_running_than_its_rows_tell(rows: list[dict[str, object]], most: int) -> None:
    told = [Entry(date=on(0), **row) for row in rows]  # type: ignore[arg-type]
    assert said(following(most, *told)) == []
    message = f"the plan says {most + 1} m were run, its log says {most} m. Count again."
    assert said(following(most + 1, *told)) == [("2027-01-04", message)]


def test_a_row_on_another_day_may_mean_the_run_that_it_names() -> None:
    named = "progression/run#1"
    assert said(following(2000, Entry(date=on(1), session=named, seconds=900), day=1)) == []
    assert [where for where, _message in said(following(2001, Entry(date=on(1), session=named), day=1))] == ["2027-01-05"]
    assert [where for where, _message in said(following(1, Entry(date=on(1), session="strength/lift#1"), day=1))] == ["2027-01-05"]


@pytest.mark.parametrize("named", ["progression/run#2", ""])
def test_a_run_that_is_no_longer_in_the_plan_is_held_against_the_time_that_was_told(named: str) -> None:
    assert said(following(600, Entry(date=on(1), session=named, seconds=600), day=1)) == []
    assert [where for where, _message in said(following(601, Entry(date=on(1), session=named, seconds=600), day=1))] == ["2027-01-05"]
    assert said(following(5000, Entry(date=on(1), session=named, pain_during=1), day=1)) == []


def test_a_run_that_went_from_the_plan_with_its_pillars_last_one_may_be_meant_still() -> None:
    check = evolve(other(2), pillar="progression", key="check")
    plan = make([other(2), check], history=(*BEFORE, past(0, 600, 600, allowed_m=2000)), ahead=1)
    assert said(evolve(plan, log=(Entry(date=on(0), session="progression/run#1", pain_during=1),))) == []
    assert len(said(evolve(plan, log=(Entry(date=on(0), session="progression/run#1", seconds=599),)))) == 1
    assert len(said(evolve(plan, log=(Entry(date=on(0), session="strength/lift#1", seconds=900),)))) == 1


def test_a_run_that_was_done_before_its_day_is_held_against_the_time_that_was_told() -> None:
    plan = make([run(1, 500)], history=(*BEFORE, past(0, 600, 600, allowed_m=2000)), ahead=1)
    assert said(evolve(plan, log=(Entry(date=on(0), session="progression/run#1", seconds=600),))) == []
    assert len(said(evolve(plan, log=(Entry(date=on(0), session="progression/run#1", seconds=599),)))) == 1


def test_nothing_is_estimated_from_the_logs_first_run_on() -> None:
    plan = make([run(0, 2000)], history=SOUND_PAST)
    last = max(done.date for done in SOUND_PAST if done.run_m)
    for first, found in ((last + timedelta(days=1), []), (last, [f"{last}"])):
        told = evolve(plan, history=tuple(evolve(done, estimated=True) for done in plan.history), log=(Entry(date=first, run_m=1),))
        assert [f.where for f in audit(told) if "are estimated" in f.message] == found


def test_a_walk_holds_no_running() -> None:
    assert [where for where, _message in said(following(1, Entry(date=on(1), foot_m=900, seconds=600), day=1))] == ["2027-01-05"]


def test_without_a_log_and_for_what_is_estimated_there_is_nothing_to_hold_it_against() -> None:
    plan = following(5000)
    assert said(evolve(plan, log=None)) == []
    assert said(evolve(plan, history=tuple(evolve(done, estimated=True) for done in plan.history))) == []
