"""Validates a plugin's settings class once, when the plugin is loaded, rather than when an athlete's file is read."""

from __future__ import annotations

import sys
import types
import typing
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, Protocol, Union, get_args, get_origin

import attrs

from planner.errors import InputError
from planner.formatting import readable
from planner.records import fields_of, is_record
from planner.settings import field_reader, type_hints

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.records import Field

SUPPORTED = "str, int, bool, Decimal, date, a Literal of texts or whole numbers, another such class, X | None or tuple[X, ...] of these"
"""The supported types of settings, in words."""
_PLAIN = (str, int, bool, Decimal, date)


class _Made(Protocol):
    """An attrs default factory, called for each new record."""

    factory: Callable[[], object]
    takes_self: bool


def flaw_of(cls: type, within: tuple[type, ...] = ()) -> str:
    """What is wrong with a settings class, starting with the field's name; "" if nothing is.

    Each type must resolve at run time and be one of `SUPPORTED`; each default must fit its own type and range. `within` are the enclosing
    settings classes.
    """
    for field in fields_of(cls):
        try:
            hint = _hint_of(cls, field.name)
        except NameError as error:
            return f"{field.name}: its type is unknown when the program runs ({error}); import it outside `if TYPE_CHECKING`"
        flaw = _flaw_of_type(hint, (*within, cls)) or _flaw_of_default(field, hint)
        if flaw:
            return f"{field.name}{flaw}"
    return ""


def _hint_of(cls: type, name: str) -> object:
    """The type of one field. Raises `NameError` if a name in it cannot be resolved."""
    try:
        return type_hints(cls)[name]
    except NameError:
        home = next(base for base in cls.__mro__ if name in vars(base).get("__annotations__", {}))
        module, words = sys.modules.get(home.__module__), vars(home)["__annotations__"][name]
        alone = types.SimpleNamespace(__annotations__={"hint": words})
        return typing.get_type_hints(alone, vars(module) if module else {}, dict(vars(home)))["hint"]


def _flaw_of_type(hint: object, within: tuple[type, ...]) -> str:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        kinds = [kind for kind in arguments if kind is not type(None)]
        if len(kinds) == 1:
            return _flaw_of_type(kinds[0], within)
    elif origin is Literal:
        if all(type(word) in (str, int, bool) for word in arguments):
            return ""
    elif origin is tuple:
        if len(arguments) == 2 and arguments[1] is ...:
            return _flaw_of_type(arguments[0], within)
    elif isinstance(hint, type) and is_record(hint):
        if hint not in within:
            inner = flaw_of(hint, within)
            return f".{inner}" if inner else ""
    elif any(hint is kind for kind in _PLAIN):
        return ""
    words = hint.__name__ if isinstance(hint, type) and origin is None else str(hint)
    return f": found the type {words}; expected {SUPPORTED}"


def _flaw_of_default(field: Field, hint: object) -> str:
    default = field.default
    if type(default) is _MADE:
        made = typing.cast("_Made", default)
        if made.takes_self:
            return ""
        try:
            default = made.factory()
        except Exception as error:  # noqa: BLE001  (whatever it raises, it would raise for every athlete)
            return f": its default cannot be made: {readable(error)}"
    if default is attrs.NOTHING or (default is None and type(None) in get_args(hint)):
        return ""
    try:
        field_reader(field.metadata, hint)[1](_as_table(default), "")
    except InputError as error:
        return f": its default is not what its own type and range take: {error.found}; expected {error.expected}"
    return ""


_MADE: type = type(attrs.Factory(tuple))


def _as_table(value: object) -> object:
    """A default as a file would hold it: tuples as lists, records as tables."""
    if isinstance(value, tuple):
        return [_as_table(item) for item in typing.cast("tuple[object, ...]", value)]
    kind = type(value)
    if is_record(kind):
        held = {field.name.rstrip("_"): getattr(value, field.name) for field in fields_of(kind)}
        return {key: _as_table(inner) for key, inner in held.items() if inner is not None}
    return value
