"""WR-09: runs on consecutive days are short, and planned only while the knee tolerates its runs."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from attrs import evolve

from planner.athlete import Availability, Commitment
from planner.model import COMMITMENTS
from tests.briefed import kms
from tests.engine.drawn import SHUT, day, drawn, runs
from tests.engine.test_clean_weeks import KEEP, START, lived, planned

if TYPE_CHECKING:
    from datetime import date

    from planner.model import Plan, Session, Week
    from planner.programme import Template

FIFTEEN = {"easy_pace": 360, "recent_weeks_km": kms("15", "15", "15", "15"), "longest_run_km": Decimal(5), "last_run": day(-2)}
FOUR = {**FIFTEEN, "runs_per_week": 4, "goal_week_km": Decimal(15)}
AT_ONCE = evolve(KEEP, reduced_weeks=0)
WORDS = "runs on neighbouring days hold at most 20 min each"
DAY = timedelta(days=1)


def keeping(running: dict[str, object], template: Template = KEEP, **athlete: object) -> Plan:
    return drawn(template=template, running=running, **athlete)


def close(plan: Plan) -> list[Session]:
    """The plan's own runs with a run on the date before or after them."""
    dates = {run.date for run in runs(plan)}
    return [run for run in runs(plan) if run.pillar != COMMITMENTS and not dates.isdisjoint({run.date - DAY, run.date + DAY})]


def least_gap(week: Week) -> int:
    return min((other.date - one.date).days for one, other in pairwise(runs(week)))


def test_runs_on_neighbouring_days_stay_short_and_the_others_have_what_they_leave() -> None:
    free = keeping(FOUR, evolve(KEEP, close_run_s=0), weeks=10)
    assert max(run.run_s for run in close(free)) > 1200
    plan = keeping(FOUR, weeks=10)
    held = close(plan)
    assert max(run.run_s for run in held) == 1200
    bound = [run for run in held if run.run_s == 1200 and run.bound_by == "template"]
    assert {(why.text, why.source) for run in bound for why in run.why if why.limit == "template"} == {(WORDS, "WR-09")}
    last, before = plan.weeks[-1], free.weeks[-1]
    assert last.run_m * 100 >= before.run_m * 99
    assert max(run.run_s for run in runs(last)) > 1200


def test_fewer_runs_with_a_day_between_them_where_those_hold_more() -> None:
    running = {**FIFTEEN, "recent_weeks_km": kms("25", "25", "25", "25"), "longest_run_km": Decimal(9), "runs_per_week": 5}
    free = keeping(running, evolve(AT_ONCE, close_run_s=0)).weeks[0]
    assert (len(runs(free)), least_gap(free)) == (5, 1)
    plan = keeping(running, AT_ONCE, weeks=10)
    assert {(len(runs(week)), least_gap(week)) for week in plan.weeks} == {(3, 2)}
    assert plan.weeks[-1].run_m > 5 * 1200 * 1000 // 360, "more than five short runs hold"
    assert any("2 of 5 runs left out: runs keep a day between them" in finding.message for finding in plan.findings)


def test_short_runs_are_left_as_they_are() -> None:
    running = {**FIFTEEN, "runs_per_week": 5}
    plan, free = keeping(running, weeks=10), keeping(running, evolve(KEEP, close_run_s=0), weeks=10)
    assert [(run.date, run.run_s) for run in runs(plan)] == [(run.date, run.run_s) for run in runs(free)]


@pytest.mark.parametrize(("km", "first"), [("15", 1), ("6", 0)])
def test_no_run_on_the_day_after_too_long_a_one(km: str, first: int) -> None:
    running = {**FIFTEEN, "recent_weeks_km": kms("15", "15", "15", km), "longest_run_km": Decimal(5), "last_run": day(-1)}
    open_days = Availability(**{**SHUT, "mon": None, "tue": None})
    week = keeping(running, availability=open_days).weeks[0]
    assert runs(week)[0].date == day(first)


@pytest.mark.parametrize(("km", "beside"), [("3", True), ("5", False)])
def test_a_commitment_is_a_neighbour_too(km: str, beside: bool) -> None:
    club = Commitment(name="Club run", km=Decimal(km), on="wed")
    plan = keeping({**FOUR, "runs_per_week": 5}, weeks=8, commitments=(club,))
    near = [run for run in close(plan) if run.date.weekday() in {1, 3}]
    assert bool(near) == beside
    assert all(run.run_s <= 1200 for run in close(plan))


def test_after_a_last_run_that_was_not_clean_the_week_keeps_a_day_between_its_runs() -> None:
    today = START + 7 * DAY
    sore, clean = (planned(lived(pain, 1), today) for pain in ({1: 4}, {}))
    assert least_gap(clean.weeks[1]) == 1
    assert least_gap(sore.weeks[1]) == 2
    assert least_gap(sore.weeks[2]) == 1, "weeks ahead are drawn as answered well"
    free = planned(lived({1: 4}, 1), today, evolve(KEEP, close_run_s=0))
    assert least_gap(free.weeks[1]) == 1


def test_after_a_run_in_the_week_that_was_not_clean_its_later_runs_keep_a_day_between_them() -> None:
    first = runs(planned((), START))[0]
    (row, *_) = lived({}, 1)
    row = evolve(row, date=first.date, session=first.id, pain_next_morning=None)
    today = first.date + DAY
    held, clean = (planned((one,), today) for one in (row, evolve(row, pain_next_morning=0)))
    assert len(runs(held.weeks[0])) < len(runs(clean.weeks[0]))
    assert least_gap(held.weeks[0]) == 2
    assert any("after a run that was not clean, runs keep a day between them" in finding.message for finding in held.findings)


def test_an_athlete_of_three_runs_a_week_is_not_touched() -> None:
    plan = drawn(template=KEEP, running={**FIFTEEN, "runs_per_week": 3}, weeks=10)
    assert not close(plan)


def test_weeks_that_short_runs_keep_small_are_told_with_what_goes_further() -> None:
    twenty = {"easy_pace": 360, "recent_weeks_km": kms("20", "20", "20", "20"), "longest_run_km": Decimal(4), "last_run": day(-2)}
    five, three = (drawn(template=KEEP, running={**twenty, "runs_per_week": n}, weeks=10) for n in (5, 3))
    (told,) = [finding for finding in five.findings if finding.rule == "close-runs"]
    assert "at most 20 min each" in told.message
    assert "runs_per_week = 3" in told.message
    assert told.source == "WR-09"
    assert not [finding for finding in three.findings if finding.rule == "close-runs"]
    assert three.weeks[-1].run_m > five.weeks[-1].run_m


TEN = {"easy_pace": 360, "recent_weeks_km": kms("10", "10", "10", "10"), "longest_run_km": Decimal(4), "goal_week_km": Decimal(20)}
MON_TO_WED = Availability(**{**SHUT, "mon": None, "tue": None, "wed": None})
CLUB = Commitment(name="Club run", km=Decimal(2), on="tue")


def advice(open_days: Availability, asked: int, *commitments: Commitment) -> str:
    """What the plan says about its weeks of short runs on neighbouring days."""
    plan = keeping({**TEN, "runs_per_week": asked}, weeks=12, availability=open_days, commitments=commitments)
    (told,) = [finding for finding in plan.findings if finding.rule == "close-runs"]
    return told.message


@pytest.mark.parametrize(
    ("open_days", "asked", "fewer"),
    [(MON_TO_WED, 3, 2), (Availability(**{**SHUT, "mon": None, "tue": None, "wed": None, "thu": None, "fri": None}), 4, 3)],
)
def test_the_fewer_runs_that_are_advised_fit_the_open_days(open_days: Availability, asked: int, fewer: int) -> None:
    assert f"`runs_per_week = {fewer}`" in advice(open_days, asked)
    spread = keeping({**TEN, "runs_per_week": fewer}, weeks=12, availability=open_days)
    assert {least_gap(week) for week in spread.weeks[1:]} == {2}


@pytest.mark.parametrize(
    ("days", "asked", "commitments"), [(("mon", "tue"), 2, ()), (("sat", "sun"), 2, ()), (("mon", "tue", "wed"), 3, (CLUB,))]
)
def test_no_number_of_runs_is_advised_where_none_leaves_a_day_between(
    days: tuple[str, ...], asked: int, commitments: tuple[Commitment, ...]
) -> None:
    told = advice(Availability(**{**SHUT, **dict.fromkeys(days)}), asked, *commitments)
    assert "at most 20 min each" in told
    assert "runs_per_week" not in told


@pytest.mark.parametrize("last_run", [day(-2), day(-3), day(-5)])
def test_estimated_runs_squeezed_before_the_last_one_are_no_habit_to_keep_to(last_run: date) -> None:
    """Where the athlete's last run was in midweek, the estimate of that week has its runs on neighbouring days; nobody ran them so."""
    week = keeping({**FOUR, "last_run": last_run}, weeks=2).weeks[1]
    dates = [run.date for run in runs(week)]
    row = longest = 1
    for one, other in pairwise(dates):
        row = row + 1 if other - one == DAY else 1
        longest = max(longest, row)
    assert len(dates) == 4
    assert longest <= 2
