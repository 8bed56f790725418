"""One run that arrives in several files is one run: which of them are the same, and which is believed."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from attrs import evolve

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, tzinfo

    from planner.journal.activity import Activity

NEAR = timedelta(minutes=2)
"""Two watches are not started in the same second."""
NEAR_SHARE = 50
"""Distances within a fiftieth of the longer one are the same: receivers differ by so much."""
_ORDER = ("fit", "tcx", "gpx", "strava", "garmin", "trainingpeaks")


def distinct(activities: Iterable[Activity], zone: tzinfo) -> tuple[tuple[Activity, tuple[Activity, ...]], ...]:
    """Each run once, by its start, with the others that tell of it too.

    Records are believed before sums, those with a cadence before others, then FIT, TCX, GPX, then tables. What the believed one does not
    say is taken from the others: kind, length, distance, effort. `zone` is where times without a zone were. The order of `activities`
    does not matter.
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
    """Whether two activities are one run: a row and its recording; a start within 2 minutes and a distance within 2%, where both are
    known; where the time of day is not, the same date and such a distance.
    """
    if _describes(one, other) or _describes(other, one):
        return True
    first, second = begun(one, zone), begun(other, zone)
    if one.timed and other.timed:
        return abs(first.astimezone(UTC) - second.astimezone(UTC)) <= NEAR and near(one.metres, other.metres, unknown=True)
    return first.date() == second.date() and near(one.metres, other.metres, unknown=False)


def near(metres: int | None, others: int | None, *, unknown: bool) -> bool:
    """Whether two distances may be the same one; `unknown` is the answer where one is not known."""
    if metres is None or others is None:
        return unknown
    return abs(metres - others) * NEAR_SHARE <= max(metres, others)


def begun(activity: Activity, zone: tzinfo) -> datetime:
    """When it started, by the clock in `zone`."""
    start = activity.start
    return start.replace(tzinfo=zone) if start.tzinfo is None else start.astimezone(zone)


def _describes(row: Activity, recording: Activity) -> bool:
    """Whether `row` is a table's row about the file of `recording`."""
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
    """The activity with what only the others say."""
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
