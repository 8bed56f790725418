"""One long log for many athletes: read once into a temporary database, then looked up athlete by athlete.

Memory is bounded whatever its length (`scratch.CACHE_KIB`, one row, and the distinct dates that leave day and month ambiguous).
"""

from __future__ import annotations

import csv
import json
import os
from typing import TYPE_CHECKING, NamedTuple, TextIO

from planner.errors import InputError
from planner.foreign.dates import ORDERS, against, order_of, read_dates
from planner.foreign.table_cells import takes_in_a_row, unclosed
from planner.formatting import written
from planner.journal.form import FormRow, Told, folded, form_of
from planner.journal.log_bytes import decoded
from planner.journal.log_guard import stamp
from planner.journal.log_rows import ATHLETE, CUT_OFF, cut_off
from planner.roster.csv_rows import DELIMITERS, NOT_UTF8, NUL, TOO_LONG, UNCLOSED, records
from planner.roster.ids import folded as folded_id
from planner.roster.scratch import OnScratch
from planner.text_decoding import BOM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from planner.foreign.dates import Order

HEAD_BYTES = 1_000_000
NOBODY = "nobody's name"
"""What pages call the athlete of rows without an id."""
_NOBODY_KNOWS_WHOSE = (NOT_UTF8, NUL, TOO_LONG, UNCLOSED)
_TABLES = ("CREATE TABLE told (athlete TEXT, name TEXT, line INTEGER, cells TEXT, problem TEXT)", "CREATE TABLE known (athlete TEXT)")


class Stranger(NamedTuple):
    """An athlete in a log but not in the roster: the name as written ("" for none), the number of rows and the line of the first (both 0
    for a log file of its own).
    """

    name: str
    rows: int
    line: int


class LongLog(OnScratch):
    """A long log while a batch runs; close it, or use it with `with`.

    `said` is a sentence on how ambiguous dates are read, "" if there are none.
    """

    def __init__(self, path: Path, mapping: Mapping[str, str], order: Order | None) -> None:
        """Read the whole log. `mapping` comes from `form.mapping_of`; `order` is the order of dates such as 3/4/2027, None to detect it.

        Raises `InputError` for damage that could affect any athlete: the header, the encoding, an unclosed quote, or dates whose order
        stays ambiguous. A mistake in one athlete's row is reported with that athlete.
        """
        self._path, self._name = path, str(path)
        self._given: Order | None = order
        delimiter, before, head = self._first_row(mapping)
        self.form = form_of(self._name, head, tuple(self._header), mapping)
        super().__init__()
        try:
            for statement in _TABLES:
                self._base.execute(statement)
            self._base.execute("BEGIN")
            self._base.executemany("INSERT INTO told VALUES (?, ?, ?, ?, ?)", self._rows(delimiter, before))
            self._base.execute("CREATE INDEX by_athlete ON told (athlete, line)")
            self._base.execute("COMMIT")
            self._order: Order | None
            self._order, self.said = self._dates(order)
        except BaseException:
            self.close()
            raise

    def told(self, athlete_id: str) -> Told:
        """Return an athlete's rows and mark the athlete as known. The rows have the id as it is given here, however it was written, so that
        a row entered twice is noticed.
        """
        key, at = folded_id(athlete_id), self.form.at(ATHLETE)
        self._base.execute("INSERT INTO known VALUES (?)", (key,))
        rows: list[FormRow] = []
        whens: list[str] = []
        for line, cells, problem in self._base.execute("SELECT line, cells, problem FROM told WHERE athlete = ? ORDER BY line", (key,)):
            row, when = self._dated(line, cells, problem)
            rows.append(row._replace(cells=(*row.cells[:at], athlete_id, *row.cells[at + 1 :])))
            whens.append(when)
        return Told(self.form, tuple(rows), tuple(whens))

    def _dated(self, line: int, cells: str, problem: str) -> tuple[FormRow, str]:
        """Return a stored row with its date in the form 2027-01-04, and the date as written."""
        found: list[str] = json.loads(cells)
        at = self.form.at("date")
        when = found[at]
        (day,) = read_dates([when], self._order)
        found[at] = day.isoformat() if day else when
        why = against(when, self._given)
        wrong = f"found {written(when)}; expected a date like 2027-01-04; {why}" if why else ""
        return FormRow(line, tuple(found), problem or wrong), when

    def strangers(self) -> Iterator[Stranger]:
        """Yield the athletes in the log that `told` was never called for, by the line of their first row."""
        asked = "SELECT name, count(*), min(line) FROM told WHERE athlete NOT IN (SELECT athlete FROM known) GROUP BY athlete ORDER BY 3"
        yield from (Stranger(*found) for found in self._base.execute(asked))

    def unknown_rows(self) -> Iterator[tuple[str, str, FormRow, str]]:
        """Yield the rows of those athletes, one athlete after the other: the id folded and as written, the row, and its date as written."""
        columns = "athlete, name, line, cells, problem"
        asked = f"SELECT {columns} FROM told WHERE athlete NOT IN (SELECT athlete FROM known) ORDER BY athlete, line"  # noqa: S608  (our own names)
        for athlete, name, line, cells, problem in self._base.execute(asked):
            yield athlete, name, *self._dated(line, cells, problem)

    def _first_row(self, mapping: Mapping[str, str]) -> tuple[str, int, int]:
        """Return the delimiter, the number of lines before the first data row, and the line number of the header; keep the header."""
        text = self._beginning()
        lines = text.splitlines(keepends=True)
        skipped = next((n for n, line in enumerate(lines) if line.strip() and not line.startswith("#")), None)
        if skipped is None:
            raise InputError(self._name, "it is empty", "a first row of column names, and a row for each session under it")
        line, delimiter = lines[skipped], ""
        if line.lower().startswith("sep=") and line[4:5] in DELIMITERS and skipped + 1 < len(lines):
            delimiter, skipped = line[4:5], skipped + 1
            line = lines[skipped]
        known = {*mapping, "date", ATHLETE}
        delimiter = delimiter or max(DELIMITERS, key=lambda d: (sum(folded(c.strip('"')) in known for c in line.split(d)), line.count(d)))
        reader = csv.reader(iter(lines[skipped:]), delimiter=delimiter, strict=True)
        try:
            self._header = [name.strip() for name in next(reader)]
        except csv.Error:
            raise InputError(f"{self._name}, line {skipped + 1}", "the quotes do not pair up", "the names of the columns") from None
        return delimiter, skipped + reader.line_num, skipped + 1

    def _beginning(self) -> str:
        """Return the text of the first lines. Raises `InputError` if there is no readable text file."""
        if stamp(self._path) is None:
            raise InputError(self._name, "there is no such file", "a log of many athletes, as CSV", "Check the name and the folder.")
        try:
            with self._path.open("rb") as file:
                raw = file.read(HEAD_BYTES)
        except OSError as error:
            raise self._unreadable(error) from None
        whole = raw if len(raw) < HEAD_BYTES else raw[: raw.rfind(b"\n") + 1]
        return decoded(whole, self._path).removeprefix(BOM)

    def _rows(self, delimiter: str, before: int) -> Iterator[tuple[str, str, int, str, str]]:
        """Yield every row: the athlete's id folded and as written, the line number, the cells as JSON, and the problem or ""."""
        width, at = len(self._header), self.form.at(ATHLETE)
        try:
            with self._path.open(encoding="utf-8-sig", errors="surrogateescape") as file:
                for line, cells, problem in self._records(file, delimiter, before):
                    if problem in _NOBODY_KNOWS_WHOSE:
                        raise InputError(f"{self._name}, line {line}", problem)
                    found = [*(" ".join(cell.split()) for cell in cells), *[""] * (width - len(cells))]
                    wrong = problem if any(found[width:]) or problem.startswith(CUT_OFF) else ""
                    yield folded_id(found[at]), found[at], line, json.dumps(found if wrong else found[:width]), wrong
        except OSError as error:
            raise self._unreadable(error) from None

    def _records(self, file: TextIO, delimiter: str, before: int) -> Iterator[tuple[int, list[str], str]]:
        """Yield the rows that are neither empty nor comments. Raises `InputError` for a cell that swallows the rows after it."""
        for line, cells, problem in self._marked(records(file, delimiter, len(self._header), before)):
            if not any(cell.strip() for cell in cells) and not problem:
                continue
            if cells and cells[0].startswith("#"):
                continue
            if any(takes_in_a_row(cell, delimiter, self.form.at("date")) for cell in cells):
                raise unclosed(line).within(self._name)
            yield line, cells, problem

    def _marked(self, rows: Iterable[tuple[int, list[str], str]]) -> Iterator[tuple[int, list[str], str]]:
        """Yield the rows. If the file stops within the last one, that is its problem: the lost cells may have held pain or a red flag."""
        last: tuple[int, list[str], str] | None = None
        for row in rows:
            if last is not None:
                yield last
            last = row
        if last is None:
            return
        line, cells, problem = last
        short = len(cells) < len(self._header) and any(cell.strip() for cell in cells)
        if short and problem not in _NOBODY_KNOWS_WHOSE and not self._ends_with_a_line():
            error = cut_off(len(cells), len(self._header))
            problem = f"{error.found}; expected {error.expected}. {error.advice}"
        yield line, cells, problem

    def _ends_with_a_line(self) -> bool:
        with self._path.open("rb") as file:
            file.seek(-1, os.SEEK_END)
            return file.read(1) in (b"\n", b"\r")

    def _dates(self, order: Order | None) -> tuple[Order | None, str]:
        """Return the order of dates such as 3/4/2027, and a sentence that states it if it was detected."""
        at = self.form.at("date")
        cells = (json.loads(text)[at] for (text,) in self._base.execute("SELECT cells FROM told"))
        if order is not None:
            return order, ""
        try:
            found = order_of(cells)
        except InputError as error:
            header = self.form.headers[at]
            raise InputError(f"{self._name}, {written(header)}", f"found {error.found}", error.expected, error.advice) from None
        return found, f"{self._name}: dates are read as {ORDERS[found]}, as some of them show." if found else ""

    def _unreadable(self, error: OSError) -> InputError:
        return InputError(self._name, f"cannot be opened ({error.strerror or error})", "a log that you may read")
