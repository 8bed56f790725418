"""A long log: one table about many athletes, such as the answers to a form, with the names of columns that its maker gave them.

Here is what its first row means, and what the rows of one athlete say. How the file is read, and whose rows are where, is the reader's.
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
"""What a column of a long log may be."""
OPTION = "--map"
_EXAMPLE = f'{OPTION} "How was your knee?=pain_during"'
_WHEN = "own-when"


class FormRow(NamedTuple):
    """A row of a long log: its line, its cells, and what is wrong with it as a whole, or ""."""

    line: int
    cells: tuple[str, ...]
    problem: str = ""


class Form(NamedTuple):
    """The first row of a long log: what messages call the file, the names as they stand there, and what each is to us ("" for nothing)."""

    name: str
    headers: tuple[str, ...]
    columns: tuple[str, ...]

    def at(self, column: str) -> int:
        """Where the cells of a column stand."""
        return self.columns.index(column)


class Told(NamedTuple):
    """What a long log holds of one athlete, in the order of its lines; the cells of dates are like 2027-01-04 where they are dates.

    `whens` are the dates as they stood, with their time of day: two answers of one day are told apart by them.
    """

    form: Form
    rows: tuple[FormRow, ...] = ()
    whens: tuple[str, ...] = ()


def mapping_of(texts: Iterable[str]) -> dict[str, str]:
    """What `Header=column` says, by the header in small letters. Raises `InputError` for an unknown column, and for one named twice."""
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
    """A header without letter case, and with single spaces."""
    return " ".join(header.split()).casefold()


def form_of(name: str, line: int, headers: tuple[str, ...], mapping: Mapping[str, str]) -> Form:
    """The first row of a long log, which stands on that line, read with `mapping` (see `mapping_of`).

    Raises `InputError` for a mapped header that is not there, for a column twice, and without `athlete` and `date`.
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
    """What the rows of one athlete say, by date. Raises `InputError` with file, line and column."""
    form = told.form
    names = [name if name in COLUMNS else f"own-{number}" for number, name in enumerate(form.columns)]
    # Between cells of our own stands a semicolon, so that a decimal comma in a cell with quotes around it is one.
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
    """The file, line and column of an error, with the column's own header where that is another one."""
    column = where.rpartition(", ")[2]
    header = form.headers[form.at(column)] if column in form.columns else column
    named = "" if folded(header) == column else f" ({written(header)})"
    return f"{form.name}, {where}{named}"
