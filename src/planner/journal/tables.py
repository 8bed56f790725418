"""Tables of activities as services export them: their rows, and the numbers and times in their cells."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from planner.errors import InputError
from planner.formatting import written
from planner.journal.log_cells import MOST_KM, MOST_SECONDS
from planner.journal.log_rows import unpaired

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.journal.activity import Activity

MOST_ROWS = 200_000
UNITS = {"km": Decimal(1000), "mi": Decimal("1609.344"), "m": Decimal(1)}
_NONE = ("", "-", "--", "n/a")
_POINT = re.compile(r"-?\d{1,12}(?:\.\d{1,12})?|-?\d{1,3}(?:,\d{3})+(?:\.\d{1,12})?")
_COMMA = re.compile(r"-?\d{1,12}(?:,\d{1,12})?|-?\d{1,3}(?:\.\d{3})+,\d{1,12}")
_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):(\d{2})(?:[.,]\d+)?")


class Row(NamedTuple):
    """One row: the number of its line, and its cells, as many as there are names."""

    line: int
    cells: tuple[str, ...]


class Table(NamedTuple):
    """The names of the columns, in small letters, and the rows under them that are not empty."""

    names: tuple[str, ...]
    rows: tuple[Row, ...]

    def column(self, *names: str) -> int | None:
        """Where the first of these names stands, None without any."""
        return next((self.names.index(name) for name in names if name in self.names), None)

    def cell(self, row: Row, *names: str) -> str:
        """What a row says in the first of these columns that holds something, "" without any."""
        found = (row.cells[n] for name in names for n, other in enumerate(self.names) if other == name)
        return next((cell for cell in found if cell not in _NONE), "")


class Aside(NamedTuple):
    """What a file holds and what is not taken: where (`line 3`), why, and whether something is wrong with it."""

    where: str
    error: InputError
    wrong: bool = True


class Read(NamedTuple):
    """What was read from a file: its activities, and what was left aside."""

    activities: tuple[Activity, ...] = ()
    aside: tuple[Aside, ...] = ()


def read_table(data: bytes) -> Table:
    """The table in the bytes of a CSV file with `,`, `;` or tabs. Raises `InputError` with the reason, and the line where there is one."""
    text = _decoded(data)
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


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    if "\0" in text:
        raise InputError("", "NUL bytes", "an activity file", "Is it the right file?")
    return text


def decimal_comma(table: Table, column: int) -> bool:
    """Whether a column of numbers has decimal commas. Raises `InputError` with both lines where it has points too: nobody knows which
    are which.
    """
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
        raise InputError(f"line {commas.line}", found, "one decimal mark in a column", "Export the table again, without changing it.")
    return commas is not None


def _thousands(cell: str) -> bool:
    """Whether a cell like 1.234.567 has points that part thousands."""
    return cell.count(".") > 1


def number(cell: str, *, comma: bool) -> Decimal | None:
    """The number in a cell, None for an empty one. Raises `InputError` for what is no number."""
    if cell in _NONE:
        return None
    if not (_COMMA if comma else _POINT).fullmatch(cell):
        raise InputError("", f"found {written(cell)}", f"a number like {'5,2' if comma else '5.2'}")
    return Decimal(cell.replace(".", "").replace(",", ".") if comma else cell.replace(",", ""))


def metres(cell: str, unit: str, *, comma: bool) -> int | None:
    """Whole metres in a cell of kilometres (`km`), miles (`mi`) or metres (`m`); None for none. Raises `InputError` for less than 0 or
    more than a day's.
    """
    amount = number(cell, comma=comma)
    if amount is None:
        return None
    found = int(amount * UNITS[unit])
    if amount < 0 or found > 1000 * MOST_KM:
        raise InputError("", f"a distance of {written(cell)} {unit}", f"from 0 to {MOST_KM} kilometres")
    return found or None


def seconds(cell: str, unit: int = 1, *, comma: bool = False) -> int | None:
    """Whole seconds in a cell like `0:58:37` or `58:37`, or a number of `unit` seconds; None for none. Raises `InputError`."""
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
    """A whole number in a cell, rounded down; None for none, or for one out of its range: it is not worth losing a run for."""
    if not _POINT.fullmatch(cell):
        return None
    found = int(Decimal(cell.replace(",", "")))
    return found if least <= found <= most else None


def each(table: Table, read: Callable[[Row], Activity | Aside]) -> Read:
    """What `read` makes of each row; a row that it refuses with an `InputError` is left aside as wrong, and costs nothing else."""
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
    """A row of another kind of activity."""
    return Aside(f"line {row.line}", InputError("", f"no run: {said[:40] or 'no kind said'}", "a run"), wrong=False)
