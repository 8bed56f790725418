"""Safe formatting of untrusted values and exceptions for messages: short, printable, on one line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import cast

from attrs import Attribute

MOST_SHOWN = 60
"""The most characters of a value in a message."""
HUGE = "a number of very many digits"
"""Stands in for a huge number: nobody would read it, and Python refuses to print thousands of digits."""
MOST_BITS = 200
"""A whole number of more bits has more digits than a message shows."""
MOST_SAID = 300
"""The most characters of an exception's message that are shown."""
NOTHING = object()
"""Sentinel for a field that was never set."""
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters and surrogates, which files and terminals do not accept as text."""
_PLAIN = frozenset({int, bool, float, date, type(None)})
_KINDS: dict[type, str] = {int: "a whole number", str: "text", bool: "True or False", date: "a date", type(None): "None"}
_KINDS |= {kind: f"a {kind.__name__}" for kind in (tuple, frozenset, list, dict)}
_BOUND = re.compile(r"(Length of )?'(\w+)' must be (>=|<=|>|<) (\S+): (\S+)")
_BOUNDS = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than"}


def cut(text: str) -> str:
    """Text for a message: one line of at most `MOST_SHOWN` characters, escaped if not printable."""
    line = text if text.isprintable() else text.encode("unicode_escape").decode()
    return line if len(line) <= MOST_SHOWN else f"{line[: MOST_SHOWN - 3]}..."


def written(value: object, *, table: str = "a table") -> str:
    """A value from a file as the file writes it: quoted text, `true`, a number. `table` is what the file format calls a mapping."""
    if isinstance(value, str):
        return f'"{cut(value)}"'
    if isinstance(value, Mapping):
        return table
    if isinstance(value, (list, tuple)):
        return "a list"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return HUGE if isinstance(value, int) and value.bit_length() > MOST_BITS else cut(str(value))


def shown(value: object) -> str:
    """A plugin's value for a message: plain ones by `repr`, others by their class name. No `__repr__` of a plugin's class is called."""
    if value is NOTHING:
        return "nothing"
    if type(value) is str:
        return repr(value if len(value) <= MOST_SHOWN else f"{value[: MOST_SHOWN - 3]}...")
    if type(value) is int and value.bit_length() > MOST_BITS:
        return HUGE
    return repr(value) if type(value) in _PLAIN else called(type(value))


def called(cls: type) -> str:
    """A class's true name, whatever its metaclass claims."""
    name: str = type.__dict__["__name__"].__get__(cls)
    return UNFIT.sub("?", name[:MOST_SHOWN])


def readable(error: BaseException) -> str:
    """An exception as one printable line, even if its own `__str__` fails."""
    try:
        words = said(error)
    except BaseException:  # noqa: BLE001  (a plugin's exception may fail in any way; then its message is left out)
        words = ""
    words = words if len(words) <= MOST_SAID else f"{words[:MOST_SAID]}..."
    words = " ".join(UNFIT.sub("?", words).split())
    return f"{called(type(error))}: {words}" if words else called(type(error))


def said(error: BaseException) -> str:
    """An exception's message. Those of attrs' validators, which quote the whole field definition, are reworded in our own form."""
    told = str(error.args[0]) if len(error.args) > 1 and type(error.args[1]) is Attribute else str(error)
    if len(error.args) >= 4 and type(error.args[1]) is Attribute:
        expected = _expected(error.args[2])
        return f"{error.args[1].name}: found {shown(error.args[3])}; expected {expected}" if expected else told
    bound = _BOUND.fullmatch(told)
    if bound is None:
        return told
    length, name, sign, limit, found = bound.groups()
    return f"{name}: found {found}{' of them' if length else ''}; expected {_BOUNDS[sign]} {limit}"


def _expected(wanted: object) -> str:
    """What a validator expected, in words: types, a set of words or numbers, or a pattern; "" for anything else."""
    options = list(cast("tuple[object, ...]", wanted)) if isinstance(wanted, tuple | list | set | frozenset) else [wanted]
    kinds = [option for option in options if isinstance(option, type)]
    if len(kinds) == len(options):
        return " or ".join(_KINDS.get(kind) or called(kind) for kind in kinds)
    if isinstance(wanted, re.Pattern):
        return f"text like {shown(wanted.pattern)}"
    words = [option if type(option) is str else shown(option) for option in options if type(option) in (str, int)]
    return f"one of {', '.join(words if isinstance(wanted, tuple | list) else sorted(words))}" if len(words) == len(options) else ""
