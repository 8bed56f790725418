"""Intervals: the requested running time to the second, in stretches that a person can follow."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planner.intervals import Intervals, intervals, steps_of, tidy
from planner.quantities import metres_run
from planner.steps import Group, Step, each_step, seconds_of

RUN_S = st.integers(1, 20_000)
STRETCHES = st.integers(1, 160).map(lambda n: 15 * n)
WALKS = st.sampled_from((15, 30, 60, 90))
FEW = settings(max_examples=200)


def shape(full: int, stretch_s: int, last_s: int = 0, walk_s: int = 0) -> Intervals:
    return Intervals(full=full, stretch_s=stretch_s, last_s=last_s, walk_s=walk_s)


@pytest.mark.parametrize(
    ("run_s", "stretch_s", "expected"),
    [
        (480, 60, shape(8, 60, 0, 90)),
        (500, 60, shape(8, 60, 20, 90)),
        (499, 60, shape(8, 60, 19, 90)),
        (525, 60, shape(8, 60, 45, 90)),
        (485, 60, shape(10, 45, 35, 90)),
        (61, 60, shape(1, 45, 16, 90)),
        (60, 60, shape(1, 60)),
        (59, 60, shape(1, 59)),
        (1000, 900, shape(1, 510, 490, 90)),
        (610, 600, shape(1, 330, 280, 90)),
        (598, 400, shape(1, 400, 198, 90)),
        (1799, 600, shape(2, 600, 599, 90)),
        (1400, 600, shape(2, 600, 200, 90)),
        (1399, 600, shape(2, 480, 439, 90)),
        (620, 300, shape(2, 210, 200, 90)),
        (7260, 3600, shape(2, 2430, 2400, 90)),
        (559, 15, shape(37, 15, 0, 90)),
        (560, 15, shape(37, 15, 0, 90)),
        (314, 15, shape(20, 15, 14, 90)),
        (547, 15, shape(36, 15, 0, 90)),
    ],
)
def test_the_intervals_of_some_runs(run_s: int, stretch_s: int, expected: Intervals) -> None:
    assert intervals(run_s, stretch_s, 90) == expected


@pytest.mark.parametrize(("stretch_s", "walk_s"), [(None, 90), (None, 0), (60, 0), (1800, 90), (2400, 90)])
def test_running_without_a_walk_is_one_stretch(stretch_s: int | None, walk_s: int) -> None:
    assert intervals(1800, stretch_s, walk_s) == shape(1, 1800)


@given(RUN_S, st.one_of(st.none(), STRETCHES), st.one_of(st.just(0), WALKS))
@FEW
def test_every_second_of_running_is_kept_but_a_stub_of_under_15_s_and_a_fortieth(run_s: int, stretch_s: int | None, walk_s: int) -> None:
    left_off = run_s - intervals(run_s, stretch_s, walk_s).run_s
    assert 0 <= left_off < 15
    assert 40 * left_off <= run_s
    if stretch_s is None or not walk_s or run_s <= stretch_s:
        assert left_off == 0


@given(RUN_S, STRETCHES, WALKS)
@FEW
def test_what_is_left_off_would_have_been_a_stub_of_a_few_seconds(run_s: int, stretch_s: int, walk_s: int) -> None:
    made = intervals(run_s, stretch_s, walk_s)
    if made.run_s < run_s:
        assert made.last_s == 0
        assert run_s % made.stretch_s == run_s - made.run_s
    assert made.last_s == 0 or made.last_s >= 15 or 40 * made.last_s > run_s


@given(RUN_S, STRETCHES, WALKS)
@FEW
def test_no_stretch_is_longer_than_the_longest_allowed(run_s: int, stretch_s: int, walk_s: int) -> None:
    made = intervals(run_s, stretch_s, walk_s)
    assert made.longest_s <= stretch_s
    assert made.last_s < made.stretch_s
    assert made.full >= 1


@given(RUN_S, STRETCHES, WALKS)
@FEW
def test_all_but_the_last_stretch_come_in_quarters_of_a_minute_and_long_ones_in_halves(run_s: int, stretch_s: int, walk_s: int) -> None:
    made = intervals(run_s, stretch_s, walk_s)
    assume(run_s > stretch_s)
    assert made.stretch_s % 15 == 0
    assert made.stretch_s == stretch_s or made.stretch_s < 300 or made.stretch_s % 30 == 0


@given(RUN_S, STRETCHES, WALKS)
@FEW
def test_stretches_are_only_made_shorter_where_the_last_would_be_a_stub(run_s: int, stretch_s: int, walk_s: int) -> None:
    made = intervals(run_s, stretch_s, walk_s)
    assume(run_s > stretch_s)
    last = run_s % stretch_s
    stub = 0 < last < max(stretch_s // 3, 15)
    if not stub:
        assert (made.stretch_s, made.last_s) == (stretch_s, last)
    elif made.stretch_s < stretch_s:
        assert made.last_s == 0 or made.last_s >= max(made.stretch_s // 3, 15)


@given(st.integers(300, 20_000), st.integers(10, 80).map(lambda n: 30 * n), WALKS)
@FEW
def test_a_run_of_a_few_long_stretches_has_no_stub(run_s: int, stretch_s: int, walk_s: int) -> None:
    assume(run_s <= 3 * stretch_s)
    made = intervals(run_s, stretch_s, walk_s)
    assert made.last_s == 0 or 3 * made.last_s >= made.stretch_s - 2


@given(RUN_S, STRETCHES, WALKS)
@FEW
def test_there_is_a_walk_between_each_two_stretches_and_none_outside(run_s: int, stretch_s: int, walk_s: int) -> None:
    made = intervals(run_s, stretch_s, walk_s)
    stretches = made.full + (made.last_s > 0)
    assert made.total_walk_s == (walk_s * (stretches - 1) if run_s > stretch_s else 0)
    assert made.longest_s == max(made.stretch_s, made.last_s)


@given(RUN_S, st.one_of(st.none(), STRETCHES), WALKS, st.integers(1, 10))
@FEW
def test_steps_say_what_the_intervals_say(run_s: int, stretch_s: int | None, walk_s: int, rpe: int) -> None:
    made = intervals(run_s, stretch_s, walk_s)
    steps = steps_of(made, rpe)
    runs = [s for s in each_step(steps) if s.kind == "run"]
    assert seconds_of(steps, "run") == made.run_s
    assert seconds_of(steps, "walk") == made.total_walk_s
    assert seconds_of(steps) == made.run_s + made.total_walk_s
    assert {s.rpe for s in runs} == {rpe}
    assert max(s.seconds for s in runs) == made.longest_s


def test_steps_start_and_end_with_running_and_walk_between() -> None:
    run, last, walk = (
        Step(kind="run", seconds=60, text="run easily", rpe=4),
        Step(kind="run", seconds=45, text="run easily", rpe=4),
        Step(kind="walk", seconds=90, text="walk briskly"),
    )
    assert steps_of(shape(8, 60, 45, 90), 4) == (Group(repeat=8, steps=(run, walk)), last)
    assert steps_of(shape(8, 60, 0, 90), 4) == (Group(repeat=7, steps=(run, walk)), run)
    assert steps_of(shape(1, 60), 4) == (run,)
    assert steps_of(shape(1, 60, 45, 90), 4) == steps_of(shape(1, 60, 45, 90), 4) == (run, walk, last)
    assert steps_of(shape(2, 60, 0, 90), 4) == (run, walk, run)


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (shape(8, 60, 0, 90), "8 x 1 min"),
        (shape(8, 60, 45, 90), "8 x 1 min + 45 s"),
        (shape(1, 1800), "30 min"),
        (shape(1, 330, 280, 90), "5:30 min + 4:40 min"),
        (shape(1, 45), "45 s"),
    ],
)
def test_the_dose_in_words(made: Intervals, words: str) -> None:
    assert made.dose == words


def test_a_shorter_walk_changes_no_running() -> None:
    made = shape(8, 60, 45, 30)
    assert (made.run_s, made.total_walk_s) == (525, 240)


@pytest.mark.parametrize(
    ("seconds", "tidied"),
    [
        (0, 0),
        (17, 17),
        (299, 299),
        (599, 599),
        (600, 600),
        (604, 600),
        (605, 605),
        (2999, 2995),
        (3000, 3000),
        (3014, 3000),
        (3015, 3015),
        (5999, 5985),
        (6000, 6000),
        (6029, 6000),
        (6030, 6030),
        (11_999, 11_970),
        (12_000, 12_000),
        (12_059, 12_000),
        (12_060, 12_060),
    ],
)
def test_tidy_seconds(seconds: int, tidied: int) -> None:
    assert tidy(seconds) == tidied


@given(st.integers(0, 30_000))
@FEW
def test_tidy_gives_away_little_and_never_adds(seconds: int) -> None:
    tidied = tidy(seconds)
    assert tidied <= seconds
    assert 100 * tidied >= (100 if seconds < 300 else 98) * seconds
    assert 100 * tidied > 99 * seconds or seconds == 0
    assert tidy(tidied) == tidied
    assert tidy(seconds + 1) >= tidied


@given(st.integers(300, 20_000), st.integers(120, 1200))
@FEW
def test_what_tidy_gives_away_is_under_two_percent_of_the_metres_too(seconds: int, pace: int) -> None:
    assert metres_run(tidy(seconds), pace) >= metres_run(seconds, pace) * 98 // 100 - 1
