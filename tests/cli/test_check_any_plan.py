"""`planner check` on plans from other sources: its output and exit code."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.helpers import EXAMPLES, SHORTLY_BEFORE, example, run
from tests.foreign_files import MONDAY, calendar, event, table, weeks_table

LAWFUL = (("5", "5", "5"), ("5.5", "5.5", "5.5"))
TOO_FAST = (("5", "5", "5"), ("5.5", "5.5", "6.2"))


def test_a_table_that_keeps_the_laws_is_exit_0_and_how_it_was_read_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = weeks_table(tmp_path / "plan.csv", LAWFUL, "Distance (mi)")
    said = run(capsys, "check", plan)
    assert said.code == 0
    assert "every law holds (6 runs, 31.5 mi in all)" in said.out
    assert f"{plan}: Read `Distance (mi)` as miles." in said.err
    assert "Nothing is known about the weeks before" in said.err
    assert "Law 7 (easy running) was not judged" in said.err
    quiet = run(capsys, "check", plan, "-q")
    assert (quiet.code, quiet.out, quiet.err) == (0, said.out, "")


def test_each_law_is_printed_with_its_worst_place_and_a_break_is_exit_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "check", weeks_table(tmp_path / "plan.csv", TOO_FAST))
    assert said.code == 1
    lines = said.out.splitlines()
    assert lines[0].endswith("plan.csv: 2 broken (6 runs, 32.2 km in all)")
    assert " ".join(lines[1].split()) == "law 1, weekly growth 700 m too far week 2: 17.2 km of running, at most 16.5 km"
    assert [line.split(",")[0].strip() for line in lines[1:5]] == ["law 1", "law 2", "law 3", "law 6"]
    assert "BROKEN law 1, week 2: 17.2 km of running; law 1 allows at most 16.5 km" in said.out


def test_what_was_not_read_or_not_counted_is_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    later = [MONDAY + timedelta(days=n) for n in range(3)]
    plan = calendar(tmp_path / "club.ics", [event(later[0], "Run 5 km"), event(later[1], "Yoga"), event(later[2], "Run 5-6 km")])
    said = run(capsys, "check", plan, "-v")
    assert said.code == 0
    assert "every law holds in what could be read (1 run, 5 km in all)" in said.out
    assert 'not read: event 3, 2027-01-06 "Run 5-6 km": `5-6 km` leaves it open how much' in said.out
    assert 'not counted: event 2, 2027-01-05 "Yoga": no run: yoga' in said.out
    assert 'event 1, 2027-01-04 "Run 5 km": 5 km of running' in said.err


def test_a_week_that_was_not_judged_is_named_beside_the_verdict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = weeks_table(tmp_path / "g2.csv", [["1"] * 3, [], ["6"] * 3])
    said = run(capsys, "check", "-q", plan)
    assert (said.code, said.err) == (0, "")
    assert "g2.csv: every law holds in what could be judged (6 runs, 21 km in all; not judged: growth in week 3)" in said.out
    (told,) = json.loads(run(capsys, "check", plan, "--json").out)
    assert told["not_judged"] == {"growth_in_weeks": [3], "comparisons": 0}
    known = run(capsys, "check", "-q", plan, "--recent", "3 3 3 3")
    assert (known.code, "not judged" in known.out) == (1, False)


def test_comparisons_that_were_left_out_are_counted_beside_the_verdict(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = "Date;Workout\n2027-01-04;Run 5 km\n2027-01-06;Run 5-6 km\n2027-01-11;Run 7 km\n2027-01-18;Run 7 km"
    plan = table(tmp_path / "plan.csv", words)
    (told,) = json.loads(run(capsys, "check", plan, "--json").out)
    left = told["not_judged"]["comparisons"]
    assert left > 1
    heading = f"every law holds in what could be read and judged (3 runs, 19 km in all; not judged: {left} comparisons)"
    assert heading in run(capsys, "check", "-q", plan).out


def test_a_long_list_is_cut_for_people_and_whole_for_programs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rest = [event(MONDAY + timedelta(days=n), "Rest") for n in range(1, 31)]
    plan = calendar(tmp_path / "club.ics", [event(MONDAY, "Run 5 km"), *rest])
    assert "not counted: 10 more; --json lists all" in run(capsys, "check", plan).out
    told = json.loads(run(capsys, "check", plan, "--json").out)
    assert len(told[0]["not_counted"]) == 30


def test_json_has_what_ours_has_and_what_was_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ours = tmp_path / "ana.json"
    run(capsys, "make", *example("ana"), "-o", ours)
    theirs = weeks_table(tmp_path / "plan.csv", TOO_FAST)
    said = run(capsys, "check", ours, theirs, "--json")
    assert said.code == 1
    own, foreign = json.loads(said.out)
    assert set(own) == {"file", "holds", "margins", "findings"}
    assert set(foreign) == {*own, "start", "notes", "read", "not_counted", "not_read", "not_judged"}
    assert foreign["not_judged"] == {"growth_in_weeks": [], "comparisons": 0}
    assert [set(m) for m in foreign["margins"]] == [set(own["margins"][0])] * len(foreign["margins"])
    first = foreign["margins"][0]
    assert (first["law"], first["unit"], first["allowed"], first["found"], first["margin"]) == ("law-1", "m", 16500, 17200, -700)
    assert foreign["read"][0] == {"place": "line 2", "date": "2027-01-04", "title": "", "run_m": 5000, "walk_m": 0}
    assert foreign["start"] == "2027-01-04"


def test_a_calendar_of_ours_is_checked_as_ours_and_our_table_as_anybodys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "make", *example("ana"), "-o", tmp_path / "ana.ics")
    own = run(capsys, "check", tmp_path / "ana.ics")
    assert (own.code, own.err) == (0, "")
    assert "(Ana)" in own.out
    run(capsys, "make", *example("ana"), "-o", tmp_path / "ana.csv")
    said = run(capsys, "check", tmp_path / "ana.csv")
    assert said.code == 0
    assert "Read `km` as kilometres." in said.err
    assert "no run: hip strength" in said.out


@pytest.mark.parametrize("language", ["en", "de"])
def test_rows_of_our_table_are_runs_by_their_columns_and_not_by_their_words(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dan = tmp_path / "dan.toml"
    dan.write_text(f'language = "{language}"\n' + (EXAMPLES / "dan.toml").read_text(encoding="utf-8"), encoding="utf-8")
    run(capsys, "make", dan, "--as-of", SHORTLY_BEFORE["dan"], "-f", "csv", "-o", tmp_path / "dan.csv")
    run(capsys, "make", dan, "--as-of", SHORTLY_BEFORE["dan"], "-f", "json", "-o", tmp_path / "dan.json")
    sessions = json.loads((tmp_path / "dan.json").read_text(encoding="utf-8"))["sessions"]
    (told,) = json.loads(run(capsys, "check", tmp_path / "dan.csv", "--json").out)
    assert told["not_read"] == []
    assert [entry["date"] for entry in told["read"]] == [s["date"] for s in sessions if s["run_s"]]
    assert len(told["not_counted"]) == sum(not s["run_s"] for s in sessions)
    assert "every law holds (" in run(capsys, "check", tmp_path / "dan.csv").out


def test_a_private_table_is_refused_unless_the_runs_before_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = tmp_path / "ana.csv"
    run(capsys, "make", *example("ana"), "--private", "-f", "csv", "-o", plan)
    said = run(capsys, "check", plan)
    assert (said.code, said.out) == (2, "")
    assert "ana.csv: found a private plan, which leaves out the runs before it" in said.err
    assert "--recent" in said.err
    told = run(capsys, "check", plan, "--recent", "0 0 4.5 6")
    assert told.code == 0
    assert "law 1, weekly growth" in told.out


def test_a_private_calendar_has_no_run_that_can_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "make", *example("ana"), "--private", "-o", tmp_path / "ana.ics")
    said = run(capsys, "check", tmp_path / "ana.ics")
    assert said.code == 2
    assert "no run that can be read" in said.err


def test_a_private_plan_is_refused_instead_of_called_broken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "make", *example("ana"), "--private", "-f", "json", "-o", tmp_path / "ana.json")
    said = run(capsys, "check", tmp_path / "ana.json")
    assert (said.code, said.out) == (2, "")
    assert "found a private plan" in said.err


@pytest.mark.parametrize(
    ("options", "code", "word"),
    [
        (("--recent", "14 15 15 15"), 0, "every law holds"),
        (("--recent", "10 10 10 10"), 1, "BROKEN law 1, week 1"),
        (("--recent", "0 0 0 0"), 1, "BROKEN law 4, week 1"),
        (("--recent", "15 15 15 15", "--longest", "20"), 0, "every law holds"),
        (("--units", "mi", "--recent", "3 3 3 3"), 1, "BROKEN law 1, week 1"),
        (("--start", "2027-01-11"), 0, "every law holds"),
    ],
)
def test_what_the_file_does_not_say_can_be_said(
    options: tuple[str, ...], code: int, word: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = run(capsys, "check", weeks_table(tmp_path / "plan.csv", LAWFUL), *options)
    assert said.code == code
    assert word in said.out


def test_dates_that_may_be_read_in_two_ways_ask_for_a_word(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = table(tmp_path / "plan.csv", "Date,km\n4/1/2027,5\n6/1/2027,5\n11/1/2027,5.5")
    said = run(capsys, "check", plan)
    assert said.code == 2
    assert "--dates dmy for day/month/year" in said.err
    told = json.loads(run(capsys, "check", plan, "--dates", "dmy", "--json").out)
    assert [entry["date"] for entry in told[0]["read"]] == [str(date(2027, 1, day)) for day in (4, 6, 11)]


@pytest.mark.parametrize("options", [("--pace", "fast"), ("--recent", "much"), ("--longest", "far"), ("--units", "yd"), ("--dates", "ymd")])
def test_a_wrong_option_is_exit_2_with_its_name(options: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = run(capsys, "check", weeks_table(tmp_path / "plan.csv", LAWFUL), *options)
    assert said.code == 2
    assert options[0] in said.err
