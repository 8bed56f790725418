"""The audit's ledger: a plan's sessions and history summed day by day."""

from __future__ import annotations

import pytest
from attrs import evolve

from planner.audit import audit, margins
from planner.audit.ledger import read
from tests.audit_plans import START, breaks, make, past, run

FIRST = START.toordinal()
LONG = [run(day, 1800) for day in (0, 2, 4)]
DONE = tuple(past(day, 1800, 1800) for day in (-7, -5, -3, 0, 2, 4))


def test_where_nobody_knows_the_walking_it_is_no_more_than_the_running() -> None:
    ledger = read(make([run(4, 500, 300)], history=(past(-3, 2000), past(-2, 2000, 2600), past(0, 700), past(1, 700, 900)), ahead=3))
    assert ledger.foot_m == {FIRST - 3: 2000, FIRST - 2: 2600, FIRST: 700, FIRST + 1: 900, FIRST + 4: 800}
    assert ledger.unknown == {FIRST - 3, FIRST}


@pytest.mark.parametrize(("allowed", "counts"), [(-5, 0), (0, 0), (1, 1), (2200, 2200), (2201, 2200)])
def test_a_commitment_counts_for_what_it_was_allowed_and_no_more_than_it_is(allowed: int, counts: int) -> None:
    ledger = read(make([run(0, 2200, allowed_m=allowed)]))
    assert ledger.fixed_m == {FIRST: counts}
    assert ledger.beyond_m == {FIRST: 2200 - counts}
    assert ledger.effort[FIRST] == 1000 * counts


def test_a_feature_that_was_missed_or_drilled_without_running_is_still_to_be_met() -> None:
    met = run(8, 1800, tags=("run", "hills"))
    ahead = run(15, 1000, tags=("run", "hills", "strides"))
    done = (*DONE, past(8, 1800, 1800))
    assert not breaks(make([*LONG, met, ahead], history=done, ahead=14), "law-7")
    for none in (evolve(met, status="missed"), run(8, 0, 600, tags=("hills",))):
        assert breaks(make([*LONG, none, ahead], history=done, ahead=14), "law-7") == [("week 3", None)]


def test_features_of_yesterday_are_done_and_those_of_today_are_to_come() -> None:
    both = run(13, 1000, tags=("run", "hills", "strides"))
    done = (*DONE, past(13, 1000, 1000))
    assert not breaks(make([*LONG, both], history=done, ahead=14, weeks=3), "law-7")
    assert breaks(make([*LONG, both], history=DONE, ahead=13), "law-7") == [("week 2", None)]


def test_what_is_to_come_is_all_that_margins_are_of() -> None:
    over = make(LONG, history=DONE, ahead=7)
    assert audit(over) == margins(over) == ()
