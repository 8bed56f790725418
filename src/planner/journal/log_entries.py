"""Converts the rows of a log into entries; invalid rows are refused with line and column."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from planner.entry import Entry
from planner.errors import InputError
from planner.formatting import written
from planner.journal.log_cells import COLUMNS, IN_MILES, Column, Value
from planner.journal.log_rows import ATHLETE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from planner.journal.log_rows import Line, LogText

entry_from = cast("Callable[..., Entry]", Entry)
"""`Entry`, built from values by field name."""


class Decimals:
    """The decimal mark of one log: a point if cells are separated by commas, else whichever of comma and point occurs first."""

    def __init__(self, delimiter: str) -> None:
        """Start with no mark seen."""
        self._delimiter = delimiter
        self._first: tuple[str, str, int] | None = None

    @property
    def mark(self) -> str:
        """The mark to use for writing."""
        if self._delimiter == ",":
            return "."
        return self._first[0] if self._first else ","

    def plain(self, text: str, line: int) -> str:
        """Return the text with a decimal point. Raises `InputError` without a place for a mark that this log does not use."""
        mark = next((mark for mark in ",." if mark in text), "")
        if mark == "," and self._delimiter == ",":
            advice = "Commas separate the cells of this log; in a log with decimal commas, use ; between cells"
            raise InputError("", f"found {written(text)}", "a point for decimals, like 5.2", advice)
        if mark and self._first is None:
            self._first = (mark, text, line)
        if mark and self._first and self._first[0] != mark:
            other = f"{written(self._first[1])} on line {self._first[2]}"
            raise InputError("", f"found {written(text)}, but {other}", "one decimal mark throughout, a comma or a point")
        return text.replace(",", ".", 1) if mark == "," else text


def found_in(log: LogText, *, miles: bool, today: date | None, skipped: int = 0) -> tuple[list[Entry], Decimals]:
    """Return the entries of a log in row order, ignoring its first `skipped` lines, and its decimal mark.

    `miles` allows columns in miles; a date later than `today`, if given, is refused. Raises `InputError` with line and column.
    """
    _check_columns(log, miles=miles)
    decimals = Decimals(log.delimiter)
    known = [(index, name, COLUMNS[name]) for index, name in enumerate(log.names) if name in COLUMNS]
    own = [index for index, name in enumerate(log.names) if name not in COLUMNS]
    found: list[Entry] = []
    lines: dict[object, int] = {}
    for line in log.rows(skipped):
        values = dict(_values(line, known, decimals))
        _check(values, line.number, today)
        key = (tuple(values.items()), tuple([line.cells[index] for index in own] if line.cells else ()))
        earlier = lines.setdefault(key, line.number)
        if earlier != line.number:
            advice = "Delete one of them; if you did the same twice, tell them apart with a word in `note`."
            raise InputError(f"line {line.number}", f"the same row as line {earlier}", "each session once", advice)
        found.append(entry_from(**values, line=line.number))
    return found, decimals


def _check_columns(log: LogText, *, miles: bool) -> None:
    if log.header is None:
        return
    where = f"line {log.lines[log.header].number}"
    for name in IN_MILES:
        if name in log.names and not miles:
            advice = f'Rename it to {name[:-3]}_km and give kilometres, or write units = "mi" at the top of the athlete file.'
            raise InputError(where, f"found the column `{name}`", "kilometres, as the athlete file counts", advice)
        if {name, f"{name[:-3]}_km"} <= set(log.names):
            raise InputError(where, f"found both `{name[:-3]}_km` and `{name}`", "one of them")
    if ATHLETE in log.names:
        advice = "Keep a log for each athlete, or rename the column."
        raise InputError(where, "found a column `athlete`, as in a log for many", "the log of one athlete", advice)


def _values(line: Line, known: list[tuple[int, str, Column]], decimals: Decimals) -> Iterator[tuple[str, Value]]:
    cells = line.cells or ()
    for index, name, column in known:
        text = cells[index]
        if not text:
            continue
        try:
            value = column.read(decimals.plain(text, line.number) if column.decimal else text)
        except InputError as error:
            raise error.within(f"line {line.number}, {name}") from None
        if value != "":
            yield column.field, value


def _check(values: dict[str, Value], line: int, today: date | None) -> None:
    """Check the values of a row against each other and the date against `today`. Raises `InputError`."""
    day = values.get("date")
    if day is None:
        raise InputError(f"line {line}, date", "missing", "a date like 2027-01-04")
    if today is not None and cast("date", day) > today:
        raise InputError(f"line {line}, date", f"found {day}", f"a day that is over or today, {today}", "A log says what was done.")
    run, foot = values.get("run_m"), values.get("foot_m")
    if run is not None and foot is not None and cast("int", foot) < cast("int", run):
        found = f"found {foot} m on foot, but {run} m of running"
        raise InputError(f"line {line}", found, "at least as much on foot: running counts as well", "Or leave the distance on foot empty.")
