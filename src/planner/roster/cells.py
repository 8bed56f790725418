"""What stands in a cell, as the athlete file would say it: text becomes dates, numbers, yes and no, lists.

Sources with types of their own (workbooks, JSON lines) pass through the same readers; what is typed already is left to the athlete
file's rules. Every reader takes a cell's value and returns a plain one, or raises `InputError` without a place.
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
"""How a cell says that a list is empty: an empty cell is no answer, which is not the same."""
EMPTY = "Leave the cell empty where there is no answer."
_YES_NO = {"true": True, "yes": True, "ja": True, "1": True, "false": False, "no": False, "nein": False, "0": False}
_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,18}(?:[.,][0-9]{1,18})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BETWEEN = re.compile(r"[|;]")


def text(value: Plain) -> Plain:
    """Text as it stands; a workbook's whole number (an id like 7) as its digits."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def yes_no(value: Plain) -> Plain:
    """True or false, yes or no (ja or nein), 1 or 0, in small or capital letters."""
    if isinstance(value, str) or (isinstance(value, int) and value in (0, 1)):
        found = _YES_NO.get(str(value).strip().lower())
        if found is None:
            raise _not(value, "true or false (yes or no, 1 or 0)")
        return found
    return value


def whole(value: Plain) -> Plain:
    """A whole number."""
    if not isinstance(value, str):
        return value
    if not _WHOLE.fullmatch(value):
        raise _not(value, "a whole number")
    return int(value)


def number(value: Plain) -> Plain:
    """A number with or without a fraction, which a point or a comma begins."""
    if not isinstance(value, str):
        return value
    if not _NUMBER.fullmatch(value):
        raise _not(value, "a number like 4.5")
    return Decimal(value.replace(",", "."))


def day(value: Plain) -> Plain:
    """A date like 2027-01-04; no other order of day and month is guessed."""
    if not isinstance(value, str):
        return value
    found = _day(value)
    if found is None:
        raise _not(value, "a date like 2027-01-04")
    return found


def listed(item: CellReader) -> CellReader:
    """A reader of lists: items between `|` or `;`, or in [ ] as an athlete file writes them; `none` or `[]` for an empty one."""

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
    """A setting whose kind only its pillar knows: true, false, a whole number, a number, a date, a list with `|`, else text.

    A list of one is written in [ ]. Text that would be something else is written in double quotes.
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
    """A list in the athlete file's own notation."""
    try:
        return tomllib.loads(f"list = {value}", parse_float=Decimal)["list"]
    except (ValueError, ArithmeticError, RecursionError):
        raise _not(value, "a list with | or ; between its items, or none") from None


def _not(value: Plain, expected: str) -> InputError:
    return InputError("", f"found {written(value)}", expected)
