"""Signs that stop training: their urgency, and what lifts them."""

from __future__ import annotations

import pytest

from planner.athlete import Clearance, Screening
from planner.response import Terms, called_for
from planner.response.signs import (
    BONE_PARTS,
    CARES,
    FELT_NOW,
    HINTS,
    NEVER_LIFTED,
    REMARKS,
    STOPS,
    URGENCIES,
    most_urgent,
    urgency,
)
from planner_pillars import screening
from planner_pillars.screening import flags
from tests.response.rows import EAGER, FLARE, SORE, day, decided, note, run, standing, verdicts

WAITS = "PREG-02"
"""The safety questions send to a block before the first run for this one; in a log it stops running."""


def cleared(*signs: str, on: int) -> Terms:
    return Terms(clean_needed=1, levels_per_week=7, clearance=Clearance(by="A. Smith", date=day(on), for_=signs))


def answered(on: int | None, flagged: tuple[str, ...] | None = ()) -> Terms:
    told = Screening(answered=None if on is None else day(on), red_flags=flagged)
    return Terms(clean_needed=1, levels_per_week=7, screening=told)


def stops(terms: Terms, *rows: object, before: int = 100) -> list[str]:
    return [stop.sign for stop in standing(rows, terms, day(before)).stops]


def test_every_sign_of_the_safety_questions_is_known_here_as_it_is_there() -> None:
    asked = flags()
    assert {sign: entry.when.lower() for sign, entry in asked.items() if entry.severity == "stop"} | {WAITS: "before any running"} == STOPS
    assert {sign for sign, entry in asked.items() if entry.severity == "warning"} - {WAITS} == CARES
    assert {sign for sign, entry in asked.items() if entry.severity == "info"} == REMARKS
    assert {sign for sign, entry in asked.items() if not entry.clearance} == NEVER_LIFTED == {"RED-01", "RED-03", "RED-10"}


def test_the_bone_signs_are_those_of_the_safety_questions() -> None:
    assert HINTS == screening.BONE_HINTS
    assert FELT_NOW == screening.FELT_NOW
    assert BONE_PARTS == screening.BONE_PARTS - screening.BONE_SITES
    assert set(STOPS) >= screening.BONE_SITES


@pytest.mark.parametrize("sign", STOPS)
def test_a_sign_stops_and_says_how_soon(sign: str) -> None:
    found = standing([run(0, red_flag=sign)])
    assert (found.verdicts[0].row, found.verdicts[0].decision, found.verdicts[0].signs) == ("1", "stop", (sign,))
    assert found.verdicts[0].source == sign
    assert (found.stop.sign, found.stop.since, found.stop.urgency, found.stop.halts) == (sign, day(0), STOPS[sign], "everything")
    assert f"({sign})" in found.verdicts[0].text
    assert f"{STOPS[sign]}. No running" in found.verdicts[0].text
    assert stops(cleared(sign, on=0), run(0, red_flag=sign)) == ([sign] if sign in NEVER_LIFTED else [])
    assert decided([note(0, red_flag=sign)]) == ["1"]


def test_a_sign_on_a_day_without_a_run_has_no_row_of_its_own() -> None:
    verdict = verdicts([note(0, red_flag="RED-04")])[0]
    assert (verdict.own, verdict.ran, verdict.rest_days, verdict.levels, verdict.session) == ("", False, 0, 0, "")


def test_a_sign_that_nobody_knows_stops() -> None:
    found = standing([run(0, red_flag="yes")])
    assert (found.stop.sign, found.stop.urgency) == ("yes", "within days")


def test_urgencies_are_ordered() -> None:
    assert URGENCIES == ("now", "today", "within days", "before any exercise", "before any running", "within two weeks")
    assert most_urgent(["RED-06", "RED-04", "RED-02", "RED-12"]) == "RED-02"
    assert most_urgent(["RED-05", "RED-04"]) == "RED-04"
    assert [urgency(sign) for sign in ("3a-3", "3a-12", "RED-01")] == ["within days", "within two weeks", "now"]


def test_several_stops_come_most_urgent_first() -> None:
    rows = [run(0, red_flag="RED-06"), note(0, red_flag="RED-05"), note(2, red_flag="RED-04"), note(3, red_flag="RED-01")]
    assert stops(EAGER, *rows) == ["RED-01", "RED-04", "RED-05", "RED-06"]
    assert (standing(rows).stop.sign, standing(rows).stop.urgency) == ("RED-01", "now")
    both = standing(rows, EAGER, day(1))
    assert both.verdicts[0].signs == ("RED-05", "RED-06")
    assert both.verdicts[0].source == "RED-05"
    assert both.stop.urgency == "within days"


def test_a_stop_stands_until_it_is_cleared() -> None:
    rows = [run(0, red_flag="RED-04"), run(7), run(14)]
    assert stops(EAGER, *rows) == ["RED-04"]
    assert stops(cleared("RED-04", on=1), *rows) == []
    assert stops(cleared("RED-05", on=1), *rows) == ["RED-04"]


@pytest.mark.parametrize(("on", "lifted"), [(-1, False), (0, True), (1, True), (9, True), (10, True), (11, False)])
def test_a_clearance_counts_from_the_answer_to_the_day_of_planning(on: int, lifted: bool) -> None:
    assert stops(cleared("RED-04", on=on), run(0, red_flag="RED-04"), before=10) == ([] if lifted else ["RED-04"])


def test_a_sign_that_comes_back_needs_a_clearance_of_its_own() -> None:
    rows = [run(0, red_flag="RED-04"), run(5, red_flag="RED-04")]
    assert stops(cleared("RED-04", on=4), *rows, before=5) == []
    assert stops(cleared("RED-04", on=4), *rows, before=6) == ["RED-04"]
    assert standing(rows, EAGER).stop.since == day(5)
    assert stops(cleared("RED-04", on=5), *rows) == []


@pytest.mark.parametrize("sign", sorted(NEVER_LIFTED))
def test_no_clearance_lifts_an_emergency(sign: str) -> None:
    assert stops(cleared(sign, on=3), run(0, red_flag=sign)) == [sign]


@pytest.mark.parametrize(("on", "lifted"), [(None, False), (-1, False), (0, False), (1, True), (10, True), (11, False)])
def test_an_emergency_ends_when_the_questions_are_answered_anew(on: int | None, lifted: bool) -> None:
    assert stops(answered(on), run(0, red_flag="RED-01"), before=10) == ([] if lifted else ["RED-01"])


def test_questions_that_name_it_again_or_are_left_open_lift_nothing() -> None:
    assert stops(answered(5, ("RED-01",)), run(0, red_flag="RED-01")) == ["RED-01"]
    assert stops(answered(5, None), run(0, red_flag="RED-01")) == ["RED-01"]
    assert stops(answered(5, ("RED-04",)), run(0, red_flag="RED-01")) == []
    assert stops(answered(5), run(0, red_flag="RED-04")) == ["RED-04"]


def test_rows_3_and_12_are_lifted_by_their_own_names() -> None:
    twice = [run(0, FLARE), run(3, FLARE)]
    assert stops(EAGER, *twice) == ["3a-3"]
    assert stops(cleared("RED-05", on=4), *twice) == ["3a-3"]
    assert stops(cleared("3a-3", on=4), *twice) == []
    assert stops(cleared("3a-3", on=4), *twice, run(6, FLARE, 3000)) == ["3a-3"]
    smaller = [run(3 * n, SORE, 2000 - n) for n in range(4)]
    assert stops(EAGER, *smaller) == ["3a-12"]
    assert stops(cleared("3a-12", on=9), *smaller) == []
    assert stops(cleared("3a-12", on=8), *smaller) == [], "the counts begin again at the clearance"
    again = [run(3 * n, SORE, 2000 - n) for n in range(7)]
    assert stops(cleared("3a-12", on=8), *again) == ["3a-12"]


def test_what_the_knee_lost_stays_lost_after_a_clearance() -> None:
    left = standing([run(0, SORE, red_flag="RED-04")], cleared("RED-04", on=1))
    assert (left.levels, left.ceiling_m, left.stop, left.verdicts[0].decision) == (-1, 1600, None, "stop")
    waiting = Terms(clean_needed=2, clearance=Clearance(by="A. Smith", date=day(3), for_=("RED-04",)))
    assert decided([run(0), run(2, red_flag="RED-04"), run(4), run(6)], waiting) == ["9", "1", "9", "10"]


@pytest.mark.parametrize(
    ("signs", "stops_here"),
    [
        (("RED-09-worse", "RED-09-past"), True),
        (("RED-09-night", "RED-09-periods"), True),
        (("RED-09-past", "RED-09-periods"), False),
        (("RED-09b", "RED-09-past"), False),
        (("RED-09b", "RED-09-past", "RED-09-periods"), True),
        (("RED-09-past", "RED-09-periods", "RED-09b"), True),
        (("RED-09-worse", "RED-09-low-energy"), False),
        (("RED-09-worse", "RED-09-worse"), False),
        (("RED-09-worse", "RED-09b"), False),
    ],
    ids=str,
)
def test_two_bone_hints_are_a_bone_sign(signs: tuple[str, ...], stops_here: bool) -> None:
    rows = [run(3 * n, red_flag=sign) for n, sign in enumerate(signs)]
    expected = ["RED-09"] if stops_here else []
    assert stops(EAGER, *rows) == expected
    assert stops(EAGER, *[note(0, red_flag=sign) for sign in signs]) == expected
    assert stops(cleared("RED-09", on=50), *rows) == []
    assert stops(EAGER, *rows[:-1]) == []


@pytest.mark.parametrize(("later", "stopped"), [(27, ["RED-09"]), (28, [])])
def test_a_hint_is_remembered_for_28_dates(later: int, stopped: list[str]) -> None:
    assert stops(EAGER, run(0, red_flag="RED-09-past"), run(later, red_flag="RED-09-night")) == stopped
    assert stops(EAGER, run(0, red_flag="RED-09-past"), run(1, red_flag="RED-09-past"), run(28, red_flag="RED-09-night")) == ["RED-09"]


def test_only_a_date_that_names_a_hint_adds_to_it() -> None:
    rows = [run(0, red_flag="RED-09-past"), run(3, red_flag="RED-09-night"), run(6), run(9, red_flag="SITE-02")]
    assert decided(rows) == ["1b", "1", "1b"], "a clean run against a stop says nothing"
    assert verdicts(rows)[1].signs == ("RED-09",)


def test_what_is_left_of_two_stops_is_told_in_its_own_words() -> None:
    rows = (run(0, FLARE), run(5, FLARE, red_flag="RED-06"))
    both = [called_for(stop) for stop in standing(rows, EAGER, day(9)).stops]
    assert ["You noted a sign (RED-06)" in words for words in both] == [False, True]
    (left,) = standing(rows, cleared("RED-06", on=6), day(9)).stops
    assert (left.sign, called_for(left)) == ("3a-3", both[0])
    assert "for the second time in two weeks" in both[0]
