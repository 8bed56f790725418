"""Which rows of a log are runs and which describe the same run: double counting would allow too much growth."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from attrs import evolve

from planner import Host, RunProposal, RunShape, build_plan
from planner.athlete import Running
from planner.briefing import make_brief
from planner.entry import Entry, Side
from planner.model import Plan
from planner.testing.offers import AnyPlugin
from planner_pillars import progression
from tests.engine.test_log_fold import ANA, DAY, START, WALK_RUN, WELL, done, first_week, planned, runs

EVENING = {"pain_before": 0, "pain_during": 1, "pain_after": 0}


def counted(plan: Plan) -> list[int]:
    """Metres of the runs since the start, one after the other."""
    return [past.run_m for past in plan.history if past.date >= START and past.run_m]


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("first", ["metres", "answers"])
def test_a_row_with_metres_and_one_with_answers_are_one_run(first: str, named: bool) -> None:
    rows: list[Entry] = []
    for run in first_week():
        watch, answers = Entry(date=run.date, run_m=1000, seconds=420), Entry(date=run.date, session=run.id if named else "", **WELL)
        rows += [watch, answers] if first == "metres" else [answers, watch]
    plan = planned(tuple(rows), START + 7 * DAY)
    assert counted(plan) == [1000, 1000, 1000]
    assert plan.weeks[1].run_m <= 3300


@pytest.mark.parametrize(("seconds", "share"), [((None, None), 100), ((900, None), 50), ((300, 900), 50)])
def test_rows_of_the_evening_and_the_morning_are_one_run_of_the_longest_time(seconds: tuple[int | None, int | None], share: int) -> None:
    run = first_week()[0]
    whole = run.duration_s
    took = [None if told is None else told * whole // 1800 for told in seconds]
    rows = (
        Entry(date=run.date, session=run.id, seconds=took[0], **EVENING),
        Entry(date=run.date, session=run.id, seconds=took[1], pain_next_morning=0),
    )
    assert counted(planned(rows, START + 7 * DAY)) == [pytest.approx(run.run_m * share / 100, abs=30)]


def test_a_knee_beside_the_one_whose_row_tells_metres_adds_none() -> None:
    run = first_week()[0]
    rows = (
        Entry(date=run.date, run_m=1500, side="left", **WELL),
        Entry(date=run.date, session=run.id, side="right", **WELL),
    )
    assert counted(planned(rows, START + 7 * DAY)) == [1500]


@pytest.mark.parametrize("sides", [("both",), ("left", "right")])
def test_before_the_start_too_a_row_for_each_knee_is_one_run(sides: tuple[Side, ...]) -> None:
    rows = tuple(
        Entry(date=START - back * DAY, run_m=3000, side=side, **WELL) for back in range(28, 0, -1) if back % 7 in (2, 5) for side in sides
    )
    plan = planned(rows, START, athlete=evolve(ANA, running=Running(easy_pace=400, goal_week_km=Decimal(30))))
    assert [past.run_m for past in plan.history] == [3000] * 8
    assert plan.weeks[0].ceiling_run_m == 6600


@pytest.mark.parametrize(
    "said",
    [{"foot_m": 5000, "seconds": 3600}, {"foot_m": 5000, "pain_during": 1}, {"sets_done": 9, "seconds": 1800, "pain_during": 1}],
    ids=["a walk", "a walk with an answer", "strength"],
)
def test_a_walk_or_strength_on_the_day_of_a_run_is_not_that_run(said: dict[str, int]) -> None:
    plan = planned(tuple(Entry(date=run.date, **said) for run in first_week()), START + 7 * DAY)
    assert counted(plan) == []
    assert {run.status for run in plan.weeks[0].sessions if run.run_s} == {"missed"}


@pytest.mark.parametrize("said", ["session", "minutes", "pain"])
def test_todays_run_is_done_and_its_knee_heard_whatever_tells_of_it(said: str) -> None:
    run = first_week()[0]
    told = {"session": {"session": run.id}, "minutes": {"seconds": 900}, "pain": {}}[said]
    row = Entry(date=run.date, pain_before=0, pain_during=8, pain_after=6, limp=True, **told)
    today, tomorrow = planned((row,), run.date), planned((row,), run.date + DAY)
    assert [(s.date, s.status, s.run_m) for s in today.sessions if s.run_s] == [
        (s.date, s.status, s.run_m) for s in tomorrow.sessions if s.run_s
    ]
    ahead = [s.date for s in today.sessions if s.run_s and s.status == "planned"]
    assert min(ahead) > run.date + 2 * DAY


def test_strength_of_today_is_not_todays_run() -> None:
    run = first_week()[0]
    row = Entry(date=run.date, session="hip_strength/strength-1#1", seconds=1800, sets_done=9)
    assert [s.status for s in planned((row,), run.date).weeks[0].sessions if s.run_s] == ["planned"] * 3


def test_a_run_that_was_left_out_is_not_run_by_what_the_next_morning_says() -> None:
    first, *_ = first_week()
    left_out = done(first, 0)
    morning = Entry(date=first.date, session=first.id, pain_next_morning=0)
    assert counted(planned((left_out, morning), START + 7 * DAY)) == []


def test_a_run_done_a_day_early_and_told_by_its_minutes_counts_and_none_follows_it_the_day_after() -> None:
    first, second, _ = first_week()
    day = second.date - DAY
    early = Entry(date=day, session=second.id, seconds=second.duration_s // 2, **WELL)
    for today in (day, second.date, START + 7 * DAY):
        plan = planned((done(first), early), today)
        assert counted(plan) == [first.run_m, pytest.approx(second.run_m // 2, abs=10)]
        assert second.date not in {run.date for run in runs(plan, 1)}


@pytest.mark.parametrize("named", [True, False])
def test_a_run_that_was_done_where_the_knee_was_to_rest_counts(named: bool) -> None:
    first, second, _ = first_week()
    sore = Entry(date=second.date - DAY, run_m=1200, pain_before=1, pain_during=6, pain_after=5)
    anyway = Entry(date=second.date, session=second.id if named else "", seconds=second.duration_s, pain_during=5)
    plan = planned((done(first), sore, anyway), START + 7 * DAY)
    assert second.date not in {run.date for run in runs(plan, 1)}
    assert counted(plan) == [first.run_m, 1200, pytest.approx(second.run_m, abs=10)]


def test_a_next_morning_that_names_its_run_on_its_own_date_is_no_other_run() -> None:
    first, *_ = first_week()
    rows = (done(first, pain_next_morning=None), Entry(date=first.date + DAY, session=first.id, pain_next_morning=5))
    plan = planned(rows, START + 7 * DAY)
    assert counted(plan) == [first.run_m]
    assert plan.weeks[1].decision == "regress"


def test_a_goal_is_reached_by_what_was_run_and_not_by_what_was_planned() -> None:
    ready = evolve(ANA, running=evolve(ANA.running, recent_weeks_km=tuple(map(Decimal, ("13", "13", "13", "13.5")))))
    week = [run for run in planned((), START, athlete=ready).weeks[0].sessions if run.run_s]
    assert all(run.run_s >= 1800 for run in week)
    for metres, reached in ((None, START), (4300, START), (1000, None)):
        goal = planned(tuple(done(run, metres) for run in week), START + 7 * DAY, athlete=ready).goal
        assert goal.every_run == reached
        assert (goal.first_run == week[0].date) == (reached is not None)


STRIDES = RunProposal(key="strides", title="Strides", runs=(RunShape(share=50, stretch_s=None, walk_s=0),), rpe=7, tags=("strides",))
"""What waits for three clean runs of 30 minutes (law 7)."""


@pytest.mark.parametrize(("metres", "settled"), [(None, True), (1000, False)])
@pytest.mark.parametrize("pace", [400, 401])
@pytest.mark.parametrize("kept", [True, False])
def test_half_an_hour_is_what_was_run_whatever_the_pace(pace: int, metres: int | None, kept: bool, settled: bool) -> None:
    recent = tuple(map(Decimal, ("13", "13", "13", "13.5")))
    ready = evolve(ANA, running=Running(easy_pace=pace, recent_weeks_km=recent, goal_minutes=30))
    fast = AnyPlugin(name="fast", runs=(STRIDES,))
    week = [run for run in planned((), START, fast, athlete=ready).weeks[0].sessions if run.run_s]
    assert {run.run_s for run in week} == {1800}
    rows = tuple(done(run, metres) for run in week)
    today = START + 7 * DAY
    brief = make_brief(
        ready, WALK_RUN, as_of=today, issued=datetime(2027, 1, 2, tzinfo=UTC), log=rows if kept else None, stood=None if kept else rows
    )
    plan = build_plan(brief, Host.of(progression, fast))
    assert any("strides" in run.tags for run in plan.weeks[1].sessions) is settled
