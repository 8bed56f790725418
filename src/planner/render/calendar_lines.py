"""Finished lines of a calendar: escaped by icalendar's own value types, folded here, remembered.

icalendar folds character by character, which alone is half of its time; folding by octets gives the same bytes.
"""

from __future__ import annotations

import re
from datetime import timedelta
from functools import lru_cache

from icalendar import vCategory, vDDDTypes, vText

END = b"\r\n"
_FOLD = b"\r\n "
_ROOM = 74
_PIECE = re.compile(rb"(?s)(?>.{1,74}(?![\x80-\xbf]))(?:\Z|(?<![\\^]))|.{1,73}(?=[\\^])")
"""At most 74 octets (a space comes before) that end between two characters; one less where the last is a backslash or caret and
more follows, for icalendar leaves those to the next line."""


def fold(line: bytes) -> bytes:
    """A content line in UTF-8, folded to at most 75 octets a line, with its line end. No character is split."""
    return (line if len(line) <= _ROOM else _FOLD.join(_PIECE.findall(line))) + END


@lru_cache(maxsize=4096)
def text_line(name: str, value: str) -> bytes:
    """A finished line whose value is text. `name` may carry parameters."""
    return fold(name.encode() + b":" + vText(value).to_ical())


@lru_cache(maxsize=512)
def category_line(*categories: str) -> bytes:
    """A finished CATEGORIES line; a comma inside a category is escaped."""
    return fold(b"CATEGORIES:" + vCategory(list(categories)).to_ical())


@lru_cache(maxsize=64)
def duration_value(seconds: int) -> bytes:
    """A duration as a calendar writes it: `PT30M`, `-PT30M`."""
    return vDDDTypes(timedelta(seconds=seconds)).to_ical()
