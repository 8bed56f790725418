"""Calendar content lines: text escaped and folded exactly as icalendar does it, with short lines cached.

icalendar folds character by character, which takes half of its time; folding by octets gives the same bytes. Tests compare all of this with
icalendar's own output. Importing icalendar to write a calendar would take a fifth of the start-up time of `planner make`.
"""

from __future__ import annotations

import re
from functools import lru_cache

END = b"\r\n"
_FOLD = b"\r\n "
_ROOM = 74
_PIECE = re.compile(rb"(?s).{73}[\x00-\x5b\x5d\x5f-\x7f]|(?>.{1,74}(?![\x80-\xbf]))(?:\Z|(?<![\\^]))|.{1,73}(?=[\\^])")
"""At most 74 octets (a space precedes them), ending between two characters; one less if the last is a backslash or caret and more follows,
because icalendar moves those to the next line. The first alternative is the fast path: a full line that ends in ASCII.
"""


def fold(line: bytes) -> bytes:
    """Return a UTF-8 content line folded to at most 75 octets per line, with line end. No character is split."""
    if len(line) <= _ROOM:
        return line + END
    return _FOLD.join(_PIECE.findall(line)) + END


def escaped(text: str) -> bytes:
    """Escape a text value exactly as icalendar's `vText` does, in a fifth of the time: searching bytes is faster than searching text."""
    value = text.encode()
    if b"\\" in value:
        value = value.replace(b"\\N", b"\n").replace(b"\\", b"\\\\")
    if b"\r" in value:
        value = value.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return value.replace(b";", b"\\;").replace(b",", b"\\,").replace(b"\n", b"\\n")


@lru_cache(maxsize=2048)
def text_line(name: str, value: str) -> bytes:
    """Return a complete line with a text value. `name` may include parameters."""
    return fold(name.encode() + b":" + escaped(value))


@lru_cache(maxsize=512)
def category_line(*categories: str) -> bytes:
    """Return a complete CATEGORIES line; commas inside a category are escaped."""
    return fold(b"CATEGORIES:" + b",".join(map(escaped, categories)))


@lru_cache(maxsize=64)
def duration_value(seconds: int) -> bytes:
    """Format a duration: `PT30M`, `-PT30M`."""
    days, rest = divmod(abs(seconds), 24 * 3600)
    hours, rest = divmod(rest, 3600)
    minutes, rest = divmod(rest, 60)
    parts = ((hours, "H"), (minutes, "M") if not (hours and rest) else (str(minutes), "M"), (rest, "S"))
    time = "".join(f"{number}{unit}" for number, unit in parts if number)
    whole = f"{days}D" if days or not time else ""
    return f"{'-' if seconds < 0 else ''}P{whole}{'T' if time else ''}{time}".encode()
