"""Base classes of the immutable records, with `repr`, equality and hash by their fields.

attrs could generate these methods for every class; defining them once saves about 30 ms at each start of the command line. Records that
are hashed in inner loops define their own. The smallest ones, of which a plan holds hundreds, are tuples: see `Value`.
"""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, NamedTuple, Protocol, TypeVar, cast

from attrs import NOTHING, fields, has

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Self, TypeGuard

    from attrs import AttrsInstance

T = TypeVar("T")
_NAMES: dict[type, tuple[str, ...]] = {}
_VALUES: dict[type, Callable[[object], object]] = {}


class Record:
    """The base of records decorated `@frozen(kw_only=True, eq=False, repr=False)`. They are equal if their class and all fields are."""

    __slots__ = ()

    def __repr__(self) -> str:
        """The class and its fields, as a constructor call."""
        shown = (f"{name}={getattr(self, name)!r}" for name in names_of(type(self)))
        return f"{type(self).__name__}({', '.join(shown)})"

    def __eq__(self, other: object) -> bool:
        """Whether the other has the same class and equal fields."""
        if self is other:
            return True
        if type(self) is not type(other):
            return NotImplemented
        values = _values(type(self))
        return values(self) == values(other)

    def __hash__(self) -> int:
        """The hash of all fields."""
        return hash(_values(type(self))(self))


class Value:
    """The base of records that are named tuples with keyword-only constructors: compared and hashed at the speed of tuples.

    `_replace` plays the part of `attrs.evolve`: it calls the class, which validates the values.
    """

    __slots__ = ()

    def _replace(self, **changes: object) -> Self:
        return type(self)(**{name: getattr(self, name) for name in names_of(type(self))} | changes)

    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, object]]:
        """The keyword arguments with which `copy` and `pickle` rebuild it."""
        return (), {name: getattr(self, name) for name in names_of(type(self))}


class Table(Mapping[str, object]):
    """An immutable mapping of plain values: nested lists become tuples, nested mappings `Table`s. Equal to any mapping of equal content."""

    __slots__ = ("_held",)

    def __init__(self, values: Mapping[str, object]) -> None:
        """Copy every mutable value."""
        self._held: dict[str, object] = {key: _frozen(value) for key, value in values.items()}

    def __getitem__(self, key: str) -> object:
        return self._held[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def __eq__(self, other: object) -> bool:
        if type(other) is not Table:
            return self == Table(other) if isinstance(other, Mapping) else NotImplemented
        return self._held == other._held

    def __hash__(self) -> int:
        return hash(frozenset(self._held.items()))

    def __repr__(self) -> str:
        return repr(self._held)

    def __reduce__(self) -> tuple[type[Table], tuple[dict[str, object]]]:
        return Table, (self._held,)


def table_of(values: T) -> T | Table:
    """A mapping as a `Table`; a `Table`, or a value that is no mapping (left for validation to refuse), unchanged."""
    return Table(values) if isinstance(values, Mapping) and type(values) is not Table else values


def _frozen(value: object) -> object:
    if isinstance(value, list | tuple):
        return tuple([_frozen(held) for held in value])
    return table_of(value)


class _Named(Protocol):
    _fields: ClassVar[tuple[str, ...]]


class Field(NamedTuple):
    """A field of a record: its name, its constructor argument, its default (`attrs.NOTHING`: required) and its metadata."""

    name: str
    argument: str
    default: object
    metadata: Mapping[str, object]


def is_record(value: object) -> TypeGuard[type]:
    """Whether this is a record class: an attrs class or a `Value`."""
    return isinstance(value, type) and (has(value) or issubclass(value, Value))


def fields_of(cls: type) -> tuple[Field, ...]:
    """The fields of a record class, in order. Raises `attrs.exceptions.NotAnAttrsClassError` for any other class."""
    if issubclass(cls, Value):
        defaults: Mapping[str, object] = cls.__new__.__kwdefaults__ or {}
        return tuple(Field(name, name, defaults.get(name, NOTHING), MappingProxyType({})) for name in cast("type[_Named]", cls)._fields)
    return tuple(Field(f.name, f.alias or f.name, f.default, f.metadata) for f in fields(cast("type[AttrsInstance]", cls)))


def names_of(cls: type) -> tuple[str, ...]:
    """The names of a record's fields, in order; cached by class."""
    if cls not in _NAMES:
        _NAMES[cls] = tuple(f.name for f in fields_of(cls))
    return _NAMES[cls]


def _values(cls: type) -> Callable[[object], object]:
    if cls not in _VALUES:
        _VALUES[cls] = attrgetter(*names_of(cls))
    return _VALUES[cls]
