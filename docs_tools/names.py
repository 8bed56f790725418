"""Generates the pages of public names: the description and signature of each name in `planner` and in the test kit."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import planner
from docs_tools.records import record
from docs_tools.signatures import doc, methods, signature
from planner import testing
from planner.records import is_record

if TYPE_CHECKING:
    from types import ModuleType

INTRODUCTION = """\
# The front door

What `import planner` offers, and all that it offers: other modules may change without a word. [Hooks](hooks.md) are handed these records
and return them. Records are frozen and keyword-only; metres and seconds are whole numbers.

"""
KIT = """\
# Test kit

What `import planner.testing` offers to authors of plugins; `pip install 'return-to-run[testing]'` brings what it needs.
[A pillar of your own](../tutorial/plugin-author.md) shows it at work.

{text}

"""
SAID_HERE = {
    "__version__": "The version of the planner, as text.",
    "hookimpl": "Marks a function of yours as the implementation of the hook whose name it has: `@hookimpl` above it.",
    "Limit": "One of the kinds of limit: `Ceiling`, `Spacing`, `Unavailable`.",
    "HOSTILE": "One `HostilePlugin` for each harm that a plugin can try.",
}
"""Descriptions of public names that cannot have a docstring of their own."""


def page() -> str:
    """The page of the public names of `planner`."""
    return INTRODUCTION + _sections(planner)


def kit_page() -> str:
    """The page of the test kit."""
    return KIT.format(text="\n\n".join(doc(testing).split("\n\n")[1:])) + _sections(testing)


def _sections(module: ModuleType) -> str:
    return "\n".join(_section(name, getattr(module, name)) for name in sorted(module.__all__, key=str.lower))


def _section(name: str, value: object) -> str:
    """The section of one name. Raises `LookupError` for a name without a description."""
    if name in SAID_HERE:
        return f"## {name}\n\n{SAID_HERE[name]}\n"
    if not isinstance(value, type) and not inspect.isfunction(value):
        raise LookupError(f"{name}: found neither a class nor a function; expected a word about it in docs_tools.names")
    if not value.__doc__:
        raise LookupError(f"{name}: found no docstring; expected one")
    if is_record(value):
        return record(name, value, level=2)
    return f"## {name}\n\n{_call(name, value)}{doc(value)}\n{_methods(value)}"


def _call(name: str, value: object) -> str:
    """The call signature as a code block; "" for a class without an `__init__` of its own."""
    if isinstance(value, type):
        own = vars(value).get("__init__")
        return f"```text\n{signature(name, own, method=True, answers=False)}\n```\n\n" if inspect.isfunction(own) else ""
    return f"```text\n{signature(name, value)}\n```\n\n" if callable(value) else ""


def _methods(value: object) -> str:
    lines = list(methods(value)) if isinstance(value, type) else []
    return "\n" + "\n".join(lines) + "\n" if lines else ""
