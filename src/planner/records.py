"""What all records share: they are shown, compared and hashed by their fields.

attrs can write these methods for every class; written once, here, they spare each start of the command line about 30 ms. Records that are
hashed in inner loops say so at their own class.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from attrs import fields

if TYPE_CHECKING:
    from collections.abc import Callable

_NAMES: dict[type, tuple[str, ...]] = {}
_VALUES: dict[type, Callable[[object], object]] = {}


class Record:
    """The base of frozen records: `@frozen(kw_only=True, eq=False, repr=False)` over it. Two are equal when class and all fields are."""

    __slots__ = ()

    def __repr__(self) -> str:
        """The class and its fields, as they would be written."""
        shown = (f"{name}={getattr(self, name)!r}" for name in _names(type(self)))
        return f"{type(self).__name__}({', '.join(shown)})"

    def __eq__(self, other: object) -> bool:
        """Whether the other is of the same class and has equal fields."""
        if self is other:
            return True
        if type(self) is not type(other):
            return NotImplemented
        values = _values(type(self))
        return values(self) == values(other)

    def __hash__(self) -> int:
        """By all fields."""
        return hash(_values(type(self))(self))


def _names(cls: type) -> tuple[str, ...]:
    if cls not in _NAMES:
        _NAMES[cls] = tuple(f.name for f in fields(cls))
    return _NAMES[cls]


def _values(cls: type) -> Callable[[object], object]:
    if cls not in _VALUES:
        _VALUES[cls] = attrgetter(*_names(cls))
    return _VALUES[cls]
