"""Structures plain data (parsed TOML) into frozen attrs classes, strictly, with error messages that a user can act on.

A class describes its fields with `field(metadata=about(...))`; that is enough to read, validate and document it. The error for an unknown
key suggests the nearest known one. Floats are not accepted as whole numbers, nor bools as numbers.
"""

from __future__ import annotations

import sys
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache, partial
from typing import Literal, TypeAlias, TypeVar, Union, get_args, get_origin

import attrs

from planner.errors import InputError
from planner.formatting import called, cut, written
from planner.records import Field, fields_of, is_record

T = TypeVar("T")
Plain: TypeAlias = object
Reader: TypeAlias = Callable[[Plain, str], object]
Fits: TypeAlias = Callable[[object], bool]
_EXACT = (str, int, bool, date)
"""Types whose exact instances need no reader. Instances of subclasses do: a bool is not a number, a datetime not a date."""


def about(
    text: str,
    *,
    unit: str = "",
    least: int | Decimal | None = None,
    most: int | Decimal | None = None,
) -> dict[str, object]:
    """Metadata for an attrs field: what it is, its unit, and its range (both ends included)."""
    return {"text": text, "unit": unit, "least": least, "most": most}


def structure(cls: type[T], data: Plain, where: str) -> T:
    """An instance of the attrs class `cls` from a table of plain values.

    `where` is the place (`ana.toml: running`) that error messages start with. Raises `InputError`.
    """
    if not isinstance(data, Mapping):
        raise InputError(where, f"found {written(data)}", "a table")
    keys = _keys(typing.cast("type", cls))
    if not data.keys() <= keys.keys():
        _refuse_unknown(data, keys, where)
    values: dict[str, object] = {}
    for key, (field, exact, read) in keys.items():
        if key in data:
            value = data[key]
            values[field.argument] = value if type(value) is exact else read(value, f"{where}.{key}" if where else key)
        elif field.default is attrs.NOTHING:
            raise InputError(f"{where}.{key}" if where else key, "missing", str(field.metadata.get("text", "")) or "a value")
    return cls(**values)


@lru_cache(maxsize=256)
def _keys(cls: type) -> dict[str, tuple[Field, type | None, Reader]]:
    """Each key of a class's table with its field, the exact type whose values need no reader, and the reader of all other values.

    A field whose name is a Python keyword ends in `_`; its key does not.
    """
    hints = type_hints(cls)
    return {f.name.rstrip("_"): (f, *field_reader(f.metadata, hints[f.name])) for f in fields_of(cls)}


def type_hints(cls: type) -> dict[str, object]:
    """The type of each field, as `typing.get_type_hints` returns it; annotations that recur in a module are evaluated once."""
    hints: dict[str, object] = {}
    for base in reversed(cls.__mro__):
        module = sys.modules.get(base.__module__)
        for name, words in getattr(base, "__annotations__", {}).items():
            if module is None or type(words) is not str:
                return typing.get_type_hints(cls)
            try:
                hints[name] = _meant(words, module)
            except NameError:  # a name defined only in the class body
                return typing.get_type_hints(cls)
    return hints


@lru_cache(maxsize=1024)
def _meant(words: str, module: types.ModuleType) -> object:
    holder = types.SimpleNamespace(__annotations__={"hint": words})
    return typing.get_type_hints(holder, vars(module))["hint"]


def refuse_wrong(record: object, where: str = "") -> None:
    """Validate a record made in Python as `structure` validates a table: exact types and ranges of all fields, recursively.

    A decimal field accepts whole numbers too. `where` is the place that error messages start with. Raises `InputError` that names the
    first wrong field.
    """
    for field, hint, fits in _fields(typing.cast("type", type(record))):
        value = getattr(record, field.name)
        if not fits(value):
            key = field.name.rstrip("_")
            _refuse(value, hint, field.metadata, f"{where}.{key}" if where else key)


@lru_cache(maxsize=256)
def _fields(cls: type) -> tuple[tuple[Field, object, Fits], ...]:
    """Each field of a class with its type and its predicate for values."""
    hints = type_hints(cls)
    return tuple((f, hints[f.name], _fits(hints[f.name], f.metadata.get("least"), f.metadata.get("most"))) for f in fields_of(cls))


def _fits(hint: object, least: object, most: object) -> Fits:
    """A fast predicate for values of a type within a range; `_refuse` then finds out what is wrong with a value that fails."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        inner = _fits(next(a for a in arguments if a is not type(None)), least, most)
        return lambda value: value is None or inner(value)
    if origin is Literal:
        kinds = frozenset(map(type, arguments))
        return lambda value: type(value) in kinds and value in arguments
    if origin is tuple:
        inner = _fits(arguments[0], least, most)
        return lambda value: type(value) is tuple and all([inner(item) for item in value])
    if origin is Mapping:
        inner = _fits(arguments[1], None, None)
        return lambda value: isinstance(value, Mapping) and all([inner(held) for held in value.values()])
    if isinstance(hint, type) and is_record(hint):
        return partial(_fits_record, hint)
    if hint is object:
        return lambda _: True
    return _fits_plain(hint, least, most)


def _fits_record(cls: type, value: object) -> bool:
    return type(value) is cls and all([fits(getattr(value, field.name)) for field, _, fits in _fields(typing.cast("type", cls))])


def _fits_plain(hint: object, least: object, most: object) -> Fits:
    if not isinstance(least, (int, Decimal)) or not isinstance(most, (int, Decimal)):
        return lambda value: type(value) is hint
    if hint is Decimal:
        return lambda value: (type(value) is int or (type(value) is Decimal and value.is_finite())) and least <= value <= most
    return lambda value: type(value) is int and least <= value <= most


def _refuse(value: object, hint: object, metadata: Mapping[str, object], where: str) -> typing.NoReturn:
    """Raise the `InputError` for a wrong value, with the same message as `structure` if that would refuse it too."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        _refuse(value, next(a for a in arguments if a is not type(None)), metadata, where)
    if origin is tuple and type(value) is tuple:
        fits = _fits(arguments[0], metadata.get("least"), metadata.get("most"))
        number, item = next((number, item) for number, item in enumerate(value, 1) if not fits(item))
        _refuse(item, arguments[0], metadata, f"{where}[{number}]")
    if isinstance(hint, type) and type(value) is hint and is_record(hint):
        refuse_wrong(value, where)
    elif origin is not Mapping:
        field_reader(metadata, hint)[1](value, where)
    expected = "tables by name" if origin is Mapping else f"exactly {called(hint if isinstance(hint, type) else tuple)}"
    raise InputError(where, f"found {called(type(value))}", expected)


def nearest(word: str, known: typing.Iterable[str]) -> str:
    """A sentence that suggests the known word nearest to `word`, or lists all of them if none is near."""
    names = sorted(known)
    if not names:
        return "None is known here."
    return suggestion(word, names) or f"Known here: {', '.join(names)}."


def suggestion(word: str, known: typing.Iterable[str]) -> str:
    """A sentence that suggests the known word nearest to `word`, or "": for messages that list the known words anyway."""
    from difflib import get_close_matches  # noqa: PLC0415  (needed only for error messages)

    close = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f"Did you mean `{close[0]}`?" if close else ""


def _refuse_unknown(data: Mapping[object, object], fields: Mapping[str, object], where: str) -> None:
    for key in data:
        if key not in fields:
            named = cut(str(key))
            place = f"{where}.{named}" if where else named
            raise InputError(place, "unknown key", "a known one", nearest(str(key), fields))


def field_reader(metadata: Mapping[str, object], hint: object) -> tuple[type | None, Reader]:
    """The exact type whose values need no reader (None: there is none), and the reader of all others, which also checks the range."""
    unit = str(metadata.get("unit", ""))
    exact, read = _reader(hint, unit)
    least, most = metadata.get("least"), metadata.get("most")
    if least is None and most is None:
        return exact, read

    def read_within(value: Plain, where: str) -> object:
        found = read(value, where)
        for item in found if isinstance(found, tuple) else (found,):
            _within(item, least, most, where, unit)
        return found

    return None, read_within


def _within(value: object, least: object, most: object, where: str, unit: str) -> None:
    if not isinstance(value, (int, Decimal)) or isinstance(value, bool):
        return
    low = isinstance(least, (int, Decimal)) and value < least
    high = isinstance(most, (int, Decimal)) and value > most
    if low or high:
        measured = f" {unit}" if unit else ""
        bounds = f"from {least} to {most}" if least is not None and most is not None else f"at least {least}" if low else f"at most {most}"
        raise InputError(where, f"found {written(value)}", f"{bounds}{measured}")


def _reader(hint: object, unit: str) -> tuple[type | None, Reader]:
    """`field_reader` without a range."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _reader(next(a for a in arguments if a is not type(None)), unit)
    if origin is Literal:
        kinds = frozenset(map(type, arguments))
        return None, lambda value, where: _one_of(value, arguments, kinds, where)
    if origin is tuple:
        exact, read = _reader(arguments[0] if arguments else None, unit)
        return None, lambda value, where: _sequence(value, exact, read, where)
    if isinstance(hint, type) and is_record(hint):
        return None, lambda value, where: structure(hint, value, where)
    exact = next((kind for kind in _EXACT if hint is kind), None)
    return exact, lambda value, where: value if type(value) is exact else _scalar(value, hint, where, unit)


def _one_of(value: Plain, allowed: tuple[object, ...], kinds: frozenset[type], where: str) -> object:
    if value in allowed and type(value) in kinds:
        return value
    raise InputError(where, f"found {written(value)}", "one of " + ", ".join(str(a) for a in allowed))


def _sequence(value: Plain, exact: type | None, read: Reader, where: str) -> tuple[object, ...]:
    if not isinstance(value, (list, tuple)):
        raise InputError(where, f"found {written(value)}", "a list in [ ]")
    return tuple([x if type(x) is exact else read(x, f"{where}[{n}]") for n, x in enumerate(value, 1)])


def _scalar(value: Plain, hint: object, where: str, unit: str) -> object:
    match hint:
        case t if t is Decimal and isinstance(value, (int, Decimal)) and not isinstance(value, bool):
            number = Decimal(value)
            if number.is_finite():
                return number
        case t if t is int and isinstance(value, int) and not isinstance(value, bool):
            return value
        case t if t is bool and isinstance(value, bool):
            return value
        case t if t is str and isinstance(value, str):
            return value
        case t if t is date and isinstance(value, date) and not isinstance(value, datetime):
            return value
    words = {
        Decimal: "a number",
        int: "a whole number",
        bool: "true or false",
        str: "text in quotes",
        date: "a date like 2027-01-04",
    }
    wanted = words.get(typing.cast("type", hint), "another kind of value")
    raise InputError(where, f"found {written(value)}", f"{wanted}{f' ({unit})' if unit else ''}")
