"""Rosters in workbooks."""

from __future__ import annotations

import sys
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest

from planner.errors import InputError
from planner.roster.sources import open_roster
from tests.roster.reading import athletes_of, refused, row_refused, rows_of, workbook, written

HEADER: list[object] = ["id", "start", "running.easy_pace", "running.recent_weeks_km", "weeks", "knee.swelling", "running.longest_run_km"]


def test_a_workbook_says_the_same_as_a_csv_file(tmp_path: Path) -> None:
    ana: list[object] = ["ana", date(2027, 1, 4), "6:40", "0|0|4.5", 12, False, Decimal("2.5")]
    (athlete,) = athletes_of(workbook(tmp_path / "group.xlsx", [HEADER, ana]))
    line = "ana,2027-01-04,6:40,0|0|4.5,12,false,2.5"
    assert athletes_of(written(tmp_path, f"{','.join(map(str, HEADER))}\n{line}\n")) == [athlete]


def test_a_pace_that_the_workbook_took_for_a_time_of_day_is_a_pace(tmp_path: Path) -> None:
    found = athletes_of(
        workbook(
            tmp_path / "group.xlsx",
            [HEADER, ["ana", date(2027, 1, 4), time(6, 40)], ["ben", date(2027, 1, 4), time(0, 6, 40)]],
        )
    )
    assert [athlete.running.easy_pace for athlete in found] == [400, 400]


def test_numbers_are_whole_where_they_are_and_ids_are_text(tmp_path: Path) -> None:
    path = workbook(tmp_path / "group.xlsx", [HEADER, [7, date(2027, 1, 4), "6:40", 6, 12]])
    (row,) = rows_of(path)
    assert row.id == "7"
    assert dict(row.cells) == {"id": 7, "start": date(2027, 1, 4), "running.easy_pace": "6:40", "running.recent_weeks_km": 6, "weeks": 12}
    (athlete,) = athletes_of(path)
    assert (athlete.id, athlete.running.recent_weeks_km) == ("7", (6,))


def test_rows_are_counted_as_the_sheet_shows_them(tmp_path: Path) -> None:
    ana, ben = (["ana", date(2027, 1, 4), "6:40"], ["ben", date(2027, 1, 4), "6:40"])
    path = workbook(tmp_path / "group.xlsx", [HEADER, [], ana, [], [], ben], first_row=3)
    assert [(row.number, row.id) for row in rows_of(path)] == [(5, "ana"), (8, "ben")]


def test_a_wrong_cell_costs_its_row(tmp_path: Path) -> None:
    rows = [HEADER, ["ana", date(2027, 1, 4), "6:40", None, Decimal("12.5")], ["ben", date(2027, 1, 4), "6:40"]]
    error = row_refused(workbook(tmp_path / "group.xlsx", rows), 2)
    assert error.field == "weeks"
    assert "row 2, column weeks: found 12.5; expected a whole number" in str(error)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], ["its first sheet is empty"]),
        ([HEADER], ["no athlete in it"]),
        ([["id", "wekks"], ["ana", 1]], ["row 1", '"wekks"', "Did you mean `weeks`?"]),
        ([["name"], ["Ana"]], ["found no column id"]),
    ],
)
def test_a_workbook_that_is_wrong_as_a_whole_is_refused(tmp_path: Path, rows: list[list[object]], words: list[str]) -> None:
    message = refused(workbook(tmp_path / "group.xlsx", rows))
    for word in words:
        assert word in message


@pytest.mark.parametrize("content", [b"", b"id,start\n", b"PK\x03\x04"])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    assert "cannot be read as a workbook" in refused(written(tmp_path, content, "group.xlsx"))


def test_without_the_extra_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(InputError, match=r"pip install 'return-to-run\[roster\]'"):
        open_roster(workbook(tmp_path / "group.xlsx", [HEADER]))
