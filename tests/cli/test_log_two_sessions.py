"""`planner log` on a day with a run and another session: every answer finds the run, and a sign is never refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.helpers import entries, logged, run
from tests.cli.test_log_questions import asked

DAY, NEXT = "2027-01-07", "2027-01-08"
STRENGTH = "hip_strength/strength-2#1"
WITH_SETS = ["--session", STRENGTH, "--sets", "9", "--before", "0", "--worst", "1"]
BARE = ["--session", STRENGTH, "--before", "0", "--worst", "1"]
A_RUN = ["--run", "2.0", "--before", "0", "--worst", "1"]


@pytest.fixture(params=[(A_RUN, WITH_SETS), (WITH_SETS, A_RUN), (A_RUN, BARE), (BARE, A_RUN)])
def both(request: pytest.FixtureRequest, ana: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Ana with her calendar, and a run and a strength session of one day in either order."""
    assert run(capsys, "make", ana, "--as-of", "2027-01-03").code == 0
    sessions: tuple[list[str], list[str]] = request.param
    for said in sessions:
        assert logged(capsys, ana, *said, day=DAY).code == 0
    return ana


def pains(athlete: Path) -> dict[str, tuple[int | None, int | None]]:
    """The pain an hour after and on the next morning, of each session."""
    return {row.session: (row.pain_after, row.pain_next_morning) for row in entries(athlete)}


def test_the_hour_after_and_the_next_morning_are_those_of_the_run(both: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert logged(capsys, both, "--after", "0", day=DAY).code == 0
    said = logged(capsys, both, "--morning", "4", day=NEXT)
    assert said.code == 0
    assert "two days off running" in said.err, "the run hurt the next morning, and the advice says so"
    assert pains(both) == {"": (0, 4), STRENGTH: (None, None)}


def test_the_question_about_the_next_morning_is_about_the_run(
    both: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(capsys, monkeypatch, both, "4", DAY, "n", day=NEXT)
    assert pains(both) == {"": (None, 4), STRENGTH: (None, None)}


def test_a_session_that_is_named_keeps_its_own_next_morning(both: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert logged(capsys, both, "--session", STRENGTH, "--morning", "2", day=NEXT).code == 0
    assert pains(both) == {"": (None, None), STRENGTH: (None, 2)}


def test_a_sign_is_taken_whatever_rows_the_day_has(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for session in ("hip_strength/strength-2#1", "mobility/mobility-1#1"):
        assert logged(capsys, ana, "--session", session, "--sets", "3", day=DAY).code == 0
    assert logged(capsys, ana, "--red-flag", "RED-06", "--limp", day=DAY).code == 0
    assert [(row.session, row.red_flag, row.limp) for row in entries(ana)][2:] == [("", "RED-06", True)]


def test_a_second_sign_of_one_day_gets_a_row_of_its_own(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for sign in ("RED-06", "RED-05"):
        logged(capsys, ana, "--red-flag", sign, day=DAY)
    assert [row.red_flag for row in entries(ana)] == ["RED-06", "RED-05"]


def test_a_second_run_of_one_day_is_pointed_out(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "another run" not in logged(capsys, ana, "--run", "2.4", day=DAY).err
    assert "Line 2 of it is another run of that day: delete one if they are the same." in logged(capsys, ana, "--run", "2.6", day=DAY).err
    assert [row.run_m for row in entries(ana)] == [2400, 2600]


def test_the_other_knee_is_no_second_run(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for side in ("left", "right"):
        assert "another run" not in logged(capsys, ana, "--run", "2.4", "--side", side, "--worst", "1", day=DAY).err
