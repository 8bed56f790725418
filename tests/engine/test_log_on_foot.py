"""Plans that count only metres on foot and follow a log: what missed runs cost, and what the next week may return to."""

from __future__ import annotations

from itertools import pairwise

import pytest
from attrs import evolve

from planner.athlete import Running
from planner.entry import Entry
from planner.model import Plan
from tests.engine.test_log_fold import ANA, DAY, START, done, planned, runs

WEEKS = 12
NEW = evolve(ANA, weeks=WEEKS, running=Running(easy_pace=400))
"""Somebody who has not run lately."""
ON_FOOT = {"measure": "on-foot"}


def followed(weeks: int, *, one_missed: range = range(0), strict: bool = False, **answers: int) -> Plan:
    """The plan after so many weeks, planned anew each week, with all runs done but the first of each week in `one_missed`."""
    reading = {"measure": "on-foot", "missed": "strict" if strict else "resume"}
    rows: tuple[Entry, ...] = ()
    for number in range(1, weeks + 1):
        plan = planned(rows, START + 7 * (number - 1) * DAY, athlete=NEW, **reading)
        rows += tuple(evolve(done(run, **answers), foot_m=run.foot_m) for run in runs(plan, number)[number in one_missed :])
    return planned(rows, START + 7 * weeks * DAY, athlete=NEW, **reading)


EVERY_OTHER = range(1, WEEKS, 2)


def test_a_run_missed_every_other_week_does_not_take_the_running_away_for_ever() -> None:
    weeks = followed(WEEKS, one_missed=EVERY_OTHER).weeks
    whole, short = weeks[1::2], weeks[0::2]
    assert all(week.done_run_m == week.run_m for week in whole)
    assert all((week.done_run_m or 0) < week.run_m for week in short)
    assert all((week.decision, week.bound_by) == ("hold", "missed") for week in whole)
    assert 100 * whole[-1].run_m >= 97 * whole[0].run_m
    strict = followed(WEEKS, one_missed=EVERY_OTHER, strict=True).weeks
    assert 2 * strict[-1].run_m < strict[1].run_m


def test_a_week_returns_to_the_best_of_the_three_before_running_and_on_foot() -> None:
    weeks = followed(5, one_missed=range(5, 6)).weeks
    best, back = weeks[3], weeks[5]
    assert (back.decision, back.bound_by, back.ceiling_run_m) == ("hold", "missed", best.done_run_m)
    assert back.ceiling_foot_m == max(week.foot_m for week in weeks[2:4])
    assert best.run_m * 97 <= back.run_m * 100 <= best.run_m * 100


def test_an_opening_week_returns_as_it_was_planned_while_walking_before_the_start_is_not_known() -> None:
    first, second, *_ = followed(1, one_missed=range(1, 2)).weeks
    assert (first.decision, second.decision, second.bound_by) == ("entry", "hold", "missed")
    assert (second.ceiling_run_m, second.ceiling_foot_m) == (first.run_m, None)


@pytest.mark.parametrize("answers", [{}, {"pain_during": 3}])
def test_nothing_returns_by_a_strict_reading_or_after_pain(answers: dict[str, int]) -> None:
    weeks = followed(1, one_missed=range(1, 2), strict=not answers, **answers).weeks
    assert weeks[1].bound_by != "missed"
    assert 10 * weeks[1].foot_m <= 11 * sum(run.foot_m for run in weeks[0].sessions if run.status == "done")


def test_a_week_done_whole_grows_on_foot_and_by_nothing_that_was_missed() -> None:
    weeks = followed(4).weeks
    assert all(week.bound_by == "on-foot" for week in weeks[1:5])
    assert all(10 * week.foot_m <= 11 * before.foot_m for before, week in pairwise(weeks))
