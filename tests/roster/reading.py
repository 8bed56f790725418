"""Rosters for tests, written as text, as bytes, or as a minimal workbook."""

from __future__ import annotations

import zipfile
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from planner.errors import InputError
from planner.roster.recipe import RowError, recipe_of
from planner.roster.sources import open_roster

if TYPE_CHECKING:
    from planner.athlete import Athlete
    from planner.roster.rows import Row

SPREAD = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEADER = "id,start,running.easy_pace"
ANA = "ana,2027-01-04,6:40"
BEN = "ben,2027-01-11,6:00"


def written(folder: Path, content: str | bytes, name: str = "group.csv") -> Path:
    """A roster with that content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def rows_of(path: Path) -> list[Row]:
    """All rows, the same when they are read again."""
    roster = open_roster(path)
    rows = list(roster.rows())
    assert list(roster.rows()) == rows, "a roster is read twice: for its ids, and for its plans"
    return rows


def athletes_of(path: Path, **group: object) -> list[Athlete]:
    """All athletes of a roster without a mistake."""
    roster = open_roster(path)
    recipe = recipe_of(roster, path, **group)  # type: ignore[arg-type]
    return [recipe.athlete(row) for row in roster.rows()]


def refused(path: Path, **group: object) -> str:
    """What is said of a roster that is wrong as a whole, before any of its rows is planned."""
    with pytest.raises(InputError) as caught:
        _looked_through(path, **group)
    assert not isinstance(caught.value, RowError)
    return str(caught.value)


def _looked_through(path: Path, **group: object) -> None:
    roster = open_roster(path)
    recipe_of(roster, path, **group)  # type: ignore[arg-type]
    for _ in roster.rows():
        pass


def row_refused(path: Path, number: int, **group: object) -> RowError:
    """The error of one row; every other row has an athlete."""
    roster = open_roster(path)
    recipe = recipe_of(roster, path, **group)  # type: ignore[arg-type]
    errors: dict[int, RowError] = {}
    for row in roster.rows():
        try:
            assert recipe.athlete(row).id == row.id
        except RowError as error:
            errors[row.number] = error
    assert list(errors) == [number]
    return errors[number]


def workbook(path: Path, rows: list[list[object]], first_row: int = 1) -> Path:
    """A workbook whose first sheet has these rows from `first_row` on; None is an empty cell, `#REF!` an error, [] an empty row."""
    lines = "".join(
        f'<row r="{number}">{"".join(_cell(f"{_letters(at)}{number}", value) for at, value in enumerate(row) if value is not None)}</row>'
        for number, row in enumerate(rows, first_row)
        if row
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": _relations(("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{SPREAD}" xmlns:r="{OFFICE}/relationships"><sheets>'
        '<sheet name="Group" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/styles.xml": f'<styleSheet xmlns="{SPREAD}"><cellXfs>'
        '<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="20"/></cellXfs></styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SPREAD}"><sheetData>{lines}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w") as book:
        for name, text in parts.items():
            book.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    return path


def _relations(*targets: tuple[str, str]) -> str:
    each = (
        f'<Relationship Id="rId{number}" Type="{OFFICE}/relationships/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(each)}</Relationships>'


def _letters(at: int) -> str:
    return chr(65 + at) if at < 26 else f"{chr(64 + at // 26)}{chr(65 + at % 26)}"


def _cell(place: str, value: object) -> str:
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, date):
        return f'<c r="{place}" s="1"><v>{(value - date(1899, 12, 30)).days}</v></c>'
    if isinstance(value, time):
        return f'<c r="{place}" s="2"><v>{Decimal(value.hour * 3600 + value.minute * 60 + value.second) / 86400}</v></c>'
    if isinstance(value, (int, Decimal)):
        return f'<c r="{place}"><v>{value}</v></c>'
    if isinstance(value, str) and value.startswith("#"):
        return f'<c r="{place}" t="e"><f>A1/0</f><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
