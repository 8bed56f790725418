"""Rows of logs whose athlete is not in the roster: what they report is on the Monday list."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.cli.helpers import run
from tests.roster.batches import monday, row, run_here, write_roster

HEAD = "date,athlete,run_km,pain_during,swelling,limp,painkiller,red_flag\n"
DAY = "2027-01-11"
FINE = "2027-01-09,runner-0,2,1,,,,\n"


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    return write_roster(tmp_path / "roster.csv", [row(0, weeks="4")])


def listed(roster: Path, *rows: str) -> list[str]:
    """The lines of the Monday list about ids that are not in the roster, without the folder of the log."""
    log = roster.parent / "form.csv"
    log.write_text(HEAD + FINE + "".join(f"{line}\n" for line in rows), encoding="utf-8")
    run_here(roster, roster.parent / "plans", log=log, day=DAY)
    return [line.replace(f"{roster.parent}/", "") for line in monday(roster.parent / "plans") if "not in the roster" in line]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ("2,1,yes,,,", "swelling"),
        ("2,1,,ja,,", "limp"),
        ("2,7,,,,", "pain 7"),
        ("2,1,,,yes,", "took a painkiller"),
        ("2,1,,,,red-04", "the log names RED-04"),
        ("2,8,yes,yes,,RED-05", "the log names RED-05; swelling, limp; pain 8"),
    ],
)
def test_what_a_mistyped_athlete_reports_is_listed_with_its_line(roster: Path, cells: str, words: str) -> None:
    assert listed(roster, f"2027-01-09,Runner0,{cells}") == [f"Runner0 (not in the roster: form.csv, line 3): {words}"]


def test_one_line_for_one_name_with_the_lines_that_report_something(roster: Path) -> None:
    rows = [f"2027-01-0{n},{'Ghost' if n % 2 else 'ghost'},2,{n},,,," for n in range(4, 10)]
    assert listed(roster, "2027-01-09,ghost,2,0,,,,", *rows, "2027-01-09,,2,1,yes,,,", "2027-01-09,other,2,2,,,,") == [
        "nobody's name (not in the roster: form.csv, line 10): swelling",
        "ghost (not in the roster: form.csv, lines 4, 5, 6, 7, 8 and 1 more): pain 9",
    ]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("2027-01-04,ghost,2,7,yes,,,", "swelling; pain 7"),
        ("2027-01-03,ghost,2,7,yes,,,", ""),
        ("2027-01-03,ghost,2,7,yes,,,RED-04", "the log names RED-04"),
        ("2027-01-03,ghost,2,7,yes,,,RED-09-worse", ""),
        ("2027-01-19,ghost,2,7,,,,", "pain 7"),
        ("2027-01-03,ghost,2,x,,,,", ""),
    ],
)
def test_last_week_counts_and_a_stop_does_however_old_it_is(roster: Path, line: str, words: str) -> None:
    assert listed(roster, line) == ([f"ghost (not in the roster: form.csv, line 3): {words}"] if words else [])


def test_a_row_that_cannot_be_read_hides_no_other_and_its_red_flag_is_named(roster: Path) -> None:
    (line,) = listed(roster, "soon,ghost,2,1,,,,RED-04", "2027-01-09,ghost,2,99,,,,", "2027-01-09,ghost,2,6,,,,")
    assert line.startswith("ghost (not in the roster: form.csv, lines 3, 4 and 5): the log names RED-04; cannot be read: ")
    assert 'form.csv, line 3, date: found "soon"' in line
    assert line.endswith("; pain 6")


def test_a_red_flag_of_a_stranger_comes_before_the_swelling_of_an_athlete(roster: Path) -> None:
    swollen = "2027-01-10,runner-0,2,1,yes,,,"
    assert len(listed(roster, swollen, "2027-01-09,ghost,2,1,,,,RED-04")) == 1
    page = (roster.parent / "plans" / "monday.txt").read_text(encoding="utf-8")
    assert page.startswith(f"Monday list of {DAY}: 1 of 1 athletes to look at, and 1 name that is not in the roster, worst first.\n")
    with (roster.parent / "plans" / "monday.csv").open(newline="", encoding="utf-8") as file:
        ghost, runner = csv.DictReader(file)
    assert (ghost["id"], ghost["red_flag"], ghost["not_in_roster"].endswith("form.csv, line 4")) == ("ghost", "the log names RED-04", True)
    assert (runner["id"], runner["swelling_limp"], runner["not_in_roster"]) == ("runner-0", "swelling", "")


def test_a_log_file_that_belongs_to_nobody_is_listed_too(roster: Path) -> None:
    logs = roster.parent / "logs"
    logs.mkdir()
    head = "date,run_km,pain_during,swelling,red_flag\n"
    (logs / "runner-0.csv").write_text(f"{head}2027-01-10,2,1,,\n", encoding="utf-8")
    (logs / "runner0.csv").write_text(f"{head}2027-01-09,2,1,,\n2027-01-10,2,1,yes,\n", encoding="utf-8")
    (logs / "broken.csv").write_text(f"{head}2027-01-10,2,99,,RED-05\n", encoding="utf-8")
    (logs / "prices.csv").write_text("what,price\nband,5\n", encoding="utf-8")
    run_here(roster, roster.parent / "plans", logs_in=logs, day=DAY)
    assert [line for line in monday(roster.parent / "plans") if "not in the roster" in line] == [
        "broken.csv (not in the roster: logs/broken.csv): the log names RED-05",
        "runner0.csv (not in the roster: logs/runner0.csv, line 3): swelling",
    ]


def test_the_command_points_to_the_list(roster: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = roster.parent / "form.csv"
    log.write_text(f"{HEAD}{FINE}2027-01-09,ghost,2,1,yes,,,\n2027-01-09,other,2,1,,,,\n", encoding="utf-8")
    said = run(capsys, "batch", roster, "-o", roster.parent / "plans", "--as-of", DAY, "--log", log)
    page = roster.parent / "plans"
    assert f"2 names in the logs, but not in the roster: see {page / 'summary.txt'}.\n" in said.err
    assert f"1 of them to look at first: see {page / 'monday.txt'}.\n" in said.err


def test_a_row_cut_off_in_the_athlete_is_listed_as_one_that_cannot_be_read(roster: Path) -> None:
    log = roster.parent / "form.csv"
    log.write_text(f"{HEAD}{FINE}2027-01-09,runn", encoding="utf-8")
    run_here(roster, roster.parent / "plans", log=log, day=DAY)
    (line,) = [line for line in monday(roster.parent / "plans") if "not in the roster" in line]
    assert line.startswith("runn (not in the roster: ")
    assert "cannot be read: " in line
    assert "the file stops in the middle of this line" in line
