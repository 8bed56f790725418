"""Activities in GPX files, read with gpxpy (the extra `activities`): one activity per track."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.digits import whole_number
from planner.errors import InputError
from planner.journal.activity import Activity, in_utc, sport_of, tidy
from planner.journal.tables import Aside, Read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gpxpy.gpx import GPX, GPXTrack, GPXTrackPoint

EXTRA = "pip install 'return-to-run[activities]'"
_NO_TIMES = InputError("", "its points have no times", "a recorded activity", "A planned route is not a run. Export the recording itself.")


def read_gpx(data: bytes, source: str) -> Read:
    """Return the activities in a GPX file that passed `xml_text.root_name`.

    Tracks without times are left aside. The distance between two segments of a track, a pause, is not counted. Raises `InputError` without
    a place if the extra is missing, the file is not GPX, or no track has two points with a time.
    """
    tracks = [track for track in _parsed(data).tracks if any(segment.points for segment in track.segments)]
    if not tracks:
        raise InputError("", "this GPX file holds no track", "a recorded activity")
    several = len(tracks) > 1
    found = [_activity(track, f"{source}: track {n}" if several else source) for n, track in enumerate(tracks, 1)]
    if not any(found):
        raise _NO_TIMES
    aside = tuple([Aside(f"track {n}", _NO_TIMES, wrong=False) for n, activity in enumerate(found, 1) if activity is None])
    return Read(tuple([activity for activity in found if activity is not None]), aside)


def _parsed(data: bytes) -> GPX:
    try:
        import gpxpy  # noqa: PLC0415  (an extra that only GPX files need)
        from gpxpy.gpx import GPXException  # noqa: PLC0415
    except ImportError:
        raise InputError("", "the package gpxpy is not installed", f"it for GPX files: {EXTRA}") from None
    try:
        return gpxpy.parse(data)
    except UnicodeDecodeError:
        raise InputError("", "it is not in UTF-8", "a GPX file in UTF-8", "Export it again from where it came.") from None
    except (GPXException, ValueError, TypeError, LookupError, AttributeError) as error:
        raise InputError("", f"it is broken ({str(error)[:80]})", "a whole GPX file", "Export it again from where it came.") from None


def _activity(track: GPXTrack, source: str) -> Activity | None:
    """Return the activity of one track; None if fewer than two of its points have a time."""
    points = [(in_utc(point.time), metres, _cadence(point)) for point, metres in _way(track) if point.time is not None]
    if len(points) < 2:
        return None
    start = min(at for at, _, _ in points)
    records = tidy((int((at - start).total_seconds()), metres, cadence) for at, metres, cadence in points)
    said = (track.type or "").strip()
    return Activity(
        source=source,
        reader="gpx",
        start=start,
        sport=sport_of(said),
        said=said,
        metres=records[-1][1],
        records=records,
    )


def _way(track: GPXTrack) -> Iterator[tuple[GPXTrackPoint, int]]:
    """Yield each valid point with the distance up to it in whole metres."""
    metres = 0.0
    for segment in track.segments:
        before = None
        for point in segment.points:
            if not (abs(point.latitude) <= 90 and abs(point.longitude) <= 180):
                continue  # not a place on earth; also excludes NaN
            if before is not None:
                metres += point.distance_2d(before) or 0.0
            before = point
            yield point, int(metres)


def _cadence(point: GPXTrackPoint) -> int | None:
    """Return the cadence in a point's extensions (`gpxtpx:cad`, as Garmin and Strava write it), or None."""
    for extension in point.extensions:
        for element in extension.iter():
            if str(element.tag).rpartition("}")[2].rpartition(":")[2] == "cad":
                cadence = whole_number((element.text or "").strip())
                if cadence is not None:
                    return cadence
    return None
