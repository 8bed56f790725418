"""A plan whose last day has passed: more weeks come first while the goal is open; otherwise a new start is needed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from planner.plan_file import read_plan
from tests.cli.helpers import run

if TYPE_CHECKING:
    from pathlib import Path

OVER = "This plan is over: its last day was Sun 28 Mar 2027."
ANEW = "To start a new plan, renew `start`, with it recent_weeks_km, longest_run_km and last_run under [running]"


@pytest.mark.parametrize(("day", "goes_on"), [("2027-03-29", True), ("2027-04-04", True), ("2027-04-05", False), ("2028-01-03", False)])
def test_more_weeks_come_first_while_the_goal_is_open(ana: Path, capsys: pytest.CaptureFixture[str], day: str, goes_on: bool) -> None:
    said = run(capsys, "make", ana, "--as-of", day)
    assert said.code == 0
    assert OVER in said.err
    assert ANEW in said.err
    assert ("write `weeks = 17` to go on" in said.err) is goes_on
    if goes_on:
        assert said.err.index("weeks = 17") < said.err.index(ANEW)


def test_a_new_start_in_miles_is_asked_for_with_the_keys_in_miles(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = re.sub(r"\b([a-z_]+)_km\b", r"\1_mi", ana.read_text(encoding="utf-8").replace('units = "km"', 'units = "mi"'))
    ana.write_text(re.sub(r"(?m)^km = ", "mi = ", text).replace('"6:40"', '"10:40"').replace('"10:30"', '"16:50"'), encoding="utf-8")
    said = run(capsys, "make", ana, "--as-of", "2028-01-03")
    assert said.code == 0
    assert ANEW.replace("_km", "_mi") in said.err


def test_a_plan_that_reached_its_goal_only_asks_for_a_new_start(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ana.write_text(ana.read_text(encoding="utf-8").replace("goal_minutes = 30", "goal_minutes = 5"), encoding="utf-8")
    said = run(capsys, "make", ana, "--as-of", "2027-03-29").err
    assert f"{OVER} {ANEW}" in said
    assert "to go on" not in said


def test_what_is_told_is_true(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ana.write_text(ana.read_text(encoding="utf-8").replace("weeks = 12", "weeks = 17"), encoding="utf-8")
    assert "in every run of the week from Mon 26 Apr 2027" in run(capsys, "make", ana, "--as-of", "2027-03-29").err


def test_explaining_a_day_after_the_end_says_that_the_plan_is_over(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    after = run(capsys, "explain", ana, "--as-of", "2027-03-29", "--date", "2027-03-29")
    assert after.code == 2
    assert OVER in after.err
    before = run(capsys, "explain", ana, "--as-of", "2027-03-28", "--date", "2027-03-29")
    assert before.code == 2
    assert "over" not in before.err


@pytest.mark.parametrize("how", ["", "log", "start"])
def test_a_plan_that_is_ended_early_leaves_its_later_past_out_of_its_weeks(ana: Path, capsys: pytest.CaptureFixture[str], how: str) -> None:
    text = ana.read_text(encoding="utf-8")
    if how == "log":
        text = text.replace("units =", 'log = "l.csv"\nunits =')
        rows = [f"2027-01-{day},2.2,2.3,0,0,0,0" for day in ("05", "07", "09")]
        head = "date,run_km,foot_km,pain_before,pain_during,pain_after,pain_next_morning"
        ana.with_name("l.csv").write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    ana.write_text(text, encoding="utf-8")
    run(capsys, "make", ana, "--as-of", "2027-01-02")
    text = text.replace("weeks = 12", "weeks = 6")
    if how == "start":
        text = text.replace("start = 2027-01-04", "start = 2027-01-11").replace("last_run = 2027-01-02", "last_run = 2027-01-09")
    ana.write_text(text, encoding="utf-8")
    said = run(capsys, "make", ana, "--as-of", "2027-03-10")
    assert "Updated" in said.err
    assert "careful: what was planned before today" not in said.err
    checked = run(capsys, "check", ana.with_suffix(".ics"))
    assert (checked.code, "every law holds" in checked.out) == (0, True), checked.out
    weeks = read_plan(ana.with_suffix(".ics")).weeks
    assert [week.number for week in weeks] == [1, 2, 3, 4, 5, 6]
    assert all(week.start <= session.date <= week.last_day for week in weeks for session in week.sessions)
