"""Finds the columns of a foreign table that hold date, distance, time, sport and words, by their usual names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from planner.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_KM = frozenset({"km", "kms", "k", "kilometers", "kilometres", "kilometer", "kilometre"})
_MILES = frozenset({"mi", "mile", "miles", "mileage"})
_METRES = frozenset({"m", "meters", "metres"})
_MINUTES = frozenset({"min", "mins", "minutes"})
_SECONDS = frozenset({"s", "sec", "secs", "seconds"})
_HOURS = frozenset({"h", "hr", "hrs", "hours"})
_UNITS = {"km": _KM, "mi": _MILES, "m": _METRES, "min": _MINUTES, "s": _SECONDS, "h": _HOURS}
_OF_RUNS = frozenset({"run", "running", "planned", "total", "run's"})
_DISTANCE = frozenset({"distance", "dist", "mileage", "length"})
_LENGTHS = _KM | _MILES | _METRES
_TIMES = _MINUTES | _SECONDS | _HOURS
_DURATION = frozenset({"duration", "time", "moving", "elapsed"})
_CLOCKS = frozenset({"hh", "mm", "ss"})
_DAY = frozenset({"date", "day", "when", "datum"})
_OF_DATES = _DAY | {"activity", "workout", "start", "started", "local", "planned", "scheduled", "time", "session", "run", "event", "of"}
_DATE_HINTS = frozenset({"yyyy", "mm", "dd", "iso", "local"})
_SPORT = ("activity type", "type", "sport", "sport type", "workout type", "workouttype", "pillar", "category", "kind")
_WORDS = (
    *("title", "workout", "name", "activity name", "workout name", "session", "summary", "subject", "activity", "run", "plan", "training"),
    *("what", "description", "workout description", "details", "notes", "note", "text"),
)
_PEAKS = frozenset({"workoutday", "workouttype"})
"""Column names that identify a TrainingPeaks export: the date and the sport."""
_OPENING = re.compile(r"[^0-9a-z']+")


class Columns(NamedTuple):
    """The column indices of a table, None for what it lacks.

    `distance_unit` is km, mi, m or, if the column's name does not say, ""; `time_unit` is min, s, h or "". `ours`: `planner make` wrote
    the table; `peaks`: TrainingPeaks did.
    """

    date: int
    distance: int | None
    distance_unit: str
    time: int | None
    time_unit: str
    sport: tuple[int, ...]
    words: tuple[int, ...]
    ours: bool = False
    peaks: bool = False


def words_of(name: str) -> tuple[str, ...]:
    """The words of a column's name in lower case, split at punctuation and capitals: `Distance (km)`, `run_km`, `startDate`."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return tuple(word for word in _OPENING.split(spaced.lower()) if word)


def is_date(name: str) -> bool:
    """Whether a column's name is that of dates."""
    words = set(words_of(name))
    return bool(words & _DAY) and words <= _OF_DATES | _DATE_HINTS


def is_distance(name: str) -> bool:
    """Whether a column's name is that of distances."""
    words = set(words_of(name))
    return bool(words & (_DISTANCE | _LENGTHS)) and words <= _DISTANCE | _LENGTHS | _OF_RUNS | {"in"} and words != {"m"}


def is_time(name: str) -> bool:
    """Whether a column's name is that of durations."""
    words = set(words_of(name))
    return bool(words & (_DURATION | _TIMES)) and words <= _DURATION | _TIMES | _CLOCKS | _OF_RUNS | {"in"}


def known(name: str) -> bool:
    """Whether a column's name is one that is read."""
    called = " ".join(words_of(name))
    return is_date(name) or is_distance(name) or is_time(name) or called in _SPORT or called in _WORDS


def find_columns(names: Sequence[str], where: str) -> Columns:
    """Find the columns by the names in the header row. Raises `InputError` if a needed one is missing or ambiguous."""
    called = [name.strip().lower() for name in names]
    if set(called) >= _PEAKS:
        return _trainingpeaks(called, where)
    day = _best(names, is_date, ("date", "activity date", "start date", "day"))
    if day is None:
        raise InputError(where, f"no column of dates in {_listed(names)}", "one called Date", "Give each row its date, like 2027-01-04.")
    distance = _one_distance(names, where)
    time = _best(names, is_time, ("run minutes", "run time", "duration", "moving time", "minutes", "time", "elapsed time"))
    called = [" ".join(words_of(name)) for name in names]
    sport = tuple(called.index(name) for name in _SPORT if name in called)
    words = tuple(called.index(name) for name in _WORDS if name in called)
    if distance is None and time is None and not words and not sport:
        expected = "one called Distance (km), Distance (mi), Minutes or Workout"
        raise InputError(where, f"no column of distances, minutes or workouts in {_listed(names)}", expected)
    return Columns(
        date=day,
        distance=distance,
        distance_unit="" if distance is None else unit_of(names[distance]),
        time=time,
        time_unit="" if time is None else unit_of(names[time]),
        sport=sport,
        words=words,
    )


def _trainingpeaks(called: Sequence[str], where: str) -> Columns:
    """The columns of a TrainingPeaks export: planned amounts before done ones, units fixed. Raises `InputError` without either."""

    def first(*wanted: str) -> int | None:
        return next((called.index(name) for name in wanted if name in called), None)

    distance, time = first("planneddistanceinmeters", "distanceinmeters"), first("plannedduration", "timetotalinhours")
    if distance is None and time is None:
        raise InputError(where, f"no column of distances or times in {_listed(called)}", "PlannedDistanceInMeters or PlannedDuration")
    words = [at for at in map(first, ("title", "workoutdescription")) if at is not None]
    return Columns(
        date=called.index("workoutday"),
        distance=distance,
        distance_unit="" if distance is None else "m",
        time=time,
        time_unit="" if time is None else "h",
        sport=(called.index("workouttype"),),
        words=tuple(words),
        peaks=True,
    )


def unit_of(name: str) -> str:
    """The unit in a column's name; "" if there is none."""
    words = set(words_of(name))
    if words & _CLOCKS:
        return "h" if "hh" in words and "ss" not in words else ""
    return next((unit for unit, called in _UNITS.items() if words & called), "")


def _one_distance(names: Sequence[str], where: str) -> int | None:
    """The distance column, the one for running if there are several; columns of the same name are resolved later, from their rows."""
    found = [n for n, name in enumerate(names) if is_distance(name)]
    running = [n for n in found if set(words_of(names[n])) & {"run", "running"}]
    found = running if len(running) == 1 else found
    if len({names[n].strip().lower() for n in found}) > 1:
        advice = "Delete the others, or rename them."
        raise InputError(where, f"{len(found)} columns of distances, {_listed([names[n] for n in found])}", "one of them", advice)
    return found[0] if found else None


def _best(names: Sequence[str], fits: Callable[[str], bool], order: Sequence[str]) -> int | None:
    """The column that fits and whose name comes first in `order`, then leftmost; None if none fits."""
    found = [n for n, name in enumerate(names) if fits(name)]
    called = {n: " ".join(words_of(names[n])) for n in found}
    return min(found, key=lambda n: (order.index(called[n]) if called[n] in order else len(order), n), default=None)


def _listed(names: Sequence[str]) -> str:
    """Up to six column names, formatted for a message."""
    shown = [f"`{name.strip()[:30]}`" for name in names if name.strip()][:6]
    more = ", ..." if len(names) > 6 else ""
    return (", ".join(shown) or "its first row") + more
