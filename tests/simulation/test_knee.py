"""The model knee: jumps in load hurt, rest heals, and a calm knee never complains."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planner.simulation.kinds import KINDS, SORE
from planner.simulation.knee import FIRST_RUN_M, Felt, KneeModel
from planner.simulation.runner import Tolerance

TOLERANCES = st.sampled_from([knee for kind in KINDS.values() for knee in kind.knees])
LIVES = st.lists(st.tuples(st.integers(1, 3), st.integers(0, 20_000)), max_size=8)


def run_all(knee: KneeModel, life: list[tuple[int, int]]) -> list[Felt]:
    """Run metres after so many nights, again and again."""
    felt, day = [], 0
    for nights, metres in life:
        for _ in range(nights):
            day += 1
            knee.night(day)
        felt.append(knee.run(day, metres, flares=False))
    return felt


@given(TOLERANCES, LIVES)
def test_pain_stays_on_its_scale_and_no_night_adds_to_it(tolerance: Tolerance, life: list[tuple[int, int]]) -> None:
    knee, day = KneeModel(tolerance, {}), 0
    for nights, metres in life:
        for _ in range(nights):
            day, before = day + 1, knee.pain
            knee.night(day)
            assert knee.pain <= before
        felt = knee.run(day, metres, flares=True)
        assert 0 <= felt.before <= felt.after <= felt.during == knee.pain <= 10


@given(TOLERANCES, LIVES, st.integers(0, 20_000), st.integers(0, 20_000))
def test_running_further_never_hurts_less(tolerance: Tolerance, life: list[tuple[int, int]], one: int, other: int) -> None:
    felt = []
    for metres in sorted((one, other)):
        knee = KneeModel(tolerance, {})
        run_all(knee, life)
        felt.append(knee.run(sum(nights for nights, _ in life), metres, flares=False).during)
    assert felt[0] <= felt[1]


@given(LIVES)
def test_a_knee_without_complaints_has_none(life: list[tuple[int, int]]) -> None:
    assert all(felt == Felt(0, 0, 0) for felt in run_all(KneeModel(Tolerance(), {}), life))


def test_the_same_run_hurts_where_it_is_a_jump_and_not_where_it_is_usual() -> None:
    days = [7 * week + day for week in range(4) for day in (0, 2, 4)]
    assert KneeModel(SORE, dict.fromkeys(days, 6000)).run(28, 6000, flares=False).during == 0
    assert KneeModel(SORE, dict.fromkeys(days, 3000)).run(28, 6000, flares=False).during > 2
    assert KneeModel(SORE, {}).run(30, FIRST_RUN_M, flares=False).during == 0


def test_a_run_that_was_forgotten_is_a_jump_again() -> None:
    assert KneeModel(SORE, {0: 4000}).run(30, 4000, flares=False).during == 0
    knee = KneeModel(SORE, {0: 4000})
    for day in range(1, 32):
        knee.night(day)
    assert knee.run(31, 4000, flares=False).during > 2


def test_hard_pain_makes_one_limp_and_swells() -> None:
    assert (Felt(0, 6, 3).limp, Felt(0, 7, 3).limp, Felt(0, 7, 3).swelling, Felt(0, 8, 4).swelling) == (False, True, False, True)
