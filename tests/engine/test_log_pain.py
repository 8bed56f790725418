"""What pain leaves of the runs after it: across the end of a week, and after time off."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from planner.athlete import Availability
from planner.entry import Entry
from planner.model import Plan
from tests.engine.test_log_fold import ANA, DAY, START, done, first_week, planned, runs

RED_DAY = {"pain_before": 6, "limp": True}


def ahead(plan: Plan) -> list[tuple[date, int]]:
    return [(s.date, s.run_m) for s in plan.sessions if s.run_s and s.status == "planned"]


@pytest.mark.parametrize("later", [0, 1, 2])
def test_the_rest_after_pain_and_the_lighter_run_reach_over_the_end_of_the_week(later: int) -> None:
    free = Availability(tue=(), thu=(), fri=(), sun=())
    athlete = evolve(ANA, availability=free)
    last = runs(planned((), START, athlete=athlete), 1)[-1]
    assert last.date == START + 5 * DAY, "a Saturday, with Monday two days after it"
    plan = planned((done(last, pain_during=7),), last.date + later * DAY, athlete=athlete)
    first, metres = ahead(plan)[0]
    assert first > last.date + 2 * DAY
    assert metres <= last.run_m * 3 // 5


def test_a_gap_is_for_pain_where_the_knee_was_not_well_since_the_last_run() -> None:
    rows = [done(run) for run in first_week()]
    sore = Entry(date=START + 8 * DAY, **RED_DAY)  # type: ignore[arg-type]
    ceilings = [planned(told, START + 21 * DAY).weeks[3].ceiling_run_m for told in ((*rows,), (*rows, sore))]
    assert ceilings == [9900 * 3 // 5, 9900 // 2]


def test_three_weeks_off_for_pain_open_anew_with_no_more_than_an_opening_dose_a_run() -> None:
    sunday = evolve(ANA, availability=Availability(mon=(), tue=(), wed=(), thu=(), fri=(), sat=(), sun=None))
    (run,) = runs(planned((), START, athlete=sunday), 1)
    plan = planned((done(run, pain_during=4),), START + 29 * DAY, athlete=sunday)
    (back,) = runs(plan, 5)
    assert back.run_s <= 600


def test_one_red_day_in_a_week_off_is_no_second_week_off() -> None:
    sore = Entry(date=START + 8 * DAY, **RED_DAY)  # type: ignore[arg-type]
    plan = planned((*[done(run) for run in first_week()], sore), START + 14 * DAY)
    week = plan.weeks[2]
    assert (week.decision, week.bound_by, week.ceiling_run_m) == ("regress", "time-off", 9900 * 3 // 5)
    assert week.run_m > 0.9 * week.ceiling_run_m


def test_a_clean_run_that_only_waits_keeps_nothing_from_what_missed_runs_give_back() -> None:
    first, *_ = first_week()
    drawn = {(planned((done(first),), START + day * DAY).weeks[1].ceiling_run_m) for day in (5, 6, 7)}
    assert drawn == {9000}, "the best of the weeks before, of which the athlete file tells"


def test_what_will_be_told_before_the_start_is_not_counted_yet() -> None:
    row = Entry(date=START - DAY, run_m=9000)
    plan = planned((row,), START - 3 * DAY)
    assert row.date not in {past.date for past in plan.history if not past.estimated}
