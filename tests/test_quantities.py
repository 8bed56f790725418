"""Exact arithmetic with metres, seconds, paces and ratios: every vector by hand, every rounding down."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.quantities import (
    TEN_PERCENT,
    WEEKDAYS,
    clock,
    distance,
    grown,
    metres_from,
    metres_run,
    pace_per_km,
    seconds_within,
)

METRES = st.integers(0, 500_000)
PACES = st.integers(100, 2000)


@pytest.mark.parametrize(
    ("seconds", "pace", "metres"),
    [(600, 601, 998), (685, 601, 1139), (600, 400, 1500), (400, 400, 1000), (399, 400, 997), (1, 2000, 0), (0, 400, 0)],
)
def test_metres_of_a_time_are_rounded_down_once(seconds: int, pace: int, metres: int) -> None:
    assert metres_run(seconds, pace) == metres


def test_a_floor_for_each_stretch_would_undercount() -> None:
    assert 45 * metres_run(15, 601) + metres_run(10, 601) == 1096
    assert metres_run(45 * 15 + 10, 601) == 1139


@pytest.mark.parametrize(
    ("metres", "pace", "seconds"), [(1097, 601, 659), (400, 601, 241), (1000, 400, 400), (0, 400, 0), (0, 1200, 1), (5500, 333, 1831)]
)
def test_seconds_within_some_metres(metres: int, pace: int, seconds: int) -> None:
    assert seconds_within(metres, pace) == seconds


@given(METRES, PACES)
@settings(max_examples=200)
def test_one_second_more_would_be_too_many_metres(metres: int, pace: int) -> None:
    seconds = seconds_within(metres, pace)
    assert metres_run(seconds, pace) <= metres < metres_run(seconds + 1, pace)


@pytest.mark.parametrize(
    ("metres", "growth", "most"),
    [
        (6000, TEN_PERCENT, 6600),
        (5000, TEN_PERCENT, 5500),
        (4999, TEN_PERCENT, 5498),
        (9, TEN_PERCENT, 9),
        (10, TEN_PERCENT, 11),
        (20_001, Fraction(1, 20), 21_001),
        (7777, Fraction(0), 7777),
        (0, TEN_PERCENT, 0),
        (1000, Fraction(7, 100), 1070),
    ],
)
def test_growth_is_rounded_down(metres: int, growth: Fraction, most: int) -> None:
    assert grown(metres, growth) == most


@given(METRES, st.fractions(0, Fraction(1, 10), max_denominator=10_000))
@settings(max_examples=200)
def test_a_metre_more_than_grown_would_break_the_comparison_without_division(metres: int, growth: Fraction) -> None:
    den, num = growth.denominator, growth.numerator
    most = grown(metres, growth)
    assert den * most <= (den + num) * metres < den * (most + 1)
    assert type(most) is int


@pytest.mark.parametrize(
    ("amount", "miles", "metres"),
    [
        ("4.5", False, 4500),
        ("0", False, 0),
        ("0.0009", False, 0),
        ("2.3456", False, 2345),
        ("1", True, 1609),
        ("3.1", True, 4988),
        ("26.2", True, 42_164),
    ],
)
def test_kilometres_and_miles_become_whole_metres(amount: str, miles: bool, metres: int) -> None:
    found = metres_from(Decimal(amount), miles=miles)
    assert (found, type(found)) == (metres, int)


@pytest.mark.parametrize(
    ("seconds", "miles", "pace"), [(400, False, 400), (600, True, 372), (644, True, 400), (643, True, 399), (0, True, 0)]
)
def test_a_pace_per_mile_is_rounded_down_so_that_metres_are_never_undercounted(seconds: int, miles: bool, pace: int) -> None:
    found = pace_per_km(seconds, miles=miles)
    assert (found, type(found)) == (pace, int)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (45, "45 s"),
        (59, "59 s"),
        (60, "1 min"),
        (61, "1:01 min"),
        (510, "8:30 min"),
        (600, "10 min"),
        (3600, "60 min"),
        (5999, "99:59 min"),
    ],
)
def test_seconds_as_people_write_them(seconds: int, words: str) -> None:
    assert clock(seconds) == words


@pytest.mark.parametrize(
    ("metres", "miles", "words"),
    [
        (0, False, "0.0 km"),
        (99, False, "0.0 km"),
        (100, False, "0.1 km"),
        (999, False, "0.9 km"),
        (4567, False, "4.5 km"),
        (21_097, False, "21.0 km"),
        (0, True, "0.0 mi"),
        (1608, True, "0.9 mi"),
        (1609, True, "1.0 mi"),
        (4400, True, "2.7 mi"),
    ],
)
def test_metres_as_people_write_them(metres: int, miles: bool, words: str) -> None:
    assert distance(metres, miles=miles) == words


@given(st.integers(0, 20_000), st.booleans())
def test_tenths_come_back_as_they_were_written(tenths: int, miles: bool) -> None:
    written = f"{tenths // 10}.{tenths % 10}"
    metres = metres_from(Decimal(written), miles=miles)
    assert distance(metres, miles=miles) == f"{written} {'mi' if miles else 'km'}"
    assert distance(metres - 1, miles=miles) != distance(metres, miles=miles) or not tenths


def test_weekdays_stand_in_the_order_of_the_calendar() -> None:
    monday = date(2027, 1, 4)
    assert WEEKDAYS == ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    assert WEEKDAYS[monday.weekday()] == "mon"


def test_the_largest_growth_is_a_tenth() -> None:
    assert Fraction(1, 10) == TEN_PERCENT
