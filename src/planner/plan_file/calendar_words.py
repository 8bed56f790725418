"""The words of the X-PLANNER lines of a calendar, read: what `planner.render.x_lines` writes.

Words are joined by spaces, the parts of a word by slashes; anything free is percent-encoded.
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
    """The words of a component's line `X-PLANNER-name`; none where it has no such line."""
    return str(component.get(f"X-PLANNER-{name}", "")).split()


def pairs_of(component: Component, name: str) -> list[tuple[str, str]]:
    """The words of a line that are each `key=value`."""
    return [(key, value) for key, _, value in (word.partition("=") for word in words_of(component, name))]


def free_text(word: str) -> str:
    """The free text that a word stands for."""
    return "" if word == NOTHING else unquote(word)


def number_or_word(word: str) -> object:
    """The whole number that a word stands for, None for none; any other word as it is, for the reader to refuse."""
    if word == NOTHING:
        return None
    number = whole_number(word, most_digits=15)
    return word if number is None else number


def named_parts(where: str, keys: tuple[str, ...], word: str) -> dict[str, str]:
    """The parts of a word by their names. Raises `InputError` where there are more or fewer; `where` says of what the word is one."""
    parts = word.split("/")
    if len(parts) != len(keys):
        raise InputError(f"X-PLANNER-READING: {where}", f"found {written(word)}", f"{len(keys)} parts between slashes")
    return {key: free_text(part) for key, part in zip(keys, parts, strict=True)}


def numbered_parts(where: str, keys: tuple[str, ...], word: str) -> Members:
    """The same, with numbers as numbers and nothing as None, but for what is text by its name."""
    return {key: part if key == "bound_by" else number_or_word(part or NOTHING) for key, part in named_parts(where, keys, word).items()}
