"""Reading plain data (parsed TOML) into frozen attrs classes, strictly, with messages a person can act on.

A class says what its fields hold with `field(metadata=about(...))`; nothing else is needed to read, check and document it. Unknown keys
name the nearest known one; a whole number is never a float, a bool never a number.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Literal, TypeAlias, TypeVar, Union, get_args, get_origin

import attrs

from planner.errors import InputError

T = TypeVar("T")
HUGE_BITS = 1024
"""Python does not print numbers of thousands of digits; nobody would read them."""
Plain: TypeAlias = object
Reader: TypeAlias = Callable[[Plain, str], object]


def about(
    text: str,
    *,
    unit: str = "",
    least: int | Decimal | None = None,
    most: int | Decimal | None = None,
    read: Reader | None = None,
) -> dict[str, object]:
    """Metadata for an attrs field: what it is, its unit, its range (both ends allowed), and a reader for fields with a form of their own.

    `read(value, where)` returns the field's value or raises `InputError`.
    """
    return {"text": text, "unit": unit, "least": least, "most": most, "read": read}


def structure(cls: type[T], data: Plain, where: str) -> T:
    """An instance of the attrs class `cls` from a table of plain values.

    `where` is the place in words (`ana.toml: running`), put before each message. Raises `InputError`.
    """
    if not isinstance(data, Mapping):
        raise InputError(where, f"found {_named(data)}", "a table")
    fields = _fields(typing.cast("type", cls))
    if not data.keys() <= fields.keys():
        _refuse_unknown(data, fields, where)
    values: dict[str, object] = {}
    for key, (attribute, hint) in fields.items():
        if key in data:
            value, metadata = data[key], attribute.metadata
            if hint is not str or type(value) is not str or metadata.get("read"):
                value = _field(value, hint, metadata, f"{where}.{key}" if where else key)
            values[attribute.alias or attribute.name] = value
        elif attribute.default is attrs.NOTHING:
            raise InputError(f"{where}.{key}" if where else key, "missing", str(attribute.metadata.get("text", "")) or "a value")
    return cls(**values)


@lru_cache(maxsize=256)
def _fields(cls: type) -> dict[str, tuple[attrs.Attribute[object], object]]:
    """Each key of a class's table with its field and its type. A field whose name is a word of Python's ends in `_`."""
    hints = typing.get_type_hints(cls)
    return {f.name.rstrip("_"): (f, hints[f.name]) for f in attrs.fields(typing.cast("type[attrs.AttrsInstance]", cls))}


def nearest(word: str, known: typing.Iterable[str]) -> str:
    """A sentence that offers the known word nearest to `word`, or lists them when none is near."""
    from difflib import get_close_matches  # noqa: PLC0415  (needed for messages only)

    names = sorted(known)
    close = get_close_matches(word, names, n=1, cutoff=0.6)
    return f"Did you mean `{close[0]}`?" if close else f"Known here: {', '.join(names)}."


def _refuse_unknown(data: Mapping[object, object], fields: Mapping[str, object], where: str) -> None:
    for key in data:
        if key not in fields:
            named = str(key) if str(key).isprintable() else str(key).encode("unicode_escape").decode()
            place = f"{where}.{named[:60]}" if where else named[:60]
            raise InputError(place, "unknown key", "a known one", nearest(str(key), fields))


def _field(value: Plain, hint: object, metadata: Mapping[str, object], where: str) -> object:
    read = metadata.get("read")
    found = typing.cast("Reader", read)(value, where) if read else _value(value, hint, where, str(metadata.get("unit", "")))
    for item in found if isinstance(found, tuple) else (found,):
        _within(item, metadata, where)
    return found


def _within(value: object, metadata: Mapping[str, object], where: str) -> None:
    least, most, unit = metadata.get("least"), metadata.get("most"), metadata.get("unit")
    if not isinstance(value, (int, Decimal)) or isinstance(value, bool):
        return
    low = isinstance(least, (int, Decimal)) and value < least
    high = isinstance(most, (int, Decimal)) and value > most
    if low or high:
        measured = f" {unit}" if unit else ""
        bounds = f"from {least} to {most}" if least is not None and most is not None else f"at least {least}" if low else f"at most {most}"
        raise InputError(where, f"found {_named(value)}", f"{bounds}{measured}")


def _value(value: Plain, hint: object, where: str, unit: str) -> object:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        kept = [a for a in arguments if a is not type(None)]
        return _value(value, kept[0], where, unit)
    if origin is Literal:
        return _one_of(value, arguments, where)
    if origin is tuple:
        return _sequence(value, arguments[0], where, unit)
    if isinstance(hint, type) and attrs.has(hint):
        return structure(hint, value, where)
    return _scalar(value, hint, where, unit)


def _one_of(value: Plain, allowed: tuple[object, ...], where: str) -> object:
    if value in allowed and type(value) in {type(a) for a in allowed}:
        return value
    raise InputError(where, f"found {_named(value)}", "one of " + ", ".join(str(a) for a in allowed))


def _sequence(value: Plain, item: object, where: str, unit: str) -> tuple[object, ...]:
    if not isinstance(value, (list, tuple)):
        raise InputError(where, f"found {_named(value)}", "a list in [ ]")
    return tuple(_value(x, item, f"{where}[{n}]", unit) for n, x in enumerate(value, 1))


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
    raise InputError(where, f"found {_named(value)}", f"{wanted}{f' ({unit})' if unit else ''}")


def _named(value: Plain) -> str:
    """A value as it should stand in a message: short, quoted when it is text."""
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, (list, tuple)):
        return "a list"
    if isinstance(value, int) and value.bit_length() > HUGE_BITS:
        return "a number of very many digits"
    shown = f'"{value}"' if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
    shown = shown.encode("unicode_escape").decode() if not shown.isprintable() else shown
    return shown if len(shown) <= 60 else shown[:57] + "..."
