"""Rosters in workbooks."""

from __future__ import annotations

import re
import sys
import zipfile
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest

from planner.errors import InputError
from planner.roster.sources import open_roster
from tests.roster.reading import athletes_of, refused, row_refused, rows_of, workbook, written

HEADER: list[object] = ["id", "start", "running.easy_pace", "running.recent_weeks_km", "weeks", "knee.swelling", "running.longest_run_km"]
SHEET = "xl/worksheets/sheet1.xml"


def rewritten(path: Path, part: str, change: Callable[[str], str]) -> None:
    """Change one part of a workbook."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name).decode() for name in book.namelist()}
    changed = change(parts[part])
    assert changed != parts[part]
    with zipfile.ZipFile(path, "w") as book:
        for name, text in {**parts, part: changed}.items():
            book.writestr(name, text)


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


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"])
def test_an_error_of_the_workbook_is_no_empty_cell(tmp_path: Path, error: str) -> None:
    rows = [HEADER, ["ana", date(2027, 1, 4), "6:40", None, error], ["ben", date(2027, 1, 4), "6:40"]]
    said = str(row_refused(workbook(tmp_path / "group.xlsx", rows), 2))
    assert said.endswith(f"row 2: column weeks: found {error}; expected a value. Correct the formula in the workbook.")


@pytest.mark.parametrize(
    ("cell", "result"),
    [
        ("<f>1+5</f><v/>", None), ("<f>1+5</f><v></v>", None), ("<f>1+5</f>", None), ("<f>1+5</f>\n<v/>\n", None),
        ('<f t="shared"/>', None), ("<f>1+5</f><v>6</v>", 6),
    ],
)  # fmt: skip
def test_a_formula_without_a_result_is_no_empty_cell(tmp_path: Path, cell: str, result: int | None) -> None:
    path = workbook(tmp_path / "group.xlsx", [HEADER, ["ana", date(2027, 1, 4), "6:40", None, 77], ["ben", date(2027, 1, 4), "6:40"]])
    rewritten(path, SHEET, lambda text: text.replace("<v>77</v>", cell))
    if result is not None:
        assert dict(rows_of(path)[0].cells)["weeks"] == result
        return
    expected = "expected a value. Open the workbook in a spreadsheet program and save it."
    assert str(row_refused(path, 2)).endswith(f"row 2: column weeks: found a formula without a stored result; {expected}")
    assert rows_of(path)[1].error == ""


def test_a_formula_whose_result_is_no_text_at_all_is_an_empty_cell(tmp_path: Path) -> None:
    path = workbook(tmp_path / "group.xlsx", [HEADER, ["ana", date(2027, 1, 4), "6:40", None, 77]])
    rewritten(path, SHEET, lambda text: re.sub(r"<c ([^>]*)><v>77</v>", r'<c \1 t="str"><f>IF(1=2,5,"")</f><v></v>', text))
    assert ("weeks" in dict(rows_of(path)[0].cells), rows_of(path)[0].error) == (False, "")


def test_errors_are_found_in_the_rows_and_columns_where_they_stand(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        *([[None, "id", "weeks", None], [], [None, "#N/A"], [None, "ana", 3], [None, "#REF!", "#N/A"]]),
        *([[None, "ben", None, "#NUM!"], [None, "cara", 4]]),
    ]
    found = {row.number: (row.id, row.error) for row in rows_of(workbook(tmp_path / "group.xlsx", rows, first_row=4))}
    assert list(found) == [6, 7, 8, 9, 10]
    assert [found[7], found[10]] == [("ana", ""), ("cara", "")]
    assert "column id: found #N/A" in found[6][1]
    assert "column id: found #REF!" in found[8][1]
    assert "a column without a name" in found[9][1]


def test_cells_and_rows_that_do_not_say_their_place_follow_each_other(tmp_path: Path) -> None:
    path = workbook(tmp_path / "group.xlsx", [HEADER, ["ana", date(2027, 1, 4), "6:40", None, "#REF!"]])
    rewritten(path, SHEET, lambda text: re.sub(r' r="[A-Z]*\d+"', "", text))
    assert "column running.recent_weeks_km: found #REF!" in str(row_refused(path, 2))


def test_the_first_sheet_is_the_one_that_the_workbook_names_first(tmp_path: Path) -> None:
    path = workbook(tmp_path / "group.xlsx", [HEADER, ["ana", date(2027, 1, 4), "6:40", None, "#REF!"]])
    rewritten(path, "xl/workbook.xml", lambda text: text.replace("<sheets>", '<definedNames/><sheets xmlns:x="urn:other">'))
    rewritten(path, "xl/_rels/workbook.xml.rels", lambda text: text.replace("worksheets/sheet1", "/xl/worksheets/sheet1"))
    assert "column weeks: found #REF!" in str(row_refused(path, 2))


def test_a_document_type_in_a_workbook_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "group.xlsx", [HEADER, ["ana", date(2027, 1, 4), "6:40"]])
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet'
    rewritten(path, SHEET, lambda text: text.replace("<worksheet", bomb, 1))
    assert "a document type, which no workbook has" in refused(path)


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
