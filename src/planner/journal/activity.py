"""`Activity`: one recorded outing from a watch, a phone or a training diary, before it becomes a row of a log."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

from attrs import frozen

from planner.errors import InputError
from planner.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Sport: TypeAlias = Literal["run", "walk", "other", ""]
"""The kind of activity; "" if the file does not say."""
Reader: TypeAlias = Literal["fit", "tcx", "gpx", "strava", "garmin", "trainingpeaks"]
Sample: TypeAlias = tuple[int, int, int | None]
"""Seconds and metres since the start, and steps per minute if known."""

FIRST_YEAR = 2000
"""An earlier date means that the watch's clock was never set: no device that writes these files is older."""
BEYOND = 1 << 32
"""Above every number that a watch writes: its clock counts seconds in 32 bits, and no outing has as many metres or steps."""
STRIDES = 110
"""Steps per minute. Nobody runs at 220, so if nine in ten cadences are no higher than this, they count one foot and are doubled (FORM-04).
"""
_RUN = re.compile(r"\b(?:run|runs|running|jog|jogging|parkrun|lauf|laufen|course à pied|carrera|correr|corsa|hardlopen|løb|löpning|bieg)\b")
_WALK = re.compile(r"\b(?:walk|walking|hike|hiking|gehen|wandern|marche|randonnée|caminata|senderismo|camminata|wandelen)\b")
_UNSAID = frozenset({"", "other", "generic", "uncategorized", "unknown", "default", "activity", "track", "multisport"})
_STRAVA_NUMBERS = {"9": "running", "10": "walking", "4": "hiking"}
"""Numeric types in older GPX files from Strava."""


@frozen(kw_only=True, eq=False, repr=False)
class Split(Record):
    """An activity split into running and walking: metres and seconds of each, and the mean cadence while running.

    Metres covered while standing still, which are noise of the receiver, count as walking.
    """

    run_m: int
    walk_m: int
    run_s: int
    walk_s: int
    cadence: int | None = None


@frozen(kw_only=True, eq=False, repr=False)
class Activity(Record):
    """One outing. `source` is its name in messages: `run.fit`, `export.zip: activities/12.fit.gz`, `garmin.csv: line 3`.

    `said` is the file's own word for the sport. `start` without a time zone is local time; if `timed` is False, only its date is known.
    `seconds` is the duration, without pauses if the source knows them; `metres` the distance; `cadence` steps per minute; `rpe` effort on a
    scale of 0-10; None means unknown. `records` are the samples along the way, () if only totals are known; `split` is the running and
    walking derived from them, or None. `file` is the recording that a row of a table describes.
    """

    source: str
    reader: Reader
    start: datetime
    sport: Sport = ""
    said: str = ""
    timed: bool = True
    seconds: int | None = None
    metres: int | None = None
    cadence: int | None = None
    rpe: int | None = None
    records: tuple[Sample, ...] = ()
    split: Split | None = None
    file: str = ""


def sport_of(said: str) -> Sport:
    """Return the kind of activity for a file's word; "other" for a word that means neither running nor walking."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", _STRAVA_NUMBERS.get(said.strip(), said))
    words = re.sub(r"[_\W]+", " ", spaced).strip().lower()
    if _RUN.search(words):
        return "run"
    if _WALK.search(words):
        return "walk"
    if words == "treadmill":
        return "run"
    return "" if words in _UNSAID else "other"


def tidy(samples: Iterable[Sample]) -> tuple[Sample, ...]:
    """Sort samples by time, at most one per second, starting at 0 s and 0 m, with metres never decreasing and cadences normalized by
    `steps`.
    """
    found: list[Sample] = []
    for seconds, metres, cadence in sorted(samples, key=lambda sample: sample[:2]):
        if found and seconds == found[-1][0]:
            found[-1] = (seconds, max(metres, found[-1][1]), cadence if cadence is not None else found[-1][2])
        else:
            found.append((seconds, max(metres, found[-1][1]) if found else metres, cadence))
    if not found:
        return ()
    first_s, first_m, _ = found[0]
    cadences = steps([cadence for _, _, cadence in found])
    return tuple([(s - first_s, m - first_m, cadence) for (s, m, _), cadence in zip(found, cadences, strict=True)])


def in_utc(at: datetime) -> datetime:
    """Convert to UTC; a time without a zone is taken as UTC. Raises `InputError` without a place if the result has no valid year."""
    try:
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except OverflowError:
        raise InputError("", f"it starts in the year {at.year}", "the date of a run") from None


def whole(value: object) -> int | None:
    """Truncate a number to an int; None for anything else, including NaN and implausibly large numbers (`BEYOND`)."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not -BEYOND < value < BEYOND:
        return None
    return int(value)


def steps(cadences: Sequence[int | None]) -> list[int | None]:
    """Normalize the cadences of one activity to steps of both feet per minute; 0 becomes None."""
    known = sorted(cadence for cadence in cadences if cadence)
    strides = bool(known) and known[(len(known) - 1) * 9 // 10] <= STRIDES
    return [cadence * (2 if strides else 1) if cadence else None for cadence in cadences]
