"""Garmin Connect's list of activities as CSV: local times without a zone, distances in the unit of the account, `--` for none."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from planner.errors import InputError
from planner.formatting import written
from planner.journal import tables
from planner.journal.activity import Activity, sport_of, steps

if TYPE_CHECKING:
    from planner.journal.tables import Aside, Read, Row, Table

COLUMNS = frozenset({"activity type", "date", "distance", "time"})


def read_garmin(table: Table, source: str, *, miles: bool) -> Read:
    """The activities of a list of Garmin Connect, whose distances are kilometres, or miles with `miles`: it does not say.

    Raises `InputError` with the line for numbers that cannot be read.
    """
    distances = table.names.index("distance")
    comma = tables.decimal_comma(table, distances)

    def read(row: Row) -> Activity | Aside:
        said = table.cell(row, "activity type")
        if sport_of(said) not in ("run", ""):
            return tables.no_run(row, said)
        return Activity(
            source=f"{source}: line {row.line}",
            reader="garmin",
            start=_start(table.cell(row, "date")),
            sport=sport_of(said),
            said=said,
            metres=tables.metres(row.cells[distances], "mi" if miles else "km", comma=comma),
            seconds=tables.seconds(table.cell(row, "time", "moving time", "elapsed time")),
            cadence=steps([tables.small_number(table.cell(row, "avg run cadence"), 30, 250)])[0],
        )

    return tables.each(table, read)


def _start(cell: str) -> datetime:
    """When it started, by the clock of the place where it was."""
    try:
        return datetime.strptime(cell, "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007  (the list names no zone)
    except ValueError:
        raise InputError("", f"found the date {written(cell)}", "a date and time like 2027-01-07 06:10:07") from None
