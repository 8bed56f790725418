"""Finds activities from several files that are the same run, and merges them."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from attrs import evolve

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, tzinfo

    from planner.journal.activity import Activity

NEAR = timedelta(minutes=2)
"""Maximum difference between the start times of two devices."""
NEAR_SHARE = 50
"""Distances within 1/50 of the longer one count as equal, as receivers differ by that much."""
_ORDER = ("fit", "tcx", "gpx", "strava", "garmin", "trainingpeaks")


def distinct(activities: Iterable[Activity], zone: tzinfo) -> tuple[tuple[Activity, tuple[Activity, ...]], ...]:
    """Return each run once, by start time, with its duplicates.

    Prefers activities with records, then with cadence, then FIT, TCX, GPX, then tables. Sport, duration, distance, cadence and effort
    missing there are filled in from the duplicates. `zone` applies to times without a zone. The order of `activities` does not matter.
    """
    kept: list[tuple[Activity, list[Activity]]] = []
    by_day: dict[int, list[int]] = {}
    for activity in sorted(activities, key=lambda activity: _rank(activity, zone)):
        day = begun(activity, zone).toordinal()
        near = [n for other in (day - 1, day, day + 1) for n in by_day.get(other, ())]
        first = next((n for n in near if same(kept[n][0], activity, zone)), None)
        if first is None:
            by_day.setdefault(day, []).append(len(kept))
            kept.append((activity, []))
        else:
            kept[first][1].append(activity)
    told = [(_filled(activity, others), tuple(others)) for activity, others in kept]
    return tuple(sorted(told, key=lambda each: (begun(each[0], zone), each[0].source)))


def same(one: Activity, other: Activity, zone: tzinfo) -> bool:
    """Whether two activities are the same run: a table row and its recording; or starts within 2 minutes and distances within 2% (or
    unknown); or, if a time of day is unknown, the same date and distances within 2%. Without times, two rows of one table are two runs.
    """
    if _describes(one, other) or _describes(other, one):
        return True
    first, second = begun(one, zone), begun(other, zone)
    if one.timed and other.timed:
        return abs(first.astimezone(UTC) - second.astimezone(UTC)) <= NEAR and near(one.metres, other.metres, unknown=True)
    return (
        first.date() == second.date()
        and near(one.metres, other.metres, unknown=False)
        and (_table(one) != _table(other) or not _table(one))
    )


def near(metres: int | None, others: int | None, *, unknown: bool) -> bool:
    """Whether two distances are within 2%; `unknown` is the answer if one is missing."""
    if metres is None or others is None:
        return unknown
    return abs(metres - others) * NEAR_SHARE <= max(metres, others)


def begun(activity: Activity, zone: tzinfo) -> datetime:
    """The local start time in `zone`."""
    start = activity.start
    return start.replace(tzinfo=zone) if start.tzinfo is None else start.astimezone(zone)


def _table(activity: Activity) -> str:
    """The table that an activity is a row of; "" if it is not."""
    return activity.source.rpartition(": line ")[0]


def _describes(row: Activity, recording: Activity) -> bool:
    """Whether `row` is the table row for the file of `recording`."""
    return bool(row.file) and recording.file == "" and recording.source.partition(": track ")[0].endswith(f": {row.file}")


def _rank(activity: Activity, zone: tzinfo) -> tuple[bool, bool, int, datetime, str]:
    split = activity.split
    return (
        split is None,
        split is None or split.cadence is None,
        _ORDER.index(activity.reader),
        begun(activity, zone),
        activity.source,
    )


def _filled(activity: Activity, others: Iterable[Activity]) -> Activity:
    """Fill in the activity's missing values from the others."""
    for other in others:
        activity = evolve(
            activity,
            sport=activity.sport or other.sport,
            said=activity.said or other.said,
            metres=activity.metres if activity.metres is not None else other.metres,
            seconds=activity.seconds if activity.seconds is not None else other.seconds,
            cadence=activity.cadence if activity.cadence is not None else other.cadence,
            rpe=activity.rpe if activity.rpe is not None else other.rpe,
        )
    return activity
