"""Somebody's table as cells: what stands between them, the row of names, and quotes that do not pair up."""

from __future__ import annotations

import csv
import re
from typing import NamedTuple

from planner.errors import InputError
from planner.foreign.columns import is_date, known
from planner.foreign.dates import ORDERS, read_dates
from planner.foreign.records import MOST_ENTRIES
from planner.journal.log_rows import CLOSE_IT, unpaired

DELIMITERS = (",", ";", "\t")
HEADER_WITHIN = 10
"""The names of the columns stand in one of so many first lines."""


class TableRow(NamedTuple):
    """A row: the number of its first line, its cells, at least as many as there are columns, and whether more of them hold something."""

    line: int
    cells: list[str]
    spare: bool


class Table(NamedTuple):
    """The names of the columns, the line on which they stand, the rows under it that are not empty, and what stands between cells."""

    names: list[str]
    line: int
    rows: list[TableRow]
    delimiter: str


def cells_of(text: str) -> Table:
    """The cells of a table. Raises `InputError` for an empty one, for too many lines, and for quotes that do not pair up."""
    lines = text.splitlines(keepends=True)
    if len(lines) > MOST_ENTRIES:
        raise InputError("", f"{len(lines)} lines", f"at most {MOST_ENTRIES}", "Is it a plan?")
    first = next((n for n, line in enumerate(lines) if line.strip()), None)
    if first is None:
        raise InputError("", "it is empty", "a row of names and a row for each session")
    said = re.fullmatch(r"sep=(.)", lines[first].strip(), re.IGNORECASE) if "\t" not in lines[first] else None
    first += said is not None
    head = lines[first : first + HEADER_WITHIN]
    delimiter = said[1] if said else max(DELIMITERS, key=lambda d: (max((_score(line, d) for line in head), default=0), text.count(d)))
    at = max(range(len(head)), key=lambda n: (_score(head[n], delimiter), -n), default=0)
    names = _cells(head[at], delimiter) if head else []
    return Table(names, first + at + 1, _rows(lines, first + at + 1, len(names), delimiter), delimiter)


def takes_in_a_row(cell: str, delimiter: str, at: int) -> bool:
    """Whether a cell with line breaks holds something that looks like a row: a date in the column `at`, that of dates."""
    rows = (line.split(delimiter) for line in cell.splitlines()[1:] if delimiter in line)
    days = [row[at].strip('" ') for row in rows if len(row) > at]
    return any(day for order in ORDERS for day in read_dates(days, order))


def unclosed(line: int) -> InputError:
    """That a cell which begins on `line` holds the next row too."""
    found = "a quote that is not closed on its line, so that it takes in the next row"
    return InputError(f"line {line}", found, "one at each end of the cell", CLOSE_IT)


def _rows(lines: list[str], before: int, width: int, delimiter: str) -> list[TableRow]:
    """The rows behind the first `before` lines that are not empty, `width` cells or more each. Raises `InputError`."""
    rows: list[TableRow] = []
    reader = csv.reader(lines[before:], delimiter=delimiter)
    start = before
    try:
        for cells in reader:
            end = before + reader.line_num
            if (end > start + 1 or end == len(lines)) and not _pairs_up(lines[start:end], delimiter):
                raise unpaired(start + 1)
            if any(cell.strip() for cell in cells):
                spare = any(cell.strip() for cell in cells[width:])
                rows.append(TableRow(start + 1, [*cells, *[""] * (width - len(cells))], spare))
            start = end
    except csv.Error as error:
        raise InputError(f"line {start + 1}", f"cells that cannot be told apart ({error})", "a table of short cells") from None
    return rows


def _pairs_up(lines: list[str], delimiter: str) -> bool:
    """Whether the quotes of one row do. On a single line only one that is still open matters: it could have taken in more."""
    try:
        next(csv.reader(lines, delimiter=delimiter, strict=True), None)
    except csv.Error as error:
        return len(lines) == 1 and "unexpected end" not in str(error)
    return True


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _score(line: str, delimiter: str) -> tuple[int, int]:
    """How much a line looks like names of columns: whether one is of dates, and how many are known."""
    cells = _cells(line, delimiter)
    return any(map(is_date, cells)), sum(map(known, cells))
