"""`planner show` and `planner explain`: what a person reads in the terminal."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from planner.cli import weektable
from tests.cli.helpers import EXAMPLES, SHORTLY_BEFORE, example, run

ANA = EXAMPLES / "ana.toml"


@pytest.mark.parametrize("name", sorted(set(SHORTLY_BEFORE) - {"hugo"}))
def test_every_example_is_shown_week_by_week(capsys: pytest.CaptureFixture[str], name: str) -> None:
    said = run(capsys, "show", *example(name))
    assert (said.code, said.err) == (0, "")
    lines = said.out.split("\n")
    assert lines[0].startswith(name.capitalize())
    heading = next(n for n, line in enumerate(lines) if line.startswith("Week  From"))
    weeks = [line for line in lines[heading + 1 :] if re.match(r"^[ >] +\d+  ", line)]
    assert [int(line[1:5]) for line in weeks] == list(range(1, len(weeks) + 1))
    assert any("#" in line for line in weeks)


def test_today_comes_first(capsys: pytest.CaptureFixture[str]) -> None:
    plan = json.loads(run(capsys, "show", ANA, "--as-of", "2027-01-03", "--json").out)
    run_day = next(s["date"] for s in plan["weeks"][1]["sessions"] if s["run_m"])
    said = run(capsys, "show", ANA, "--as-of", run_day)
    lines = said.out.split("\n")
    assert lines[1].startswith("Today")
    assert lines[2].startswith("  ")
    assert re.search(r"^> +2  Mon 11 Jan", said.out, re.MULTILINE)
    assert said.out.index("Today") < said.out.index("Week 2:") < said.out.index("Week  From")


def test_a_plan_that_was_written_is_shown_like_the_athlete(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    direct = run(capsys, "show", *example("ana"), "--json").out
    for suffix in ("json", "ics"):
        target = tmp_path / f"ana.{suffix}"
        run(capsys, "make", *example("ana"), "-o", target)
        read = json.loads(run(capsys, "show", target, "--as-of", SHORTLY_BEFORE["ana"], "--json").out)
        assert [(w["number"], w["run_m"], w["foot_m"]) for w in read["weeks"]] == [
            (w["number"], w["run_m"], w["foot_m"]) for w in json.loads(direct)["weeks"]
        ]


def test_a_plan_that_is_over_is_shown_as_over(capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "show", ANA, "--as-of", "2028-01-01")
    assert said.code == 0
    assert "The plan is over: its last day was Sun 28 Mar 2027." in said.out


def test_the_bar_is_load_against_ceiling() -> None:
    assert weektable.bar(50, 75, 100) == "##########.....     "
    assert weektable.bar(100, 75, 100) == "#" * 20
    assert weektable.bar(0, 75, 100) == " " * 20
    assert weektable.bar(10, 10_000, 100) == "##" + "." * 18


def on_a_terminal(*args: str | Path, **environment: str) -> str:
    """What the command writes when a terminal reads it."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", "from planner.cli.app import main; main()", *map(str, args)],
        stdout=follower,
        stdin=follower,
        env={**os.environ, "COLUMNS": "120", "TERM": "xterm-256color", **environment},
    )
    os.close(follower)
    seen = b""
    try:
        while part := os.read(leader, 65536):
            seen += part
    except OSError:  # the other end is closed
        pass
    os.close(leader)
    assert process.wait() == 0
    return seen.decode()


def test_a_terminal_gets_colour_unless_it_says_no(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[32m" in on_a_terminal("show", *example("ana"))
    plain = on_a_terminal("show", *example("ana"), NO_COLOR="1")
    assert "\x1b[32m" not in plain
    assert "█" in plain


def test_explain_names_what_decided_with_its_source(capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "explain", *example("ana"), "--week", "2")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("Week 2, Mon 11 Jan to Sun 17 Jan 2027: growth")
    assert "Running " in said.out
    assert re.search(r"Size: Running \d+\.\d km, at most", said.out)
    assert re.search(r"Decided by .*\[(PROG|ENT|WR|SCHED|LAW)", said.out)
    assert "[hip_strength]" in said.out
    assert re.search(r"Place: \d days after the last run session; at least 2 \[WR-02\]", said.out)


def test_explain_takes_a_date_and_a_written_plan(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "ana.json"
    run(capsys, "make", *example("ana"), "-o", target)
    plan = json.loads(target.read_text(encoding="utf-8"))
    day = next(s["date"] for s in plan["sessions"] if s["run_s"] and s["week"] == 3)
    told = json.loads(run(capsys, "explain", target, "--date", day, "--json").out)
    assert told["week"] == 3
    assert {session["date"] for session in told["sessions"]} == {day}
    run_told = next(session for session in told["sessions"] if session["run_m"])
    assert run_told["run_m"] <= run_told["ceiling_m"]
    assert run_told["bound_by"]
    assert run_told["why"]


@pytest.mark.parametrize(("as_of", "week"), [("2026-12-30", 1), ("2027-01-20", 3), ("2029-01-01", 12)])
def test_explain_takes_the_week_of_today_or_the_nearest(capsys: pytest.CaptureFixture[str], as_of: str, week: int) -> None:
    text = run(capsys, "explain", ANA, "--as-of", "2027-01-03", "--json", "--week", str(week)).out
    target = json.loads(text)["week"]
    assert target == week
    assert run(capsys, "explain", ANA, "--as-of", as_of).out.startswith(f"Week {week}, ")


@pytest.mark.parametrize(("option", "value", "words"), [("--week", "13", "from 1 to 12"), ("--date", "2027-05-01", "to 2027-03-28")])
def test_explain_refuses_what_the_plan_does_not_hold(capsys: pytest.CaptureFixture[str], option: str, value: str, words: str) -> None:
    said = run(capsys, "explain", *example("ana"), option, value)
    assert said.code == 2
    assert words in said.err
