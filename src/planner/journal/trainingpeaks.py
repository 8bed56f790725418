"""TrainingPeaks' workout export as CSV: planned and done side by side, in metres and hours, with dates but no times."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from planner.errors import InputError
from planner.formatting import written
from planner.journal import tables
from planner.journal.activity import Activity, steps
from planner.journal.trainingpeaks_kinds import is_run, may_be_run, why_no_run

if TYPE_CHECKING:
    from planner.journal.tables import Aside, Read, Row, Table

COLUMNS = frozenset({"workoutday", "workouttype"})
_DISTANCE, _HOURS = "distanceinmeters", "timetotalinhours"


def read_trainingpeaks(table: Table, source: str) -> Read:
    """Read the workouts that were done; those only planned are left aside, as are rows with unreadable values.

    Raises `InputError` with the line if there are no columns for what was done, or one mixes decimal marks.
    """
    column, hours = table.column(_DISTANCE), table.column(_HOURS)
    if column is None and hours is None:
        raise InputError("line 1", "neither DistanceInMeters nor TimeTotalInHours", "what was done, not only what was planned")
    commas = [n is not None and tables.decimal_comma(table, n) for n in (column, hours)]

    def read(row: Row) -> Activity | Aside:
        said = table.cell(row, "workouttype")
        if not may_be_run(said):
            return _no_run(row, said)
        metres = tables.metres(table.cell(row, _DISTANCE), "m", comma=commas[0])
        seconds = tables.seconds(table.cell(row, _HOURS), 3600, comma=commas[1])
        if metres is None and seconds is None:
            return tables.Aside(f"line {row.line}", InputError("", "planned, not done", "a workout with a distance or a time"), wrong=False)
        if not is_run(said, table.cell(row, "title"), metres, seconds):
            return _no_run(row, said)
        return Activity(
            source=f"{source}: line {row.line}",
            reader="trainingpeaks",
            start=_day(table.cell(row, "workoutday")),
            timed=False,
            sport="run",
            said=said,
            metres=metres,
            seconds=seconds,
            cadence=steps([tables.small_number(table.cell(row, "cadenceaverage"), 30, 250)])[0],
            rpe=tables.small_number(table.cell(row, "rpe"), 0, 10),
        )

    return tables.each(table, read)


def _no_run(row: Row, said: str) -> Aside:
    return tables.Aside(f"line {row.line}", InputError("", why_no_run(said), "a run"), wrong=False)


def _day(cell: str) -> datetime:
    """Parse a date as midnight. Raises `InputError`."""
    try:
        day = date.fromisoformat(cell)
    except ValueError:
        raise InputError("", f"found the date {written(cell)}", "a date like 2027-01-07") from None
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001  (a date without a zone)
