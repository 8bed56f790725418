"""Reads, extends and corrects the athlete's own log, which stays the person's file.

Comments, empty lines, order, custom columns, quotes, line ends and a byte order mark survive byte for byte; only an added or corrected row
is written, and the header if a needed column is missing.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from attrs import evolve

from planner.entry import Entry
from planner.errors import InputError
from planner.journal.log_bytes import check_size, decoded, read_bytes
from planner.journal.log_cells import COLUMNS, Value, header
from planner.journal.log_entries import entry_from, found_in
from planner.journal.log_guard import guarded, put, stamp
from planner.journal.log_rows import LogText

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from datetime import date

T = TypeVar("T")
TELL_APART = "If you did the same twice, tell them apart with a note."
ENTRY_FIELDS = tuple(dict.fromkeys(column.field for column in COLUMNS.values()))
"""The fields of `Entry` that a log contains, in column order."""


def read_log(path: Path, *, miles: bool = False, today: date | None) -> tuple[Entry, ...]:
    """Return the entries of a log by date, in file order within a date; none if there is no file.

    `miles` allows the columns `run_mi` and `foot_mi`; a date after `today`, if given, is refused. Raises `InputError` with file, line and
    column.
    """
    log = _text(read_bytes(path), path)
    return _by_date(_found(log, path, miles=miles, today=today))


class OpenLog:
    """A log opened by `editing` for changes, which are written to the file when `editing` ends."""

    def __init__(self, text: LogText, path: Path, *, miles: bool, today: date | None) -> None:
        """Use `editing` to create one."""
        self.path, self._miles, self._today = path, miles, today
        self._log, self._mark = text, "."
        self._all: list[Entry] = []
        self._known: dict[Entry, int] = {}
        self._take(text)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The current entries, as `read_log` returns them."""
        return _by_date(self._all)

    @property
    def other_columns(self) -> tuple[str, ...]:
        """The names of its custom columns, in lower case."""
        return tuple(name for name in self._log.names if name and name not in COLUMNS)

    def text(self) -> str:
        """The current text of the whole log."""
        return self._log.text()

    def add(self, entries: Iterable[Entry]) -> tuple[Entry, ...]:
        """Append rows in the given order; return the entries with their line numbers.

        Raises `InputError` if a row is invalid or already in the log; then none is added.
        """
        wanted = tuple(evolve(entry, line=0) for entry in entries)
        if not wanted:
            return ()
        known = self._known or {evolve(entry, line=0): entry.line for entry in self._all}
        taken = dict.fromkeys(wanted, 0)
        if len(taken) < len(wanted):
            raise InputError(str(self.path), "the same row twice in what is to be added", "each session once", TELL_APART)
        for entry in wanted:
            if entry in known:
                found = f"this very row of {entry.date} is there already"
                raise InputError(f"{self.path}, line {known[entry]}", found, "each session once", TELL_APART)
        added = self._extend([entry_values(entry) for entry in wanted])
        self._known = known | {evolve(entry, line=0): entry.line for entry in added}
        return added

    def correct(self, entry: Entry, changes: Mapping[str, Value | None]) -> Entry:
        """Change values in the row of `entry`, given by field name (None for no answer), and return the new entry.

        Raises `InputError` if the row no longer exists or would become invalid, and `ValueError` for an unknown field; then nothing is
        changed.
        """
        unknown = sorted(changes.keys() - set(ENTRY_FIELDS))
        if unknown:
            raise ValueError(f"an entry has no field {unknown[0]} that a log holds")
        line = self._line_of(entry)
        log = self._log.copy()
        log.name(_columns(log, changes, miles=self._miles))
        log.change(line, self._cells(log, changes))
        self._take(LogText(log.text()))
        return next(entry for entry in self._all if entry.line == line)

    def _line_of(self, entry: Entry) -> int:
        same = [known for known in self._all if evolve(known, line=entry.line) == entry]
        lines = [known.line for known in same]
        if not lines:
            found = f"the row of {entry.date} is not there any more, or says something else now"
            raise InputError(str(self.path), found, "it as it was a moment ago", "Look at the log with --list, and try again.")
        return entry.line if entry.line in lines else lines[0]

    def _extend(self, rows: list[dict[str, Value]]) -> tuple[Entry, ...]:
        log = self._log.copy()
        if log.header is None:
            log.name(header(miles=self._miles))
        for row in rows:
            log.name(_columns(log, row, miles=self._miles))
        stood = len(log.lines)
        for row in rows:
            log.append(self._cells(log, row))
        added, _ = _told(self.path, lambda: found_in(log, miles=self._miles, today=self._today, skipped=stood))
        self._log, self._all = log, [*self._all, *added]
        return tuple(added)

    def _cells(self, log: LogText, values: Mapping[str, Value | None]) -> dict[str, str]:
        """Format values as cell texts by column name."""
        cells: dict[str, str] = {}
        for name in log.names:
            column = COLUMNS.get(name)
            if column is None or column.field not in values:
                continue
            value = values[column.field]
            text = "" if value is None or value == "" else " ".join(column.write(value).split())
            cells[name] = text.replace(".", self._mark) if column.decimal else text
        return cells

    def _take(self, text: LogText) -> None:
        self._all, decimals = _told(self.path, lambda: found_in(text, miles=self._miles, today=self._today))
        self._log, self._mark, self._known = text, decimals.mark, {}


@contextmanager
def editing(path: Path, *, miles: bool = False, today: date | None = None) -> Iterator[OpenLog]:
    """Open the log at `path`, or a new one, for changes while no other planner can change it.

    The log is written once, atomically, when the block ends, and not at all if the block raises. A link stays a link. Raises `InputError`
    if the log cannot be read, `OutputError` if it cannot be written; the file is then unchanged.
    """
    real = Path(os.path.realpath(path))
    with guarded(real):
        before = stamp(real)
        raw = read_bytes(real)
        log = OpenLog(_text(raw, path), path, miles=miles, today=today)
        yield log
        data = log.text().encode()
        if data != raw:
            check_size(path, len(data))
            put(real, data, before)


def entry_values(entry: Entry) -> dict[str, Value]:
    """Return an entry's values by field name, without those that are missing."""
    said = {name: cast("Value | None", getattr(entry, name)) for name in ENTRY_FIELDS}
    return {name: value for name, value in said.items() if value is not None and value != ""}


def entry_of(values: Mapping[str, Value]) -> Entry:
    """Build the entry with these values, given by field name."""
    return entry_from(**values)


def _columns(log: LogText, fields: Collection[str], *, miles: bool) -> list[str]:
    """Return the columns that these fields need and the log does not have."""
    there = {COLUMNS[name].field for name in log.names if name in COLUMNS}
    return [name for name in header(miles=miles) if COLUMNS[name].field in fields and COLUMNS[name].field not in there]


def _text(raw: bytes, path: Path) -> LogText:
    text = decoded(raw, path)
    return _told(path, lambda: LogText(text))


def _found(log: LogText, path: Path, *, miles: bool, today: date | None) -> list[Entry]:
    return _told(path, lambda: found_in(log, miles=miles, today=today))[0]


def _by_date(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda entry: entry.date))


def _told(path: Path, read: Callable[[], T]) -> T:
    """Call `read`, adding the file to the place of its `InputError`."""
    try:
        return read()
    except InputError as error:
        where = f"{path}, {error.where}" if error.where else str(path)
        raise InputError(where, error.found, error.expected, error.advice) from None
