"""How values and exceptions are put into words: short, on one line, plain, whatever they are and would say of themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import cast

from attrs import Attribute

MOST_SHOWN = 60
"""The most characters of a value that stand in a message."""
HUGE = "a number of very many digits"
"""What a number is called that nobody would read; Python does not even print one of thousands of digits."""
MOST_BITS = 200
"""A whole number of more bits than these has more digits than a message shows."""
MOST_SAID = 300
"""The most characters of an exception that are passed on."""
NOTHING = object()
"""What a field holds that was never filled."""
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Characters that no file and no terminal takes as text."""
_PLAIN = frozenset({int, bool, float, date, type(None)})
_KINDS: dict[type, str] = {int: "a whole number", str: "text", bool: "True or False", date: "a date", type(None): "None"}
_KINDS |= {kind: f"a {kind.__name__}" for kind in (tuple, frozenset, list, dict)}
_BOUND = re.compile(r"(Length of )?'(\w+)' must be (>=|<=|>|<) (\S+): (\S+)")
_BOUNDS = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than"}


def cut(text: str) -> str:
    """Text for a message: on one line, with what no line takes escaped, and not too long."""
    line = text if text.isprintable() else text.encode("unicode_escape").decode()
    return line if len(line) <= MOST_SHOWN else f"{line[: MOST_SHOWN - 3]}..."


def written(value: object, *, table: str = "a table") -> str:
    """A value of a file's for a message, as the file says it: text in quotes, `true`, a number. `table` is what the file calls a table."""
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
    """A plugin's value for a message: plain ones as they are, others by their class. Nobody's own words about itself are asked for."""
    if value is NOTHING:
        return "nothing"
    if type(value) is str:
        return repr(value if len(value) <= MOST_SHOWN else f"{value[: MOST_SHOWN - 3]}...")
    if type(value) is int and value.bit_length() > MOST_BITS:
        return HUGE
    return repr(value) if type(value) in _PLAIN else called(type(value))


def called(cls: type) -> str:
    """A class's name, whatever its own class says of it."""
    name: str = type.__dict__["__name__"].__get__(cls)
    return UNFIT.sub("?", name[:MOST_SHOWN])


def readable(error: BaseException) -> str:
    """An exception in one line of readable words, even where it cannot speak for itself."""
    try:
        words = said(error)
    except BaseException:  # noqa: BLE001  (whatever a plugin's exception does when it is asked what it says, it is only left unsaid)
        words = ""
    words = words if len(words) <= MOST_SAID else f"{words[:MOST_SAID]}..."
    words = " ".join(UNFIT.sub("?", words).split())
    return f"{called(type(error))}: {words}" if words else called(type(error))


def said(error: BaseException) -> str:
    """What an exception says. What attrs' validators raise is worded as our own messages are: theirs holds the field's whole definition."""
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
    """What a validator wanted, in words: a type or one of some, one of some words or numbers, a pattern; nothing for anything else."""
    options = list(cast("tuple[object, ...]", wanted)) if isinstance(wanted, tuple | list | set | frozenset) else [wanted]
    kinds = [option for option in options if isinstance(option, type)]
    if len(kinds) == len(options):
        return " or ".join(_KINDS.get(kind) or called(kind) for kind in kinds)
    if isinstance(wanted, re.Pattern):
        return f"text like {shown(wanted.pattern)}"
    words = [option if type(option) is str else shown(option) for option in options if type(option) in (str, int)]
    return f"one of {', '.join(words if isinstance(wanted, tuple | list) else sorted(words))}" if len(words) == len(options) else ""
