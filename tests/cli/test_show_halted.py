"""A calendar whose plan does not go on (a stop, a pause of runs, a withdrawn plan) says so first and promises nothing."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from planner.render.calendar_stop import stop_words, stopped
from tests.cli.helpers import EXAMPLES, run

SIGN = 'red_flags = ["RED-06"]'
TODAY, ISSUED = date(2027, 1, 8), datetime(2027, 1, 8, tzinfo=UTC)


@pytest.fixture
def ana(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Ana's file with three weeks and no days away, and its calendar beside it."""
    path = tmp_path / "ana.toml"
    text = (EXAMPLES / "ana.toml").read_text(encoding="utf-8").replace("weeks = 12", "weeks = 3")
    path.write_text(text, encoding="utf-8")
    assert run(capsys, "make", path, "--as-of", "2027-01-02", "-q").code == 0
    return path


def show(ana: Path, capsys: pytest.CaptureFixture[str], day: str = "2027-01-08") -> tuple[str, dict[str, object]]:
    target = ana.with_suffix(".ics")
    return run(capsys, "show", target, "--as-of", day).out, json.loads(run(capsys, "show", target, "--as-of", day, "--json").out)


def sign(ana: Path, *, said: bool) -> None:
    text = ana.read_text(encoding="utf-8")
    over = text.replace(SIGN, "red_flags = []").replace("answered = 2027-01-02", "answered = 2027-01-08")
    ana.write_text(text.replace("red_flags = []", SIGN) if said else over, encoding="utf-8")


def test_a_stop_comes_first_and_no_goal_is_promised(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sign(ana, said=True)
    assert run(capsys, "make", ana, "--as-of", "2027-01-08").code == 4
    text, told = show(ana, capsys)
    lines = text.splitlines()
    assert lines[1] == "STOP: no run, no exercises. Read this first. (since 2027-01-08)"
    assert lines[2].startswith("  RED-06: ")
    assert "Nothing is planned" not in text
    assert "Goal" not in text
    assert text.count("no running") == 2
    assert text.count("RED-06") == 2  # once named, once in what to write down when it is cleared
    assert [(halt["rule"], halt["since"]) for halt in told["halts"]] == [("stop", "2027-01-08")]
    assert not any(told["goal"][key] for key in ("first_run", "every_run", "foreseen_week", "foreseen"))
    assert [week["decision"] for week in told["weeks"]][1:] == ["off", "off"]
    explained = run(capsys, "explain", ana.with_suffix(".ics"), "--date", "2027-01-08")
    assert explained.out.startswith("STOP: no run, no exercises.")
    assert "Nothing is planned" not in explained.out
    data = json.loads(run(capsys, "explain", ana.with_suffix(".ics"), "--date", "2027-01-08", "--json").out)
    assert data["halts"] == told["halts"]
    checked = run(capsys, "check", ana.with_suffix(".ics"))
    assert (checked.code, checked.err) == (0, "")
    assert "  since 2027-01-08: STOP: no run, no exercises." in checked.out.splitlines()[1]


def test_what_was_cleared_goes_on(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sign(ana, said=True)
    run(capsys, "make", ana, "--as-of", "2027-01-08")
    sign(ana, said=False)
    for day in ("2027-01-08", "2027-01-11"):
        assert run(capsys, "make", ana, "--as-of", day).code == 0
        text, told = show(ana, capsys, day)
        assert "STOP" not in text
        assert "Goal" in text
        assert told["halts"] == []


def test_a_stop_that_was_cleared_days_later_is_over(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sign(ana, said=True)
    run(capsys, "make", ana, "--as-of", "2027-01-08")
    sign(ana, said=False)
    assert run(capsys, "make", ana, "--as-of", "2027-01-11").code == 0
    assert "STOP" not in show(ana, capsys, "2027-01-11")[0]


def test_a_pause_of_runs_leaves_the_rest(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = ana.with_suffix(".ics")
    words = stop_words(["REF-01: See somebody."], "runs")
    target.write_bytes(stopped(target.read_bytes(), "ana", words, "runs", today=TODAY, issued=ISSUED))
    text, told = show(ana, capsys, "2027-01-11")
    assert text.splitlines()[1] == "STOP: no run. Read this first. (since 2027-01-08)"
    assert "Today 07:00: Hip and thigh strength" in text
    assert "Walk-run" not in text
    assert "Goal" not in text
    assert [week["decision"] for week in told["weeks"]][1:] == ["off", "off"]


@pytest.mark.parametrize("day", ["2027-01-02", "2027-01-08"])
def test_a_plan_that_was_taken_back_says_so_until_it_is_made_again(ana: Path, capsys: pytest.CaptureFixture[str], day: str) -> None:
    assert run(capsys, "make", ana, "--cancel", "--as-of", day).code == 0
    once = ana.with_suffix(".ics").read_bytes()
    run(capsys, "make", ana, "--cancel", "--as-of", "2027-01-09")
    assert ana.with_suffix(".ics").read_bytes() == once
    text, told = show(ana, capsys)
    assert text.splitlines()[1].startswith("The plan was cancelled.")
    assert text.splitlines()[1].endswith(f"(since {day})")
    assert "Goal" not in text
    assert [halt["rule"] for halt in told["halts"]] == ["taken-back"]
    assert [week["decision"] for week in told["weeks"]][1:] == ["off", "off"]
    assert run(capsys, "check", ana.with_suffix(".ics")).code == 0
    assert run(capsys, "make", ana, "--as-of", "2027-01-09").code == 0
    assert "was cancelled" not in show(ana, capsys, "2027-01-09")[0]


def test_a_cancellation_of_its_own_says_so_too(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ana.with_suffix(".ics").unlink()
    assert run(capsys, "make", ana, "--cancel", "--as-of", "2027-01-02").code == 0
    assert show(ana, capsys)[0].splitlines()[1].endswith("(since 2027-01-02)")
