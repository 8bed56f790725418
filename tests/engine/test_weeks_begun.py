"""A week of which a day has passed keeps its decision: without or with runs, held or opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from attrs import evolve

from planner.athlete import Availability
from planner.entry import Entry
from tests.briefed import kms
from tests.engine.drawn import NINE, away, day, plan_of, runs, said
from tests.tiny_plugins import brief_of

if TYPE_CHECKING:
    from planner import Plan, Session

WELL = {"pain_before": 0, "pain_during": 0, "pain_after": 0, "pain_next_morning": 0}


def planned(today: int, rows: tuple[Entry, ...] | None, days_off: Availability, stood: tuple[Entry, ...] | None = None) -> Plan:
    """The plan of six weeks as of `today`, in days from the start, by what was written down, or by a calendar that stood."""
    brief = brief_of(weeks=6, running=NINE, availability=days_off)
    return plan_of(evolve(brief, as_of=day(today), log=rows, stood=stood))


def done(runs_: list[Session], *, named: bool = True) -> tuple[Entry, ...]:
    """The rows of runs that were done as planned, without pain."""
    return tuple(Entry(date=r.date, session=r.id if named else "", run_m=r.run_m, foot_m=r.foot_m, **WELL) for r in runs_)


def three_weeks(days_off: Availability, *, named: bool = True) -> tuple[Entry, ...]:
    """The rows of the first three weeks, done as planned."""
    rows: tuple[Entry, ...] = ()
    for number in range(3):
        rows += done(runs(planned(7 * number, rows, days_off).weeks[number]), named=named)
    return rows


@pytest.mark.parametrize("named", [True, False])
def test_a_week_that_was_left_run_free_has_no_run_missed_in_it_afterwards(*, named: bool) -> None:
    off = away(22, 26)
    rows = three_weeks(off, named=named)
    assert runs(planned(21, rows, off).weeks[3]) == []
    for today in range(22, 36):
        plan = planned(today, rows, off)
        assert (plan.weeks[3].decision, runs(plan.weeks[3])) == ("off", [])
        assert [where.partition(":")[0] for where in said(plan, "left-out")] == ["week 4"]


def test_a_run_in_a_week_that_was_left_run_free_is_one_of_its_own() -> None:
    off = away(22, 26)
    rows = (*three_weeks(off), Entry(date=day(21), run_m=1000, **WELL))
    plan = planned(24, rows, off)
    assert (runs(plan.weeks[3]), sum(d.run_m for d in plan.history if d.date == day(21))) == ([], 1000)


def test_a_calendar_that_stands_run_free_gains_no_run_either() -> None:
    off = away(22, 26)
    stood = tuple(evolve(row, **dict.fromkeys(WELL)) for row in three_weeks(off))
    assert runs(planned(21, None, off, stood).weeks[3]) == []
    assert runs(planned(24, None, off, stood).weeks[3]) == []


def test_a_week_with_runs_is_not_left_run_free_when_some_of_them_were_missed() -> None:
    off = away(26, 27)
    rows = three_weeks(off)
    first, *others = runs(planned(21, rows, off).weeks[3])
    rows += done([first], named=False)
    for today in range(22, 35):
        week = planned(today, rows, off).weeks[3]
        found = [(run.date, run.status) for run in runs(week)]
        assert found[0] == (first.date, "done" if today > 21 else "planned")
        assert found[1:] == [(run.date, "missed" if run.date < day(today) else "planned") for run in others]


# Decisions


LITTLE = {"recent_weeks_km": kms("4", "4", "4", "4"), "last_run": day(-2)}
"""Less than half an hour of running in any seven days: nothing to grow from."""


@pytest.mark.parametrize(
    ("answers", "decision"),
    [({**WELL, "pain_during": 2, "pain_after": 1}, "hold"), ({}, "hold"), (WELL, "hold"), ({**WELL, "pain_during": 4}, "regress")],
)
def test_a_week_that_was_held_or_taken_back_is_told_so_when_its_first_run_was_missed(answers: dict[str, int], decision: str) -> None:
    brief = brief_of(weeks=4, running={**LITTLE, "runs_per_week": 2})
    first = max(runs(plan_of(evolve(brief, as_of=day(0), log=())).weeks[0]), key=lambda run: run.run_m)
    rows = (Entry(date=first.date, session=first.id, run_m=first.run_m, foot_m=first.foot_m, **answers),)
    weeks = [plan_of(evolve(brief, as_of=day(today), log=rows)).weeks[1] for today in range(7, 15)]
    assert {run.status for run in runs(weeks[-1])} == {"missed"}
    assert {week.decision for week in weeks} == {decision}
    assert all(week.run_m <= weeks[0].run_m for week in weeks)


@pytest.mark.parametrize("before", [(-3,), (-3, -7), (-2,)])
def test_clean_runs_before_the_start_do_not_bar_the_opening_on_the_morning_it_begins(before: tuple[int, ...]) -> None:
    brief = brief_of(weeks=4)
    rows = tuple(Entry(date=day(n), run_m=1000, **WELL) for n in before)
    first = [plan_of(evolve(brief, as_of=day(today), log=rows)).weeks[0] for today in (-1, 0, 1)]
    rested = plan_of(evolve(brief, as_of=day(0), log=())).weeks[0]
    assert {(week.decision, week.bound_by) for week in first} == {("entry", "entry")}
    assert min(week.run_m for week in first) >= rested.run_m, "law 4: nobody is allowed less than somebody who has not run"


@pytest.mark.parametrize("answers", [{}, {**WELL, "pain_after": 1}, {**WELL, "pain_during": 3}])
def test_a_run_that_was_not_clean_bars_the_opening_after_it(answers: dict[str, int]) -> None:
    rows = (Entry(date=day(-3), run_m=1000, **answers),)
    weeks = [plan_of(evolve(brief_of(weeks=4), as_of=day(today), log=rows)).weeks[0] for today in (-1, 0, 1)]
    assert {(week.decision, week.bound_by, week.run_m) for week in weeks} == {("off", "pain", 0)}
