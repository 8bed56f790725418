"""Brisk walks in weeks that have started give way to the runs as when the week was planned, whatever the log says later."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from planner.athlete import Running
from planner.entry import Entry
from planner.model import Plan, Session
from planner_pillars import cross_training
from tests.briefed import kms
from tests.engine.test_log_fold import ANA, DAY, START, done, planned, runs

WALKER = evolve(
    ANA,
    running=Running(easy_pace=400, recent_weeks_km=kms("5", "5", "5.5", "6")),
    pillars={"cross_training": {"modes": ("walk",)}},
)


def followed(rows: tuple[Entry, ...], today: date, **athlete: object) -> Plan:
    return planned(rows, today, cross_training, athlete=evolve(WALKER, **athlete))


def walks(plan: Plan, week: int) -> list[date]:
    return [session.date for session in plan.weeks[week - 1].sessions if session.walk_s and not session.run_s]


def sizes(sessions: list[Session]) -> list[tuple[date, int, int]]:
    return [(run.date, run.run_m, run.foot_m) for run in sessions]


@pytest.fixture(scope="module")
def rows() -> tuple[Entry, ...]:
    """A first week done, its last run with pain, and a second week that was missed: the third starts again with less."""
    *well, last = runs(followed((), START), 1)
    return (*(done(run) for run in well), done(last, pain_during=4, pain_after=3, pain_next_morning=3))


@pytest.fixture(scope="module")
def as_planned(rows: tuple[Entry, ...]) -> Plan:
    return followed(rows, START + 14 * DAY)


@pytest.mark.parametrize("today", [*range(15, 22), 30])
def test_a_past_week_keeps_its_runs_and_gets_no_walks_that_were_never_planned(
    rows: tuple[Entry, ...], as_planned: Plan, today: int
) -> None:
    assert walks(as_planned, 3) == []
    later = followed(tuple(done(run) for run in runs(as_planned, 3) if run.date < START + today * DAY) + rows, START + today * DAY)
    assert sizes(runs(later, 3)) == sizes(runs(as_planned, 3))
    assert walks(later, 3) == []


def test_runs_missed_in_it_change_neither_their_size_nor_the_weeks_walks(rows: tuple[Entry, ...], as_planned: Plan) -> None:
    later = followed(rows, START + 21 * DAY)
    assert sizes(runs(later, 3)) == sizes(runs(as_planned, 3))
    assert [f.message for f in later.findings if f.rule == "left-out" and "Walk-run" in f.message] == []


def test_a_walk_that_was_planned_still_counts_and_one_that_was_logged_took_place(rows: tuple[Entry, ...], as_planned: Plan) -> None:
    assert len(walks(as_planned, 1)) == 2
    on_foot = {past.date for past in as_planned.history if past.foot_m and not past.run_m}
    assert set(walks(as_planned, 1)) <= on_foot
    wednesday = START + 16 * DAY
    walked = Entry(date=wednesday, session="cross_training/walk#1", foot_m=2800, pain_during=0)
    assert len(walks(followed((*rows, walked), START + 21 * DAY), 3)) == 1
