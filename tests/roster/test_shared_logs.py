"""A log that several rows have is a warning that names the rows."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from planner.roster.recipe import recipe_of
from planner.roster.shared_logs import SharedLogs
from planner.roster.sources import open_roster
from tests.roster.batches import COLUMNS, plans, report, row, run_here

DAY = "2027-01-11"


def roster(folder: Path, *logs: str) -> Path:
    """A roster with a row for each of these logs."""
    with (folder / "roster.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, (*COLUMNS, "log"))
        table.writeheader()
        table.writerows({**row(n, weeks="4"), "log": log} for n, log in enumerate(logs))
    (folder / "logs").mkdir(exist_ok=True)
    for name in ("a", "b"):
        (folder / "logs" / f"{name}.csv").write_text("date,run_km\n2027-01-05,2\n", encoding="utf-8")
    return folder / "roster.csv"


def warned(folder: Path) -> list[object]:
    return [line["warnings"] for line in report(folder)]


def test_two_rows_with_one_log_are_named_in_the_report_and_the_summary(tmp_path: Path) -> None:
    path, folder = roster(tmp_path, "logs/a.csv", "", "logs/b.csv", "logs/a.csv"), tmp_path / "plans"
    said = "row 2 and row 5 have the same log, logs/a.csv"
    for _ in range(2):
        summary = run_here(path, folder, day=DAY)
        assert summary.failed == 0
        assert warned(folder) == [[said], [], [], [said]]
        heading = "Several rows have the same log, and each plan follows all of it; correct the rows if these are different people"
        assert f"\n{heading} (2)\n  runner-0: {said}\n  runner-3: {said}\n" in summary.text()
    with (folder / "report.csv").open(newline="", encoding="utf-8") as file:
        assert [line["warnings"] for line in csv.DictReader(file)] == [said, "", "", said]
    assert len(plans(folder)) == 4
    run_here(roster(tmp_path, "logs/a.csv", "", "logs/b.csv", ""), folder, day=DAY)
    assert warned(folder) == [[], [], [], []], "a corrected roster warns of nothing, also in rows that are not planned again"


@pytest.mark.parametrize("other", ["./logs/a.csv", "logs/../logs/a.csv", "logs/link.csv"])
def test_one_file_is_one_log_whatever_its_name(tmp_path: Path, other: str) -> None:
    path = roster(tmp_path, "logs/a.csv", other)
    (tmp_path / "logs" / "link.csv").symlink_to("a.csv")
    run_here(path, tmp_path / "plans", day=DAY)
    assert warned(tmp_path / "plans") == [[f"row 2 and row 3 have the same log, {log}"] for log in ("logs/a.csv", other)]


def test_a_log_that_is_not_there_yet_is_shared_too(tmp_path: Path) -> None:
    run_here(roster(tmp_path, "later.csv", "./later.csv"), tmp_path / "plans", day=DAY)
    assert warned(tmp_path / "plans")[0] == ["row 2 and row 3 have the same log, later.csv"]


def test_many_rows_are_not_all_named(tmp_path: Path) -> None:
    path = roster(tmp_path, *["logs/a.csv"] * 9)
    rows = open_roster(path)
    with SharedLogs(recipe_of(rows, path)) as shared:
        for each in rows.rows():
            shared.note(each)
        assert shared.warning(4) == "row 2, row 3, row 4, row 5, row 6, row 7 and others have the same log, logs/a.csv"


def test_a_row_that_names_the_log_of_another_in_the_folder_is_named(tmp_path: Path) -> None:
    path = roster(tmp_path, "", "logs/runner-0.csv")
    (tmp_path / "logs" / "runner-0.csv").write_text("date,run_km\n2027-01-05,2\n", encoding="utf-8")
    run_here(path, tmp_path / "plans", logs_in=tmp_path / "logs", day=DAY)
    assert warned(tmp_path / "plans") == [["row 2 and row 3 have the same log, logs/runner-0.csv"]] * 2


def test_athlete_files_are_named_by_their_names(tmp_path: Path) -> None:
    folder = tmp_path / "athletes"
    folder.mkdir()
    for name in ("ana", "ben", "cara"):
        log = "" if name == "cara" else 'log = "ours.csv"\n'
        (folder / f"{name}.toml").write_text(f'{log}start = 2027-01-04\n\n[running]\neasy_pace = "6:40"\n', encoding="utf-8")
    run_here(folder, tmp_path / "plans")
    assert warned(tmp_path / "plans") == [["ana.toml and ben.toml have the same log, ours.csv"]] * 2 + [[]]
