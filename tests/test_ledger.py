"""The ledger: its sums of running, compared with naive sums."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.ledger import Ledger
from planner.model import Done

START = date(2027, 1, 4)
D0 = START.toordinal()
PACE = 400
TENTH = Fraction(1, 10)
FEW = settings(max_examples=200)
RUNS = st.dictionaries(st.integers(-45, -1), st.integers(1, 6000), max_size=20)
"""Metres by days from the start."""


def done(offset: int, run_m: int, **more: int | None) -> Done:
    return Done(date=START + timedelta(days=offset), run_m=run_m, **more)


def ledger(runs: dict[int, int], planned: dict[int, int] | None = None) -> Ledger:
    """Past runs and planned ones, walking unknown before the start."""
    made = Ledger([done(offset, m) for offset, m in sorted(runs.items())], PACE, D0)
    for offset, metres in (planned or {}).items():
        made.add(D0 + offset, run_s=metres * PACE // 1000, run_m=metres, foot_m=metres)
    return made


def test_past_running_is_entered_on_its_date() -> None:
    made = ledger({-3: 2000, -1: 1500})
    assert [made.run(D0 + n) for n in (-4, -3, -2, -1, 0)] == [0, 2000, 0, 1500, 0]
    assert made.days == [D0 - 3, D0 - 1]


def test_two_runs_of_one_date_are_one_sum_but_the_longest_is_one_of_them() -> None:
    made = Ledger([done(-3, 2000), done(-3, 1500)], PACE, D0)
    assert (made.run(D0 - 3), made.longest(D0), made.days) == (3500, 2000, [D0 - 3])


def test_days_stay_in_order_whatever_order_they_come_in() -> None:
    made = Ledger([done(-1, 1), done(-5, 1), done(-3, 1)], PACE, D0)
    made.add(D0 - 4, run_s=1, run_m=1, foot_m=1)
    assert made.days == [D0 - 5, D0 - 4, D0 - 3, D0 - 1]


def test_a_past_run_counts_as_no_more_than_was_allowed() -> None:
    made = Ledger([done(-3, 12_000, allowed_m=9900), done(-1, 3000, allowed_m=5500)], PACE, D0)
    assert (made.run(D0 - 3), made.run(D0 - 1), made.longest(D0)) == (9900, 3000, 9900)


def test_a_known_longer_run_counts_for_the_longest_only() -> None:
    made = Ledger([done(-2, 2000, longest_m=2500)], PACE, D0)
    assert (made.longest(D0), made.run_sum(D0 - 7, D0)) == (2500, 2000)


def test_the_longest_looks_back_thirty_dates_and_not_at_the_date_itself() -> None:
    made = ledger({-30: 5000, -10: 3000}, {0: 9000})
    assert made.longest(D0) == 5000
    assert made.longest(D0 + 1) == 9000
    assert ledger({-30: 5000, -10: 3000}).longest(D0 + 1) == 3000
    assert made.longest(D0 - 30) == 0


def test_sums_include_both_ends() -> None:
    made = ledger({-7: 1, -6: 10, -1: 100}, {0: 1000})
    assert made.run_sum(D0 - 7, D0) == 1111
    assert made.run_sum(D0 - 6, D0 - 1) == 110
    assert made.run_sum(D0 - 5, D0 - 2) == 0


def test_the_last_run_is_strictly_before() -> None:
    made = ledger({-3: 1000})
    assert (made.last_run(D0), made.last_run(D0 - 2), made.last_run(D0 - 3)) == (D0 - 3, D0 - 3, None)
    assert ledger({}).last_run(D0) is None
    assert ledger({-9: 1000, -3: 1000}).last_run(D0) == D0 - 3


def test_a_past_day_without_running_is_no_day_of_a_run() -> None:
    made = Ledger([done(-9, 1000, foot_m=1000), done(-3, 0, foot_m=800)], PACE, D0)
    made.add(D0 - 1, run_s=0, run_m=0, foot_m=900)
    assert (made.days, made.last_run(D0), made.foot(D0 - 3)) == ([D0 - 9], D0 - 9, 800)


def test_walking_is_not_known_on_a_past_day_that_does_not_say_it() -> None:
    made = Ledger([done(-9, 1000, foot_m=1400), done(-8, 2000), done(-3, 2000, foot_m=2500)], PACE, D0)
    assert [made.foot(D0 - n) for n in (9, 8, 3)] == [1400, None, 2500]
    assert [made.foot_sum(D0 - 9, D0 - n) for n in (9, 8, 3)] == [1400, None, None]
    assert (made.foot_sum(D0 - 8, D0), made.foot_sum(D0 - 7, D0), made.foot_sum(D0 - 7, D0 - 3)) == (None, 2500, 2500)


def test_walking_is_not_known_over_past_dates_of_which_none_says_anything() -> None:
    made = Ledger([done(-9, 1000, foot_m=1400), done(-3, 2000, foot_m=2500)], PACE, D0)
    assert [made.foot(D0 - n) for n in (10, 4, 2, 1)] == [None] * 4
    assert (made.foot_sum(D0 - 8, D0 - 4), made.foot_sum(D0 - 8, D0 - 3), made.foot_sum(D0 - 40, D0 - 9)) == (None, 2500, 1400)
    assert (made.foot_sum(D0 - 2, D0 - 1), made.foot_sum(D0 - 2, D0)) == (None, 0)
    assert (made.foot(D0), made.foot_sum(D0, D0 + 6)) == (0, 0)


def test_without_any_past_walking_is_known_from_the_start() -> None:
    made = ledger({})
    assert (made.foot(D0 - 1), made.foot(D0), made.foot_sum(D0, D0 + 6), made.foot_sum(D0 - 7, D0 - 1)) == (None, 0, 0, None)


def test_planned_sessions_add_up_walking_too() -> None:
    made = ledger({})
    made.add(D0, run_s=400, run_m=1000, foot_m=1300)
    made.add(D0, run_s=0, run_m=0, foot_m=900)
    made.add(D0 + 2, run_s=0, run_m=0, foot_m=500)
    assert (made.run(D0), made.foot(D0), made.foot(D0 + 2), made.days) == (1000, 2200, 500, [D0])
    assert (made.run_sum(D0, D0 + 6), made.foot_sum(D0, D0 + 6), made.longest(D0 + 3)) == (1000, 2700, 1000)


def test_a_copy_is_a_ledger_of_its_own() -> None:
    made = ledger({-30: 1, -3: 1000})
    twin = made.copy()
    twin.add(D0, run_s=800, run_m=2000, foot_m=2600)
    assert (made.run(D0), made.foot(D0), made.longest(D0 + 1), made.days) == (0, 0, 1000, [D0 - 30, D0 - 3])
    assert (twin.run(D0), twin.foot(D0), twin.longest(D0 + 1), twin.days) == (2000, 2600, 2000, [D0 - 30, D0 - 3, D0])
    assert made.nothing_to_grow_from(D0 + 1)
    again = made.copy()
    assert (again.run_sum(D0 - 40, D0), again.foot(D0 - 1), again.foot(D0)) == (1001, None, 0)


def test_a_date_that_was_set_apart_is_no_measure_of_the_same_weekday_a_week_later() -> None:
    made = ledger({-3: 1000}, {0: 2000, 1: 1500})
    made.add(D0 + 1, run_s=0, run_m=0, foot_m=700)
    made.add(D0 + 2, run_s=0, run_m=0, foot_m=500)
    days = [D0 + n for n in (4, 7, 8, 9)]
    assert [made.weekday_before(day, on_foot=False) for day in days] == [1000, 2000, 1500, None]
    assert [made.weekday_before(day, on_foot=True) for day in days] == [None, 2000, 2200, None]
    twin = made.copy()
    twin.set_apart([D0 - 3])
    twin.set_apart([D0 + 1, D0 + 2])
    assert [twin.weekday_before(day, on_foot=False) for day in days] == [None, 2000, None, None]
    assert [made.weekday_before(day, on_foot=False) for day in days] == [1000, 2000, 1500, None], "the other's is its own"


@pytest.mark.parametrize(
    ("runs", "nothing"),
    [
        ({}, True),
        ({-10: 1000}, True),
        ({-10: 4500}, False),
        ({-10: 4499}, True),
        ({-28: 4500}, False),
        ({-29: 4500}, True),
        ({-10: 2250, -4: 2250}, False),
        ({-10: 2250, -3: 2250}, True),
        ({-29: 2250, -27: 2250}, True),
        ({-28: 2250, -22: 2250}, False),
    ],
)
def test_half_an_hour_in_seven_dates_of_the_last_28_is_something_to_grow_from(runs: dict[int, int], nothing: bool) -> None:
    assert ledger(runs).nothing_to_grow_from(D0) is nothing


def test_what_is_run_on_the_date_itself_is_nothing_to_grow_from_yet() -> None:
    assert ledger({-10: 9000}).nothing_to_grow_from(D0 - 10)


def test_planned_running_counts_in_seconds() -> None:
    just, under = ledger({}), ledger({})
    just.add(D0, run_s=1800, run_m=4499, foot_m=4499)
    under.add(D0, run_s=1799, run_m=4501, foot_m=4501)
    assert (just.nothing_to_grow_from(D0 + 7), under.nothing_to_grow_from(D0 + 7)) == (False, True)


@given(RUNS, st.integers(-50, 5))
@FEW
def test_nothing_to_grow_from_as_law_4_says_it(runs: dict[int, int], day: int) -> None:
    known = {d: m for d, m in runs.items() if day - 28 <= d < day}
    windows = [sum(known.get(d, 0) for d in range(first, first + 7)) * PACE for first in range(day - 34, day)]
    assert ledger(runs).nothing_to_grow_from(D0 + day) is all(ms < 1_800_000 for ms in windows)


@given(RUNS, st.integers(-50, 5))
@FEW
def test_a_block_starts_after_the_last_gap_of_seven_dates(runs: dict[int, int], day: int) -> None:
    start = day
    while any(d in runs for d in range(start - 7, start)):
        start = next(d for d in range(start - 1, start - 8, -1) if d in runs)
    assert ledger(runs).block_start(D0 + day) == D0 + start


@pytest.mark.parametrize(("gap", "start"), [(6, -8), (7, -1)])
def test_a_gap_of_seven_dates_ends_a_block(gap: int, start: int) -> None:
    assert ledger({-2 - gap: 1000, -1: 1000}).block_start(D0 - 1) == D0 + start


def test_an_opening_week_begins_a_block_of_its_own() -> None:
    made = ledger({-8: 1000, -4: 1000, -2: 1000})
    made.opened = D0 - 4
    assert [made.block_start(D0 - n) for n in (6, 4, 2, 0)] == [D0 - 8, D0 - 4, D0 - 4, D0 - 4]
    made.opened = D0 - 3
    assert made.block_start(D0) == D0 - 2
    assert made.copy().opened == D0 - 3


def keeps_law_2(metres: dict[int, int], start: int, dates: list[int]) -> bool:
    """Law 2 for these dates of a block that began on `start`, in words of its own."""

    def on(d: int) -> int:
        return metres.get(d if d >= start else start + (d - start) % 7, 0)

    def seven(d: int) -> int:
        return sum(on(e) for e in range(d - 6, d + 1))

    return all(10 * seven(d) <= 11 * max(seven(e) for e in range(d - 13, d - 6)) for d in dates)


HUNDREDS = st.integers(1, 60).map(lambda n: 100 * n)


@given(st.dictionaries(st.integers(-25, -1), HUNDREDS, max_size=12), st.integers(-14, 5))
@FEW
def test_rolling_room_is_the_most_that_keeps_law_2(runs: dict[int, int], day: int) -> None:
    made = ledger(runs)
    start = made.block_start(D0 + day) - D0
    room = made.rolling_room(D0 + day, TENTH, on_foot=False)
    if day < start + 7:
        assert room is None
        return
    dates = list(range(day, day + 7))
    assert room is not None
    assert not keeps_law_2({**runs, day: runs.get(day, 0) + room + 1}, start, dates)
    assert room == 0 or keeps_law_2({**runs, day: runs.get(day, 0) + room}, start, dates)


@given(
    st.dictionaries(st.integers(-30, -1), HUNDREDS, min_size=1, max_size=12),
    st.sets(st.integers(-30, -1), max_size=2),
    st.dictionaries(st.integers(0, 5), HUNDREDS, max_size=2),
    st.integers(0, 6),
)
@FEW
def test_rolling_room_on_foot_looks_only_at_dates_that_need_no_unknown_one(
    past: dict[int, int], silent: set[int], planned: dict[int, int], day: int
) -> None:
    history = [done(n, m, foot_m=None if n in silent else m + 100) for n, m in sorted(past.items())]
    made = Ledger(history, PACE, D0)
    for n, metres in planned.items():
        made.add(D0 + n, run_s=metres * PACE // 1000, run_m=metres, foot_m=metres + 100)
    walked = {n: m + 100 for n, m in {**past, **planned}.items()}
    start = made.block_start(D0 + day) - D0
    unknown = [n for n in silent if n in past and n >= start]
    dates = [d for d in range(day, day + 7) if all(n < d - 19 for n in unknown)]
    room = made.rolling_room(D0 + day, TENTH, on_foot=True)
    if day < start + 7 or not dates:
        assert room is None
    else:
        assert room is not None
        assert not keeps_law_2({**walked, day: walked.get(day, 0) + room + 1}, start, dates)
        assert room == 0 or keeps_law_2({**walked, day: walked.get(day, 0) + room}, start, dates)


def test_the_vector_of_law_2() -> None:
    usual = dict.fromkeys((-14, -12, -10, -7, -5, -3), 2000)
    made = ledger(usual, {0: 2200, 2: 2200})
    assert made.run_sum(D0 - 3, D0 + 2) + 2200 == 8600
    assert made.rolling_room(D0 + 3, TENTH, on_foot=False) == 200
    assert made.rolling_room(D0 + 4, TENTH, on_foot=False) == 2200
    assert made.rolling_room(D0 + 4, Fraction(0), on_foot=False) == 1600


def test_the_first_week_of_a_block_has_no_reference_and_repeats_backwards_afterwards() -> None:
    made = ledger({-7: 3000, -4: 2000})
    assert made.rolling_room(D0 - 1, TENTH, on_foot=False) is None
    assert made.rolling_room(D0, TENTH, on_foot=False) == 3500
    assert made.rolling_room(D0 + 2, TENTH, on_foot=False) == 3500


def test_rolling_room_on_foot_counts_walking() -> None:
    unknown = ledger({-10: 2000, -5: 2000}, {0: 2000})
    assert unknown.rolling_room(D0 + 3, TENTH, on_foot=True) is None
    first_unknown = Ledger([done(-10, 2000), done(-5, 2000, foot_m=3000)], PACE, D0)
    assert [first_unknown.rolling_room(D0 + n, TENTH, on_foot=True) for n in (-3, 0)] == [None, None]
    told = Ledger([done(-10, 2000, foot_m=3000), done(-5, 2000, foot_m=3000)], PACE, D0)
    assert told.rolling_room(D0, TENTH, on_foot=True) == 3600
    assert told.rolling_room(D0, TENTH, on_foot=False) == 2400
    told.add(D0 + 2, run_s=0, run_m=0, foot_m=5000)
    assert told.rolling_room(D0, TENTH, on_foot=True) == 1600
    told.add(D0 + 2, run_s=0, run_m=0, foot_m=2000)
    assert told.rolling_room(D0, TENTH, on_foot=True) == 0
