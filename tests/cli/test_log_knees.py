"""`planner log` with both knees sore: each answer goes to the row of its own knee."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.helpers import entries, logged
from tests.cli.test_log_questions import asked

NEXT = "2027-01-07"


def said_of(athlete: Path) -> list[tuple[str, int | None, int | None, int | None]]:
    """Of each row: the side, the metres run, the pain an hour after, and that of the next morning."""
    return [(e.side, e.run_m, e.pain_after, e.pain_next_morning) for e in entries(athlete)]


@pytest.fixture
def both(ana: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """An athlete file with a run on 6 January, and a row for each knee."""
    for side, before in (("left", "0"), ("right", "2")):
        assert logged(capsys, ana, "--run", "2.2", "--side", side, "--before", before, "--worst", "2").code == 0
    return ana


def test_each_next_morning_goes_to_its_knee(both: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Changed line 2" in logged(capsys, both, "--side", "left", "--morning", "4", day=NEXT).err
    assert "Changed line 3" in logged(capsys, both, "--side", "right", "--morning", "1", day=NEXT).err
    assert said_of(both) == [("left", 2200, None, 4), ("right", 2200, None, 1)]
    said = logged(capsys, both, "--side", "left", "--morning", "3", day=NEXT)
    assert (said.code, "line 2" in said.err, "--correct --date 2027-01-06 --side left" in said.err) == (2, True, True)
    assert logged(capsys, both, "--correct", "--date", "2027-01-06", "--side", "left", "--morning", "3", day=NEXT).code == 0
    assert said_of(both) == [("left", 2200, None, 3), ("right", 2200, None, 1)]


def test_each_hour_after_goes_to_its_knee(both: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Changed line 3" in logged(capsys, both, "--side", "right", "--after", "2").err
    assert "Changed line 2" in logged(capsys, both, "--side", "left", "--after", "0").err
    assert said_of(both) == [("left", 2200, 0, None), ("right", 2200, 2, None)]


@pytest.mark.parametrize(
    ("args", "day"), [(["--after", "1"], "2027-01-06"), (["--morning", "1"], NEXT), (["--correct", "--rpe", "3"], "2027-01-06")]
)
def test_an_answer_that_names_no_knee_is_asked_for_one(both: Path, capsys: pytest.CaptureFixture[str], args: list[str], day: str) -> None:
    before = entries(both)
    said = logged(capsys, both, *args, day=day)
    assert (said.code, entries(both)) == (2, before)
    assert "on lines 2 and 3" in said.err
    assert "Say which with --side" in said.err


def test_next_mornings_of_each_knee_stand_beside_a_run_without_a_side(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    logged(capsys, ana, "--session", "progression/run#1", "--run", "2.2", "--before", "1", "--worst", "1", "--after", "1")
    assert "Logged on line 3" in logged(capsys, ana, "--side", "left", "--morning", "4", day=NEXT).err
    assert "Logged on line 4" in logged(capsys, ana, "--side", "right", "--morning", "1", day=NEXT).err
    assert said_of(ana) == [("", 2200, 1, None), ("left", None, None, 4), ("right", None, None, 1)]
    assert {(e.date.day, e.session) for e in entries(ana)} == {(6, "progression/run#1")}
    assert logged(capsys, ana, "--side", "left", "--morning", "4", day=NEXT).code == 0, "said once more, the same is no other answer"
    assert len(entries(ana)) == 3


def test_an_hour_after_is_not_put_into_the_row_of_a_next_morning(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    logged(capsys, ana, "--run", "2.2", "--worst", "1")
    logged(capsys, ana, "--side", "left", "--morning", "4", day=NEXT)
    assert "Changed line 2" in logged(capsys, ana, "--date", "2027-01-06", "--side", "left", "--after", "1", day=NEXT).err
    assert said_of(ana) == [("left", 2200, 1, None), ("left", None, None, 4)]


def test_a_knee_without_a_row_gets_one_of_the_same_run(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    logged(capsys, ana, "--session", "progression/run#1", "--run", "2.2", "--side", "left", "--worst", "1")
    assert "Logged on line 3" in logged(capsys, ana, "--side", "right", "--after", "3").err
    assert said_of(ana) == [("left", 2200, None, None), ("right", 2200, 3, None)]
    assert "Changed line 3" in logged(capsys, ana, "--side", "right", "--morning", "2", day=NEXT).err


def test_a_session_has_a_row_for_each_knee(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    named = ["--session", "progression/run#1", "--run", "2.2"]
    assert logged(capsys, ana, *named, "--side", "left").code == 0
    assert logged(capsys, ana, *named, "--side", "right").code == 0
    assert "is already on line 2" in logged(capsys, ana, *named, "--side", "left", "--worst", "1").err
    assert "is already on line 2" in logged(capsys, ana, *named).err


def test_no_row_holds_a_side_alone(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = logged(capsys, ana, "--side", "left")
    assert (said.code, "--side: found it alone" in said.err) == (2, True)
    logged(capsys, ana, "--run", "2.2", "--worst", "1")
    assert "Changed line 2" in logged(capsys, ana, "--side", "left").err
    said = logged(capsys, ana, "--side", "left", "--morning", "2", "--run", "3", day=NEXT)
    assert said_of(ana) == [("left", 2200, None, 2), ("left", 3000, None, None)]


def test_at_a_terminal_each_knee_is_asked_about(both: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    said = asked(capsys, monkeypatch, both, "4", "", "", *[""] * 15, day=NEXT)
    assert "the morning after the run of 2027-01-06, left knee" in said.out
    assert said_of(both) == [("left", 2200, None, 4), ("right", 2200, None, None)]
    said = asked(capsys, monkeypatch, both, "1", "", "right", "3", *[""] * 12, day=NEXT)
    assert "left knee" not in said.out
    assert "the morning after the run of 2027-01-06, right knee" in said.out
    assert said_of(both) == [("left", 2200, None, 4), ("right", 2200, None, 1), ("right", 3000, None, None)]
