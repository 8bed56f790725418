"""A long log: one table for many athletes, such as the answers to a form, with column names of its author's choice.

Interprets the header and the rows of one athlete. `roster.long_log` reads the file and finds each athlete's rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planner.errors import InputError
from planner.formatting import written
from planner.journal.log_cells import COLUMNS, IN_MILES, refuse_alike
from planner.journal.log_entries import found_in
from planner.journal.log_rows import ATHLETE, LogText
from planner.settings import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planner.entry import Entry

TARGETS = (*COLUMNS, ATHLETE)
"""The columns that a long log may have."""
OPTION = "--map"
_EXAMPLE = f'{OPTION} "How was your knee?=pain_during"'
_WHEN = "own-when"


class FormRow(NamedTuple):
    """A row of a long log: its line number, its cells, and what is wrong with it as a whole, or ""."""

    line: int
    cells: tuple[str, ...]
    problem: str = ""


class Form(NamedTuple):
    """The header of a long log: the file's name in messages, the headers as written, and the log column of each ("" for none)."""

    name: str
    headers: tuple[str, ...]
    columns: tuple[str, ...]

    def at(self, column: str) -> int:
        """The index of a column."""
        return self.columns.index(column)


class Told(NamedTuple):
    """The rows of one athlete in a long log, in file order; valid dates have the form 2027-01-04.

    `whens` are the dates as written, with their time of day, which tells apart two answers of one day.
    """

    form: Form
    rows: tuple[FormRow, ...] = ()
    whens: tuple[str, ...] = ()


def mapping_of(texts: Iterable[str]) -> dict[str, str]:
    """Parse `Header=column` options into a dict by folded header. Raises `InputError` for an unknown column or a repeated header."""
    found: dict[str, str] = {}
    for text in texts:
        header, equals, column = text.rpartition("=")
        key, target = folded(header), column.strip().casefold()
        if not equals or not key:
            raise InputError(OPTION, f"found {written(text)}", "a header, = and a column of the log", f"For instance: {_EXAMPLE}")
        if target not in TARGETS:
            raise InputError(OPTION, f"found the column {written(column.strip())}", "a column of the log", nearest(target, TARGETS))
        if key in found:
            raise InputError(OPTION, f"found the header {written(header.strip())} twice", "it once")
        found[key] = target
    return found


def folded(header: str) -> str:
    """Normalize a header: case-folded, with single spaces."""
    return " ".join(header.split()).casefold()


def form_of(name: str, line: int, headers: tuple[str, ...], mapping: Mapping[str, str]) -> Form:
    """Interpret the header of a long log on line number `line`, using `mapping` (see `mapping_of`).

    Raises `InputError` for a mapped header that does not exist, a repeated column, or a missing `athlete` or `date`.
    """
    where, keys = f"{name}, line {line}", [folded(header) for header in headers]
    for key in mapping:
        if key not in keys:
            raise InputError(OPTION, f"found the header {written(key)}", f"one that is in {name}", nearest(key, filter(None, keys)))
    columns = tuple(mapping.get(key, key if key in TARGETS else "") for key in keys)
    for column in TARGETS:
        same = [written(header) for header, own in zip(headers, columns, strict=True) if own == column]
        if len(same) > 1:
            raise InputError(where, f"found `{column}` in {len(same)} columns: {', '.join(same)}", "it once", "Rename the others.")
    refuse_alike([own or key for key, own in zip(keys, columns, strict=True)], where)
    for column in IN_MILES:
        if {column, f"{column[:-3]}_km"} <= set(columns):
            raise InputError(where, f"found both `{column[:-3]}_km` and `{column}`", "one of them")
    for column, means in ((ATHLETE, "whose each row is: the id in the roster"), ("date", "when it was")):
        if column not in columns:
            advice = f'If another column says so, name it: {OPTION} "Its header={column}".'
            raise InputError(where, f"found no column `{column}`", f"one that says {means}", advice)
    return Form(name, headers, columns)


def entries_of(told: Told) -> tuple[Entry, ...]:
    """Return the entries of one athlete, by date. Raises `InputError` with file, line and column."""
    form = told.form
    names = [name if name in COLUMNS else f"own-{number}" for number, name in enumerate(form.columns)]
    # Semicolons separate the cells, so that a decimal comma in a quoted cell is read as one.
    log = LogText(f"sep=;\n{';'.join((*names, _WHEN))}\n")
    head = len(log.lines)
    for row, when in zip(told.rows, told.whens, strict=True):
        if row.problem:
            raise InputError(f"{form.name}, line {row.line}", row.problem)
        log.append({**dict(zip(names, row.cells, strict=True)), _WHEN: when})
    numbers = [row.line for row in told.rows]
    log.lines[head:] = [line._replace(number=number) for line, number in zip(log.lines[head:], numbers, strict=True)]
    try:
        found, _ = found_in(log, miles=True, today=None)
    except InputError as error:
        raise InputError(_place(form, error.where), error.found, error.expected, error.advice) from None
    return tuple(sorted(found, key=lambda entry: entry.date))


def _place(form: Form, where: str) -> str:
    """Add the file to an error's place, and the header as written if it differs from the column."""
    column = where.rpartition(", ")[2]
    header = form.headers[form.at(column)] if column in form.columns else column
    named = "" if folded(header) == column else f" ({written(header)})"
    return f"{form.name}, {where}{named}"
