"""Runs during a stop or rest that the knee required: their pain counts, but they earn no larger restart."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planner.athlete import Clearance, Commitment
from planner.entry import Entry
from planner.response import Rolling, Terms
from planner_pillars import assessment
from tests.engine.test_log_fold import ANA, DAY, START, WELL, done, first_week, planned, runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.model import Plan

READY = evolve(ANA.knee, pain_walk_30=0, pain_stairs=0, stairs_days_clean=3, pain_next_morning=0)
STOP = START + 11 * DAY
SEEN = Clearance(by="Dr", date=STOP + 6 * DAY, for_=("RED-06",))
CLEARED = evolve(ANA, knee=READY, clearance=SEEN, weeks=8)
BACK = START + 21 * DAY
"""The Monday of week 4, after a sign on the Friday of week 2."""


def ran(day: int, run_m: int = 2800, **said: object) -> Entry:
    return Entry(date=START + day * DAY, **{"run_m": run_m, "foot_m": run_m + 100, **WELL, **said})  # type: ignore[arg-type]


TWO_WEEKS = tuple(ran(day) for day in (0, 2, 4, 7, 9))


def until_back(*rows: Entry) -> Plan:
    return planned((*TWO_WEEKS, *rows), BACK, assessment, athlete=CLEARED)


def allowed(plan: Plan) -> dict[date, int | None]:
    return {past.date: past.allowed_m for past in plan.history if past.date >= START}


def with_tests(plan: Plan) -> list[int]:
    return [session.week for session in plan.sessions if session.key == "readiness-again"]


def to_come(plan: Plan) -> list[int]:
    return [week.run_m for week in plan.weeks if week.start >= plan.as_of]


@pytest.mark.parametrize("against", [(13,), (15,), (13, 15), (12, 17, 19)])
def test_running_against_a_stop_leaves_the_restart_as_small_and_the_tests_in_it(against: Sequence[int]) -> None:
    stopped = ran(11, red_flag="RED-06")
    plain, other = until_back(stopped), until_back(stopped, *map(ran, against))
    assert (plain.weeks[3].bound_by, with_tests(plain)) == ("time-off", [4])
    assert plain.weeks[3].ceiling_run_m == 3 * sum(row.run_m or 0 for row in (*TWO_WEEKS[-2:], stopped)) // 5, "one row lower"
    assert [week.ceiling_run_m for week in other.weeks[3:]] == [week.ceiling_run_m for week in plain.weeks[3:]]
    assert (to_come(other), with_tests(other)) == (to_come(plain), [4])
    assert [allowed(other)[START + day * DAY] for day in against] == [0] * len(against)
    assert allowed(other)[STOP], "the run of the sign itself was not against it"


def test_a_stop_that_a_day_without_a_run_called_for_is_one_too() -> None:
    sign = Entry(date=STOP, red_flag="RED-06")
    plan = until_back(sign, ran(12), ran(15))
    assert (to_come(plan), with_tests(plan)) == (to_come(until_back(sign)), [4])


def test_a_stop_forbids_runs_for_as_long_as_it_stands() -> None:
    late = evolve(CLEARED, clearance=evolve(SEEN, date=STOP + 20 * DAY))
    rows = (*TWO_WEEKS, ran(11, red_flag="RED-06"))
    plain, other = (planned(told, START + 35 * DAY, assessment, athlete=late) for told in (rows, (*rows, ran(23), ran(30))))
    assert [allowed(other)[START + day * DAY] for day in (23, 30)] == [0, 0]
    assert (to_come(other), with_tests(other)) == (to_come(plain), with_tests(plain))
    assert sum(to_come(plain)) > 0


def test_what_hurts_in_a_run_against_rest_is_heard() -> None:
    rows = (*TWO_WEEKS, ran(11, pain_during=4))
    plain, other = (planned(told, START + 14 * DAY) for told in (rows, (*rows, ran(12, pain_during=6))))
    assert other.weeks[2].run_m < plain.weeks[2].run_m
    assert allowed(other)[START + 12 * DAY] == 0


def test_after_the_rest_a_run_is_allowed_again() -> None:
    hurt = ran(9, pain_during=4)
    plan = planned((*TWO_WEEKS[:-1], hurt, ran(11)), START + 14 * DAY)
    assert allowed(plan)[START + 11 * DAY], "one day of rest"
    assert planned((*TWO_WEEKS[:-1], hurt, ran(10)), START + 14 * DAY).history[-1].allowed_m == 0


def test_a_run_done_before_its_day_is_allowed_what_it_was_and_a_commitment_in_the_rest_nothing() -> None:
    _, second, _ = first_week()
    early = evolve(done(second), date=second.date - DAY)
    assert allowed(planned((early,), START + 7 * DAY))[early.date]
    race = Commitment(name="Race", date=START + 12 * DAY, km=ANA.running.recent_weeks_km[0] / 3)
    rows = (*TWO_WEEKS, ran(11, pain_during=4))
    athlete = evolve(ANA, commitments=(race,))
    (stands,) = (run for run in runs(planned(rows, START + 12 * DAY, athlete=athlete), 2) if run.pillar == "commitments")
    assert stands.ceiling_m == 0
    assert allowed(planned((*rows, ran(12, 2500)), START + 14 * DAY, athlete=athlete))[race.date] == 0


def test_a_run_that_found_its_week_full_leaves_the_restart_no_larger_than_the_seven_dates_to_it() -> None:
    plan = planned(tuple(Entry(date=START + n * DAY, run_m=6000, foot_m=6100, **WELL) for n in (0, 2, 4)), BACK - 7 * DAY)
    *_, before, first, second, third = plan.history
    assert [past.allowed_m for past in (first, second, third)] == [3300, 3630, 0]
    assert (before.run_m, plan.weeks[2].ceiling_run_m) == (3000, (3000 + 3300 + 3630) * 4 // 5)


HURT = ({"pain_during": 4}, {"pain_next_morning": 2}, {"pain_during": 7}, {"pain_after": 2}, {"red_flag": "RED-06"})
FELT = st.sampled_from(({}, {}, {"pain_during": 2}, *HURT))
DAYS = st.lists(st.tuples(st.integers(0, 20), st.integers(1200, 3300), FELT), min_size=1, max_size=6, unique_by=lambda told: told[0])


@settings(max_examples=settings.default.max_examples // 50)
@given(DAYS, st.sampled_from(HURT), st.integers(1, 3), st.integers(500, 9000), st.booleans(), st.sampled_from(("running", "on-foot")))
def test_a_clean_run_against_rest_or_a_stop_never_raises_what_comes_nor_removes_the_tests(
    told: list[tuple[int, int, dict[str, object]]], hurt: dict[str, object], after: int, run_m: int, walked: bool, measure: str
) -> None:
    last = max(day for day, _m, _said in told)
    rows = tuple(ran(day, metres, **(said if day < last else hurt)) for day, metres, said in told)
    extra = ran(last + after, run_m, foot_m=run_m if walked else None)
    athlete = evolve(CLEARED, clearance=evolve(SEEN, date=extra.date + DAY, for_=("RED-06", "3a-3", "3a-12")))
    left = Rolling(Terms(clearance=athlete.clearance)).on(extra.date, rows, frozenset())
    assume(left.earliest_run or left.stops)
    plain, other = (planned(log, START + 28 * DAY, assessment, athlete=athlete, measure=measure) for log in (rows, (*rows, extra)))
    assert allowed(other)[extra.date] == 0
    assert all(raised <= was for raised, was in zip(to_come(other), to_come(plain), strict=True))
    assert set(with_tests(plain)) <= set(with_tests(other))
