"""`planner show` and `planner explain`: their output in the terminal."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from planner.cli import weektable
from tests.cli.helpers import EXAMPLES, SHORTLY_BEFORE, example, run

ANA = EXAMPLES / "ana.toml"
LOG = """date,run_km,pain_before,pain_during,pain_after,pain_next_morning
2027-01-05,2.1,0,1,0,0
2027-01-08,2.5,0,3,2,1
"""
"""One run as planned, the second a day late and with pain; the third was missed."""


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


@pytest.mark.parametrize("format_name", ["json", "ics"])
def test_a_plan_is_known_by_what_it_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str], format_name: str) -> None:
    target = tmp_path / "plan.txt"
    said = run(capsys, "make", *example("ana"), "-f", format_name, "-o", target)
    assert format_name != "json" or f"Next: planner show {target}" in said.err
    for command in ("show", "explain"):
        shown = run(capsys, command, target, "--as-of", SHORTLY_BEFORE["ana"])
        assert (shown.code, shown.err) == (0, "")
        assert shown.out


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
    assert "[hip_strength/strength-1#1]" in said.out
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


@pytest.fixture(name="followed")
def _followed(tmp_path: Path) -> Path:
    """Ana with a log of two runs."""
    ana = Path(shutil.copy(ANA, tmp_path))
    ana.write_text(ana.read_text(encoding="utf-8").replace('units = "km"\n', 'units = "km"\nlog = "ana-log.csv"\n', 1), encoding="utf-8")
    (tmp_path / "ana-log.csv").write_text(LOG, encoding="utf-8")
    return ana


def test_with_a_log_planned_and_done_stand_side_by_side(followed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(run(capsys, "show", followed, "--as-of", "2027-01-12", "--json").out)
    lines = run(capsys, "show", followed, "--as-of", "2027-01-12").out.split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith("Week  From"))
    assert lines[at].split() == ["Week", "From", "Planned", "Done", "Load", "At", "most", "Set", "by", "Decision"]
    table = lines[at + 1 : at + 1 + len(told["weeks"])]
    first, second, third = told["weeks"][:3]
    shown = [f"{first['run_m'] // 100 / 10:.1f} km", "4.6 km", f"{first['ceiling_run_m'] // 100 / 10:.1f} km"]
    assert re.findall(r"[0-9.]+ km", table[0]) == shown
    assert (first["done_run_m"], second["done_run_m"], third["done_run_m"]) == (4600, 0, None)
    assert re.match(r"^>  2  Mon 11 Jan +[0-9.]+ km +-  #+ ", table[1])
    assert re.match(r"^   3  Mon 18 Jan +[0-9.]+ km  +#+", table[2])
    assert "=" in table[0]
    assert not any("=" in line for line in table[1:])
    assert table[1].endswith("how the knee felt            step back")
    assert lines[at + 1 + len(table)] == "= done  # planned  . up to what is allowed"
    assert told["ahead_from"] == "2027-01-12"
    assert [(done["date"], done["run_m"]) for done in first["done"]] == [("2027-01-05", 2100), ("2027-01-08", 2500)]


def test_a_week_without_sessions_is_shown_where_a_log_is_kept(followed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "show", followed, "--as-of", "2027-02-10")
    assert (said.code, said.err) == (0, "")
    assert said.out.split("\n")[1:3] == ["Nothing is planned today.", ""]
    assert re.search(r"^>  6  Mon 8 Feb", said.out, re.MULTILINE)


def test_todays_week_says_what_became_of_each_session(followed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(run(capsys, "show", followed, "--as-of", "2027-01-10", "--json").out)
    runs = [s for s in told["weeks"][0]["sessions"] if s["run_m"]]
    assert [(s["date"], s["status"], s["done_m"]) for s in runs] == [("2027-01-05", "done", 2100), ("2027-01-07", "missed", None)]
    lines = run(capsys, "show", followed, "--as-of", "2027-01-10").out.split("\n")
    week = lines[lines.index("Week 1:") + 1 : lines.index("", lines.index("Week 1:"))]
    assert lines[1].startswith("Today: ")
    marks = [line for line in week if line[19:27].strip()]
    of = f"{runs[0]['run_m'] // 100 / 10:.1f} km"
    assert [line[2:27].split() for line in marks] == [
        ["Tue", "5", "Jan", "done"],
        ["Thu", "7", "Jan", "missed"],
        ["Fri", "8", "Jan", "done"],
        *[["Sun", "10", "Jan", "today"]] * sum(s["date"] == "2027-01-10" for s in told["weeks"][0]["sessions"]),
    ]
    assert marks[0].endswith(f"(2.1 km of {of})")
    assert marks[2].endswith("A run that was not planned for this day (2.5 km)")
    days = [re.match(r"  \w{3} (\d+) Jan", line) for line in week]
    assert [int(day[1]) for day in days if day] == sorted(int(s["date"][-2:]) for s in told["weeks"][0]["sessions"] + [{"date": "08"}])


def test_a_run_that_is_logged_today_is_told_as_done(followed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "show", followed, "--as-of", "2027-01-05")
    assert re.search(r"^Today: Walk-run.*, done \(2\.1 km of \d\.\d km\)$", said.out, re.MULTILINE)


def test_the_range_of_the_goal_is_shown(followed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "ana-log.csv").write_text(LOG.partition("2027-01-08")[0], encoding="utf-8")
    goal = json.loads(run(capsys, "show", followed, "--as-of", "2027-01-06", "--json").out)["goal"]
    assert goal["foreseen_week"] < goal["latest_week"]
    words = rf"week {goal['foreseen_week']} \(from .*; week {goal['latest_week']}, from \w+ \d+ \w+ 2027, if every third week is a hold"
    assert re.search(words, run(capsys, "show", followed, "--as-of", "2027-01-06").out)
    made = run(capsys, "make", followed, "--as-of", "2027-01-06", "-o", tmp_path / "ana.json")
    assert re.search(words, made.err)
    assert json.loads((tmp_path / "ana.json").read_text(encoding="utf-8"))["goal"]["latest"] == goal["latest_week"]
    text = run(capsys, "make", followed, "--as-of", "2027-01-06", "-f", "txt", "-o", "-", "-q").out
    assert f"week {goal['latest_week']}, from" in " ".join(text.split())
    assert "latest_week" not in json.loads(run(capsys, "show", ANA, "--as-of", "2027-01-06", "--json").out)["goal"]


def test_plans_that_were_written_show_the_same(followed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    direct = json.loads(run(capsys, "show", followed, "--as-of", "2027-01-12", "--json").out)
    for suffix in ("json", "ics"):
        target = tmp_path / f"plan.{suffix}"
        run(capsys, "make", followed, "--as-of", "2027-01-12", "-o", target)
        read = json.loads(run(capsys, "show", target, "--as-of", "2027-01-12", "--json").out)
        same = ("number", "decision", "run_m", "bound_by", "done_run_m", "done")
        assert [[week[key] for key in same] for week in read["weeks"]] == [[week[key] for key in same] for week in direct["weeks"]]
        assert read["goal"] == direct["goal"]


def test_a_terminal_paints_done_and_planned_apart(followed: Path) -> None:
    shown = on_a_terminal("show", followed, "--as-of", "2027-01-12", NO_COLOR="1")
    assert "█" in shown
    assert "▒" in shown
    assert "█ done  ▒ planned  ░ up to what is allowed" in shown


def test_on_foot_done_is_counted_like_planned(followed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = followed.read_text(encoding="utf-8").replace('measure = "running"', 'measure = "on-foot"')
    followed.write_text(text, encoding="utf-8")
    (tmp_path / "ana-log.csv").write_text("date,run_km,foot_km\n2027-01-05,2.1,4.4\n", encoding="utf-8")
    said = run(capsys, "show", followed, "--as-of", "2027-01-11")
    assert re.search(r"^   1  Mon 4 Jan +[0-9.]+ km  4\.4 km  =", said.out, re.MULTILINE)


def test_explain_says_why_the_week_is_what_the_log_makes_it(followed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "explain", followed, "--as-of", "2027-01-12")
    assert said.out.startswith("Week 2, Mon 11 Jan to Sun 17 Jan 2027: a step back.\n")
    assert "\nDone so far: 0.0 km.\n" in said.out
    assert re.search(r"^note: week 2: The knee was worse the next morning .* So: a step back\. \[PAIN-01\]$", said.out, re.MULTILINE)
    assert re.search(r"^note: week 1: 1 of 2 runs missed\. .*`missed = \"resume\"`\)\. \[PROG-21\]$", said.out, re.MULTILINE)
    assert '\nSettings: measure = "running", missed = "resume", rolling = "report"; at most 10% more a week.\n' in said.out
    told = json.loads(run(capsys, "explain", followed, "--as-of", "2027-01-12", "--json").out)
    assert (told["week"], told["decision"], told["done_run_m"]) == (2, "regress", 0)
    assert [(reason["rule"], reason["where"]) for reason in told["reasons"]] == [("answers", "week 2"), ("missed", "week 1")]
    assert told["reading"] == {"measure": "running", "missed": "resume", "rolling": "report", "growth": "1/10"}
    ahead = run(capsys, "explain", followed, "--as-of", "2027-01-12", "--week", "4")
    assert "Done" not in ahead.out.partition("\n\n")[0]
    assert "note:" not in ahead.out


def test_explain_says_what_lets_a_week_grow_or_return(followed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "ana-log.csv"
    log.write_text(
        LOG.partition("2027-01-08")[0].replace("2.1", "2.2") + "2027-01-07,2.2,0,1,0,0\n2027-01-09,2.2,0,1,0,0\n", encoding="utf-8"
    )
    grew = run(capsys, "explain", followed, "--as-of", "2027-01-12")
    assert grew.out.startswith("Week 2, Mon 11 Jan to Sun 17 Jan 2027: growth: no answer about the week before speaks against it.")
    with log.open("a", encoding="utf-8") as file:
        file.write("2027-01-12,2.2,0,1,0,0\n")
    ahead = run(capsys, "explain", followed, "--as-of", "2027-01-13", "--week", "3")
    assert ahead.out.split("\n")[0].endswith("growth, if the week before was clean.")
    log.write_text("".join(log.read_text(encoding="utf-8").splitlines(keepends=True)[:3]), encoding="utf-8")
    back = run(capsys, "explain", followed, "--as-of", "2027-01-12")
    assert "the same again: missed runs are not made up" in back.out.split("\n")[0]
    assert "set by the best week before the missed runs" in back.out


def test_without_a_log_nothing_is_said_of_one(capsys: pytest.CaptureFixture[str]) -> None:
    shown, explained = run(capsys, "show", *example("ana")).out, run(capsys, "explain", *example("ana")).out
    for word in ("Done", "done", "Planned", "missed", "third week", "Settings:"):
        assert word not in shown.partition("Weekly running")[0] + explained.partition("\n\n")[0]
    told = json.loads(run(capsys, "show", *example("ana"), "--json").out)
    assert not {"ahead_from", "done_run_m", "done", "done_m"} & {*told, *told["weeks"][0], *told["weeks"][0]["sessions"][0]}
    assert not {"done_run_m", "reading"} & {*json.loads(run(capsys, "explain", *example("ana"), "--json").out)}
