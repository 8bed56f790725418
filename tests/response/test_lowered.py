"""What is left of a run that cost levels: a share without a ladder, on one what the easier level is shorter by."""

from __future__ import annotations

import pytest

from planner.response import Terms
from planner.response.carried import lowered
from tests.response.rows import FLARE, SORE, run, standing

WALK_RUN = (1200, 1350, 1500, 1800, 1800, 2250, 2250, 3000)
"""Metres of the first levels of a ladder at 6:40 a kilometre."""


@pytest.mark.parametrize(
    ("run_m", "levels", "left"),
    [
        (1800, -2, 1800 * 1500 // 1800),
        (1800, -1, 1800),
        (2000, -2, 2000 * 1500 // 1800),
        (2912, -1, 2912 * 2250 // 3000),
        (1500, -1, 1350),
        (1350, -2, 1200),
        (1200, -2, 1200),
        (300, -2, 300),
    ],
)
def test_on_a_ladder_a_run_is_shorter_by_as_much_as_its_easier_level(run_m: int, levels: int, left: int) -> None:
    assert lowered(run_m, levels, WALK_RUN) == left
    assert lowered(run_m, levels, ()) == run_m * (10 + 2 * levels) // 10


def test_the_terms_say_whether_there_is_a_ladder() -> None:
    terms = Terms(levels_m=WALK_RUN)
    assert standing([run(0, FLARE, 1350)], terms).ceiling_m == 1200
    assert standing([run(0, SORE, 2912)], terms).ceiling_m == 2184
    assert standing([run(0, SORE, 2912)]).ceiling_m == 2329
