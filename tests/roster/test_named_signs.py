"""A red flag is reported whatever else is wrong with the row or its log."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.roster.batches import ANA, COLUMNS, monday, report, row, run_here, write_roster

SLIP = {"running.easy_pace": "6.40"}
HEAD = "athlete,date,run_km,pain_during,red_flag\n"
ROWS = [row(1), row(2)]


@pytest.mark.parametrize(
    ("cells", "named"),
    [
        ({"screening.red_flags": "RED-04"}, "RED-04"),
        ({"screening.red_flags": "RED-04|red-05, hop"}, "RED-04, RED-05"),
        ({"screening.red_flags": "RED-09-worse|RED-09-night"}, "RED-09"),
        ({"screening.red_flags": "none"}, ""),
        ({"screening.red_flags": "RED-99|RED-044"}, ""),
        ({"screening.red_flags": "SITE-02"}, ""),
        ({"name": "RED-04"}, ""),
    ],
)
def test_a_row_with_a_slip_names_its_signs(tmp_path: Path, cells: dict[str, str], named: str) -> None:
    roster = write_roster(tmp_path / "roster.csv", [row(1, weeks="0"), {**row(2), **SLIP, **cells}])
    summary = run_here(roster, tmp_path / "plans")
    first = "runner-2" if named else "runner-1"
    assert monday(tmp_path / "plans")[0].startswith(first)
    assert (f"refused, and names {named}; " in monday(tmp_path / "plans")[0]) is bool(named)
    assert (f"a red flag in the row or the log: call them (1)\n  runner-2: {named}\n" in summary.text()) is bool(named)


def test_what_a_clearance_is_for_is_not_named(tmp_path: Path) -> None:
    text = "id,running.easy_pace,screening.red_flags,clearance.for\nana,6.40,RED-04|RED-05,RED-04\n"
    (tmp_path / "roster.csv").write_text(text, encoding="utf-8")
    run_here(tmp_path / "roster.csv", tmp_path / "plans")
    assert "refused, and names RED-05; " in monday(tmp_path / "plans")[0]


def test_a_row_with_too_few_cells_and_two_with_one_id_name_theirs(tmp_path: Path) -> None:
    at = COLUMNS.index("screening.red_flags")
    short = ["short", *(ANA[name] for name in COLUMNS[1:at])][:-1]
    roster = write_roster(tmp_path / "roster.csv", [{**ROWS[0], "screening.red_flags": "RED-05"}, ROWS[0]])
    with roster.open("a", encoding="utf-8") as file:
        file.write(",".join([*short, "RED-04"]) + "\n")
    run_here(roster, tmp_path / "plans")
    lines = monday(tmp_path / "plans")
    told = [line.partition(";")[0] for line in lines[:2]]
    assert told == ["runner-1: refused, and names RED-05", "short (Ana): refused, and names RED-04"]
    assert "names" not in lines[2]


@pytest.mark.parametrize(
    ("log", "named"),
    [
        ("runner-2,2027-01-05,2,8,RED-04\nrunner-2,2027-01-07,2,44,\n", "RED-04"),
        ("runner-2,2027-01-05,2,44,red-04\n", "RED-04"),
        ("runner-2,5 January,2,4,RED-04|RED-05\n", "RED-04, RED-05"),
        ("runner-2,2027-01-05,2,2,8,RED-04\n", "RED-04"),
        ("runner-2,2027-01-05,2,44,RED-03\n", "RED-03"),
        ("runner-2,2026-12-05,2,44,RED-03\n", ""),
        ("runner-2,2027-01-05,2,44,\nrunner-1,2027-01-05,2,4,\n", ""),
    ],
)
@pytest.mark.parametrize("long", [True, False])
def test_a_log_with_a_slip_names_its_signs(tmp_path: Path, log: str, named: str, long: bool) -> None:
    roster = write_roster(tmp_path / "roster.csv", ROWS)
    if long:
        (tmp_path / "log.csv").write_text(HEAD + log, encoding="utf-8")
        run_here(roster, tmp_path / "plans", day="2027-01-08", log=tmp_path / "log.csv")
    else:
        (tmp_path / "logs").mkdir()
        own = (HEAD + log.partition("runner-1")[0]).replace("runner-2,", "").replace("athlete,", "")
        (tmp_path / "logs" / "Runner-2.csv").write_text(own, encoding="utf-8")
        run_here(roster, tmp_path / "plans", day="2027-01-08", logs_in=tmp_path / "logs")
    assert report(tmp_path / "plans")[1]["status"] == "refused"
    line = next(line for line in monday(tmp_path / "plans") if line.startswith("runner-2"))
    assert (f"refused, and names {named}; " in line) is bool(named)


@pytest.mark.parametrize("broken", [False, True])
def test_an_athlete_file_with_a_slip_names_its_signs_and_those_of_its_log(tmp_path: Path, broken: bool) -> None:
    folder = tmp_path / "athletes"
    folder.mkdir()
    slip = "weeks = twelve" if broken else "weeks = 0"
    text = f'log = "l.csv"\n{slip}\n[screening]\nanswered = 2027-01-02\nred_flags = ["RED-04"]\n[clearance]\nfor = ["RED-07"]\n'
    (folder / "eva.toml").write_text(text, encoding="utf-8")
    (folder / "l.csv").write_text("date;run_km;red_flag\n2027-01-03;2,5;RED-05\n2027-01-03;2;RED-07\n", encoding="utf-8")
    run_here(folder, tmp_path / "plans")
    assert "refused, and names RED-04, RED-05; " in monday(tmp_path / "plans")[0]
