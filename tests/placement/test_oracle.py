"""Placement against CP-SAT on 200 random weeks: equal cost, and the same weeks are infeasible."""

from __future__ import annotations

from random import Random

import pytest

from planner.placement import arrange
from planner.placement.costs import POINTS as OWN_POINTS
from tests.placement_costs import cost_of, is_late
from tests.placement_oracle import optimum
from tests.placement_weeks import POINTS, broken, random_week

WEEKS = 200


def test_the_published_table_is_the_one_that_is_used() -> None:
    assert POINTS == OWN_POINTS


@pytest.mark.parametrize("part", range(4))
def test_cost_equals_that_of_cp_sat(part: int) -> None:
    random = Random(20270104 + part)  # noqa: S311  (a seed, not a secret)
    dropped = late = 0
    for _ in range(WEEKS // 4):
        shape = random_week(random)
        found = arrange(shape)
        kept = [p.job for p in found.placed]
        late_here = is_late(shape, found)
        by = None if late_here else shape.latest_first_run
        assert broken(shape, found) == []
        assert optimum(shape, kept, by if any("run" in j.tags for j in kept) else None) == cost_of(shape, found)
        dropped += bool(found.dropped)
        late += late_here
        if found.dropped:
            assert optimum(shape, shape.jobs, shape.latest_first_run) is None
        if late_here:
            assert optimum(shape, [j for j in kept if "run" in j.tags], shape.latest_first_run) is None
    assert 0 < dropped < WEEKS // 8, "most weeks should be ones that fit, not all"
    assert late < WEEKS // 16
