"""The strength programme as data: the doses of table 5a, and errors that name the wrong line."""

from __future__ import annotations

import pytest

from planner import InputError
from planner_pillars import strength_doses
from planner_pillars.exercises import exercises
from planner_pillars.stages import UPKEEP
from planner_pillars.strength_doses import Means, works

KIT = frozenset({"band", "step"})
TABLE_5A = {
    1: "side-lying-leg-lift 2x10, side-plank-knees 2x30, hip-hike 3x10, band-bridge 3x10, clamshell 2x12, wall-squat 2x10",
    2: "side-lying-leg-lift 3x10, hip-hike 3x15, band-bridge 3x15, side-plank-knees 2x40, clamshell 3x12, calf-raise 2x12",
    3: "lateral-band-walk 2x15, side-plank-clamshell 2x10, single-leg-squat-shallow 2x10, single-knee-hip-lift 2x10, step-down-10 2x8",
    4: "lateral-band-walk 3x15, side-plank-clamshell 3x15, side-plank 2x15, "
    "single-leg-squat-shallow 3x12, single-knee-hip-lift 3x10, step-down-10 3x10",
    5: "band-walk-rotation 2x15, side-plank 3x20, band-terminal-knee-extension 2x12, bridge-march 2x10, split-squat 3x8, step-down-15 3x8",
    6: "band-walk-rotation 3x15, side-plank-leg-lift 2x10, band-terminal-knee-extension 3x12, "
    "bridge-march 3x12, romanian-deadlift 3x8, step-down-20 3x8",
    7: "monster-walk 2x15, side-plank-leg-lift 3x10, single-leg-reach 2x15, "
    "hip-thrust 2x12, split-squat-loaded 3x10, romanian-deadlift 3x8",
    8: "monster-walk 3x15, side-plank-leg-lift 3x10, single-leg-reach 3x15, "
    "hip-thrust 3x15, step-down-20 3x12, single-leg-romanian-deadlift 3x8",
}
"""Table 5a with hip hike 3 x 15 in week 2 (4d): by week what is done, in sets x reps (seconds for planks)."""


def doses(number: int) -> dict[str, tuple[int, int]]:
    """The doses of a week of the programme by id, both halves together."""
    ids = {exercise.name: key for key, exercise in exercises().items()}
    return {ids[e.name]: (sets, amount) for half in ("A", "B") for e, sets, amount in works(number, half, Means(KIT))}


@pytest.mark.parametrize(("number", "line"), [(n, item) for n, items in TABLE_5A.items() for item in items.split(", ")])
def test_doses_are_those_of_table_5a(number: int, line: str) -> None:
    assert line in {f"{key} {sets}x{amount}" for key, (sets, amount) in doses(number).items()}


@pytest.mark.parametrize("number", range(1, UPKEEP + 1))
def test_no_exercise_has_more_sets_than_two_sore_mornings_take_off_but_one(number: int) -> None:
    assert {sets for sets, _ in doses(number).values()} <= {2, 3}


@pytest.mark.parametrize("item", ["clamshel 2x12", "clamshell", "clamshell 2 x 12", "clamshell x12"])
def test_a_wrong_line_of_the_programme_is_named(item: str) -> None:
    with pytest.raises(InputError, match=f'content/strength.toml: "{item}"; expected an exercise with its dose'):
        strength_doses._work(item)
