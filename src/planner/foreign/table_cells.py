"""Splits a foreign table into cells: finds the delimiter and the header row, and refuses unbalanced quotes."""

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
"""The header is searched for in this many lines."""


class TableRow(NamedTuple):
    """A row: its first line number, its cells padded to the header's width, and whether surplus cells hold something."""

    line: int
    cells: list[str]
    spare: bool


class Table(NamedTuple):
    """The column names, their line number, the rows below that are not empty, and the delimiter."""

    names: list[str]
    line: int
    rows: list[TableRow]
    delimiter: str


def cells_of(text: str) -> Table:
    """The cells of a table. Raises `InputError` if it is empty, has too many lines, or has unbalanced quotes."""
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
    """Whether a multi-line cell contains what looks like a row: a date in the date column `at`."""
    rows = (line.split(delimiter) for line in cell.splitlines()[1:] if delimiter in line)
    days = [row[at].strip('" ') for row in rows if len(row) > at]
    return any(day for order in ORDERS for day in read_dates(days, order))


def unclosed(line: int) -> InputError:
    """The error for a cell that begins on `line` and swallows the next row."""
    found = "a quote that is not closed on its line, so that it takes in the next row"
    return InputError(f"line {line}", found, "one at each end of the cell", CLOSE_IT)


def _rows(lines: list[str], before: int, width: int, delimiter: str) -> list[TableRow]:
    """The rows after the first `before` lines that are not empty, each with at least `width` cells. Raises `InputError`."""
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
    """Whether a row's quotes are balanced. On a single line only a quote left open counts, as it could have swallowed more."""
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
    """How much a line looks like a header: whether it names a date column, and how many known columns."""
    cells = _cells(line, delimiter)
    return any(map(is_date, cells)), sum(map(known, cells))
