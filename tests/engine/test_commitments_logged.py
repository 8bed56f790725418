"""Commitments in a log: done, missed, and recorded in minutes."""

from __future__ import annotations

from attrs import evolve

from planner.athlete import Window
from planner.audit import audit
from planner.entry import Entry
from planner.model import Plan
from tests.engine.committed import CLUB, race, standing, warned
from tests.engine.drawn import NINE, day, plan_of
from tests.tiny_plugins import START, brief_of


def logged(rows: tuple[Entry, ...], today: int, **athlete: object) -> Plan:
    brief = brief_of(weeks=3, running=NINE, commitments=(CLUB,), **athlete)
    return plan_of(evolve(brief, as_of=day(today), log=rows))


def test_it_counts_as_done_or_missed_by_the_log() -> None:
    did = Entry(date=day(1), session="commitments/club-run#1", run_m=2500, pain_before=0, pain_during=0, pain_next_morning=0)
    assert [s.status for s in standing(logged((did,), 7))] == ["done", "planned", "planned"]
    assert [s.status for s in standing(logged((), 7))] == ["missed", "planned", "planned"]
    plan = logged((did,), 4)
    assert [(d.date, d.run_m, d.allowed_m) for d in plan.history if d.date >= START] == [(day(1), 2500, 3300)]
    assert warned(plan) == set()


def test_a_row_that_tells_the_minutes_of_the_running_tells_all_of_it() -> None:
    timed = evolve(CLUB, time=Window(start=1080, end=1140))
    brief = brief_of(weeks=3, running=NINE, commitments=(timed,))
    row = Entry(date=day(1), session="commitments/club-run#1", seconds=1200)
    plan = plan_of(evolve(brief, as_of=day(4), log=(row,)))
    assert [d.run_m for d in plan.history if d.date == day(1)] == [3000]


def test_a_missed_race_in_an_opening_week_is_nothing_to_return_to() -> None:
    brief = brief_of(weeks=3, commitments=(race(10, 4),))
    rows = tuple(Entry(date=day(n), run_m=900, pain_before=0, pain_during=0, pain_after=0, pain_next_morning=0) for n in (0, 2))
    plan = plan_of(evolve(brief, as_of=day(7), log=rows))
    assert standing(plan)[0].status == "missed"
    assert plan.weeks[1].run_m <= 4500
    assert [f for f in audit(plan) if f.severity == "error"] == []
