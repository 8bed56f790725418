"""Readers that convert a roster cell into an athlete-file value: dates, numbers, booleans and lists.

Typed sources (workbooks, JSON lines) use the same readers; a value that already has a type is passed on unchanged for the athlete file to
check. Each reader takes a cell's value and returns a plain value, or raises `InputError` without a place.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from planner.errors import InputError
from planner.formatting import written
from planner.settings import Plain

CellReader: TypeAlias = Callable[[Plain], Plain]
NONE = ("none", "[]")
"""Spellings of an empty list. An empty cell means "not answered" instead."""
EMPTY = "Leave the cell empty where there is no answer."
_YES_NO = {"true": True, "yes": True, "ja": True, "1": True, "false": False, "no": False, "nein": False, "0": False}
_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,18}(?:[.,][0-9]{1,18})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BETWEEN = re.compile(r"[|;]")
_REWRITTEN_DAY = re.compile(r"[0-9]{1,4}[./ -].{3,}|[0-9]{5}")
"""A date as spreadsheets write it in CSV: in the system's short form, or as a number of days. Which number is the month is not guessed."""
_REWRITTEN_PACE = re.compile(r"[0-9]{1,2}:[0-9]{2}:[0-9]{2}")
REWRITTEN = "If a spreadsheet rewrote it: save it as a workbook (.xlsx), or format the column as text and write it again."


def text(value: Plain) -> Plain:
    """Return text unchanged, and a workbook's whole number (an id such as 7) as its digits."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def yes_no(value: Plain) -> Plain:
    """Read true/false, yes/no, ja/nein or 1/0, in any letter case. Raises `InputError`."""
    if isinstance(value, str) or (isinstance(value, int) and value in (0, 1)):
        found = _YES_NO.get(str(value).strip().lower())
        if found is None:
            raise _not(value, "true or false (yes or no, 1 or 0)")
        return found
    return value


def whole(value: Plain) -> Plain:
    """Read a whole number. Raises `InputError`."""
    if not isinstance(value, str):
        return value
    if not _WHOLE.fullmatch(value):
        raise _not(value, "a whole number")
    return int(value)


def number(value: Plain) -> Plain:
    """Read a number, with a point or a comma before the fraction. Raises `InputError`."""
    if not isinstance(value, str):
        return value
    if not _NUMBER.fullmatch(value):
        raise _not(value, "a number like 4.5")
    return Decimal(value.replace(",", "."))


def day(value: Plain) -> Plain:
    """Read a date such as 2027-01-04. No other date format is accepted. Raises `InputError`."""
    if not isinstance(value, str):
        return value
    found = _day(value)
    if found is None:
        raise _not(value, "a date like 2027-01-04", REWRITTEN if _is_rewritten_day(value) else "")
    return found


def absence(value: Plain) -> Plain:
    """Return dates away unchanged. Raises `InputError` for a date that a spreadsheet rewrote."""
    if isinstance(value, str) and _is_rewritten_day(value):
        raise _not(value, "a date like 2027-02-08, or the first and last day with / between them", REWRITTEN)
    return value


def pace(value: Plain) -> Plain:
    """Return a pace such as 6:40 unchanged. Raises `InputError` for one that a spreadsheet rewrote as a time of day with seconds."""
    if isinstance(value, str) and _REWRITTEN_PACE.fullmatch(value):
        raise _not(value, "minutes and seconds, like 6:40", REWRITTEN)
    return text(value)


def listed(item: CellReader) -> CellReader:
    """Return a reader of lists: items separated by `|` or `;`, an athlete file's notation in [ ], or `none` or `[]` for an empty list."""

    def read(value: Plain) -> Plain:
        if not isinstance(value, str):
            return value if isinstance(value, (list, dict, bool)) else [item(value)]
        if value.lower() in NONE:
            return []
        if value.startswith("["):
            return _bracketed(value)
        parts = [part.strip() for part in _BETWEEN.split(value) if part.strip()]
        if not parts:
            raise InputError("", f"found {written(value)}", "items with | or ; between them, or none", EMPTY)
        try:
            return [item(part) for part in parts]
        except InputError as error:
            expected = f"{error.expected}, or several with | or ; between them, or none"
            raise InputError("", error.found, expected, error.advice) from None

    return read


def anything(value: Plain) -> Plain:
    """Read a pillar's setting, whose type only the pillar knows: a boolean, whole number, decimal, date, list separated by `|`, or text.

    A list with one item is written in [ ]. Text that looks like another type is written in double quotes.
    """
    if not isinstance(value, str):
        return value
    if value.startswith("["):
        return _bracketed(value)
    if "|" not in value:
        return _scalar(value)
    parts = [part.strip() for part in value.split("|") if part.strip()]
    if not parts:
        raise InputError("", f"found {written(value)}", "items with | between them, or [] for an empty list", EMPTY)
    return [_scalar(part) for part in parts]


def _scalar(value: str) -> Plain:
    if value.lower() in ("true", "false"):
        return value.lower() == "true"
    if _WHOLE.fullmatch(value):
        return int(value)
    if _NUMBER.fullmatch(value):
        return Decimal(value.replace(",", "."))
    if len(value) > 1 and value[0] == value[-1] == '"':
        return value[1:-1]
    return _day(value) or value


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if _DAY.fullmatch(value) else None
    except ValueError:
        return None


def _bracketed(value: str) -> Plain:
    """Parse a list in the athlete file's notation."""
    try:
        return tomllib.loads(f"list = {value}", parse_float=Decimal)["list"]
    except (ValueError, ArithmeticError, RecursionError):
        raise _not(value, "a list with | or ; between its items, or none") from None


def _is_rewritten_day(value: str) -> bool:
    return _REWRITTEN_DAY.fullmatch(value) is not None and not _DAY.match(value)


def _not(value: Plain, expected: str, advice: str = "") -> InputError:
    return InputError("", f"found {written(value)}", expected, advice)
