"""Strava's bulk export: `activities.csv`, which repeats some column names, and the recordings that its rows name."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from planner.errors import InputError
from planner.formatting import written
from planner.journal import tables
from planner.journal.activity import Activity, sport_of, steps

if TYPE_CHECKING:
    from planner.journal.tables import Aside, Read, Row, Table

COLUMNS = frozenset({"activity id", "activity date", "activity type"})
NAME = "activities.csv"
_TIMES = ("%b %d, %Y, %I:%M:%S %p", "%d %b %Y, %H:%M:%S", "%b %d, %Y, %H:%M:%S", "%Y-%m-%d %H:%M:%S")
_TWICE = "distance"


def read_strava(table: Table, source: str, *, miles: bool) -> Read:
    """Read the activities of an export's table; `file` names each one's recording.

    If there are two columns called Distance, the second is in metres. A single one is in miles if `miles`, else kilometres. Rows with
    unreadable values are left aside. Raises `InputError` with the line if a column mixes decimal marks.
    """
    columns = [n for n, name in enumerate(table.names) if name == _TWICE]
    commas = {n: tables.decimal_comma(table, n) for n in columns}

    def read(row: Row) -> Activity | Aside:
        said = table.cell(row, "activity type")
        if sport_of(said) not in ("run", ""):
            return tables.no_run(row, said)
        metres = None
        for n in reversed(columns):
            unit = "m" if n != columns[0] else "mi" if miles else "km"
            metres = metres or tables.metres(row.cells[n], unit, comma=commas[n])
        return Activity(
            source=f"{source}: line {row.line}",
            reader="strava",
            start=_start(table.cell(row, "activity date")),
            sport=sport_of(said),
            said=said,
            metres=metres,
            seconds=tables.seconds(table.cell(row, "moving time")) or tables.seconds(table.cell(row, "elapsed time")),
            cadence=steps([tables.small_number(table.cell(row, "average cadence"), 30, 250)])[0],
            rpe=tables.small_number(table.cell(row, "perceived exertion"), 0, 10),
            file=table.cell(row, "filename"),
        )

    return tables.each(table, read)


def _start(cell: str) -> datetime:
    """Parse the start time: Strava writes UTC, in the language of the account. Raises `InputError`."""
    text = " ".join(cell.replace("\u202f", " ").split())
    for form in _TIMES:
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    raise InputError(
        "", f"found the date {written(cell)}", "a date like Jan 7, 2027, 6:10:07 AM", "Export it with English as your language."
    )
