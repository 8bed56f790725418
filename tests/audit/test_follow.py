"""Plans that follow a log: the audit counts what was done, judges what is still to come, and knows what missed runs give back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from attrs import evolve

from planner.audit import audit, margins
from tests.audit_plans import SOUND_PAST, breaks, broken, make, past, run

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.model import Done, Plan, Session

THIRDS = (0, 2, 4)


def missed(day: int, run_s: int) -> Session:
    return evolve(run(day, run_s), status="missed")


def done(*days: int, run_m: int = 2000, week: int = 0) -> tuple[Done, ...]:
    return tuple(past(7 * week + day, run_m, run_m) for day in days)


def second_week(metres: Iterable[int], *, kept: int = 2, ahead: int = 7, history: tuple[Done, ...] = SOUND_PAST, **reading: object) -> Plan:
    """Of three runs of 2,000 m in the first week so many were run; the second week holds three runs of `metres`."""
    first = [run(day, 2000) if n < kept else missed(day, 2000) for n, day in enumerate(THIRDS)]
    second = [run(7 + day, m) for day, m in zip(THIRDS, metres, strict=True)]
    walked = tuple(evolve(one, foot_m=one.run_m) for one in history)
    return make([*first, *second], history=(*walked, *done(*THIRDS[:kept])), ahead=ahead, **reading)


@pytest.mark.parametrize(("reading", "most"), [("resume", 6000), ("strict", 4400)])
def test_missed_runs_return_to_the_best_of_three_weeks(reading: str, most: int) -> None:
    sizes = (most // 3, most // 3, most - 2 * (most // 3))
    assert "law-1" not in broken(second_week(sizes, missed=reading))
    over = (sizes[0], sizes[1], sizes[2] + 1)
    assert {where for where, _ in breaks(second_week(over, missed=reading), "law-1")} == {"week 2"}


def test_where_nothing_was_missed_nothing_returns() -> None:
    plan = second_week((1600, 1600, 1201), kept=2)
    kept = evolve(plan, weeks=(evolve(plan.weeks[0], sessions=plan.weeks[0].sessions[:2]), plan.weeks[1]))
    assert {where for where, _ in breaks(kept, "law-1")} == {"week 2"}


def test_a_best_week_lies_no_further_back_than_three_weeks() -> None:
    near, far = ((past(-7 * back, 5000, 5000), past(-7 * back + 2, 3000, 3000)) for back in (2, 3))
    plan = second_week((2400, 2400, 2400), history=(*near, *SOUND_PAST))
    assert "law-1" not in broken(plan)
    assert "law-1" in broken(second_week((2400, 2400, 2400), history=(*far, *SOUND_PAST)))


def test_an_opening_week_counts_as_it_was_planned() -> None:
    first = [run(0, 500), missed(2, 500), missed(4, 500)]
    second = [run(7 + day, 500) for day in THIRDS]
    plan = make([*first, *second], history=done(0, run_m=500), ahead=7, decisions={1: "entry"})
    assert "law-1" not in broken(plan)
    other = make([*first, *second], history=done(0, run_m=500), ahead=7)
    assert {where for where, _ in breaks(other, "law-1")} == {"week 2"}


def test_walking_that_nobody_knows_is_that_of_the_week_itself() -> None:
    first = [run(0, 2000, 100), run(2, 2000, 100), missed(4, 2000)]
    second = [run(7 + day, 2000, 900) for day in THIRDS]
    plan = make([*first, *second], history=(*SOUND_PAST, *done(0, 2)), ahead=7)
    assert "law-1" not in broken(plan)
    known = (past(-17, 0, 0), past(-10, 0, 0), *(evolve(one, foot_m=one.run_m) for one in plan.history))
    plan = evolve(plan, history=known)
    assert [where for where, _ in breaks(plan, "law-1")] == ["week 2"]


def test_time_off_after_missed_runs_has_its_share_of_the_best_week() -> None:
    first = [run(0, 2000), missed(2, 2000), missed(4, 2000)]
    plans = (make([*first, run(9, metres)], history=(*SOUND_PAST, *done(0)), ahead=7) for metres in (4800, 4801))
    assert [[where for where, _ in breaks(plan, "law-5")] for plan in plans] == [[], ["week 2"]]


def test_what_was_done_breaks_no_law() -> None:
    wild = (*SOUND_PAST, *(past(day, 9000, 9000, allowed_m=2200) for day in range(3)))
    assert audit(make([run(day, 2000) for day in THIRDS], history=wild, ahead=7)) == ()


@pytest.mark.parametrize(("metres", "breaks_it"), [(1600, False), (1601, True)])
def test_what_was_done_of_a_week_counts_against_what_is_to_come(metres: int, breaks_it: bool) -> None:
    plan = make([run(0, 2000), run(2, 2000), run(4, metres)], history=(*SOUND_PAST, *done(0, run_m=3000), *done(2)), ahead=3)
    assert ("law-1" in broken(plan)) is breaks_it


def test_a_run_that_was_allowed_less_is_no_longest() -> None:
    history = (*SOUND_PAST, past(0, 9000, 9000, allowed_m=2200))
    plans = (make([run(0, 2000), run(4, metres)], history=history, ahead=1) for metres in (2420, 2421))
    assert [bool(breaks(plan, "law-3")) for plan in plans] == [False, True]


def test_run_dates_keep_their_distance_from_what_was_done() -> None:
    history = (*SOUND_PAST, *done(1, run_m=1000))
    assert breaks(make([run(0, 2000), run(2, 1000)], history=history, ahead=2), "law-6") == [("2027-01-06", None)]
    assert breaks(make([run(0, 2000), run(3, 1000)], history=history, ahead=2), "law-6") == []


def test_thirty_minutes_done_settle_as_planned_ones_do() -> None:
    history = (*SOUND_PAST, *done(0, 2, 4, run_m=1800))
    runs = [*(run(day, 1800) for day in THIRDS), run(8, 1000, rpe=6)]
    assert not breaks(make(runs, history=history, ahead=7), "law-7")
    assert breaks(make(runs, history=(*SOUND_PAST, *done(0, 2, 4, run_m=1799)), ahead=7), "law-7")


def test_a_feature_met_before_is_none_that_is_new() -> None:
    history = (*SOUND_PAST, *done(0, 2, 4, 8, run_m=1800))
    first = [*(run(day, 1800) for day in THIRDS), run(8, 1800, tags=("run", "hills"))]
    ahead = [run(15, 1000, tags=("run", "hills", "strides"))]
    assert not breaks(make([*first, *ahead], history=history, ahead=14), "law-7")
    both = [*(run(day, 1800) for day in THIRDS), run(8, 1800), run(15, 1000, tags=("run", "hills", "strides"))]
    assert breaks(make(both, history=history, ahead=14), "law-7")


def test_a_rest_day_is_asked_of_weeks_that_are_not_over() -> None:
    loads = [run(day, 0, 600, tags=("cross-training",)) for day in range(7)]
    later = [run(7 + day, 0, 600, tags=("cross-training",)) for day in range(7)]
    where = {m.week for m in margins(make([*loads, *later], ahead=7)) if m.law == "law-6"}
    assert where == {2}
    assert [place for place, _ in breaks(make([*loads, *later], ahead=6), "law-6")] == ["week 1", "week 2"]


def test_an_opening_week_in_progress_counts_what_was_done_of_it() -> None:
    runs = [run(0, 600), run(2, 600), run(4, 600)]
    allowed = make(runs, history=(past(0, 900, 900, allowed_m=600),), ahead=1, decisions={1: "entry"})
    assert "law-4" not in broken(allowed)
    unlimited = make(runs, history=(past(0, 601, 601),), ahead=1, decisions={1: "entry"})
    assert [where for where, _ in breaks(unlimited, "law-4")] == ["week 1"]


def test_where_planned_walking_stands_in_a_walk_to_come_is_not_judged_for_running_that_went_over() -> None:
    history = (*SOUND_PAST, past(0, 9000, 9000, allowed_m=2200))
    assert "law-1" not in broken(make([run(0, 2000), run(3, 0, 500)], history=history, ahead=1))
    assert "law-1" in broken(make([run(0, 2000), run(3, 0, 500), run(4, 100)], history=history, ahead=1))
