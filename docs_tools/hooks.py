"""Generates the page of hooks: exact signatures and docstrings, and the records that hooks receive or return."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import planner
from docs_tools.records import anchor, record, records
from docs_tools.signatures import doc, signature
from docs_tools.tables import sentence
from planner import hookspecs

if TYPE_CHECKING:
    from collections.abc import Callable

INTRODUCTION = """\
# Hooks

{text}

Everything that a plugin may import is at the [front door](front-door.md), `import planner`. A first pillar of your own, step by step, is in
the [tutorial](../tutorial/plugin-author.md).

"""


def hooks() -> dict[str, Callable[..., object]]:
    """The hook specifications by name, in the order of their module."""
    return {name: value for name, value in vars(hookspecs).items() if name.startswith("planner_")}


def page() -> str:
    """The page's text."""
    text = "\n\n".join(doc(hookspecs).split("\n\n")[1:])
    return INTRODUCTION.format(text=text) + "\n".join(_section(name, hook) for name, hook in hooks().items()) + _handed_over()


def named_in(hook: Callable[..., object]) -> list[str]:
    """The public names in a hook's signature."""
    return [name for name in dict.fromkeys(re.findall(r"[A-Z][A-Za-z]+", signature(hook.__name__, hook))) if name in planner.__all__]


def _section(name: str, hook: Callable[..., object]) -> str:
    links = ", ".join(f"[{found}](front-door.md#{anchor(found)})" for found in named_in(hook))
    return f"## {name}\n\n```text\n{signature(hook.__name__, hook)}\n```\n\n{sentence(doc(hook))}\n\nNamed here: {links}.\n"


def _handed_over() -> str:
    """The sections of the records inside public records, such as those in a week's view and the brief."""
    inner = {name: cls for name, cls in records().items() if name not in planner.__all__}
    parts = [record(name, cls) for name, cls in inner.items()]
    return "\n## Records inside what hooks are handed\n\nRead them, never build them.\n\n" + "\n".join(parts)
