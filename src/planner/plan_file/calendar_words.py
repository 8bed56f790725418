"""Parses the words of a calendar's X-PLANNER lines, as `planner.render.x_lines` writes them.

Words are separated by spaces, the parts of a word by slashes; free text is percent-encoded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from planner.digits import whole_number
from planner.errors import InputError
from planner.formatting import written

if TYPE_CHECKING:
    from icalendar import Component

NOTHING = "-"
Members = dict[str, object]


def words_of(component: Component, name: str) -> list[str]:
    """Return the words of a component's line `X-PLANNER-name`; none if the line is missing."""
    return str(component.get(f"X-PLANNER-{name}", "")).split()


def pairs_of(component: Component, name: str) -> list[tuple[str, str]]:
    """Return the words of a line of `key=value` words as pairs."""
    return [(key, value) for key, _, value in (word.partition("=") for word in words_of(component, name))]


def free_text(word: str) -> str:
    """Decode free text; "" for `NOTHING`."""
    return "" if word == NOTHING else unquote(word)


def number_or_word(word: str) -> object:
    """Return a whole number, or None for `NOTHING`; any other word is returned as it is, for the plan's reader to reject."""
    if word == NOTHING:
        return None
    number = whole_number(word, most_digits=15)
    return word if number is None else number


def named_parts(where: str, keys: tuple[str, ...], word: str) -> dict[str, str]:
    """Return the decoded parts of a word by name. Raises `InputError` for a wrong number of parts; `where` is the word's kind."""
    parts = word.split("/")
    if len(parts) != len(keys):
        raise InputError(f"X-PLANNER-READING: {where}", f"found {written(word)}", f"{len(keys)} parts between slashes")
    return {key: free_text(part) for key, part in zip(keys, parts, strict=True)}


def numbered_parts(where: str, keys: tuple[str, ...], word: str) -> Members:
    """Like `named_parts`, but with numbers and None converted (see `number_or_word`), except in `bound_by`."""
    return {key: part if key == "bound_by" else number_or_word(part or NOTHING) for key, part in named_parts(where, keys, word).items()}
