"""Splitting one activity into running and walking."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.journal.activity import Sample, tidy
from planner.journal.run_walk_split import GAP, REACH, Change, change_of, tell_apart
from tests.journal.recordings import FOOT_M, RUN_M, WALK_RUN, Stretch, points


def _cumulated(steps: list[tuple[int, int, int | None]]) -> tuple[Sample, ...]:
    at = list(accumulate((seconds for seconds, _, _ in steps), initial=0))
    far = list(accumulate((metres for _, metres, _ in steps), initial=0))
    return tuple(zip(at, far, [None, *(cadence for _, _, cadence in steps)], strict=True))


RUN_SPEEDS, WALK_SPEEDS = st.integers(210, 450), st.integers(90, 160)
"""Centimetres a second, well on either side of the change."""
SAMPLES = st.lists(
    st.tuples(st.integers(1, 60), st.integers(0, 200), st.one_of(st.none(), st.integers(0, 220))), min_size=1, max_size=60
).map(_cumulated)


def records(*stretches: Stretch, every: int = 1) -> tuple[Sample, ...]:
    return tidy((at, way // 100, strides) for at, way, strides in points(stretches, every))


def runs_in(stretches: tuple[Stretch, ...]) -> int:
    """Metres of the stretches that are run."""
    return sum(stretch.seconds * stretch.speed for stretch in stretches if stretch.speed >= 200) // 100


@given(SAMPLES)
def test_every_metre_is_counted_once_and_no_second_twice(samples: tuple[Sample, ...]) -> None:
    split = tell_apart(samples)
    assert split.run_m + split.walk_m == samples[-1][1]
    assert split.run_s + split.walk_s <= samples[-1][0], "whatever is left was standing still"
    assert min(split.run_m, split.walk_m, split.run_s, split.walk_s) >= 0


@given(SAMPLES, st.integers(0, 300), st.integers(0, 300))
def test_whoever_changes_at_a_slower_pace_ran_no_less(samples: tuple[Sample, ...], pace: int, more: int) -> None:
    one_step = samples[:2]
    assert tell_apart(one_step, Change(pace=400 + pace + more)).run_m >= tell_apart(one_step, Change(pace=400 + pace)).run_m


@settings(max_examples=300)
@given(
    st.lists(st.tuples(st.integers(15, 200), RUN_SPEEDS, st.integers(20, 200), WALK_SPEEDS), min_size=1, max_size=8),
    st.booleans(),
    st.sampled_from([1, 2, 4]),
)
def test_a_walk_run_counts_what_was_run(turns: list[tuple[int, int, int, int]], cadence: bool, every: int) -> None:
    stretches = tuple(
        stretch
        for run_s, run, walk_s, walk in turns
        for stretch in (Stretch(walk_s, walk, 56 if cadence else None), Stretch(run_s, run, 80 if cadence else None))
    )
    split = tell_apart(records(*stretches, every=every))
    changes = 2 * len(turns)
    assert abs(split.run_s - sum(run_s for run_s, _, _, _ in turns)) <= changes * (REACH + every)
    slack = changes * (REACH + every + 1) * max(run for _, run, _, _ in turns) // 100
    assert abs(split.run_m - runs_in(stretches)) <= slack


@pytest.mark.parametrize(("cadence", "every"), [(True, 1), (False, 1), (True, 5), (False, 4)])
def test_six_minutes_of_running_in_a_walk_of_half_an_hour(cadence: bool, every: int) -> None:
    stretches = tuple(stretch if cadence else stretch._replace(strides=None) for stretch in WALK_RUN)
    split = tell_apart(records(*stretches, every=every))
    assert abs(split.run_m - RUN_M) <= RUN_M * 2 // 100
    assert abs(split.run_s - 360) <= 7
    assert split.run_m + split.walk_m == FOOT_M
    assert (split.cadence is not None) is cadence
    if cadence:
        assert 155 <= (split.cadence or 0) <= 164


@pytest.mark.parametrize(
    ("strides", "speed", "run"),
    [
        (70, 170, True),  # 140 steps a minute: running, however slow
        (67, 210, False),  # 134: walking, however fast
        (80, 70, False),  # nobody runs at 0.7 m/s: jogging on the spot
        (40, 300, True),  # nobody walks at 3 m/s: the sensor lost steps
        (None, 220, True),
        (None, 160, False),
    ],
)
def test_cadence_decides_and_speed_where_there_is_none(strides: int | None, speed: int, run: bool) -> None:
    split = tell_apart(records(Stretch(300, speed, strides)))
    assert (split.run_s == 300) is run
    assert (split.walk_s == 300) is not run


def test_between_the_thresholds_what_was_done_goes_on() -> None:
    unsure = Stretch(60, 200, 69)  # 138 steps a minute
    assert tell_apart(records(Stretch(60, 260, 82), unsure)).run_s == 120
    assert tell_apart(records(Stretch(60, 150, 56), unsure)).walk_s == 120
    assert tell_apart(records(unsure)).walk_s == 60, "at first it is walking: nobody is told to have run who may not have"


@settings(max_examples=200)
@given(st.integers(GAP + 1, 3000), st.booleans())
def test_a_pause_adds_nothing(length: int, stands: bool) -> None:
    before = records(Stretch(120, 260, 82))
    metres = before[-1][1]
    pause = [(120 + second, metres, None) for second in range(1, length)] if stands else []
    after = [(120 + length + at, metres + far, cadence) for at, far, cadence in before]
    split = tell_apart(tidy([*before, *pause, *after]))
    assert split.run_m == 2 * metres
    assert abs(split.run_s - 240) <= 2 * REACH
    assert split.run_s + split.walk_s <= 240 + length


def test_a_stumble_is_no_walk_and_a_sprint_over_a_road_no_run() -> None:
    run, walk = Stretch(120, 260), Stretch(120, 150)
    assert tell_apart(records(run, Stretch(4, 100), run)).walk_s == 0
    assert tell_apart(records(walk, Stretch(4, 300), walk)).run_s == 0


def test_nothing_measured_is_nothing_done() -> None:
    assert tell_apart(()).run_m == tell_apart(((0, 0, None),)).walk_m == 0


@pytest.mark.parametrize(("easy", "walk", "pace"), [(400, 630, 571), (300, 630, 571), (560, 640, 600)])
def test_a_slow_runner_changes_later(easy: int, walk: int, pace: int) -> None:
    assert change_of(easy, walk).pace == pace
    assert Change().pace == change_of(400, 630).pace
