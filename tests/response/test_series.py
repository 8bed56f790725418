"""Rows 3, 11 and 12 of the decision table: decisions over a series of runs."""

from __future__ import annotations

import pytest
from attrs import evolve

from planner.athlete import Clearance
from planner.response import Terms, called_for
from tests.response.rows import (
    CLEAN,
    EAGER,
    FLARE,
    MORNING,
    SILENT,
    SORE,
    UNSETTLED,
    day,
    decided,
    note,
    run,
    standing,
    verdicts,
)

LESS = (2000, 1600, 1280, 1024, 819)


def falling(*numbers: int, felt: tuple[int, ...] = SORE) -> list[object]:
    """Runs on these days, each a step lower than the one before."""
    return [run(n, felt, metres) for n, metres in zip(numbers, LESS, strict=False)]


@pytest.mark.parametrize(("later", "row"), [(3, "3"), (14, "3"), (15, "2")])
def test_row_2_twice_in_14_days_stops(later: int, row: str) -> None:
    verdict = verdicts([run(0, FLARE), run(later, FLARE)])[-1]
    assert (verdict.row, verdict.own) == (row, "2")
    assert (verdict.decision == "stop") is (row == "3")
    assert (verdict.rest_days, verdict.levels) == (2, -2)


def test_row_3_says_whom_to_see_and_stands_until_cleared() -> None:
    found = standing([run(0, FLARE), run(3, FLARE)])
    assert found.verdicts[-1].signs == ("3a-3",)
    assert (found.stop.sign, found.stop.since, found.stop.urgency, found.stop.halts) == ("3a-3", day(3), "within days", "everything")
    assert "a doctor or physiotherapist has seen you, within days" in found.verdicts[-1].text


def test_a_limp_that_is_said_again_on_a_day_without_a_run_is_the_same_flare() -> None:
    assert decided([run(0, FLARE), note(1, limp=True), note(2, swelling=True)]) == ["2", "2", "2"]
    assert decided([run(0, FLARE), note(1, limp=True), run(3, CLEAN, limp=True)]) == ["2", "2", "3"]
    assert decided([run(0, FLARE), run(3), note(4, limp=True)]) == ["2", "10", "3"]
    assert decided([run(0, FLARE), note(1, pain_during=6)]) == ["2", "3"]
    assert decided([run(0, FLARE), note(1, pain_during=5, limp=True)]) == ["2", "2"]
    assert decided([note(0, limp=True), note(1, limp=True)]) == ["2", "2"]
    assert decided([note(0, limp=True), run(1, FLARE)]) == ["2", "3"]


def test_a_flare_that_was_the_same_one_is_not_counted_later() -> None:
    rows = [run(0, FLARE), note(1, limp=True), run(15, FLARE)]
    assert decided(rows) == ["2", "2", "2"]
    assert decided([run(0, FLARE), run(10, FLARE), run(24, FLARE)]) == ["2", "3", "3"]


def test_a_regress_counts_only_where_the_dose_was_already_lower() -> None:
    assert [v.counts for v in verdicts([run(0, SORE), run(3, SORE), run(6, SORE, 1999), run(9, SORE)])] == [False, False, True, False]
    assert [v.counts for v in verdicts([run(0), run(3, SORE, 1999)])] == [False, True]
    assert [v.counts for v in verdicts([run(0), run(3, UNSETTLED, 1999)])] == [False, False]
    assert [v.counts for v in verdicts([run(0), note(3, pain_before=4)])] == [False, False]


def test_a_dose_whose_metres_are_not_known_counts() -> None:
    assert [v.counts for v in verdicts([run(0), run(3, SORE, None)])] == [False, True]
    assert [v.counts for v in verdicts([run(0, CLEAN, None), run(3, SORE)])] == [False, True]
    assert [v.counts for v in verdicts([run(0, SORE, None)])] == [False]


def test_two_in_a_row_that_count_are_planned_anew() -> None:
    found = standing(falling(0, 3, 6))
    assert [v.row for v in found.verdicts] == ["6", "6", "11"]
    last = found.verdicts[-1]
    assert (last.own, last.decision, last.rest_days, last.levels, last.source, last.signs) == ("6", "regress", 3, -2, "3a row 11", ())
    assert found.stop is None


def test_in_a_row_is_broken_by_a_run_that_takes_no_step_back() -> None:
    lower = [run(0, CLEAN, 2000), run(3, SORE, 1600), run(6, CLEAN, 1280), run(9, SORE, 1024)]
    assert decided(lower) == ["10", "6", "10", "6"]
    lower[2] = run(6, SILENT, 1280)
    assert decided(lower)[-1] == "6"


def test_in_a_row_is_not_broken_by_a_regress_that_does_not_count_nor_by_a_day_without_a_run() -> None:
    assert decided([run(0), run(2, SORE, 1600), run(4, SORE, 1600), run(6, SORE, 1280)]) == ["10", "6", "6", "11"]
    assert decided([run(0), run(2, SORE, 1600), note(3, pain_before=2), run(6, SORE, 1280)]) == ["10", "6", "11"]
    assert decided([run(0), run(2, SORE, 1600), note(3, pain_before=3), run(6, SORE, 1280)]) == ["10", "6", "4", "11"]


@pytest.mark.parametrize(("third", "row"), [(22, "12"), (23, "6")])
def test_three_that_count_in_21_days_refer(third: int, row: str) -> None:
    rows = [run(0), run(1, SORE, 1600), run(3, CLEAN, 1600), run(9, SORE, 1280), run(11, CLEAN, 1280), run(third, SORE, 1024)]
    assert decided(rows)[-1] == row
    assert decided(rows)[:-1] == ["10", "6", "10", "6", "10"]


def test_row_12_pauses_running_and_is_routine() -> None:
    found = standing(falling(0, 3, 6, 9))
    last = found.verdicts[-1]
    assert (last.row, last.decision, last.rest_days, last.levels, last.signs) == ("12", "stop", 3, -2, ("3a-12",))
    assert (found.stop.sign, found.stop.halts, found.stop.urgency) == ("3a-12", "running", "within two weeks")
    assert "See a physiotherapist within two weeks" in last.text


@pytest.mark.parametrize(("second", "row"), [(90, "12"), (91, "11"), (300, "11")])
def test_row_11_twice_in_84_days_refers(second: int, row: str) -> None:
    later = [run(second - 4), run(second - 3, SORE, 1900), run(second, SORE, 1800)]
    assert decided([*falling(0, 3, 6), *later]) == ["6", "6", "11", "10", "6", row]


def cleared(number: int, *signs: str) -> Terms:
    """Eager terms with a clearance of day `number`."""
    return evolve(EAGER, clearance=Clearance(by="A", date=day(number), for_=signs))


def test_a_clearance_begins_the_counts_of_rows_11_and_12_again() -> None:
    rows = [*falling(0, 3, 6, 9), run(14, SORE, 800), run(17, SORE, 700), run(20, SORE, 600)]
    assert decided(rows)[3:] == ["12", "12", "12", "12"]
    assert decided(rows, cleared(12, "3a-12"))[3:] == ["12", "6", "11", "12"]
    assert decided(rows, cleared(12, "3a-3"))[3:] == ["12", "12", "12", "12"]
    found = standing(rows[:-1], cleared(12, "3a-12"))
    assert found.stop is None, "what was seen is not counted twice"
    assert standing(rows, cleared(12, "3a-12")).stop.since == day(20)
    assert decided(rows, cleared(14, "3a-12"))[3:] == ["12", "12", "6", "11"], "it lifts what was noted on its own date"


def test_no_step_on_in_14_days_of_training() -> None:
    slow = Terms(clean_needed=3)
    rows = [run(0), run(4, UNSETTLED), run(8), run(12, UNSETTLED)]
    assert decided([*rows, run(13, UNSETTLED)], slow)[-1] == "7"
    found = verdicts([*rows, run(14, UNSETTLED)], slow)[-1]
    assert (found.row, found.own, found.decision, found.rest_days, found.levels, found.counts) == ("11", "7", "regress", 3, -2, False)


def test_a_clean_run_is_not_planned_anew() -> None:
    rows = [run(0), run(4, UNSETTLED), run(8, UNSETTLED), run(12, UNSETTLED), run(16)]
    assert decided(rows, Terms())[-1] == "9"
    assert decided([run(n) for n in range(0, 30, 4)], Terms(clean_needed=6)) == ["9"] * 5 + ["10", "9", "9"]


def test_the_14_days_begin_with_a_step_on() -> None:
    held = [run(n, UNSETTLED) for n in (2, 6, 10)]
    assert decided([run(0), *held, run(13, UNSETTLED)])[-1] == "7"
    assert decided([run(0), *held, run(14, UNSETTLED)])[-1] == "11"
    assert decided([run(-4, UNSETTLED), run(0), *held, run(13, UNSETTLED)])[-1] == "7"


def test_the_14_days_begin_anew_after_a_plan_made_anew() -> None:
    held = [run(n, UNSETTLED) for n in (0, 4, 8, 12, 14, 18, 22, 26, 31, 32)]
    assert decided(held) == ["7"] * 4 + ["11"] + ["7"] * 4 + ["12"]


def test_the_14_days_begin_anew_after_a_gap() -> None:
    rows = [run(0, UNSETTLED), run(4, UNSETTLED)]
    assert decided([*rows, run(11, UNSETTLED), run(14, UNSETTLED)])[-1] == "11"
    assert decided([*rows, run(12, UNSETTLED), run(14, UNSETTLED), run(20, UNSETTLED), run(25, UNSETTLED)])[-1] == "7"
    assert decided([*rows, run(12, UNSETTLED), run(14, UNSETTLED), run(20, UNSETTLED), run(26, UNSETTLED)])[-1] == "11"


def test_an_unanswered_run_holds_and_does_not_step_back() -> None:
    assert decided([run(n, SILENT) for n in range(0, 60, 3)]) == ["8"] * 20
    rows = [run(0, UNSETTLED), run(4, SILENT), run(8, UNSETTLED), run(12, UNSETTLED), run(16, UNSETTLED)]
    assert decided(rows) == ["7", "8", "7", "7", "7"]
    assert decided([*rows, run(22, UNSETTLED)])[-1] == "11"
    assert decided([run(0, UNSETTLED), run(7, UNSETTLED), run(14, SILENT)])[-1] == "8"


def test_two_weeks_on_painkillers_are_two_weeks_without_a_step_on() -> None:
    rows = [run(n, painkiller=True) for n in (0, 5, 10, 14)]
    assert decided(rows) == ["MED-01"] * 3 + ["11"]
    masked = "Two weeks brought no step on: with a painkiller nobody can tell how the knee took a run."
    assert verdicts(rows)[-1].text.startswith(f"{masked} Leave running for 3 to 7 days")
    again = [*rows, *(run(n, painkiller=True) for n in (18, 23, 28, 32))]
    assert decided(again)[-1] == "12"
    (stop,) = standing(again, EAGER, day(33)).stops
    for words in (verdicts(again)[-1].text, called_for(stop)):
        assert words.startswith(f"{masked} It is the second time. Running pauses;")


def test_rows_11_and_12_say_what_they_followed_from() -> None:
    held = [run(n, UNSETTLED) for n in (0, 4, 8, 12, 14)]
    assert verdicts(held)[-1].text.startswith("Two weeks brought no step on. Leave running for 3 to 7 days")
    hurt = [run(0), run(2, SORE, 1600), run(4, SORE, 1400)]
    assert verdicts(hurt)[-1].text.startswith("The smaller dose hurt again. Leave running for 3 to 7 days")
    (stop,) = standing([*hurt, run(8, SORE, 1280)], EAGER, day(9)).stops
    assert called_for(stop).startswith("Smaller doses keep hurting. Running pauses;")


def test_a_day_without_a_run_is_not_training() -> None:
    rows = [run(0, UNSETTLED), run(7, UNSETTLED), run(10, UNSETTLED), note(14, pain_before=3)]
    assert decided(rows)[-1] == "4"


def test_the_worst_of_what_holds_is_demanded() -> None:
    both = verdicts([run(0), run(3, SORE, 1600), run(6, FLARE, 1280)])[-1]
    assert (both.row, both.own, both.rest_days, both.levels, both.back_to) == ("11", "2", 3, -2, 0)
    flagged = verdicts([run(0, SORE, red_flag="RED-04")])[-1]
    assert (flagged.row, flagged.own, flagged.rest_days, flagged.levels, flagged.decision) == ("1", "6", 1, -1, "stop")
    every = verdicts([run(0, FLARE), run(3, FLARE, 1600), run(6, FLARE, 1280, red_flag="RED-04")], EAGER)[-1]
    assert (every.row, every.signs, every.rest_days) == ("1", ("RED-04", "3a-3"), 3)
    assert (every.source, "a sign (RED-04)" in every.text) == ("RED-04", True), "3a-3 is nothing that anybody noted"
    every = verdicts([*falling(0, 3, 6, felt=MORNING), run(9, FLARE, 900), run(12, FLARE, 800)])[-1]
    assert (every.row, every.signs, "has seen you, within days" in every.text) == ("3", ("3a-3", "3a-12"), True)
