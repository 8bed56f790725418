"""What pain leaves of the following runs: across the end of a week, and after time off."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest
from attrs import evolve

from planner.athlete import Absence, Availability, Clearance, Knee, Site
from planner.engine.resting import why_resting
from planner.entry import Entry
from planner.errors import StopError
from planner.model import Plan
from planner.response import Rolling, Terms
from planner_pillars import assessment
from tests.engine.test_log_fold import ANA, DAY, START, WELL, done, first_week, planned, runs

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


def test_a_run_that_a_stop_took_out_names_the_stop_and_not_the_knee_after_the_last_run() -> None:
    first, second, third = first_week()
    noted = second.date + DAY
    athlete = evolve(ANA, clearance=Clearance(by="A. Smith", date=noted, for_=("RED-04",)))
    sign = Entry(date=noted, red_flag="RED-04")
    for today in (noted + DAY, START + 7 * DAY):
        plan = planned((done(first), done(second), sign), today, athlete=athlete)
        assert third.date not in {run.date for run in runs(plan, 1)}
        (said,) = [f.message for f in plan.findings if f.rule == "left-out" and f.message.startswith("Walk-run") and 1 in f.weeks]
        assert said == f"Walk-run left out: after the stop of {noted} there is no running until {START + 7 * DAY}."


def test_a_stop_of_runs_that_hurt_rests_as_long_as_the_longer_of_its_rest_and_its_week() -> None:
    _, _, last = first_week()
    athlete = evolve(ANA, clearance=Clearance(by="A. Smith", date=last.date, for_=("3a-3",)))
    rows = (Entry(date=last.date - 2 * DAY, run_m=2000, **{**WELL, "pain_during": 7}), done(last, pain_during=7))
    standing = Rolling(Terms(clearance=athlete.clearance)).on(last.date + DAY, rows, frozenset())
    first = START.toordinal()
    on_the_day_after = why_resting(standing, (last.date + DAY).toordinal(), first)
    assert on_the_day_after == f"after the stop of {last.date} there is no running until {standing.earliest_run}"
    assert why_resting(standing, first + 7, first + 7) == f"after the last run the knee rests until {standing.earliest_run}"


@pytest.mark.parametrize("later", [0, 1, 3])
def test_a_sign_that_was_noted_after_a_clearance_is_not_lifted_by_it(later: int) -> None:
    noted = START + 4 * DAY
    for cleared, stops in ((noted - DAY, True), (noted, False)):
        athlete = evolve(ANA, clearance=Clearance(by="A. Smith", date=cleared, for_=("RED-06",)))
        row = Entry(date=noted, red_flag="RED-06")
        if stops:
            with pytest.raises(StopError, match="is older than the answers of 2027-01-08"):
                planned((row,), noted + later * DAY, assessment, athlete=athlete)
        else:
            found = planned((row,), noted + later * DAY, assessment, athlete=athlete).findings
            (told,) = (f for f in found if f.rule == "CLEAR-01")
            assert told.where == "2027-01-08", "the row of the log: the file names no sign"
            assert told.message == (
                "RED-06 was cleared by A. Smith on 2027-01-08, so it does not hold the plan back. If it comes back, stop and ask again."
            )


def test_another_sign_of_the_same_clearance_stays_lifted() -> None:
    noted = START + 4 * DAY
    asked = evolve(ANA.screening, red_flags=("RED-05",))
    athlete = evolve(ANA, screening=asked, clearance=Clearance(by="A. Smith", date=START, for_=("RED-05", "RED-06")))
    with pytest.raises(StopError) as stopped:
        planned((Entry(date=noted, red_flag="RED-06"),), noted, assessment, athlete=athlete)
    assert [message.split(":")[0] for message in stopped.value.messages] == ["RED-06"]


def test_a_week_whose_stop_was_lifted_says_so() -> None:
    rows = (*[done(run) for run in first_week()], Entry(date=START + 8 * DAY, red_flag="RED-06"))
    ready = evolve(ANA.knee, pain_walk_30=0, pain_stairs=0, stairs_days_clean=3, pain_next_morning=0)
    athlete = evolve(ANA, knee=ready, clearance=Clearance(by="A. Smith", date=START + 9 * DAY, for_=("RED-06",)))
    plan = planned(rows, START + 15 * DAY, assessment, athlete=athlete)
    (said,) = (f.message for f in plan.findings if f.rule == "answers" and f.where == "week 3")
    assert said.startswith("The stop was lifted. There is no running this week; it starts again next week.")
    assert not runs(plan, 3)
    assert runs(plan, 4)


@pytest.mark.parametrize("off", [True, False])
def test_what_the_answers_said_does_not_end_in_no_running_where_that_is_because_of_days_away(off: bool) -> None:
    gone = Absence(first=START + 7 * DAY, last=START + 13 * DAY)
    athlete = evolve(ANA, availability=Availability(away=(gone,) if off else ()))
    first, *_ = first_week()
    plan = planned((done(first),), START + 7 * DAY, athlete=athlete)
    (said,) = (f.message for f in plan.findings if f.rule == "answers" and f.where == "week 2")
    words = "A clean run, 1 in a row; a step up takes 2. The same dose once more."
    assert said == (words if off else f"{words} So: the same load once more.")


def test_the_week_of_a_stop_that_was_lifted_has_no_run_more() -> None:
    first, *_ = first_week()
    ready = evolve(ANA.knee, pain_walk_30=0, pain_stairs=0, stairs_days_clean=3, pain_next_morning=0)
    athlete = evolve(ANA, knee=ready, clearance=Clearance(by="A. Smith", date=first.date + 2 * DAY, for_=("RED-05",)))
    plan = planned((done(first), Entry(date=first.date, red_flag="RED-05")), first.date + 2 * DAY, assessment, athlete=athlete)
    assert [run.date for run in runs(plan, 1)] == [first.date]
    assert not runs(plan, 2)
    assert runs(plan, 3)


@pytest.mark.parametrize(("worst", "dose_s"), [(1, 600), (4, 300)])
def test_after_a_pause_for_pain_the_least_dose_opens_where_there_is_nothing_to_grow_from(worst: int, dose_s: int) -> None:
    athlete = evolve(ANA, running=evolve(ANA.running, recent_weeks_km=()))
    first, *_ = runs(planned((), START, athlete=athlete), 1)
    plan = planned((done(first, 1400, pain_during=worst),), START + 21 * DAY, athlete=athlete)
    assert plan.weeks[3].decision == "entry"
    assert max(run.run_s for run in runs(plan, 4)) == dose_s


def test_a_second_flare_of_today_stops_today() -> None:
    first, second, _ = first_week()
    hurt = {"pain_during": 7}
    today = Entry(date=second.date, session="hip_strength/strength-1#1", sets_done=3, pain_during=8)
    with pytest.raises(StopError, match="3a-3") as stop:
        planned((done(first, **hurt), today), second.date)
    assert str(stop.value).endswith('add [clearance] with by, date and for = ["3a-3"] to your file.'), "it says how it ends"
    seen = evolve(ANA, clearance=Clearance(by="A. Smith", date=second.date, for_=("3a-3",)))
    assert planned((done(first, **hurt), today), second.date + DAY, athlete=seen).weeks


@pytest.mark.parametrize("apart", [True, False])
def test_a_next_morning_that_stands_on_its_own_date_is_the_run_of_the_day_before(apart: bool) -> None:
    first, *_ = first_week()
    rows: tuple[Entry, ...] = (done(first, pain_next_morning=5),)
    if apart:
        rows = (done(first, pain_next_morning=None), Entry(date=first.date + DAY, pain_next_morning=5))
    plan = planned(rows, START + 7 * DAY)
    assert plan.weeks[1].decision == "regress"


@pytest.mark.parametrize(("site", "decision"), [("kneecap", "progress"), ("outer", "regress"), ("other", "regress")])
def test_a_pain_of_2_while_running_is_too_much_where_the_limit_is_1(site: Site, decision: str) -> None:
    athlete = evolve(ANA, knee=Knee(site=site))
    rows = [done(run, pain_during=2) for run in runs(planned((), START, athlete=athlete), 1)]
    assert planned((*rows,), START + 7 * DAY, athlete=athlete).weeks[1].decision == decision


def test_pain_in_strength_work_is_heard_for_running_as_its_sessions_say() -> None:
    """Rows 2, 3 and 4 of the table, of sessions on days without a run; 3 to 5 while doing it is strength's own affair (PAIN-03)."""

    def told(day: int, **said: int) -> Entry:
        return Entry(date=START + day * DAY, session="hip_strength/strength-1#1", sets_done=9, **said)  # type: ignore[arg-type]

    well = [done(run) for run in first_week()]
    plain = planned((*well,), START + 8 * DAY)
    assert ahead(planned((*well, told(7, pain_before=0, pain_during=5)), START + 8 * DAY)) == ahead(plain)
    for said in ({"pain_before": 0, "pain_during": 6}, {"pain_before": 3, "pain_during": 3}):
        first, _ = ahead(planned((*well, told(7, **said)), START + 8 * DAY))[0]
        assert first > START + 9 * DAY
    with pytest.raises(StopError):
        planned((*well, told(1, pain_during=6), told(7, pain_during=6)), START + 8 * DAY)


def test_next_mornings_of_both_knees_make_the_same_plan_in_any_order() -> None:
    run = first_week()[0]
    knees = [done(run, side=side, pain_before=1, pain_during=1, pain_after=1, pain_next_morning=None) for side in ("left", "right")]
    mornings = [Entry(date=run.date + DAY, side="right", pain_next_morning=4), Entry(date=run.date + DAY, side="left", pain_next_morning=1)]
    plans = [planned(rows, run.date + 2 * DAY) for rows in permutations([*knees, *mornings])]
    assert len({(plan.weeks, plan.findings) for plan in plans}) == 1
    assert min(day for day, _run_m in ahead(plans[0])) > run.date + 2 * DAY
    assert plans[0].weeks[1].decision == "regress"
