"""What a week may return to after missed runs: which weeks are considered, and how much they count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from attrs import evolve

from planner.audit.ledger import read
from planner.audit.weeks import TimeOff, facts_of_weeks
from tests.audit_plans import breaks, make, on, past, run

if TYPE_CHECKING:
    from planner.model import Plan, Session


def missed(day: int, run_s: int, walk_s: int = 0) -> Session:
    return evolve(run(day, run_s, walk_s), status="missed")


def again(plan: Plan) -> list[tuple[int, int | None]]:
    """Metres of running and on foot that each week may return to."""
    return [week.again for week in facts_of_weeks(plan, read(plan))]


NOTHING = (0, 0)
BEFORE = (past(-8, 9, 9), past(-7, 1700, 1900), past(-1, 801, 1302))
"""A week before the plan with 2,501 m of running and 3,202 m on foot, on its first and its last date, and a run on the date before."""


def test_each_of_the_three_weeks_before_is_its_seven_dates() -> None:
    plan = make([missed(2, 500), run(7, 500)], history=(*BEFORE, past(0, 300, 400), past(6, 50, 60)), ahead=7)
    assert again(plan) == [NOTHING, (2501, 3202)]


@pytest.mark.parametrize(("day", "second", "third"), [(6, True, False), (7, False, True), (13, False, True), (14, False, False)])
def test_only_the_week_right_after_returns(day: int, second: bool, third: bool) -> None:
    done = [past(n, 500, 600) for n in (0, 5, 8, 12)]
    plan = make([missed(day, 500), run(16, 500)], history=(*BEFORE, *done), ahead=15)
    assert again(plan) == [NOTHING, *((2501, 3202) if returns else NOTHING for returns in (second, third))]


def test_a_walk_that_was_missed_gives_nothing_back() -> None:
    assert again(make([missed(2, 0, 500), run(7, 500)], history=(*BEFORE, past(0, 300, 400)), ahead=7)) == [NOTHING, NOTHING]


@pytest.mark.parametrize(("ahead", "reading"), [(None, "resume"), (7, "strict")])
def test_without_a_log_and_strictly_read_nothing_returns(ahead: int | None, reading: str) -> None:
    assert again(make([missed(2, 500), run(7, 500)], history=BEFORE, ahead=ahead, missed=reading)) == [NOTHING, NOTHING]


def test_an_opening_week_gives_all_that_was_planned_and_of_a_commitment_what_was_allowed() -> None:
    first = [missed(0, 500, 100), run(3, 900, 50, allowed_m=600), run(6, 400, 200)]
    done = past(3, 300, 350)
    assert again(make([*first, run(7, 300)], history=(done,), decisions={1: "entry"}, ahead=7)) == [NOTHING, (1500, None)]
    walked = (past(-10, 0, 0), past(-3, 0, 0), done)
    assert again(make([*first, run(7, 300)], history=walked, decisions={1: "entry"}, ahead=7)) == [NOTHING, (1500, 1850)]
    assert again(make([*first, run(7, 300)], history=walked, ahead=7)) == [NOTHING, (300, 350)]


def test_after_time_off_the_best_counts_at_its_share_rounded_down() -> None:
    plan = make([missed(2, 500), run(9, 500)], history=(*BEFORE, past(0, 300, 400)), ahead=7)
    assert again(plan) == [NOTHING, (2000, 2561)]


def test_from_a_week_that_counts_for_nothing_nothing_grows() -> None:
    plan = make([run(0, 1000, allowed_m=0), run(7, 1)], history=(past(-3, 2000, 2000), past(0, 1000, 1000, allowed_m=0)))
    assert breaks(plan, "law-1") == [("week 2", -1), ("week 2", -1)]


@pytest.mark.parametrize(("foot_m", "allowed_m"), [(1000, 0), (None, 0), (1000, 1000)])
def test_no_gap_is_counted_from_a_past_run_that_was_allowed_nothing(foot_m: int | None, allowed_m: int) -> None:
    history = (past(-3, 2000, 2000), past(0, 1000, foot_m, allowed_m=allowed_m))
    plans = [make([evolve(run(0, 1000), status="done"), run(7, run_m)], history=history, ahead=7) for run_m in (1600, 1601)]
    off = [week.time_off for week in facts_of_weeks(plans[0], read(plans[0]))]
    if allowed_m:
        assert off == [None, None]
    else:
        assert off == [None, TimeOff(on(-3).toordinal(), 9, (4, 5), follows_running=False)], "as if it had not been run"
        assert [breaks(plan, "law-5") for plan in plans] == [[], [("week 2", -1), ("week 2", -1)]]


def test_a_past_run_that_was_allowed_nothing_keeps_its_distance_all_the_same() -> None:
    history = (past(-3, 2000, 2000), past(6, 1000, 1000, allowed_m=0))
    plans = [make([run(day, 500)], history=history, ahead=7) for day in (7, 8)]
    assert [breaks(plan, "law-6") for plan in plans] == [[("2027-01-11", None)], []]
