"""A week's decision is the worst of its runs."""

from __future__ import annotations

from fractions import Fraction

import pytest

from planner.entry import Entry
from planner.response import AS_IF_ANSWERED_WELL, Terms, WeekVerdict, week_decision
from tests.response.rows import CLEAN, EAGER, FLARE, SILENT, SORE, UNSETTLED, day, note, run, standing


def week(rows: list[Entry], terms: Terms = EAGER, *, ran: bool = True, first: int = 0) -> WeekVerdict | None:
    return week_decision(standing(rows, terms), day(first), ran=ran)


@pytest.mark.parametrize(
    ("felt", "row", "decision", "levels", "clean"),
    [
        ((CLEAN, CLEAN, CLEAN), "10", "progress", 0, True),
        ((CLEAN, UNSETTLED, CLEAN), "7", "hold", 0, False),
        ((CLEAN, SILENT, CLEAN), "8", "hold", 0, False),
        ((CLEAN, SILENT, SORE), "6", "regress", -1, False),
        ((SORE, FLARE, CLEAN), "2", "regress", -2, False),
        ((FLARE, FLARE, CLEAN), "3", "stop", -2, False),
    ],
)
def test_the_worst_run_decides(felt: tuple[tuple[int, ...], ...], row: str, decision: str, levels: int, clean: bool) -> None:
    found = week([run(2 * n, pains) for n, pains in enumerate(felt)])
    assert found is not None
    assert (found.row, found.decision, found.levels, found.clean, found.first) == (row, decision, levels, clean, day(0))
    assert found.share == {0: Fraction(1), -1: Fraction(4, 5), -2: Fraction(3, 5)}[levels]


def test_the_words_are_those_of_the_run_that_decided() -> None:
    rows = [run(0), run(2, (0, 3, 0, 0)), run(4, (0, 0, 0, 1))]
    found, verdict = week(rows), standing(rows).on(day(4))
    assert (found.source, found.text, found.row) == (verdict.source, verdict.text, "5")
    assert found.text != standing(rows).on(day(2)).text


def test_the_most_levels_of_a_week_count_whatever_stops_it() -> None:
    found = week([run(0, red_flag="RED-04"), run(3, FLARE)])
    assert (found.row, found.decision, found.levels) == ("1", "stop", -2)
    assert week([run(0, (0, 0, 0, 1)), run(3, FLARE)]).row == "2"


def test_clean_runs_that_wait_for_their_number_hold_only_a_week_without_a_step_on() -> None:
    rows = [run(2 * n) for n in range(3)]
    assert week(rows, Terms()).decision == "progress"
    assert week(rows[:1], Terms()).decision == "hold"
    assert (week(rows[:1], Terms()).row, week(rows[:1], Terms()).clean) == ("9", True)
    assert week(rows, Terms(clean_needed=4)).decision == "hold"
    assert week([*rows, run(6, UNSETTLED)], Terms()).decision == "hold"


def test_only_the_seven_dates_count() -> None:
    rows = [run(-1, SORE), run(0), run(6), run(7, SORE)]
    assert week(rows).decision == "progress"
    assert week(rows, first=1).decision == "regress"
    assert week(rows, first=-1).decision == "regress"
    assert week([run(-1, SORE), run(6)]).row == "10"


def test_a_week_that_was_run_and_not_answered_holds() -> None:
    found = week([])
    assert (found.decision, found.row, found.source, found.levels, found.clean) == ("hold", "8", "PAIN-08", 0, False)
    assert found.text.startswith("Nothing was answered about this week's runs")
    assert week([note(0, pain_before=1)]).decision == "hold"
    assert week([note(0, pain_before=3)]).row == "4"
    assert week([run(0, SILENT)]).text.startswith("Not answered: before")


def test_a_week_without_running_decides_nothing_unless_the_knee_spoke() -> None:
    assert week([], ran=False) is None
    assert week([note(0, pain_before=2)], ran=False) is None
    assert week([note(0, pain_before=3)], ran=False).decision == "regress"
    assert week([run(0)], ran=False).decision == "progress"


def test_the_means_of_the_weeks_are_compared_too() -> None:
    drifting = [run(0), run(6), run(7, (0, 0, 0, 0)), run(9, (0, 2, 0, 0))]
    assert [v.row for v in standing(drifting).verdicts] == ["10"] * 4
    assert (week(drifting, first=7).row, week(drifting, first=7).decision, week(drifting, first=7).clean) == ("7b", "hold", False)
    assert week(drifting, Terms(), first=7).row == "7b"
    assert week(drifting[:3], first=7).row == "10"


def test_weeks_ahead_are_told() -> None:
    assert AS_IF_ANSWERED_WELL.startswith("Future weeks assume good answers after every run.")
