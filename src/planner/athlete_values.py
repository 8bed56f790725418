"""Parsers for the athlete file's special value formats: paces, times of day, absences, growth, names.

Each reader takes a TOML value and its place in the file, in words, and returns plain values that `settings.structure` accepts, or raises
`InputError`.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from math import ceil

from planner.errors import InputError
from planner.formatting import written
from planner.quantities import METRES_PER_MILE, pace_per_km
from planner.settings import Plain, suggestion

KEPT_FOR = ("run", "strength", "cross-training", "mobility")
"""The session tags that a window may be reserved for."""
MILE = METRES_PER_MILE / 1000
_PACE = re.compile(r"([0-9]{1,2}):([0-5][0-9])")
_WINDOW = re.compile(r"([0-9]{1,2}):([0-5][0-9])\s*[-–]\s*([0-9]{1,2}):([0-5][0-9])((?:[\s,]+[^\s,]+)*)")
_SAFE = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}")
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


def is_number(value: Plain) -> bool:
    """Whether a TOML value is a finite number."""
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool) and Decimal(value).is_finite()


def read_pace(value: Plain, where: str, *, least: int, most: int, miles: bool) -> int:
    """A pace like "6:40" (per mile with `miles`) as whole seconds per kilometre, between `least` and `most` (s/km)."""
    unit = "mile" if miles else "kilometre"
    match = _PACE.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise InputError(where, f"found {written(value)}", f'minutes and seconds per {unit} in quotes, like "6:40"')
    pace = pace_per_km(60 * int(match[1]) + int(match[2]), miles=miles)
    if not least <= pace <= most:
        factor = MILE if miles else Decimal(1)
        fastest, slowest = _minutes(ceil(least * factor)), _minutes(int(most * factor))
        raise InputError(where, f"found {written(value)}", f"from {fastest} to {slowest} minutes per {unit}")
    return pace


def _minutes(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02d}"


def read_kilometres(value: Plain, where: str, *, least: Decimal | int | None, most: Decimal | int | None) -> Decimal:
    """A number of miles as exact kilometres, between `least` and `most` (km)."""
    if not isinstance(value, (int, Decimal)) or not is_number(value):
        raise InputError(where, f"found {written(value)}", "a number (miles)")
    low, high = Decimal(least or 0) / MILE, Decimal(most or 1000) / MILE
    if not low <= value <= high:
        raise InputError(where, f"found {written(value)}", f"from {low:.1f} to {high:.1f} miles")
    return value * MILE


def read_growth(value: Plain, where: str) -> int:
    """Growth from 0 to 0.10 as basis points, rounded down (1000 is 10%)."""
    if not isinstance(value, (int, Decimal)) or not is_number(value):
        raise InputError(where, f"found {written(value)}", "a number from 0 to 0.10, without quotes")
    if not 0 <= value <= Decimal("0.10"):
        raise InputError(where, f"found {written(value)}", "from 0 to 0.10: no plan grows faster")
    return int(Decimal(value) * 10000)


def read_windows(value: Plain, where: str) -> list[dict[str, Plain]]:
    """The windows of a weekday, sorted; [] means not available. Raises `InputError` if two overlap."""
    if not isinstance(value, list):
        expected = 'a list like ["07:00-08:00"], or [] for a day that is not available'
        raise InputError(where, f"found {written(value)}", expected)
    windows = sorted((_window(item, where) for item in value), key=lambda w: w[:2])
    for (first, earlier_end, _), (start, end, _) in pairwise(windows):
        if start < earlier_end:
            overlap = f"{_span(first, earlier_end)} and {_span(start, end)}, which overlap"
            raise InputError(where, f"found {overlap}", "times of day that do not overlap", "Join them into one.")
    return [{"start": start, "end": end, "kept_for": list(kept)} for start, end, kept in windows]


def _window(value: Plain, where: str) -> tuple[int, int, tuple[str, ...]]:
    match = _WINDOW.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise InputError(where, f"found {written(value)}", 'hours like "07:00-08:00" or "18:00-19:30 run"')
    start, end = 60 * int(match[1]) + int(match[2]), 60 * int(match[3]) + int(match[4])
    if max(start, end) > 24 * 60:
        raise InputError(where, f"found {written(value)}", "hours from 00:00 to 24:00")
    if end <= start:
        advice = "Write a time over midnight as two windows, one on each day."
        raise InputError(where, f"found {written(value)}, which ends before it starts", "an end after the start", advice)
    words = tuple(dict.fromkeys(match[5].replace(",", " ").split()))
    for word in words:
        if word not in KEPT_FOR:
            raise InputError(where, f'found "{word}"', f"one of {', '.join(KEPT_FOR)}", suggestion(word, KEPT_FOR))
    return start, end, words


def read_time(value: Plain, where: str) -> dict[str, Plain]:
    """One time of day like "18:00-19:00", without tags."""
    start, end, kept = _window(value, where)
    if kept:
        raise InputError(where, f"found {written(value)}", 'hours alone, like "18:00-19:00"')
    return {"start": start, "end": end, "kept_for": []}


def _span(start: int, end: int) -> str:
    return f"{start // 60:02d}:{start % 60:02d}-{end // 60:02d}:{end % 60:02d}"


def read_absences(value: Plain, where: str) -> list[dict[str, Plain]]:
    """Absences, each a date or "first/last", both ends inclusive."""
    if not isinstance(value, list):
        raise InputError(where, f"found {written(value)}", 'a list like ["2027-02-08/2027-02-14"]')
    return [_absence(item, f"{where}[{number}]") for number, item in enumerate(value, 1)]


def _absence(value: Plain, where: str) -> dict[str, Plain]:
    if isinstance(value, date) and not isinstance(value, datetime):
        return {"first": value, "last": value}
    expected = '"2027-02-08/2027-02-14" (first and last day away) or a single date'
    parts = value.split("/") if isinstance(value, str) else []
    try:
        days = [date.fromisoformat(part.strip()) for part in parts]
    except ValueError:
        days = []
    if len(days) not in (1, 2):
        raise InputError(where, f"found {written(value)}", expected)
    if days[-1] < days[0]:
        raise InputError(where, f"found {written(value)}, which ends before it starts", expected)
    return {"first": days[0], "last": days[-1]}


def check_id(value: str, where: str, *, from_file_name: bool) -> None:
    """Raise `InputError` for an id that is not a safe file name on every operating system."""
    if _SAFE.fullmatch(value) and not value.endswith(".") and not _DEVICES.fullmatch(value):
        return
    found = f"the file is called {written(value)}, which cannot be an id" if from_file_name else f"found {written(value)}"
    expected = "at most 64 letters a-z, digits, dots, dashes or underscores, no dot at either end"
    if _DEVICES.fullmatch(value):
        expected = "another name: Windows keeps this one for a device"
    raise InputError(where, found, expected, f'{"Add" if from_file_name else "Write"} the line id = "{safe_id(value)}".')


def safe_id(value: str) -> str:
    """The valid id closest to `value`; "me" if nothing usable is left of it."""
    plain = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode().lower()
    better = re.sub(r"[^a-z0-9_-]+", "-", plain).strip("-")[:64]
    return better if better and not _DEVICES.fullmatch(better) else "me"


def key_of(name: str) -> str:
    """A name as a key of lower-case letters, digits and dashes, at most 40; a hash of the name if it has no such characters."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].rstrip("-") or _key_without_letters(name)


def _key_without_letters(name: str) -> str:
    from hashlib import blake2b  # noqa: PLC0415  (loads OpenSSL, 5 ms, and few names need it)

    return f"x{blake2b(name.encode(), digest_size=4).hexdigest()}"
