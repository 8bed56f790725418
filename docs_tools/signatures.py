"""Formats signatures and docstrings for the documentation: annotations as written, without `self`."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_QUOTED = re.compile(r"(: |-> )(['\"])(.*?)\2(?=[,)=\s]|$)")
_FORWARD = re.compile(r"ForwardRef\('(\w+)'\)")


def signature(name: str, function: Callable[..., object], *, method: bool = False, answers: bool = True) -> str:
    """`name(arguments) -> type`; without the first argument of a `method`, without the return type unless `answers`."""
    written = inspect.signature(function)
    kept = [p for n, p in enumerate(written.parameters.values()) if n or not method or p.name not in ("self", "cls")]
    shown = str(written.replace(parameters=kept))
    shown = _FORWARD.sub(r"\1", _QUOTED.sub(r"\1\3", shown)).replace("hypothesis.strategies.", "")
    return f"{name}{shown if answers else shown.partition(' -> ')[0]}"


def doc(value: object) -> str:
    """A value's docstring, dedented; "" if it has none."""
    return inspect.cleandoc(getattr(value, "__doc__", None) or "")


def methods(cls: type) -> Iterator[str]:
    """A list item for each documented public method and property that a class itself defines."""
    for name, raw in vars(cls).items():
        function = raw.__func__ if isinstance(raw, (classmethod, staticmethod)) else raw.fget if isinstance(raw, property) else raw
        if not name.startswith("_") and inspect.isfunction(function) and function.__doc__:
            shown = name if isinstance(raw, property) else signature(name, function, method=True)
            yield f"- `{shown}`: {' '.join(doc(function).split())}"
