"""Parses dates in tables, with names of months in English or German. `3/4/2027` is read only if the file leaves no doubt which number is
the month.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Literal, TypeAlias

from planner.errors import InputError
from planner.plan_file.values import YEARS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Order: TypeAlias = Literal["dmy", "mdy"]
ORDERS: Mapping[Order, str] = {"dmy": "day/month/year", "mdy": "month/day/year"}
_ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_GERMAN = {"jän": 1, "mär": 3, "mae": 3, "mrz": 3, "mai": 5, "okt": 10, "dez": 12}
_MONTHS: Mapping[str, int] = {name: number for number, name in enumerate(_ENGLISH, 1)} | _GERMAN
"""Months by the first three letters of their names, as far as the two languages differ in them."""
_WEEKDAYS = "(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|mo|di|mi|do|fr|sa|so|(?:diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend"
_WEEKDAY = re.compile(rf"^(?:{_WEEKDAYS})\.?,?\s+", re.IGNORECASE)
_CLOCK = re.compile(r"[T,\s]+(?:um\s+)?\d{1,2}:\d{2}.*$", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_BARE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DOTS = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})")
_SLASHES = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:(?:st|nd|rd|th)?[\s-]+|\.\s*)([a-zä]{3})[a-z]*(?:\.?,?[\s-]+|\.)(\d{4}|\d{2})", re.IGNORECASE)
_MONTH_DAY = re.compile(r"([a-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.IGNORECASE)


def read_dates(cells: Sequence[str], order: Order | None) -> list[date | None]:
    """The date in each cell, ignoring a time of day; None for a cell without a date.

    `order` says which number of `3/4/2027` is the month; without it the cells must show it. Raises `InputError` if they do not, or if
    they contradict each other.
    """
    order = order or order_of(cells)
    return [_date(_bare(cell), order) for cell in cells]


def order_of(cells: Iterable[str]) -> Order | None:
    """The order of day and month that these cells show for dates like `3/4/2027`; None if there are no such dates.

    Raises `InputError` if they do not show it, or contradict each other.
    """
    bare = (_bare(cell) for cell in cells)
    slashed = {match.group(): (int(match[1]), int(match[3])) for text in bare if (match := _SLASHES.fullmatch(text))}
    return _shown_order(slashed) if slashed else None


def against(cell: str, order: Order | None) -> str:
    """A phrase for a cell like `1/25/2027` that is invalid only because of the given `order`; else ""."""
    text = _bare(cell)
    if order is None or not _SLASHES.fullmatch(text) or _date(text, order) is not None:
        return ""
    return f"--dates {order} reads it as {ORDERS[order]}"


def _bare(cell: str) -> str:
    """A cell without a leading weekday and a trailing time of day."""
    return _CLOCK.sub("", _WEEKDAY.sub("", unicodedata.normalize("NFC", cell).strip())).strip()


def _shown_order(slashed: dict[str, tuple[int, int]]) -> Order:
    """The order shown by dates with a number above 12. Raises `InputError` if there are none, or if they contradict each other."""
    day_first = [text for text, (first, _) in slashed.items() if first > 12]
    month_first = [text for text, (_, second) in slashed.items() if second > 12]
    if day_first and month_first:
        found = f'"{day_first[0]}" and "{month_first[0]}", in one of which the day comes first'
        raise InputError("dates", found, "one order of day and month", "Write dates like 2027-01-04.")
    if not day_first and not month_first:
        found = f'"{next(iter(slashed))}", and no date that shows which number is the month'
        advice = "Say it: --dates dmy for day/month/year, --dates mdy for month/day/year."
        raise InputError("dates", found, "dates like 2027-01-04", advice)
    return "dmy" if day_first else "mdy"


def _date(text: str, order: Order | None) -> date | None:
    if match := _ISO.fullmatch(text):
        return _made(match[1], match[3], match[4])
    if match := _BARE.fullmatch(text):
        return _made(match[1], match[2], match[3])
    if match := _DOTS.fullmatch(text):
        return _made(match[3], match[2], match[1])
    if match := _SLASHES.fullmatch(text):
        first, second = (match[1], match[3]) if order == "mdy" else (match[3], match[1])
        return _made(match[4], first, second)
    if match := _DAY_MONTH.fullmatch(text):
        return _named(match[3], match[2], match[1])
    if match := _MONTH_DAY.fullmatch(text):
        return _named(match[3], match[1], match[2])
    return None


def _named(year: str, month: str, day: str) -> date | None:
    number = _MONTHS.get(month.lower())
    return _made(year, str(number), day) if number else None


def _made(year: str, month: str, day: str) -> date | None:
    """A date; None if it does not exist or its year is outside `YEARS`. A two-digit year is in the 2000s."""
    try:
        found = date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None
    return found if YEARS[0] <= found.year <= YEARS[1] else None
