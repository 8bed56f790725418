"""Regression tests: runners whose plans once broke a law, each for a different reason."""

from __future__ import annotations

import pytest

from planner.simulation.crowd import Crowd


@pytest.mark.parametrize("number", [100, 1024, 1399, 1537])
def test_what_missed_runs_give_back_counts_at_the_share_of_a_gap_that_a_late_start_makes(number: int) -> None:
    assert Crowd(seed=2026, weeks=12).lived(number).life().faults == ()


def test_a_walk_to_come_gives_way_where_the_week_ran_more_than_missed_runs_gave_back() -> None:
    assert Crowd(seed=2027, weeks=12).lived(3101).life().faults == ()


@pytest.mark.parametrize("number", [7, 128, 1099])
def test_a_walk_to_come_breaks_no_law_for_a_run_that_went_over_where_walking_is_not_known(number: int) -> None:
    assert Crowd(seed=2026, weeks=12).lived(number).life().faults == ()
