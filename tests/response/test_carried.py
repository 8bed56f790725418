"""What verdicts carry to the next run: levels, a share, a ceiling, rest."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from planner.response import Terms
from tests.response.rows import CLEAN, EAGER, FLARE, MORNING, SILENT, SORE, UNSETTLED, day, note, run, standing

WORSE = (0, 0, 0, 1)
"""Row 5, and nothing that a mean would show."""
EASIER, EASIEST = Fraction(4, 5), Fraction(3, 5)


@pytest.mark.parametrize(
    ("felt", "levels", "share", "ceiling"),
    [
        (CLEAN, 0, 1, None),
        (UNSETTLED, 0, 1, None),
        (SORE, -1, EASIER, 1599),
        (MORNING, -1, EASIER, 1599),
        (FLARE, -2, EASIEST, 1199),
    ],
)
def test_a_regress_leaves_a_share_of_the_run_that_hurt(felt: tuple[int, ...], levels: int, share: Fraction, ceiling: int | None) -> None:
    left = standing([run(0, felt, 1999)])
    assert (left.levels, left.share, left.ceiling_m) == (levels, share, ceiling)


def test_levels_and_shares_of_runs_add_up() -> None:
    left = standing([run(0, SORE, 2000), run(3, SORE, 1600)])
    assert (left.levels, left.share, left.ceiling_m) == (-2, EASIER, 1280)
    left = standing([run(0, FLARE, 2000), run(4, SORE, 1000)])
    assert (left.levels, left.share, left.ceiling_m) == (-3, EASIEST, 800)


def test_a_longer_run_than_was_left_does_not_raise_what_is_left() -> None:
    assert standing([run(0, SORE, 2000), run(3, SORE, 3000)]).ceiling_m == 1280
    assert standing([run(0, SORE, 2000), run(3, CLEAN, 3000)]).ceiling_m == 1760


def test_days_without_a_run_do_not_add_up() -> None:
    once = standing([run(0, SORE, 2000), note(1, pain_before=3), note(2, pain_before=4)])
    assert (once.levels, once.share, once.ceiling_m) == (-1, EASIER, 1600)
    worse = standing([run(0, SORE, 2000), note(1, pain_before=3), note(2, limp=True), note(3, pain_before=3)])
    assert (worse.levels, worse.share, worse.ceiling_m) == (-2, EASIEST, 1200)
    alone = standing([run(0, CLEAN, 2000), note(2, pain_before=3), note(3, pain_before=3)])
    assert (alone.levels, alone.share, alone.ceiling_m) == (-1, EASIER, 1600)
    again = standing([run(0, SORE, 2000), run(3, CLEAN, 1500), note(4, pain_before=3)])
    assert (again.levels, again.ceiling_m) == (-1, 1200)


def test_the_share_ends_with_a_run_that_is_answered_well() -> None:
    assert standing([run(0, SORE), run(3, CLEAN, 1600)]).share == 1
    assert standing([run(0, SORE), run(3, CLEAN, 1600)], Terms()).share == 1
    assert standing([run(0, SORE), run(3, SILENT, 1600)]).share == EASIER
    assert standing([run(0, SORE), run(3, UNSETTLED, 1600)]).share == EASIER


def test_each_step_on_gives_a_level_and_ten_percent_back_until_all_is_regained() -> None:
    rows = [run(0, SORE, 2000), run(3, CLEAN, 1600), run(6, CLEAN, 1700), run(9, CLEAN, 1900)]
    left = [(s.levels, s.ceiling_m) for n in range(1, 5) for s in [standing(rows[:n])]]
    assert left == [(-1, 1600), (0, 1760), (0, 1936), (0, None)]
    assert standing([run(0, CLEAN)]).levels == 0
    assert standing([run(0, FLARE), run(4, CLEAN)]).levels == -1


def test_what_is_regained_exactly_is_regained() -> None:
    rows = [run(0, SORE, 24), *[run(n, CLEAN, 10) for n in (3, 6, 9, 12, 15)]]
    assert [standing(rows[:n]).ceiling_m for n in range(1, 7)] == [19, 20, 22, None, None, None]
    assert [standing([evolve(rows[0], run_m=25), *rows[1:n]]).ceiling_m for n in range(1, 5)] == [20, 22, 24, None]


def test_a_share_of_what_is_left_is_rounded_down() -> None:
    rows = [run(0, FLARE, 22), run(4, MORNING, 20), run(9, CLEAN, 10)]
    assert [standing(rows[:n]).ceiling_m for n in (1, 2, 3)] == [13, 10, 11]


def test_less_growth_gives_less_back_and_none_nothing() -> None:
    rows = [run(0, SORE, 2000), run(3, CLEAN, 1600)]
    assert standing(rows, Terms(clean_needed=1, growth=Fraction(1, 20))).ceiling_m == 1680
    assert standing(rows, Terms(clean_needed=1, growth=Fraction(0))).ceiling_m == 1600


def test_a_hold_leaves_the_ceiling_where_it_is() -> None:
    assert standing([run(0, SORE, 2000), run(3, SILENT, 1000)]).ceiling_m == 1600
    assert standing([run(0, SORE, 2000), run(3, CLEAN, 1000)], Terms()).ceiling_m == 1600


def test_the_ceiling_stays_until_the_longest_run_of_the_week_that_hurt() -> None:
    rows = [run(-7, CLEAN, 9000), run(-5, CLEAN, 3000), run(0, WORSE, 2000), *[run(n, CLEAN, 1000) for n in (3, 4, 6, 8)]]
    assert standing(rows).ceiling_m == 2341
    assert standing([*rows, run(10), run(12)]).ceiling_m == 2832
    assert standing([*rows, run(10), run(12), run(14)]).ceiling_m is None
    anew = [*rows, run(10), run(12), run(14), run(21, WORSE, 1000)]
    assert standing([*anew, run(24), run(26)]).ceiling_m == 968
    assert standing([*anew, run(24), run(26), run(28)]).ceiling_m is None


def test_a_lowered_dose_of_unknown_metres_comes_back_as_slowly() -> None:
    rows = [run(0, CLEAN, 2000), run(8, WORSE, None), run(11, CLEAN, None)]
    assert standing(rows).ceiling_m == 1760


def test_a_second_regress_does_not_move_the_end_that_the_first_one_set() -> None:
    rows = [run(0, WORSE, 2000), run(8, WORSE, 1600), *[run(n, CLEAN, 1000) for n in (11, 13, 15, 17)]]
    assert standing(rows).ceiling_m == 1872
    assert standing([*rows, run(19)]).ceiling_m is None


def test_a_run_whose_metres_are_not_known_counts_as_long_as_the_one_before() -> None:
    assert standing([run(0, SORE, None)]).ceiling_m is None
    assert standing([run(0, SORE, None)]).share == EASIER
    assert standing([run(0, CLEAN, 2000), run(2, SORE, None)]).ceiling_m == 1600
    assert standing([run(0, SORE, 2000), run(3, SORE, None)]).ceiling_m == 1280
    assert standing([run(0, SORE, None), run(3, CLEAN, 1000)]).ceiling_m is None


def test_a_regress_without_any_run_leaves_levels_and_no_ceiling() -> None:
    left = standing([note(0, pain_before=3)])
    assert (left.levels, left.share, left.ceiling_m, left.hold_m) == (-1, EASIER, None, None)


@pytest.mark.parametrize(("felt", "first"), [(FLARE, 3), (MORNING, 3), (SORE, 2), (UNSETTLED, 2), (CLEAN, None), (SILENT, None)])
def test_dates_without_running(felt: tuple[int | None, ...], first: int | None) -> None:
    assert standing([run(0, felt)], before=day(1)).earliest_run == (None if first is None else day(first))
    if first is not None:
        assert standing([run(0, felt)]).verdicts[0].earliest_run == day(first)
        assert standing([run(0, felt)], before=day(first)).earliest_run is None
        assert standing([run(0, felt)], before=day(first - 1)).earliest_run == day(first)


def test_the_longest_rest_is_kept() -> None:
    assert standing([run(0, FLARE), run(1, UNSETTLED)], before=day(2)).earliest_run == day(3)
    assert standing([run(0, FLARE), run(2, UNSETTLED)], before=day(3)).earliest_run == day(4)


def test_what_a_hold_repeats_is_the_longest_run_of_seven_dates() -> None:
    rows = [run(0, run_m=3000), run(1, run_m=1000), run(6, run_m=2000)]
    assert standing(rows).hold_m == 3000
    assert standing([*rows, run(7, run_m=500)]).hold_m == 2000
    assert standing([*rows, run(7, run_m=None)]).hold_m == 2000
    assert standing([run(0, run_m=None)], EAGER).hold_m is None
    assert standing([*rows, note(30, pain_before=0)]).hold_m == 3000


@pytest.mark.parametrize(
    ("rows", "painless"),
    [
        ([run(0)], True),
        ([run(0, SILENT)], False),
        ([run(0, SORE)], False),
        ([run(0, UNSETTLED)], False),
        ([], False),
        ([run(0), note(3, pain_before=2)], True),
        ([run(0), note(1, pain_before=3)], False),
        ([run(0), note(2, pain_before=3)], False),
        ([run(0), note(9, pain_before=3)], False),
        ([run(0), note(10, pain_before=3)], True),
        ([run(-2, SORE), run(0)], True),
        ([run(-2), note(0, pain_before=3)], False),
        ([note(0, pain_before=3)], False),
        ([run(0, SORE), note(-1, pain_before=3)], False),
    ],
)
def test_only_a_log_that_shows_it_says_that_a_break_was_for_no_pain(rows: list[object], painless: bool) -> None:
    assert standing(rows).painless(day(1), day(9)) is painless
