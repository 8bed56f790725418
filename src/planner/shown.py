"""How values and exceptions of a plugin's are put into words: in one line, plain, whatever they would say of themselves."""

from __future__ import annotations

import re
from datetime import date
from typing import cast

from attrs import Attribute

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


def shown(value: object) -> str:
    """A value for a message: plain ones as they are, others by their class. Nobody's own words about itself are asked for."""
    if value is NOTHING:
        return "nothing"
    if type(value) is str:
        return repr(value if len(value) <= 60 else value[:57] + "...")
    if type(value) is int and value.bit_length() > 200:
        return "a number of very many digits"
    return repr(value) if type(value) in _PLAIN else called(type(value))


def called(cls: type) -> str:
    """A class's name, whatever its own class says of it."""
    name: str = type.__dict__["__name__"].__get__(cls)
    return UNFIT.sub("?", name[:60])


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
