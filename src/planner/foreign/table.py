"""Reads foreign plans from tables: CSV with `,`, `;` or tabs, a header row with usual names, one session per row."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from planner.errors import InputError
from planner.foreign.columns import Columns, find_columns
from planner.foreign.dates import against, read_dates
from planner.foreign.records import Amount, Aside, Dose, Run, by_date
from planner.foreign.table_cells import cells_of, takes_in_a_row, unclosed
from planner.foreign.table_own import is_ours, is_private, no_run
from planner.foreign.tokens import fold
from planner.foreign.wording import hear, not_a_run, short
from planner.foreign.workouts import MOST_KM, MOST_SECONDS, UnclearError, read_workout
from planner.journal.trainingpeaks_kinds import is_run, why_no_run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from planner.foreign.dates import Order
    from planner.foreign.records import Entries
    from planner.foreign.table_cells import Table, TableRow

_THOUSANDS = re.compile(r"-?\d{1,3},\d{3}")
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+(?:\.\d{1,6})?|\d{1,12}(?:[.,]\d{1,9})?)")
_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):(\d{2})(?:\.\d+)?")
_EMPTY = ("", "-", "--", "0", "0.0", "0.00", "0,0", "0,00", "n/a", "none")
_UNIT_WORDS = {"km": "kilometres", "mi": "miles", "m": "metres", "min": "minutes", "s": "seconds", "h": "hours"}


class _Units(NamedTuple):
    """The units of the columns; `short_clock` is "h" or "min" for the `a` in times like `a:bb`, None if unknown."""

    distance: str
    time: str
    short_clock: str | None


def read_table(text: str, *, miles: bool, order: Order | None) -> Entries:
    """The entries of a table. `miles` applies to distances without a unit, `order` to ambiguous dates.

    Raises `InputError` if the table as a whole is unreliable: no names, no date column, two distance columns, ambiguous dates, a quote
    that swallows following rows, a distance or time out of range. Rows that plan nothing or another sport are listed as not counted.
    """
    table = cells_of(text)
    where = f"line {table.line}"
    columns = find_columns(table.names, where)
    if not table.rows:
        raise InputError("", "a row of names and nothing under it", "a row for each session")
    _refuse_swallowed(table, columns.date)
    days = read_dates([row.cells[columns.date] for row in table.rows], order)
    if not any(days):
        found = f'no date in the column `{table.names[columns.date].strip()}`, but "{table.rows[0].cells[columns.date][:30]}"'
        why = next(filter(None, (against(row.cells[columns.date], order) for row in table.rows)), "")
        raise InputError(where, found, f"dates like 2027-01-04; {why}" if why else "dates like 2027-01-04")
    columns = _same_twice(table, columns)._replace(ours=is_ours(table.names))
    units = _units(table, columns, miles=miles)
    runs: list[Run] = []
    not_counted: list[Aside] = []
    not_read: list[Aside] = []
    for row, day in zip(table.rows, days, strict=True):
        if row.spare:
            run, aside, unread = _overfull(row, day)
        elif day is None:
            run, aside, unread = _undated(row, against(row.cells[columns.date], order))
        else:
            run, aside, unread = _entry(row, day, columns, units)
        runs += [run] if run else []
        not_counted += aside
        not_read += unread
    entries = by_date(runs, not_counted, not_read, list(_told(table.names, columns, units)))
    return entries._replace(private=columns.ours and is_private(table.names, [row.cells for row in table.rows]))


def _refuse_swallowed(table: Table, at: int) -> None:
    """Raise `InputError` if a cell has swallowed whole rows; `at` is the date column."""
    for row in table.rows:
        if any("\n" in cell or "\r" in cell for cell in row.cells) and any(takes_in_a_row(cell, table.delimiter, at) for cell in row.cells):
            raise unclosed(row.line)


def _same_twice(table: Table, columns: Columns) -> Columns:
    """The columns, with kilometres as unit if two of the same name hold kilometres and metres, as in a Strava export.

    Raises `InputError` if columns of the same name hold anything else.
    """
    if columns.distance is None:
        return columns
    name = table.names[columns.distance].strip().lower()
    twins = [n for n, other in enumerate(table.names) if other.strip().lower() == name]
    if len(twins) == 1:
        return columns
    pairs = [(_plain(row.cells[twins[0]]), _plain(row.cells[twins[1]])) for row in table.rows]
    known_pairs = [(one, other) for one, other in pairs if one and other]
    if len(twins) == 2 and known_pairs and all(abs(one * 1000 - other) <= 10 for one, other in known_pairs):
        return columns._replace(distance_unit="km")
    found = f"{len(twins)} columns called `{table.names[columns.distance].strip()}`"
    raise InputError(f"line {table.line}", found, "one of them", "Delete the others, or rename them.")


def _units(table: Table, columns: Columns, *, miles: bool) -> _Units:
    distance = columns.distance_unit or ("mi" if miles else "km")
    return _Units(distance, columns.time_unit or "min", _short_clock(table, columns))


def _short_clock(table: Table, columns: Columns) -> str | None:
    """The unit of `a` in times like `a:bb`: the one in the column's name, else minutes if some `a` is over 12, else unknown."""
    if columns.time is None or columns.time_unit in ("h", "min"):
        return columns.time_unit or None
    clocks = [_CLOCK.fullmatch(row.cells[columns.time].strip()) for row in table.rows]
    short_ones = [int(match[2]) for match in clocks if match and match[1] is None]
    return "min" if any(first > 12 for first in short_ones) else None


def _overfull(row: TableRow, day: date | None) -> tuple[Run | None, Iterable[Aside], Iterable[Aside]]:
    """A row with too many cells, as when `4,5` is not quoted between commas: it is not read."""
    said = short(", ".join(cell.strip() for cell in row.cells if cell.strip()))
    why = "it has more cells than the first row; put quotes around a cell with the separator in it"
    return None, (), (Aside(f"line {row.line}", day, said, why),)


def _undated(row: TableRow, why: str) -> tuple[Run | None, Iterable[Aside], Iterable[Aside]]:
    """A row without a readable date: it is not read; `why` may add a reason."""
    said = short(" ".join(cell.strip() for cell in row.cells if cell.strip()))
    return None, (), (Aside(f"line {row.line}", None, said, f"it has no date that can be read{f'; {why}' if why else ''}"),)


def _entry(row: TableRow, day: date, columns: Columns, units: _Units) -> tuple[Run | None, Iterable[Aside], Iterable[Aside]]:
    """The run in a row, what is not counted, and what could not be read. Raises `InputError`."""
    where = f"line {row.line}"
    sport = " ".join(filter(None, (row.cells[n].strip() for n in columns.sport)))
    texts = [row.cells[n].strip() for n in columns.words if row.cells[n].strip()]
    title = texts[0] if texts else sport
    aside = None if columns.ours else (not_a_run(sport) if sport else None) or (None if _runs(sport) else not_a_run(title))
    if aside is not None:
        return None, (Aside(where, day, short(title), *aside),), ()
    try:
        amount = _amount(row, columns, units)
    except UnclearError as error:
        return None, (), (Aside(where, day, short(title), str(error)),)
    except InputError as error:
        raise error.within(where) from None
    if amount is not None and columns.peaks and not is_run(sport, title, *_totals(row, columns, units)):
        return None, (Aside(where, day, short(title), why_no_run(sport)),), ()
    if amount is not None:
        return Run(where, day, short(title), _with_walks(amount, title)), (), ()
    if columns.ours:  # our columns hold all running; words about running, as in a note on cadence, do not add any
        return None, (Aside(where, day, short(title), *no_run(sport)),), ()
    if not title:
        return None, (Aside(where, day, "", "nothing is planned"),), ()
    return hear(where, day, title, "\n".join(texts[1:]), sport=sport)


def _runs(sport: str) -> bool:
    return bool(sport) and fold(sport).startswith(("run", "jog", "trail", "treadmill", "virtual"))


def _with_walks(amount: Dose, title: str) -> Dose:
    """The dose of a row's columns, or that of its title if this splits it into running and walking and does not exceed the columns."""
    try:
        said = read_workout(fold(title))
    except UnclearError:
        return amount
    both = said.run.plus(said.walk) if said else None
    if said is None or both is None or not any(said.walk) or bool(both.seconds) != bool(amount.run.seconds):
        return amount
    return said if both.seconds <= amount.run.seconds and both.km <= amount.run.km and both.miles <= amount.run.miles else amount


def _amount(row: TableRow, columns: Columns, units: _Units) -> Dose | None:
    """The dose in a row's columns, distance before time; None if both are empty. Raises `UnclearError` or `InputError`."""
    if columns.distance is not None and row.cells[columns.distance].strip().lower() not in _EMPTY:
        return Dose(run=_distance(row.cells[columns.distance].strip(), units.distance))
    if columns.time is not None and row.cells[columns.time].strip().lower() not in _EMPTY:
        return Dose(run=Amount(seconds=_time(row.cells[columns.time].strip(), units)))
    return None


def _totals(row: TableRow, columns: Columns, units: _Units) -> tuple[int | None, int | None]:
    """The metres and the seconds in a row's columns, each None if it is empty or unreadable."""
    metres = None if columns.distance is None else _plain(row.cells[columns.distance], thousands=units.distance == "m")
    try:
        seconds = None if columns.time is None else _time(row.cells[columns.time].strip(), units)
    except (UnclearError, InputError):
        seconds = None
    return None if metres is None else int(metres), seconds


def _distance(cell: str, unit: str) -> Amount:
    number = _plain(cell, thousands=unit == "m")  # nobody measures a run to the millimetre
    if number is None:
        dose = read_workout(fold(cell))
        if dose is None:
            raise UnclearError(f'"{short(cell)}" in the column of distances')
        return dose.run
    kilometres = {"km": number, "m": number / 1000, "mi": number}[unit]
    if not 0 < kilometres <= MOST_KM:
        raise InputError("", f"a distance of {short(cell)}", f"more than 0 and at most {MOST_KM} {'miles' if unit == 'mi' else 'km'}")
    return Amount(miles=number) if unit == "mi" else Amount(km=kilometres)


def _time(cell: str, units: _Units) -> int:
    """The seconds in a cell like `65`, `1:05:30` or `30 min`. Raises `UnclearError` or `InputError`."""
    number, clock = _plain(cell), _CLOCK.fullmatch(cell)
    if clock:
        seconds = _clock_seconds(clock, units.short_clock)
    elif number is not None:
        seconds = int(number * {"min": 60, "s": 1, "h": 3600}[units.time])
    else:
        dose = read_workout(fold(cell))
        if dose is None:
            raise UnclearError(f'"{short(cell)}" in the column of times')
        seconds = dose.run.seconds
    if not 0 < seconds <= MOST_SECONDS:
        raise InputError("", f"a time of {short(cell)}", "more than 0 and at most a day")
    return seconds


def _clock_seconds(clock: re.Match[str], short_clock: str | None) -> int:
    if clock[1] is not None:
        return 3600 * int(clock[1]) + 60 * int(clock[2]) + int(clock[3])
    if short_clock is None:
        found = f"a time of {clock.group()}, which may be hours and minutes or minutes and seconds"
        raise InputError("", found, "minutes like 65, or 1:05:00")
    return 3600 * int(clock[2]) + 60 * int(clock[3]) if short_clock == "h" else 60 * int(clock[2]) + int(clock[3])


def _plain(cell: str, *, thousands: bool = False) -> Decimal | None:
    """Parse a number with a decimal point or comma. Commas separate thousands beside a point, if there are several, and before three digits
    if `thousands` says so. None if it is not a number.
    """
    text = cell.strip()
    if not _NUMBER.fullmatch(text):
        return None
    if "." in text or text.count(",") > 1 or (thousands and _THOUSANDS.fullmatch(text)):
        return Decimal(text.replace(",", ""))
    return Decimal(text.replace(",", "."))


def _told(names: list[str], columns: Columns, units: _Units) -> Iterator[str]:
    """Sentences about how the columns were read."""
    yield f"Read `{names[columns.date].strip()}` as the date."
    if columns.distance is not None:
        name = names[columns.distance].strip()
        twice = sum(other.strip().lower() == name.lower() for other in names) > 1
        why = ", because the second one holds the same in metres" if twice else ""
        hint = "" if columns.distance_unit else f" (it does not say which; --units {'km' if units.distance == 'mi' else 'mi'} changes it)"
        yield f"Read `{name}`{' (the first of two)' if twice else ''} as {_UNIT_WORDS[units.distance]}{why}{hint}."
    if columns.time is not None:
        role = ", where there is no distance" if columns.distance is not None else ""
        yield f"Read `{names[columns.time].strip()}` as {_UNIT_WORDS[units.time]}{role}."
    if columns.sport or columns.words:
        yield f"Read {', '.join(f'`{names[n].strip()}`' for n in (*columns.sport, *columns.words))} as what a session is."
