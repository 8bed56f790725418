"""Commitments in a log: done, missed, and recorded in minutes."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from attrs import evolve

from planner.athlete import Commitment, Window
from planner.audit import audit
from planner.engine import week_budget
from planner.entry import Entry
from planner.model import Plan
from tests.briefed import kms
from tests.engine.committed import CLUB, race, standing, warned
from tests.engine.drawn import NINE, day, plan_of
from tests.tiny_plugins import START, brief_of

if TYPE_CHECKING:
    from planner import Why
    from planner.engine.state import State
    from planner.laws import WeekLaw

WELL = {"pain_before": 0, "pain_during": 1, "pain_after": 0, "pain_next_morning": 0}
SORE_WEEK, OFF_WEEK, BACK = 4, 5, 6
"""By index: the week of a run that hurt, the week without running that follows it, and the week that law 4 would open."""


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


def after_a_week_off(answers: dict[str, int]) -> Plan:
    """A run that hurts in one week; in the week off after it, a run with these answers; the plan as of the week after that."""
    club, jog = Commitment(name="Club", km=Decimal(2), on="wed"), Commitment(name="Jog", km=Decimal(1), on="fri")
    running = {"recent_weeks_km": kms("0", "0", "4.5", "6"), "longest_run_km": Decimal("2.5"), "last_run": day(-2)}
    brief = brief_of("continuous-build", weeks=8, running=running, commitments=(club, jog))
    sore = Entry(date=day(7 * SORE_WEEK + 4), session="commitments/jog#1", run_m=2000, **{**WELL, "pain_during": 3})
    rows = (sore, Entry(date=day(7 * OFF_WEEK + 2), run_m=2000, **answers))
    return plan_of(evolve(brief, as_of=day(7 * BACK + 2), log=rows))


def test_a_clean_run_in_a_week_that_held_none_leaves_the_week_after_it_an_opening() -> None:
    plan = after_a_week_off(WELL)
    assert (plan.weeks[OFF_WEEK].ceiling_run_m, plan.weeks[OFF_WEEK].bound_by) == (0, "pain")
    assert (plan.weeks[BACK].decision, plan.weeks[BACK].ceiling_run_m) == ("entry", 4500)
    assert [f for f in audit(plan) if f.severity == "error"] == []


@pytest.mark.parametrize("answers", [{}, {**WELL, "pain_after": 1}])
def test_a_run_there_that_was_not_clean_keeps_the_share_of_time_off(answers: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    laws: dict[int, WeekLaw] = {}
    answered = week_budget.answered

    def heard(state: State, law: WeekLaw, number: int) -> tuple[WeekLaw, Why | None]:
        laws[number], why = answered(state, law, number)
        return laws[number], why

    monkeypatch.setattr(week_budget, "answered", heard)
    plan = after_a_week_off(answers)
    assert (plan.weeks[BACK].ceiling_run_m, plan.weeks[BACK].bound_by) == (0, "pain")
    assert laws[BACK + 1].longest_share == Fraction(4, 5), "law 5: nine dates without a run that counts"
    assert [f for f in audit(plan) if f.severity == "error"] == []
