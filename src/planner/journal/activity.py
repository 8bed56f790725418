"""`Activity`: one outing as a watch, a phone or a training diary tells it, before it becomes a row of a log."""

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
"""What kind of activity it is; "" where the file does not say."""
Reader: TypeAlias = Literal["fit", "tcx", "gpx", "strava", "garmin", "trainingpeaks"]
Sample: TypeAlias = tuple[int, int, int | None]
"""Seconds since the start, metres so far, and steps a minute where they are known."""

FIRST_YEAR = 2000
"""No watch that writes these files is older; an earlier date is a clock that was never set."""
BEYOND = 1 << 32
"""Above every number that a watch writes: its clock counts seconds in 32 bits, and no outing has as many metres or steps."""
STRIDES = 110
"""Nobody runs 220 steps a minute: where nine in ten cadences are no higher, they are strides of one foot, and are doubled (FORM-04)."""
_RUN = re.compile(r"\b(?:run|runs|running|jog|jogging|parkrun|lauf|laufen|course à pied|carrera|correr|corsa|hardlopen|løb|löpning|bieg)\b")
_WALK = re.compile(r"\b(?:walk|walking|hike|hiking|gehen|wandern|marche|randonnée|caminata|senderismo|camminata|wandelen)\b")
_UNSAID = frozenset({"", "other", "generic", "uncategorized", "unknown", "default", "activity", "track", "multisport"})
_STRAVA_NUMBERS = {"9": "running", "10": "walking", "4": "hiking"}
"""What older GPX files of Strava write for a type."""


@frozen(kw_only=True, eq=False, repr=False)
class Split(Record):
    """An activity told apart: metres and seconds of running and of walking, and the running's mean cadence.

    Metres that were covered while standing still, as a receiver's noise shows them, stand with the walking.
    """

    run_m: int
    walk_m: int
    run_s: int
    walk_s: int
    cadence: int | None = None


@frozen(kw_only=True, eq=False, repr=False)
class Activity(Record):
    """One outing. `source` is what messages call it: `run.fit`, `export.zip: activities/12.fit.gz`, `garmin.csv: line 3`.

    `said` is the file's own word for the sport. `start` without a time zone is local time; with `timed` False only its date is known.
    `seconds` is the whole length, pauses left out where the source knows them; `metres` all of its way; `cadence` steps a minute;
    `rpe` effort on 0-10; None is "not said". `records` are what was measured on the way, () where only sums are known; `split` is
    what running and walking they show, None where there are none. `file` is the file that a row of a table describes.
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
    """What kind of activity a file's word for it is; "other" for a word that says neither running nor walking."""
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
    """Samples in the order of time, one a second at most, from 0 s and 0 m on, metres never falling; cadences as `steps` has them."""
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
    """A moment in UTC, which one that says no zone is in already. Raises `InputError` with the reason alone for one before the year 1."""
    try:
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except OverflowError:
        raise InputError("", f"it starts in the year {at.year}", "the date of a run") from None


def whole(value: object) -> int | None:
    """A number rounded down; None for whatever else a file may hold in its place: NaN, and numbers that nothing measured, included."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not -BEYOND < value < BEYOND:
        return None
    return int(value)


def steps(cadences: Sequence[int | None]) -> list[int | None]:
    """Cadences of one activity as steps of both feet a minute, whichever the source counts; 0 is not known."""
    known = sorted(cadence for cadence in cadences if cadence)
    strides = bool(known) and known[(len(known) - 1) * 9 // 10] <= STRIDES
    return [cadence * (2 if strides else 1) if cadence else None for cadence in cadences]
