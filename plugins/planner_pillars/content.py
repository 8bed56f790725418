"""Session texts and tables, read from the data package once per process, in the current language."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeVar

import planner_templates
from planner import _, cached, current_language
from planner_templates.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

T = TypeVar("T")
Told: TypeAlias = "Callable[[str], str]"
FOLDER = Path(planner_templates.__file__).with_name("content")
NAMES = ("source", "when")
"""Keys whose values are never translated."""
WORDS = ("names",)
"""Tables whose values are translated although they look like names."""
TEXTS = ("do", "sign", "stages")
"""Keys whose values are always texts: one plain word ("pregnant") would otherwise be taken for a name."""
_NAME = re.compile(r"[a-z0-9-]*|[A-Z]+-[0-9]+.*|[a-z0-9-]+ [0-9]+x[0-9]+s?( or .*)?")
"""Values that are not translated: a name, an evidence id, an exercise with its dose."""


@cached(64)
def content(name: str) -> Mapping[str, object]:
    """The table of `content/NAME.toml` with its texts in the current language; fractions are exact decimals."""
    read = table(FOLDER / f"{name}.toml")
    return read if current_language() == "en" else _told(read, "", _)


def names_of_content() -> tuple[str, ...]:
    """The names that `content` accepts, sorted."""
    return tuple(sorted(file.stem for file in FOLDER.glob("*.toml")))


def source_texts(name: str) -> Iterator[str]:
    """The English texts of `content/NAME.toml` that `content` translates."""
    found: list[str] = []

    def noticed(text: str) -> str:
        found.append(text)
        return text

    _told(table(FOLDER / f"{name}.toml"), "", noticed)
    yield from found


def _told(value: T, key: str, told: Told, *, words: bool = False) -> T:
    """A copy of `value` with every text in it passed through `told`; `key` is its key, `words` whether it is from a table of `WORDS`."""
    if isinstance(value, dict):
        words = key in WORDS
        return {name: _told(inner, name, told, words=words) for name, inner in value.items()}  # type: ignore[return-value]  # a dict for a dict
    if isinstance(value, list):
        return [_told(inner, key, told) for inner in value]  # type: ignore[return-value]  # a list for a list
    if isinstance(value, str) and key not in NAMES and (words or key in TEXTS or not _NAME.fullmatch(value)):
        return told(value)  # type: ignore[return-value]  # a text for a text
    return value
