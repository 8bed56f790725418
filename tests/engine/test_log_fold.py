"""The fold over a log, week by week: what was done, what was missed, and how the knee responded."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from attrs import evolve

from planner import Host, build_plan
from planner.athlete import Absence, Athlete, Availability, Knee, Running, Screening
from planner.athlete_file import read_athlete
from planner.audit import audit
from planner.briefing import make_brief
from planner.entry import Entry
from planner.errors import StopError
from planner.model import Plan, Session
from planner_pillars import assessment, progression
from planner_templates import planner_templates
from tests.cli.helpers import EXAMPLES

START = date(2027, 1, 4)
DAY = timedelta(days=1)
WALK_RUN = next(template for template in planner_templates() if template.name == "walk-run")
WELL = {"pain_before": 0, "pain_during": 1, "pain_after": 0, "pain_next_morning": 0}
ANA = Athlete(
    id="ana",
    start=START,
    weeks=6,
    template="walk-run",
    running=Running(easy_pace=400, recent_weeks_km=tuple(map(Decimal, ("7.5", "8", "8.5", "9.0")))),
    knee=Knee(site="kneecap", sore_with=("running",), pain_run_worst=1),
    screening=Screening(answered=START - DAY, red_flags=()),
    log="ana-log.csv",
)


def planned(rows: tuple[Entry, ...] | None, today: date, *plugins: object, athlete: Athlete = ANA, **progress: object) -> Plan:
    asked = evolve(athlete, progression=evolve(athlete.progression, **progress))
    brief = make_brief(asked, WALK_RUN, as_of=today, issued=datetime(2027, 1, 2, tzinfo=UTC), log=rows)
    plan = build_plan(brief, Host.of(progression, *plugins))
    assert [f for f in audit(plan) if f.severity == "error"] == []
    return plan


def runs(plan: Plan, week: int) -> list[Session]:
    return [session for session in plan.weeks[week - 1].sessions if session.run_s]


def done(session: Session, run_m: int | None = None, **answers: int | None) -> Entry:
    return Entry(date=session.date, session=session.id, run_m=session.run_m if run_m is None else run_m, **{**WELL, **answers})


def first_week() -> list[Session]:
    return runs(planned((), START), 1)


def test_a_week_done_as_planned_grows_as_without_a_log() -> None:
    followed = planned(tuple(done(run) for run in first_week()), START + 7 * DAY)
    alone = planned(None, START + 7 * DAY)
    assert [week.run_m for week in followed.weeks] == [week.run_m for week in alone.weeks]
    assert [run.status for run in runs(followed, 1)] == ["done", "done", "done"]
    assert followed.weeks[0].done_run_m == followed.weeks[0].run_m
    assert followed.ahead_from == START + 7 * DAY
    assert alone.ahead_from is None


def test_what_went_over_is_nothing_to_grow_from() -> None:
    over = planned(tuple(done(run, 4000) for run in first_week()), START + 7 * DAY)
    assert over.weeks[0].done_run_m == 12_000
    assert over.weeks[0].ceiling_run_m == 9900
    assert over.weeks[1].ceiling_run_m <= 9900 * 11 // 10
    counted = [min(past.run_m, past.allowed_m or 0) for past in over.history if past.date >= START]
    assert sum(counted) <= 9900
    assert max(run.run_m for run in runs(over, 2)) <= max(counted) * 11 // 10
    assert [f.where for f in over.findings if f.rule == "done-over"] == ["week 1"]


@pytest.mark.parametrize(("more_m", "told"), [(1, []), (150, ["week 1"])])
def test_a_few_metres_too_far_are_no_finding(more_m: int, told: list[str]) -> None:
    ceiling_m = planned(None, START + 7 * DAY).weeks[0].ceiling_run_m
    first, *others = first_week()
    plan = planned((done(first, ceiling_m - sum(run.run_m for run in others) + more_m), *map(done, others)), START + 7 * DAY)
    assert [f.where for f in plan.findings if f.rule == "done-over"] == told


def test_what_went_over_fills_the_week_it_lies_in() -> None:
    first, *_ = first_week()
    plan = planned((done(first, 8500),), first.date + DAY)
    assert sum(run.run_m for run in runs(plan, 1) if run.date > first.date) <= 9900 - 8500


@pytest.mark.parametrize(("missed", "most", "bound"), [("resume", 9000, "missed"), ("strict", 6600, "weekly")])
def test_after_a_run_missed_for_no_pain(missed: str, most: int, bound: str) -> None:
    """A week of 9,000 m before the plan; of the plan's first week, 9,000 m too, one of three runs was missed."""
    one, _, other = first_week()
    plan = planned((done(one, 3000), done(other, 3000)), START + 7 * DAY, missed=missed)
    assert [run.status for run in runs(plan, 1)] == ["done", "missed", "done"]
    assert (plan.weeks[1].ceiling_run_m, plan.weeks[1].bound_by) == (most, bound)
    assert [f.where for f in plan.findings if f.rule == "missed"] == ["week 1"]


def test_after_a_run_missed_for_pain_nothing_returns() -> None:
    one, _, other = first_week()
    plan = planned((done(one, 3000), done(other, 3000, pain_during=3)), START + 7 * DAY)
    assert plan.weeks[1].decision == "regress"
    assert plan.weeks[1].ceiling_run_m <= 6000


def test_answers_that_nobody_gave_hold_the_next_week() -> None:
    silent = {"pain_before": None, "pain_during": None, "pain_after": None, "pain_next_morning": None}
    plan = planned(tuple(done(run, **silent) for run in first_week()), START + 7 * DAY)
    assert (plan.weeks[1].decision, plan.weeks[1].bound_by) == ("hold", "pain")
    assert plan.weeks[1].run_m <= plan.weeks[0].run_m
    assert plan.weeks[2].decision == "progress"
    assert [any(why.limit == "pain" for why in run.why) for run in runs(plan, 2)] == [True] * 3
    (said,) = [f for f in plan.findings if f.rule == "answers"]
    assert (said.where, said.source) == ("week 2", "PAIN-08")


def test_after_a_step_back_the_knee_rests_and_the_rest_of_the_week_is_lighter() -> None:
    first, second, third = first_week()
    plan = planned((done(first, pain_next_morning=2),), first.date + DAY)
    assert second.date - first.date <= 2 * DAY
    assert [run.date for run in runs(plan, 1)] == [first.date, third.date]
    assert runs(plan, 1)[1].run_m <= first.run_m * 4 // 5
    assert any(f.rule == "left-out" and "rests until" in f.message for f in plan.findings)


def test_time_off_for_pain_counts_one_row_lower() -> None:
    first, *_ = first_week()
    today = START + 21 * DAY
    athlete = evolve(ANA, running=evolve(ANA.running, runs_per_week=2))
    painless, painful = (planned((done(first, **answers),), today, athlete=athlete) for answers in ({}, {"pain_during": 4}))
    assert 0 < painful.weeks[3].ceiling_run_m < painless.weeks[3].ceiling_run_m


def test_today_counts_as_planned_until_it_is_logged() -> None:
    first, *_ = first_week()
    before = planned((), first.date)
    assert (runs(before, 1)[0].status, before.ahead_from) == ("planned", first.date)
    after = planned((done(first, 2000),), first.date)
    assert (runs(after, 1)[0].status, after.ahead_from) == ("done", first.date + DAY)


def test_rows_of_days_to_come_are_not_counted_and_told() -> None:
    first, second, _ = first_week()
    plan = planned((done(first), done(second, 9000)), first.date + DAY)
    assert [run.status for run in runs(plan, 1)] == ["done", "planned", "planned"]
    assert [f.where for f in plan.findings if f.rule == "log-later"] == [str(second.date)]


def test_rows_of_days_to_come_are_told_by_line_and_with_the_sign_that_nobody_hears_yet() -> None:
    first, second, third = first_week()
    rows = (evolve(done(third), line=9, red_flag="RED-05"), evolve(done(second, 9000), line=7), evolve(done(first), line=3))
    (told,) = [f for f in planned(rows, first.date + DAY).findings if f.rule == "log-later"]
    assert told.where == str(second.date)
    assert told.message == (
        f"2 rows of the log from {second.date} on (lines 7, 9): later than {first.date + DAY}, and not counted yet. "
        "RED-05 (line 9) has no effect before its date. Is the date right?"
    )
    (one,) = [f for f in planned(rows[1:], first.date + DAY).findings if f.rule == "log-later"]
    assert one.message == f"1 row of the log from {second.date} on (line 7): later than {first.date + DAY}, and not counted yet."


def test_a_run_on_another_day_is_the_run_that_its_row_names() -> None:
    first, second, third = first_week()
    moved = evolve(done(second), date=second.date + DAY)
    plan = planned((done(first), moved), moved.date + DAY)
    assert third.date == moved.date + DAY
    assert [(run.id, run.status) for run in runs(plan, 1)] == [(first.id, "done"), (second.id, "done")]
    (said,) = (f.message for f in plan.findings if f.rule == "left-out")
    assert said == "Walk-run left out: a run was done on 2027-01-09, and runs must stay far enough apart."


def test_a_row_for_each_knee_is_one_run() -> None:
    first, *_ = first_week()
    rows = tuple(evolve(done(first, 2500), side=side) for side in ("left", "right"))
    plan = planned(rows, first.date + DAY)
    assert [past.run_m for past in plan.history if past.date >= START] == [2500]


@pytest.mark.parametrize(("minutes", "share"), [(None, 1), (10, Decimal(10))])
def test_a_row_without_kilometres_is_the_planned_run_as_far_as_its_time_went(minutes: int | None, share: int) -> None:
    first, *_ = first_week()
    row = Entry(date=first.date, session=first.id, seconds=None if minutes is None else 60 * minutes, **WELL)
    plan = planned((row,), first.date + DAY)
    (past,) = [p for p in plan.history if p.date >= START]
    assert past.run_m == (first.run_m if share == 1 else first.run_m * 600 // first.duration_s)


def test_a_red_flag_in_the_log_stops_in_the_words_of_the_safety_questions() -> None:
    first, *_ = first_week()
    with pytest.raises(StopError, match="RED-01") as stop:
        planned((evolve(done(first), red_flag="RED-01"),), first.date, assessment)
    assert stop.value.pause == "training"


def hurting_until_it_stops() -> None:
    today, rows = START, ()
    while today < START + 40 * DAY:
        plan = planned(tuple(rows), today)
        ahead = [s for s in plan.sessions if s.run_s and s.date >= today]
        rows = (*rows, done(ahead[0], pain_during=4))
        today = ahead[0].date + DAY


def test_smaller_doses_that_keep_hurting_pause_the_runs_alone() -> None:
    with pytest.raises(StopError, match="3a-12") as stop:
        hurting_until_it_stops()
    assert stop.value.pause == "runs"


def test_a_log_that_covers_the_weeks_before_the_start_wins() -> None:
    rows = tuple(Entry(date=START - back * DAY, run_m=1500, foot_m=1800, **WELL) for back in range(28, 0, -2))
    plan = planned(rows, START)
    assert {past.run_m for past in plan.history} == {1500}
    assert not any(past.estimated for past in plan.history)
    told = planned(rows[-2:], START)
    assert any(past.estimated for past in told.history)


def before_the_start(first: int, recent: str, *told: int) -> list[tuple[int, int, bool]]:
    """Day, metres and whether it is estimated of each past run, with `told` metres in the log every second day from `first` on."""
    rows = tuple(Entry(date=START + (first + 2 * n) * DAY, run_m=metres, **WELL) for n, metres in enumerate(told))
    running = evolve(ANA.running, recent_weeks_km=tuple(map(Decimal, recent.split())))
    plan = planned(rows, START, athlete=evolve(ANA, running=running))
    return [((past.date - START).days, past.run_m, past.estimated) for past in plan.history]


def test_in_the_week_in_which_it_begins_the_log_wins_from_its_first_run_on() -> None:
    assert before_the_start(-27, "15 0 0 0", 1000, 1000, 1000) == [(-27, 1000, False), (-25, 1000, False), (-23, 1000, False)]
    assert before_the_start(-27, "0 0 4.5 6.0", 2200, 2200, 2200) == [(-27, 2200, False), (-25, 2200, False), (-23, 2200, False)]


def test_days_before_the_logs_first_run_hold_what_the_file_tells_beyond_it() -> None:
    *estimated, logged = before_the_start(-3, "0 0 0 6.0", 2000)
    assert logged == (-3, 2000, False)
    assert estimated
    assert all(day < -3 and estimate for day, _metres, estimate in estimated)
    assert sum(metres for _day, metres, _estimate in estimated) <= 4000


def test_without_a_log_the_past_counts_as_planned() -> None:
    assert {s.status for s in planned(None, START + 14 * DAY).sessions} == {"planned"}


def test_a_week_away_does_not_forget_what_the_knee_said_before_it() -> None:
    from_day, until = START + 7 * DAY, START + 13 * DAY
    away = evolve(ANA, availability=Availability(away=(Absence(first=from_day, last=until),)))
    *well, last = runs(planned((), START, athlete=away), 1)
    rows = (*map(done, well), done(last, pain_during=7, pain_after=5, pain_next_morning=3))
    drawn = [planned(rows, day, athlete=away).weeks[2].run_m for day in (from_day - DAY, from_day, until)]
    assert len(set(drawn)) == 1, "whichever day the plan is made on"
    assert drawn[0] < planned((*map(done, well), done(last)), from_day - DAY, athlete=away).weeks[2].run_m


def test_the_walks_of_a_run_leave_the_later_runs_of_its_week_their_running() -> None:
    """After a holiday metres on foot are scarce: the last run once had 47 seconds left, and grew by a tenth of that from there on."""
    athlete = evolve(read_athlete(EXAMPLES / "ana.toml"), log="ana-log.csv")
    clean = Entry(date=START + DAY, run_m=2200, pain_before=0, pain_during=1, pain_after=0, pain_next_morning=0)
    sore = evolve(clean, date=START + 3 * DAY, pain_during=3, pain_after=2, pain_next_morning=1)
    template = Host.installed().template(athlete.template)
    brief = make_brief(athlete, template, as_of=START + 4 * DAY, issued=datetime(2027, 1, 8, tzinfo=UTC), log=(clean, sore))
    plan = build_plan(brief, Host.installed())
    back = [run.run_m for run in runs(plan, 7)]
    assert len(back) == 3
    assert min(back) > 0.9 * max(back)
