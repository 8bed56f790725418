"""What is judged: dates, runs, knees, painkillers, drift; and the clean runs that a step up needs."""

from __future__ import annotations

import pytest

from planner.entry import Entry
from planner.response import Answers, Terms
from planner.response.drift import drifts
from tests.response.rows import CLEAN, EAGER, FLARE, MORNING, PLANNED, SILENT, SORE, UNSETTLED, day, decided, note, run, standing, verdicts


def test_a_log_without_rows_leaves_nothing() -> None:
    empty = standing([])
    assert (empty.verdicts, empty.stops, empty.stop, empty.earliest_run) == ((), (), None, None)
    assert (empty.levels, empty.share, empty.ceiling_m, empty.hold_m) == (0, 1, None, None)


def test_rows_of_the_day_itself_are_not_seen() -> None:
    rows = [run(0), run(2, SORE)]
    assert [v.date for v in standing(rows, before=day(2)).verdicts] == [day(0)]
    assert [v.date for v in standing(rows, before=day(3)).verdicts] == [day(0), day(2)]
    assert standing(rows, before=day(3)).on(day(2)).row == "6"
    assert standing(rows).on(day(1)) is None
    assert standing(rows, before=day(3)).before == day(3)


def test_two_clean_runs_make_a_step_on_and_then_it_begins_anew() -> None:
    rows = [run(2 * n) for n in range(5)]
    assert decided(rows, Terms()) == ["9", "10", "9", "10", "9"]
    assert decided(rows, Terms(clean_needed=3)) == ["9", "9", "10", "9", "9"]


@pytest.mark.parametrize("felt", [SORE, UNSETTLED, SILENT])
def test_a_run_that_is_not_clean_starts_the_count_anew(felt: tuple[int | None, ...]) -> None:
    assert decided([run(0), run(2, felt), run(4), run(6)], Terms())[2:] == ["9", "10"]


def test_no_more_steps_in_seven_dates_than_allowed() -> None:
    rows = [run(n) for n in (0, 2, 4, 6, 7, 9)]
    assert decided(rows, Terms(clean_needed=1)) == ["10", "10", "9", "9", "10", "10"]
    assert [v.source for v in verdicts(rows, Terms(clean_needed=1))][2:4] == ["WR-03", "WR-03"]
    assert decided(rows, Terms(clean_needed=1, levels_per_week=1)) == ["10", "9", "9", "9", "10", "9"]


def test_both_knees_are_judged_each_and_the_worse_counts() -> None:
    left, right = run(0, (0, 0, 0, 1), side="left"), run(0, (2, 2, 2, 2), side="right")
    assert decided([left, right]) == ["5"]
    assert decided([right]) == ["10"]
    assert decided([run(0, CLEAN, side="left"), run(0, (0, 0, 0, None), side="right")]) == ["8"]
    assert decided([run(0, SORE, side="right"), run(0, FLARE, side="left")]) == ["2"]


def test_rows_about_one_knee_that_add_to_each_other_are_one() -> None:
    evening, morning = run(0, (0, 1, 0, None), side="left"), run(0, (None, None, None, 0), None, side="left", session="a/run#1")
    assert decided([evening, morning], runs=PLANNED) == ["10"]
    assert standing([evening, morning], runs=PLANNED).runs[0].answers == (Answers(before=0, during=1, after=0, morning=0),)


def test_rows_about_one_knee_that_contradict_each_other_are_judged_each() -> None:
    assert decided([run(0, (0, 0, 0, 0)), run(0, (2, 2, 2, 2))]) == ["10"]
    assert decided([run(0, (0, 0, 0, None)), run(0, (2, 2, None, 2))]) == ["8"]


def test_a_watch_s_row_does_not_silence_the_answers_beside_it() -> None:
    watch, told = run(0, SILENT, 2100), run(0, CLEAN, None, session="a/run#1", side="left")
    found = standing([watch, told], runs=PLANNED)
    assert [(v.row, v.session) for v in found.verdicts] == [("10", "a/run#1")]
    assert found.runs[0].run_m == 2100
    assert decided([watch, told]) == ["8"]


def test_a_run_takes_the_first_of_its_sessions_and_the_longest_of_its_metres() -> None:
    rows = [run(0, CLEAN, 900, session="b/run#1"), run(0, CLEAN, 1100, session="a/run#2"), run(0, CLEAN, 1000)]
    found = standing(rows)
    assert (found.verdicts[0].session, found.runs[0].run_m) == ("a/run#2", 1100)


@pytest.mark.parametrize(
    ("more", "ran"),
    [
        ({"run_m": 1}, True),
        ({"run_m": 0, "pain_during": 1}, False),
        ({"run_m": 0, "session": "a/run#1"}, False),
        ({"session": "a/run#1"}, True),
        ({"session": "a/strength#1", "pain_during": 1}, False),
        ({"pain_during": 1}, True),
        ({"pain_during": 0}, True),
        ({"pain_during": 1, "sets_done": 3}, False),
        ({"pain_during": 1, "foot_m": 3000}, False),
        ({"run_m": 1, "foot_m": 3000}, True),
        ({"pain_before": 1}, False),
        ({}, False),
    ],
    ids=str,
)
def test_what_is_a_run(more: dict[str, object], ran: bool) -> None:
    found = standing([Entry(date=day(0), **more)], runs=PLANNED)
    assert bool(found.runs) is ran
    assert bool(found.verdicts) is ran
    assert all(v.ran for v in found.verdicts)


def test_a_day_without_a_run_is_judged_by_what_the_knee_itself_says() -> None:
    assert decided([note(0, pain_before=2)]) == []
    assert decided([note(0, pain_before=3)]) == ["4"]
    assert decided([note(0, pain_during=5, pain_next_morning=9)]) == []
    assert decided([note(0, pain_during=6)]) == ["2"]
    assert decided([note(0, swelling=True)]) == ["2"]
    assert verdicts([note(0, limp=True)])[0].ran is False


def test_what_else_was_done_on_the_day_of_a_run_counts_for_the_knee() -> None:
    assert decided([run(0), note(0, pain_during=6)]) == ["2"]
    assert decided([run(0), note(0, pain_during=5, pain_next_morning=4)]) == ["10"]
    assert decided([run(0), note(0, limp=True)]) == ["2"]
    assert decided([run(0), note(0, swelling=True)]) == ["2"]


@pytest.mark.parametrize(("number", "row"), [(-2, "10"), (-1, "MED-01"), (0, "MED-01"), (1, "MED-01"), (2, "10")])
def test_a_painkiller_within_a_day_of_a_run_holds_at_best(number: int, row: str) -> None:
    found = standing([run(0), note(number, painkiller=True)])
    assert found.on(day(0)).row == row
    assert standing([run(0), note(number, red_flag="MED-01")]).on(day(0)).row == row
    assert standing([run(0, SORE), note(number, painkiller=True)]).on(day(0)).row == "6"


def test_a_painkiller_that_is_not_known_yet_decides_nothing_yet() -> None:
    rows = [run(0), note(1, painkiller=True)]
    assert standing(rows, before=day(1)).verdicts[0].row == "10"
    assert standing(rows, before=day(2)).verdicts[0].row == "MED-01"


def test_a_sign_that_does_not_stop_holds_its_run() -> None:
    assert decided([run(0, red_flag="RED-09-night")]) == ["1b"]
    assert decided([run(0, red_flag="RED-09b")]) == ["10"]
    assert decided([note(0, red_flag="SITE-02")]) == []


def pains(before: tuple[int, ...] = (), during: tuple[int, ...] = ()) -> list[Entry]:
    """A run on each Monday, Wednesday and Friday with these pains."""
    numbers = [7 * week + d for week in range(8) for d in (0, 2, 4)]
    told = [(b, 0, 0, 0) for b in before] or [(0, d, 0, 0) for d in during]
    return [run(n, felt) for n, felt in zip(numbers, told, strict=False)]


def test_a_week_s_mean_that_rises_by_one_holds() -> None:
    assert decided(pains(during=(0, 0, 0, 1, 1, 1))) == ["10"] * 5 + ["7b"]
    assert decided(pains(before=(0, 0, 0, 1, 1, 1))) == ["10"] * 5 + ["7b"]
    assert decided(pains(during=(0, 1, 0, 1, 1, 1))) == ["10"] * 6
    assert decided(pains(during=(0, 0, 1, 1, 1, 1))) == ["10"] * 4 + ["7b", "10"]
    assert decided(pains(during=(1, 1, 1, 2, 2, 2)))[-1] == "7b"
    assert decided(pains(during=(0, 0, 0, 0, 1, 2))) == ["10"] * 5 + ["7b"]
    assert decided(pains(during=(0, 0, 0, 0, 1, 1))) == ["10"] * 6


def test_a_mean_that_rises_by_two_in_two_weeks_holds() -> None:
    rows = [run(0, CLEAN), run(7, (0, 2, 0, 0)), run(13, (0, 2, 0, 0)), run(14, (0, 2, 0, 0))]
    assert decided(rows)[:2] == ["10", "7b"]
    assert [v.own for v in verdicts(rows)] == ["10", "7b", "7b", "7b"]
    assert decided([run(0, CLEAN), run(14, (0, 2, 0, 0))]) == ["10", "7b"]
    assert decided([run(0, CLEAN), run(14, (0, 1, 0, 0))]) == ["10", "10"]
    assert decided([run(0, (0, 1, 0, 0)), run(14, (0, 2, 0, 0))]) == ["10", "10"]
    assert decided([run(0, CLEAN), run(20, (0, 2, 0, 0))]) == ["10", "7b"]
    assert decided([run(0, CLEAN), run(21, (0, 2, 0, 0))]) == ["10", "10"]


def test_the_weeks_that_are_compared_end_with_the_run() -> None:
    assert decided([run(0, CLEAN), run(6, (0, 2, 0, 0))]) == ["10", "10"]
    assert decided([run(0, CLEAN), run(7, (0, 1, 0, 0))]) == ["10", "7b"]
    assert decided([run(0, CLEAN), run(13, (0, 1, 0, 0))]) == ["10", "7b"]


def test_runs_after_the_week_are_not_looked_at() -> None:
    runs = standing([run(0), run(14, (0, 2, 0, 0)), run(21, (0, 9, 0, 0))]).runs
    assert drifts(runs, day(14))
    assert drifts(runs, day(21))
    assert not drifts(runs, day(28))


def test_runs_without_the_answer_are_left_out_of_the_mean() -> None:
    assert decided([run(0), run(2, (0, None, 0, 0)), run(7, (0, 1, 0, 0))]) == ["10", "8", "7b"]
    assert decided([run(0, (0, None, 0, 0)), run(7, (0, 1, 0, 0))]) == ["8", "10"]


def test_the_worse_knee_drifts() -> None:
    rows = [run(0, (0, 1, 0, 0), side="left"), run(0, CLEAN, side="right"), run(7, CLEAN, side="left"), run(7, (0, 1, 0, 0), side="right")]
    assert decided(rows) == ["10", "10"]
    assert decided([*rows[1:3], run(7, (0, 1, 0, 0), side="right")]) == ["10", "7b"]
    assert decided([run(0), run(7, CLEAN, side="left"), run(7, (1, 0, 0, 0), side="right")]) == ["10", "7b"]


def test_after_a_flare_the_knee_must_come_back_to_where_it_was() -> None:
    flare = run(0, (0, 6, 0, 0))
    assert decided([flare, run(3, (1, 1, 1, 1))]) == ["2", "2b"]
    assert decided([flare, run(3, (0, 1, 0, 0)), run(5, (1, 1, 1, 1))]) == ["2", "10", "10"]
    assert decided([flare, note(2, pain_before=0), run(3, (1, 1, 1, 1))]) == ["2", "10"]
    assert decided([flare, run(3, (0, 1, 0, 0), side="left"), run(3, (1, 1, 1, 1), side="right")]) == ["2", "2b"]
    assert decided([run(0, (1, 6, 0, 0)), run(3, (1, 1, 1, 1))]) == ["2", "10"]
    assert decided([flare, run(3, SILENT), run(5, (1, 1, 1, 1))], EAGER) == ["2", "8", "2b"]


def both(number: int, left: tuple[int | None, ...], right: tuple[int | None, ...], **more: object) -> list[Entry]:
    """A run with a row for each knee."""
    return [run(number, left, side="left", **more), run(number, right, side="right")]


@pytest.mark.parametrize(
    ("left", "right", "more"),
    [
        ((1, 2, 1, 1), CLEAN, {"limp": True}),
        ((1, 2, 1, 1), CLEAN, {"swelling": True}),
        (CLEAN, (1, 2, 1, 1), {"limp": True}),
        ((1, 2, 1, 1), (0, 6, 0, 0), {}),
    ],
)
def test_after_a_flare_of_either_knee_the_worse_must_come_back_to_where_the_worse_was(
    left: tuple[int, ...], right: tuple[int, ...], more: dict[str, object]
) -> None:
    """BOTH-01: one score a date, the worse knee's, on the date of the flare as on the dates after it."""
    flare = both(0, left, right, **more)
    assert decided([*flare, *both(3, (1, 2, 1, 1), CLEAN)]) == ["2", "10"]
    assert decided([*flare, *both(3, (2, 2, 2, 2), CLEAN)]) == ["2", "2b"]
    assert decided([*flare, *both(3, (1, 1, 1, 1), CLEAN), *both(5, (2, 2, 2, 2), CLEAN)]) == ["2", "10", "10"]


@pytest.mark.parametrize(
    ("earlier", "most"),
    [
        ([run(0, (1, 6, 0, 0))], 1),
        ([run(0, (None, 6, 0, 0))], 0),
        ([run(0, (5, 6, 0, 0))], 2),
        ([run(0, (1, 6, 0, 0)), note(1, pain_before=1)], 2),
        ([run(0, (1, 6, 0, 0)), note(1, pain_before=2)], 1),
        ([run(0, (0, 6, 0, 0)), run(20, (1, 6, 0, 0))], 0),
        ([run(0, MORNING)], 2),
    ],
    ids=str,
)
def test_how_far_the_knee_must_come_back(earlier: list[Entry], most: int) -> None:
    """Two of 10 before a run are fine wherever nothing hurt before; more is row 4."""
    after = [decided([*earlier, run(23, (pain,) * 4)])[-1] for pain in range(3)]
    assert after == ["10"] * (most + 1) + ["2b"] * (2 - most)
