"""Rosters in CSV: UTF-8 with or without a byte order mark, separated by `,`, `;` or tabs (detected), quoted as spreadsheets do.

A broken row affects only itself: after an unclosed quote, the lines that it swallowed are read again one by one.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from typing import TYPE_CHECKING, TextIO

from planner.errors import InputError
from planner.roster.columns import check_columns, column
from planner.roster.rows import Row
from planner.roster.text_file import NOBODY, beginning, not_opened
from planner.text_decoding import PLAIN_TEXT, SAVE_AS_UTF8

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DELIMITERS = (",", ";", "\t")
NOT_UTF8 = f"this row is not UTF-8 text; expected one encoding, UTF-8, throughout. {SAVE_AS_UTF8.removesuffix('.')}"
NUL = "this row has NUL bytes in it; expected plain text"
TOO_LONG = f"one of its cells has more than {csv.field_size_limit()} characters; expected a short one"
UNNAMED = "a cell is in a column without a name; expected a name in the first row"
UNCLOSED = "its quotes do not pair up; expected a quote at both ends of a cell. Write a quote inside a cell twice"
_LINE_END = re.compile("\r\n|\r|\n")


class CsvRoster:
    """A roster in a CSV file. `columns` are the names in its header, "" for an empty one."""

    def __init__(self, path: Path, name: str) -> None:
        """Read the header. Raises `InputError` if there is none, or if a column is unknown, missing or repeated."""
        self.name, self._path = name, path
        lines = _LINE_END.split(beginning(path, name).decode("utf-8", "replace"))
        self._before = next(number for number, line in enumerate(lines, 1) if line.strip())
        line = lines[self._before - 1]
        if line.lower().startswith("sep=") and line[4:] in DELIMITERS and self._before < len(lines):
            self._delimiter, line = line[4:], lines[self._before]
            self._before += 1
        else:
            self._delimiter = max(DELIMITERS, key=lambda d: (sum(column(c) is not None for c in _split(line, d)), line.count(d)))
        self.columns = self._header(line)

    def rows(self) -> Iterator[Row]:
        """Yield every row in order, numbered as a spreadsheet does: a cell with line breaks stays in one row; empty rows are counted but
        skipped.

        Raises `InputError` if there are no rows or the file cannot be opened.
        """
        columns, found = self.columns, False
        at, unnamed = columns.index("id"), "" in columns
        try:
            with self._path.open(encoding="utf-8-sig", errors="surrogateescape") as file:
                found_out = records(file, self._delimiter, len(columns), self._before, one_each=True)
                for number, (_, cells, problem) in enumerate(found_out, self._before + 1):
                    pairs = tuple([(name, v) for name, cell in zip(columns, cells, strict=False) if (v := cell.strip())])
                    if not pairs and not problem:
                        continue
                    found = True
                    wrong = problem or (UNNAMED if unnamed and not all(name for name, _ in pairs) else "")
                    if wrong in (NOT_UTF8, NUL):
                        yield Row(number, "", error=wrong)
                    else:
                        yield Row(number, cells[at].strip() if at < len(cells) else "", pairs, "", wrong)
        except OSError as error:
            raise not_opened(self.name, error) from None
        if not found:
            raise InputError(self.name, NOBODY, "a row for each athlete under the first one")

    def _header(self, line: str) -> tuple[str, ...]:
        where = f"{self.name}, row {self._before}"
        if "\ufffd" in line:
            raise InputError(where, "the column names are not UTF-8 text", PLAIN_TEXT, SAVE_AS_UTF8)
        names = tuple(name.strip() for name in _split(line, self._delimiter))
        if not names:
            raise InputError(where, "the quotes do not pair up", "the names of the columns")
        return checked_header(names, where)


def checked_header(names: tuple[str, ...], where: str) -> tuple[str, ...]:
    """Return the column names if they are known, unique and include `id`. Raises `InputError`."""
    check_columns((name for name in names if name), where)
    if "id" not in names:
        raise InputError(where, "found no column id", "one: each athlete's own short name, which names their files too")
    return names


def _split(line: str, delimiter: str) -> list[str]:
    """Split a single line into cells; returns none if its quotes do not pair up."""
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return []


class _Lines:
    """The lines of a file, numbered, with the lines of the current record kept so that they can be read again."""

    __slots__ = ("_again", "_file", "given", "number")

    def __init__(self, file: TextIO) -> None:
        self._file, self._again = file, deque[str]()
        self.given: list[str] = []
        self.number = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._file)
        self.number += 1
        self.given.append(line)
        return line

    def take_back(self) -> None:
        """Push back every line of the current record except the first."""
        self._again.extendleft(reversed(self.given[1:]))
        self.number -= len(self.given) - 1
        del self.given[1:]


def records(file: TextIO, delimiter: str, width: int, before: int, *, one_each: bool = False) -> Iterator[tuple[int, list[str], str]]:
    """Yield each record's first line number, its cells, and its problem or ""; the first `before` lines are skipped.

    With `one_each`, a quoted cell that contains a line as wide as a row counts as an unclosed quote, since two unclosed quotes pair up and
    swallow the rows in between.
    """
    lines = _Lines(file)
    for _ in range(before):
        next(lines, "")
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    given = lines.given
    while True:
        given.clear()
        try:
            cells, problem = next(reader), ""
        except StopIteration:
            return
        except csv.Error as error:
            cells, problem = [], TOO_LONG if "limit" in str(error) and len(given) == 1 else UNCLOSED
        if one_each and len(given) > 1 and any(_holds_a_row(cell, delimiter, width) for cell in cells):
            problem = UNCLOSED
        if problem or (len(cells) != width and any(cell.strip() for cell in cells)):
            problem = problem or (UNCLOSED if len(given) > 1 else _miscounted(cells, width))
            lines.take_back()
        yield lines.number - len(given) + 1, cells, _unreadable(given) or problem


def _holds_a_row(cell: str, delimiter: str, width: int) -> bool:
    """Whether a line within a cell (after its first line) has as many separators as a row."""
    return any(line.count(delimiter) == width - 1 for line in cell.split("\n")[1:])


def _miscounted(cells: list[str], width: int) -> str:
    more = ". Put quotes around a cell with the separator in it" if len(cells) > width else ""
    return f"found {len(cells)} cells; expected {width}, as many as the first row has{more}"


def _unreadable(lines: list[str]) -> str:
    """Return what is wrong with the encoding of a record, or ""."""
    for line in lines:
        if "\0" in line:
            return NUL
        if not line.isascii():
            try:
                line.encode()
            except UnicodeEncodeError:
                return NOT_UTF8
    return ""
