"""`planner log` says at once what a row calls for: the decision table's row, a second flare, a sign, in the athlete's language."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.cli.log_advice import FLARE, MASKED
from planner.language import catalogue
from planner.response.table import row_named
from tests.cli.helpers import Said, logged, run

SECOND = "Pain above 5, a limp or new swelling for the second time in two weeks."
UNTIL_SEEN = "No running and none of these exercises until"
GERMAN = catalogue("de").gettext


def advised(capsys: pytest.CaptureFixture[str], ana: Path, *args: str, day: str = "2027-01-06") -> str:
    """What stands on standard error with `-q`: the advice alone."""
    said: Said = logged(capsys, ana, *args, "-q", day=day)
    assert said.code == 0
    assert said.out == ""
    return said.err.strip()


def german(ana: Path) -> Path:
    """Ana's file, in German."""
    ana.write_text('language = "de"\n' + ana.read_text(encoding="utf-8"), encoding="utf-8")
    return ana


def test_a_second_flare_in_two_weeks_is_the_stop_that_make_tells(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert advised(capsys, ana, "--run", "2", "--before", "0", "--worst", "6", day="2027-01-05") == FLARE
    said = advised(capsys, ana, "--run", "2", "--before", "0", "--worst", "7", day="2027-01-09")
    assert said.startswith(SECOND)
    assert UNTIL_SEEN in said
    assert "damage" not in said
    made = run(capsys, "make", ana, "--as-of", "2027-01-09", "-o", ana.with_suffix(".ics"))
    assert f"3a-3: {said}" in made.err, "the plan stops in the same words"
    assert advised(capsys, ana, "--limp", day="2027-01-10") == said, "while the stop stands, no flare is common"


def test_a_flare_entered_late_that_makes_two_is_a_stop_too(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert advised(capsys, ana, "--run", "2", "--worst", "7", day="2027-01-09") == FLARE
    assert advised(capsys, ana, "--date", "2027-01-05", "--run", "2", "--worst", "6", day="2027-01-09").startswith(SECOND)


def test_flares_three_weeks_apart_are_two_flares(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for day in ("2027-01-05", "2027-01-26"):
        assert advised(capsys, ana, "--run", "2", "--worst", "6", day=day) == FLARE


@pytest.mark.parametrize(
    ("args", "row"),
    [
        ("--run 2 --before 4", "4"),
        ("--run 2 --before 0 --worst 3", "6"),
        ("--run 2 --before 0 --worst 5", "6"),
        ("--run 2 --before 0 --worst 2 --after 1", "7"),
        ("--run 2 --before 0 --worst 1 --painkiller", "MED-01"),
    ],
)
def test_what_the_decision_table_asks_for_is_said_at_once(ana: Path, capsys: pytest.CaptureFixture[str], args: str, row: str) -> None:
    assert advised(capsys, ana, *args.split()) == row_named(row).text.format(limit=2)


def test_a_worse_morning_is_answered_wherever_it_stands(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    logged(capsys, ana, "--run", "2", "--before", "0", "--worst", "1", "--after", "0")
    assert advised(capsys, ana, "--morning", "2", day="2027-01-07") == row_named("5").text
    log = ana.with_name("ana-log.csv")
    log.write_text(
        "date,run_km,pain_before,pain_during,pain_after,pain_next_morning\n2027-01-06,2,0,1,0,\n2027-01-07,,,,,2\n", encoding="utf-8"
    )
    corrected = advised(capsys, ana, "--correct", "--date", "2027-01-07", "--morning", "3", day="2027-01-08")
    assert corrected == row_named("5").text, "in a row of its own"


@pytest.mark.parametrize("args", ["--run 2 --before 0 --worst 2 --after 0", "--run 2 --before 1 --worst 1", "--akps 70", "--run 2"])
def test_a_row_that_calls_for_nothing_is_only_logged(ana: Path, capsys: pytest.CaptureFixture[str], args: str) -> None:
    assert advised(capsys, ana, *args.split()) == ""


def test_a_painkiller_is_answered_without_a_run_and_beside_another_row(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert advised(capsys, ana, "--painkiller", day="2027-01-05") == MASKED
    said = advised(capsys, ana, "--run", "2", "--before", "0", "--worst", "4", "--painkiller", day="2027-01-08")
    assert said.split("\n\n") == [row_named("6").text.format(limit=2), MASKED]


def test_a_planned_run_without_metres_is_a_run(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "make", ana, "--as-of", "2027-01-03", "-o", ana.with_suffix(".ics"))
    answers = ("--before", "0", "--worst", "3")
    hips = advised(capsys, ana, "--date", "2027-01-04", "--session", "hip_strength/strength-1#1", *answers)
    assert hips == "", "strength allows 3 (PAIN-03)"
    assert advised(capsys, ana, "--date", "2027-01-05", "--session", "progression/run#1", *answers) == row_named("6").text.format(limit=2)


def test_the_outer_knee_is_judged_by_its_own_limit(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ana.write_text(ana.read_text(encoding="utf-8").replace('site = "kneecap"', 'site = "outer"'), encoding="utf-8")
    assert advised(capsys, ana, "--run", "2", "--before", "0", "--worst", "2").startswith("More than 1 of 10 while running")


def test_two_bone_signs_on_two_days_are_the_stop_that_make_tells(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert UNTIL_SEEN not in advised(capsys, ana, "--red-flag", "RED-09-past", day="2027-01-05")
    said = advised(capsys, ana, "--red-flag", "RED-09-night", day="2027-01-06")
    assert UNTIL_SEEN in said


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ("--red-flag RED-06", "Innerhalb von zwei Wochen"),
        ("--red-flag SITE-02", "Sehnenband"),
        ("--red-flag PREG-01", "Arztpraxis, Hebamme"),
        ("--run 2 --worst 6", GERMAN(FLARE)),
        ("--run 2 --worst 3", GERMAN(row_named("6").text).format(limit=2)),
        ("--painkiller", GERMAN(MASKED)),
    ],
)
def test_health_advice_is_in_the_language_of_the_athlete(ana: Path, capsys: pytest.CaptureFixture[str], args: str, words: str) -> None:
    said = advised(capsys, german(ana), *args.split())
    assert words in said
    assert "doctor" not in said


def test_a_german_sign_is_german_where_no_plan_can_be_made(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ana.write_text('language = "de"\ntemplate = "nothing"\n', encoding="utf-8")
    said = advised(capsys, ana, "--red-flag", "PREG-01")
    assert said.startswith("Dein Laufbuch nennt dieses Zeichen: du bist schwanger. Stopp: kein Laufen")


@pytest.mark.parametrize("language", ['"tlh"', "3", '"EN"'])
def test_an_unknown_language_keeps_nobody_from_advice(ana: Path, capsys: pytest.CaptureFixture[str], language: str) -> None:
    ana.write_text(f"language = {language}\n" + ana.read_text(encoding="utf-8"), encoding="utf-8")
    assert advised(capsys, ana, "--run", "3", "--limp") == FLARE


def test_advice_is_not_repeated_where_an_edit_is_not_about_the_knee(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert FLARE in logged(capsys, ana, "--run", "2", "--worst", "6").err
    assert FLARE not in logged(capsys, ana, "--correct", "--note", "wet road").err
    assert FLARE in logged(capsys, ana, "--correct", "--worst", "7").err
