"""CSV tables of activities exported by services: their rows, and the numbers and times in their cells."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from planner.errors import InputError
from planner.formatting import written
from planner.journal.log_cells import MOST_KM, MOST_SECONDS
from planner.journal.log_rows import unpaired
from planner.text_decoding import decode_any

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.journal.activity import Activity

MOST_ROWS = 200_000
NOTHING_TAKEN = "Nothing of this table was taken; export it again, without changing it."
UNITS = {"km": Decimal(1000), "mi": Decimal("1609.344"), "m": Decimal(1)}
_NONE = ("", "-", "--", "n/a")
_POINT = re.compile(r"-?\d{1,12}(?:\.\d{1,12})?|-?\d{1,3}(?:,\d{3})+(?:\.\d{1,12})?")
_COMMA = re.compile(r"-?\d{1,12}(?:,\d{1,12})?|-?\d{1,3}(?:\.\d{3})+,\d{1,12}")
_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):(\d{2})(?:[.,]\d+)?")


class Row(NamedTuple):
    """A row: its line number and its cells, one per column."""

    line: int
    cells: tuple[str, ...]


class Table(NamedTuple):
    """The column names in lower case, and the non-empty rows."""

    names: tuple[str, ...]
    rows: tuple[Row, ...]

    def column(self, *names: str) -> int | None:
        """The index of the first of these columns that exists, or None."""
        return next((self.names.index(name) for name in names if name in self.names), None)

    def cell(self, row: Row, *names: str) -> str:
        """A row's first non-empty cell in these columns, or ""."""
        found = (row.cells[n] for name in names for n, other in enumerate(self.names) if other == name)
        return next((cell for cell in found if cell not in _NONE), "")


class Aside(NamedTuple):
    """Something in a file that is not imported: its place (`line 3`), the reason, and whether it is an error."""

    where: str
    error: InputError
    wrong: bool = True


class Read(NamedTuple):
    """The result of reading a file: its activities, and what was left aside."""

    activities: tuple[Activity, ...] = ()
    aside: tuple[Aside, ...] = ()


def read_table(data: bytes) -> Table:
    """Parse a CSV file separated by `,`, `;` or tabs. Raises `InputError` with the line, if there is one."""
    text, _ = decode_any(data, expected="an activity file")
    head = next((line for line in text.splitlines() if line.strip()), "")
    if not head:
        raise InputError("", "it is empty", "a table of activities")
    reader = csv.reader(text.splitlines(keepends=True), delimiter=max(",;\t", key=head.count), strict=True)
    names: tuple[str, ...] = ()
    rows: list[Row] = []
    first = 1
    try:
        for cells in reader:
            first = reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            trimmed = tuple([cell.strip() for cell in cells])
            if not names:
                names = tuple([name.lower() for name in trimmed])
                continue
            rows.append(Row(reader.line_num, _fitted(trimmed, len(names), reader.line_num)))
            if len(rows) > MOST_ROWS:
                raise InputError("", f"more than {MOST_ROWS} rows", "a table of activities", "Is it the right file?")
    except csv.Error as error:
        if "limit" not in str(error):
            raise unpaired(first) from None
        raise InputError(f"line {reader.line_num}", f"cells that cannot be told apart ({error})", "a table of short cells") from None
    return Table(names, tuple(rows))


def _fitted(cells: tuple[str, ...], width: int, line: int) -> tuple[str, ...]:
    if any(cells[width:]):
        advice = "Write quotes around a cell that has the separator in it."
        raise InputError(f"line {line}", f"{len(cells)} cells", f"{width}, as in the first row", advice)
    return (*cells, *[""] * (width - len(cells)))[:width]


def decimal_comma(table: Table, column: int) -> bool:
    """Whether a numeric column uses decimal commas. Raises `InputError` with both lines if it mixes commas and points."""
    commas = points = None
    for row in table.rows:
        cell = row.cells[column]
        if _POINT.fullmatch(cell) and "." in cell and not ("," not in cell and _thousands(cell)):
            points = points or row
        elif _COMMA.fullmatch(cell) and "," in cell and not _POINT.fullmatch(cell):
            commas = commas or row
    if commas and points:
        found = (
            f"{written(commas.cells[column])} with a decimal comma, and {written(points.cells[column])} with a point in line {points.line}"
        )
        raise InputError(f"line {commas.line}", found, "one decimal mark in a column", NOTHING_TAKEN)
    return commas is not None


def _thousands(cell: str) -> bool:
    """Whether the points in a cell separate thousands, as in 1.234.567."""
    return cell.count(".") > 1


def number(cell: str, *, comma: bool) -> Decimal | None:
    """Read a number; None for an empty cell. Raises `InputError`."""
    if cell in _NONE:
        return None
    if not (_COMMA if comma else _POINT).fullmatch(cell):
        raise InputError("", f"found {written(cell)}", f"a number like {'5,2' if comma else '5.2'}")
    return Decimal(cell.replace(".", "").replace(",", ".") if comma else cell.replace(",", ""))


def metres(cell: str, unit: str, *, comma: bool) -> int | None:
    """Read kilometres (`km`), miles (`mi`) or metres (`m`) as whole metres; None for an empty cell or 0. Raises `InputError` outside 0 to
    `MOST_KM`.
    """
    amount = number(cell, comma=comma)
    if amount is None:
        return None
    found = int(amount * UNITS[unit])
    if amount < 0 or found > 1000 * MOST_KM:
        raise InputError("", f"a distance of {written(cell)} {unit}", f"from 0 to {MOST_KM} kilometres")
    return found or None


def seconds(cell: str, unit: int = 1, *, comma: bool = False) -> int | None:
    """Read `0:58:37`, `58:37` or a number of `unit` seconds as whole seconds; None for an empty cell or 0. Raises `InputError`."""
    if cell in _NONE:
        return None
    clock = _CLOCK.fullmatch(cell)
    found = _clock_seconds(clock) if clock else int((number(cell, comma=comma) or 0) * unit)
    if not 0 <= found <= MOST_SECONDS:
        raise InputError("", f"a time of {written(cell)}", "from 0 to 24 hours")
    return found or None


def _clock_seconds(clock: re.Match[str]) -> int:
    return 3600 * int(clock[1] or 0) + 60 * int(clock[2]) + int(clock[3])


def small_number(cell: str, least: int, most: int) -> int | None:
    """Read a number, rounded down; None if it is invalid or out of range, as an optional value should not reject a run."""
    if not _POINT.fullmatch(cell):
        return None
    found = int(Decimal(cell.replace(",", "")))
    return found if least <= found <= most else None


def each(table: Table, read: Callable[[Row], Activity | Aside]) -> Read:
    """Apply `read` to each row; a row for which it raises `InputError` is left aside as an error."""
    activities: list[Activity] = []
    aside: list[Aside] = []
    for row in table.rows:
        try:
            found = read(row)
        except InputError as error:
            found = Aside(f"line {row.line}", error)
        if isinstance(found, Aside):
            aside.append(found)
        else:
            activities.append(found)
    return Read(tuple(activities), tuple(aside))


def no_run(row: Row, said: str) -> Aside:
    """Leave a row of another sport aside."""
    return Aside(f"line {row.line}", InputError("", f"no run: {said[:40] or 'no kind said'}", "a run"), wrong=False)
