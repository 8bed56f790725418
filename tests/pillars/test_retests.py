"""Repeated readiness tests: before the first run after a gap for pain, or of four weeks and more (evidence 1a, 4d)."""

from decimal import Decimal

import pytest
from attrs import evolve
from helpers import brief, past_week, week
from planned_runs import kms
from restarted import ASKED, DAY, LIVED, START, done, planned, runs_of

from planner import Entry
from planner.athlete import Absence, Availability, Commitment
from planner.steps import each_step
from planner_pillars import readiness, retests

WELL, SORE = LIVED["10", False], LIVED["10", True]


def again_in(plan, number):
    return [s for s in plan.weeks[number - 1].sessions if s.key == "readiness-again"]


def texts(session):
    return [step.text for step in each_step(session.steps) if step.kind == "note"]


def said_in(run):
    return [text for text in texts(run) if "readiness tests" in text]


@pytest.mark.parametrize("off", [1, 2, 3, 5])
def test_after_a_gap_for_pain_the_tests_come_again_before_the_first_run_and_each_run_of_the_week_says_so(off):
    plan = planned(SORE, 7 * (4 + off), **kms("10"))
    (found,) = again_in(plan, 5 + off)
    first, *_ = runs = runs_of(plan, 5 + off)
    assert START + 7 * (4 + off) * DAY == found.date < first.date
    last = max(row.date for row in SORE)
    days = (plan.weeks[4 + off].start - last).days - 1
    why, *tests, passed, failed = [text for text in texts(found) if not text.startswith("Did you do them")]
    assert why.startswith(f"Running paused for {days} days because of the knee. Do the tests below before the first run of this week")
    steps = readiness.readiness_steps()
    assert tests == [steps[f"ENT-0{n}"].text for n in range(2, 8)], "what the session of the first week says"
    again = found.date + 14 * DAY
    assert (passed, failed[-11:-1]) == ("All passed: run as the plan says.", str(again))
    assert "ENT-07. Jog on the spot" in found.details
    assert "run `planner make` again" not in found.details
    for run in runs:
        (line,) = said_in(run)
        assert line.startswith(f"Running paused for {days} days because of the knee. Run this week only once")
        assert f"tests of {found.date} are passed" in line
        assert line.endswith(f"do the tests again on {again}.")
    assert [s.key for n in (*range(1, 5), *range(6 + off, 12)) for s in again_in(plan, n)] == []
    assert not any(said_in(run) for run in runs_of(plan, 6 + off))


def test_on_their_one_day_the_stairs_look_back_and_strength_comes_after():
    why, stairs, *_ = texts(again_in(planned(SORE, 35, **kms("10")), 6)[0])
    assert stairs.endswith("Passed at pain 2 or less today and on each of the two days before.")
    assert why.endswith("On a day that holds strength too, do them before it, with fresh legs.")


@pytest.mark.parametrize(("off", "again"), [(1, False), (3, False), (4, True)])
def test_after_a_gap_that_was_not_for_pain_only_four_weeks_ask_for_them(off, again):
    plan = planned(WELL, 7 * (4 + off), **kms("10"))
    found = again_in(plan, 5 + off)
    assert bool(found) == again
    assert [bool(said_in(run)) for run in runs_of(plan, 5 + off)] == [again] * 3
    assert not found or texts(found[0])[0].startswith("Running paused for 29 days. Do the tests below before the first run")


def test_where_the_week_passed_without_a_run_whoever_did_not_pass_is_told_to_wait():
    first, second, third = (texts(again_in(planned(SORE, 7 * n, **kms("10")), n + 1)[0]) for n in (5, 6, 7))
    waits = f"Did you do them since {START + 35 * DAY} and not pass one? Then do no tests and no runs until {START + 49 * DAY}."
    assert second == [second[0], waits, *first[1:-1], second[-1]]
    assert [len(said) for said in (first, second, third)] == [9, 10, 9]
    assert [said[-1][-11:-1] for said in (first, second, third)] == [str(START + day * DAY) for day in (49, 56, 63)]


def test_without_a_log_nothing_asks_for_them():
    away = Availability(away=(Absence(first=START + 14 * DAY, last=START + 48 * DAY),))
    alone, kept = (planned(log, 0, availability=away, **kms("10")) for log in (None, ()))
    assert [s for n in range(1, 17) for s in again_in(alone, n)] == []
    assert not any(said_in(run) for n in range(1, 17) for run in runs_of(alone, n))
    assert [again_in(kept, n) != [] for n in range(1, 17)] == [n == 8 for n in range(1, 17)]


def test_they_stand_on_the_first_open_day_of_the_week():
    shut = Availability(mon=(), wed=(), fri=(), sun=())
    plan = planned(SORE, 35, availability=shut, **kms("10"))
    (found,) = again_in(plan, 6)
    assert found.date == START + 36 * DAY <= runs_of(plan, 6)[0].date


def test_a_run_that_stands_anyway_says_so_too():
    race = Commitment(name="Race", km=Decimal(3), kind="race", date=START + 39 * DAY)
    plan = planned(SORE, 35, commitments=(race,), **kms("10"))
    assert [bool(said_in(run)) for run in runs_of(plan, 6)] == [True] * 3
    assert again_in(plan, 6)[0].date == START + 35 * DAY


def test_a_plan_that_starts_after_a_gap_for_pain_begins_with_all_of_them():
    rows = (Entry(date=START - 10 * DAY, run_m=2000, pain_before=0, pain_during=4, pain_after=1, pain_next_morning=1),)
    some_open = evolve(ASKED, hops=None)
    plan = planned(rows, 0, screening=some_open)
    assert len(again_in(plan, 1)) == 1
    keys = [s.key for s in plan.weeks[0].sessions if s.pillar == "assessment"]
    assert "readiness" not in keys, "the one that is open is among them"
    well = (evolve(rows[0], pain_during=1, pain_after=0, pain_next_morning=0),)
    assert [s.key for s in planned(well, 0, screening=some_open).weeks[0].sessions if s.key.startswith("readiness")] == ["readiness"]


def test_a_week_of_pain_that_has_its_runs_asks_for_none():
    first, *_ = runs_of(planned(WELL, 28, **kms("10")), 5)
    plan = planned((*WELL, done(first, pain_during=4)), first.date.toordinal() - START.toordinal() + 1, **kms("10"))
    assert again_in(plan, 5) == again_in(plan, 6) == []


def scores_in(plan):
    return {week.number: s for week in plan.weeks for s in week.sessions if s.key == "scores-again"}


def test_after_eight_weeks_off_the_outcome_scores_are_asked_for_again_at_the_return():
    assert scores_in(planned(WELL, 7 * 10, **kms("10"))) == {}, "43 days"
    plan = planned(WELL, 7 * 12, **kms("10"))
    ((number, found),) = scores_in(plan).items()
    assert (number, found.date, found.transparent) == (13, START + 7 * 12 * DAY, True)
    assert texts(found)[0].startswith("You have not run for 57 days: take both scores again before the first run")
    assert "--akps and --knee-worst" in texts(found)[-1]
    assert [why.source for why in found.why] == ["1a"]
    assert again_in(plan, 13), "beside the readiness tests"


@pytest.mark.parametrize(("scored", "days", "asked"), [("akps", 1, False), ("knee_worst", 28, False), ("akps", 29, True)])
def test_scores_of_the_last_four_weeks_need_no_retest(scored, days, asked):
    rows = (*WELL, Entry(date=START + (84 - days) * DAY, **{scored: 5}))
    assert bool(scores_in(planned(rows, 84, **kms("10")))) == asked


def test_a_week_with_a_check_in_has_it_once():
    rows = tuple(row for row in WELL if row.date < START + 21 * DAY)
    plan = planned(rows, 7 * 11, **kms("10"))
    assert again_in(plan, 12)
    assert "check-in" in {s.key for s in plan.weeks[11].sessions}
    assert scores_in(plan) == {}


@pytest.mark.parametrize(("off", "check_ins", "asked"), [(55, (0, 4), False), (56, (0, 4), True), (56, (), False), (56, (0, 9), False)])
def test_it_is_asked_for_from_56_days_on_unless_check_ins_are_off_or_due(off, check_ins, asked):
    view = week(9, earlier=(past_week(1),), days_off=off, restarted=START + 56 * DAY)
    assert bool(retests.scores_again(brief(), view, check_ins)) == asked
