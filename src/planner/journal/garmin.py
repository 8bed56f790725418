"""Garmin Connect's activity list as CSV: local times without a zone, distances in the account's unit, `--` for empty."""

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
    """Read the activities of a Garmin Connect list; distances are in miles if `miles`, else kilometres, as the list does not say.

    Rows with unreadable values are left aside. Raises `InputError` with the line if distances mix decimal marks.
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
    """Parse the local start time. Raises `InputError`."""
    try:
        return datetime.strptime(cell, "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007  (the list names no zone)
    except ValueError:
        raise InputError("", f"found the date {written(cell)}", "a date and time like 2027-01-07 06:10:07") from None
