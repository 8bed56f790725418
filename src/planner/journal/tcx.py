"""Activities in TCX files, read with tcxreader (the extra `activities`)."""

from __future__ import annotations

from contextlib import redirect_stdout
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, cast

from planner.errors import InputError
from planner.journal.activity import Activity, in_utc, sport_of, tidy, whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from tcxreader.tcx_exercise import TCXExercise
    from tcxreader.tcx_track_point import TCXTrackPoint

    from planner.journal.activity import Sample

EXTRA = "pip install 'return-to-run[activities]'"
AGAIN = "Export it again from where it came."
_ODD = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, SyntaxError)
"""Exceptions that tcxreader lets through for malformed files; `SyntaxError` is for a prefix without a namespace."""


def read_tcx(data: bytes, source: str) -> list[Activity]:
    """Return the activity in a TCX file that passed `xml_text.root_name`.

    Raises `InputError` without a place if the extra is missing, the file is broken or has fewer than two points with a time, or contains
    several activities, which tcxreader would merge.
    """
    several = data.count(b"<Activity ")
    if several > 1:
        raise InputError("", f"{several} activities in one TCX file", "one", "Export each by itself.")
    if not several:
        raise InputError("", "this TCX file holds no activity", "an activity", "A course or a workout is not a run.")
    exercise = _parsed(data)
    points = [(in_utc(point.time), point) for point in exercise.trackpoints if point.time is not None]
    if len(points) < 2:
        raise InputError("", "it has no points in time", "a recorded activity")
    start = min(at for at, _ in points)
    records = tidy(_samples(points, start))
    said = str(exercise.activity_type or "")
    total = whole(exercise.distance) or (records[-1][1] if records else None)
    return [
        Activity(
            source=source,
            reader="tcx",
            start=start,
            sport=sport_of(said),
            said=said,
            metres=total,
            records=records,
        )
    ]


def _parsed(data: bytes) -> TCXExercise:
    try:
        from tcxreader.tcxreader import TCXReader  # noqa: PLC0415  (an extra that only TCX files need)
    except ImportError:
        raise InputError("", "the package tcxreader is not installed", f"it for TCX files: {EXTRA}") from None
    try:
        with redirect_stdout(StringIO()):  # tcxreader prints warnings, which would corrupt our JSON output
            return TCXReader().read(cast("str", BytesIO(data)), only_gps=False)  # typed as a path, but passed on to ElementTree
    except _ODD as error:
        raise InputError("", f"it is broken ({str(error)[:80]})", "a whole TCX file", AGAIN) from None


def _samples(points: Sequence[tuple[datetime, TCXTrackPoint]], start: datetime) -> Iterator[Sample]:
    """Yield the samples of points that have a distance."""
    for at, point in points:
        metres = whole(point.distance)
        if metres is not None:
            cadence = point.cadence if point.cadence is not None else point.tpx_ext.get("RunCadence")
            yield int((at - start).total_seconds()), metres, whole(cadence)
