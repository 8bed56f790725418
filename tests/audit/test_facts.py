"""The facts that the audit derives from a plan before judging it: the kind of each week, and the contents of its ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planner.audit import margins
from planner.audit.ledger import read
from planner.audit.weeks import TimeOff, facts_of_weeks
from tests.audit_plans import START, breaks, make, past, run

if TYPE_CHECKING:
    from planner.audit.weeks import WeekFacts
    from planner.model import Decision, Plan

FIRST = START.toordinal()
AN_HOUR = 3600


def weeks_of(plan: Plan) -> tuple[WeekFacts, ...]:
    return facts_of_weeks(plan, read(plan))


def test_a_week_without_a_run_is_off_though_the_next_begins_with_one() -> None:
    off, on = weeks_of(make([run(7, 600)], history=(past(-1, AN_HOUR),)))
    assert (off.kind, off.first_run, off.time_off) == ("off", None, None)
    assert (on.kind, on.first_run) == ("on", FIRST + 7)


@pytest.mark.parametrize(("last", "gap", "follows"), [(-7, 9, True), (-8, 7, False)])
def test_a_gap_ends_with_the_first_run_where_the_week_before_ran(last: int, gap: int, follows: bool) -> None:
    (week,) = weeks_of(make([run(3, 600)], history=(past(last, AN_HOUR),)))
    assert week.time_off == TimeOff(FIRST + last, gap, (4, 5), follows)


@pytest.mark.parametrize(("last", "kind"), [(-28, "on"), (-29, "barred"), (-30, "barred")])
def test_from_28_dates_off_a_held_week_has_nothing(last: int, kind: str) -> None:
    held: dict[int, Decision] = {1: "hold"}
    (week,) = weeks_of(make([run(0, 600)], history=(past(last, AN_HOUR),), decisions=held))
    assert week.kind == kind


@pytest.mark.parametrize(("gap", "kind"), [(6, "on"), (7, "opening"), (8, "opening")])
def test_a_minute_of_running_is_nothing_to_grow_from_after_seven_dates_off(gap: int, kind: str) -> None:
    day = 7 - gap - 1
    history, sessions = ((), [run(day, 60)]) if day >= 0 else ((past(day, 60),), [])
    _, week = weeks_of(make([*sessions, run(7, 60)], history=history))
    assert week.kind == kind


def test_history_after_the_start_is_passed_over_and_what_follows_it_is_not() -> None:
    ledger = read(make([run(0, 600)], history=(past(3, 5000), past(-3, 2000))))
    assert ledger.recorded == {FIRST - 3}
    assert ledger.longest(FIRST - 10, FIRST - 1) == 2000


def test_dates_without_a_run_have_no_longest() -> None:
    ledger = read(make([run(0, 600)]))
    assert ledger.longest(FIRST + 1, FIRST + 5) == 0
    assert ledger.longest(FIRST + 5, FIRST + 1) == 0


def test_an_effort_that_nobody_told_is_none() -> None:
    (easy,) = [m for m in margins(make([run(0, 600, rpe=None)])) if m.law == "law-7"]
    assert easy.found == 0


def test_an_opening_week_is_held_to_its_last_day() -> None:
    assert breaks(make([run(6, 601)], history=()), "law-4") == [("2027-01-10", -1)]
