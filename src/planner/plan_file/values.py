"""Typed access to the members of a plan file, with error messages that name the place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import TypeGuard, TypeVar

from planner.errors import InputError
from planner.formatting import written

T = TypeVar("T", bound=str)
MOST = 10**9
"""Upper bound of every whole number in a plan: metres around the world, seconds of a lifetime."""
OBJECT = "an object"
YEARS = (1900, 2200)
_FRACTION = re.compile(r"([0-9]{1,6})/([0-9]{1,6})")


class Table:
    """The members of one JSON object. Each reader raises `InputError` for a member that is missing or has the wrong type."""

    def __init__(self, values: object, where: str) -> None:
        """Wrap the object `values` at the place `where`, "" for the whole file. Raises `InputError` if it is not an object."""
        if not isinstance(values, Mapping):
            raise InputError(where, f"found {written(values, table=OBJECT)}", "an object in { }")
        self._values, self._where = values, where

    def place(self, key: str) -> str:
        """The path of a member, for messages."""
        return f"{self._where}.{key}" if self._where else key

    def has(self, key: str) -> bool:
        """Whether the member exists and is not null."""
        return self._values.get(key) is not None

    def _value(self, key: str, expected: str) -> object:
        if key not in self._values:
            raise InputError(self.place(key), "missing", expected)
        return self._values[key]

    def _wrong(self, key: str, expected: str) -> InputError:
        return InputError(self.place(key), f"found {written(self._values[key], table=OBJECT)}", expected)

    def text(self, key: str, default: str | None = None) -> str:
        """Text; `default`, if given, for a missing member."""
        if default is not None and not self.has(key):
            return default
        value = self._value(key, "text")
        if not isinstance(value, str):
            raise self._wrong(key, "text")
        return value

    def one_of(self, key: str, allowed: tuple[T, ...], default: T | None = None) -> T:
        """One of the `allowed` words; `default`, if given, for a missing member."""
        if default is not None and not self.has(key):
            return default
        expected = f"one of {', '.join(word or 'nothing' for word in allowed)}"
        value = self._value(key, expected)
        for word in allowed:
            if value == word:
                return word
        raise self._wrong(key, expected)

    def flag(self, key: str, *, default: bool) -> bool:
        """A boolean; `default` for a missing member."""
        if not self.has(key):
            return default
        value = self._values[key]
        if not isinstance(value, bool):
            raise self._wrong(key, "true or false")
        return value

    def whole(self, key: str, *, least: int = 0) -> int:
        """A whole number from `least` to `MOST`."""
        expected = f"a whole number from {least} to {MOST}"
        value = self._value(key, expected)
        if _is_whole(value, least):
            return value
        raise self._wrong(key, expected)

    def maybe_whole(self, key: str, *, least: int = 0) -> int | None:
        """A whole number from `least` to `MOST`, or None if it is missing or null."""
        return self.whole(key, least=least) if self.has(key) else None

    def day(self, key: str) -> date:
        """A date within `YEARS`."""
        expected = "a date like 2027-01-04"
        text = self._value(key, expected)
        try:
            found = date.fromisoformat(text) if isinstance(text, str) else None
        except ValueError:
            found = None
        if found is None or not YEARS[0] <= found.year <= YEARS[1]:
            raise self._wrong(key, expected)
        return found

    def maybe_day(self, key: str) -> date | None:
        """A date within `YEARS`, or None if it is missing or null."""
        return self.day(key) if self.has(key) else None

    def moment(self, key: str) -> datetime:
        """An ISO date and time with an offset, converted to UTC."""
        expected = "a moment with its offset, like 2027-01-05T07:00:00+01:00"
        text = self._value(key, expected)
        try:
            found = datetime.fromisoformat(text) if isinstance(text, str) else None
        except ValueError:
            found = None
        if found is None or found.tzinfo is None or not YEARS[0] <= found.year <= YEARS[1]:
            raise self._wrong(key, expected)
        return found.astimezone(UTC)

    def fraction(self, key: str) -> Fraction:
        """A fraction such as "1/10"."""
        expected = 'a fraction in quotes, like "1/10"'
        text = self._value(key, expected)
        match = _FRACTION.fullmatch(text) if isinstance(text, str) else None
        if match is None or not int(match[2]):
            raise self._wrong(key, expected)
        return Fraction(int(match[1]), int(match[2]))

    def table(self, key: str) -> Table:
        """A nested object."""
        return Table(self._value(key, "an object in { }"), self.place(key))

    def tables(self, key: str, *, needed: bool = True) -> list[Table]:
        """A list of objects; empty if it is missing and not `needed`."""
        return [Table(item, f"{self.place(key)}[{n}]") for n, item in enumerate(self._items(key, needed=needed), 1)]

    def words(self, key: str) -> tuple[str, ...]:
        """A list of strings; empty if it is missing."""
        items = self._items(key, needed=False)
        if not all(isinstance(item, str) for item in items):
            raise self._wrong(key, "a list of texts")
        return tuple(map(str, items))

    def wholes(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers from 0 to `MOST`; empty if it is missing."""
        items = self._items(key, needed=False)
        found = tuple(item for item in items if _is_whole(item, 0))
        if len(found) != len(items):
            raise self._wrong(key, "a list of whole numbers")
        return found

    def _items(self, key: str, *, needed: bool) -> list[object]:
        if not needed and not self.has(key):
            return []
        value = self._value(key, "a list in [ ]")
        if not isinstance(value, list):
            raise self._wrong(key, "a list in [ ]")
        return value


def _is_whole(value: object, least: int) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= MOST
