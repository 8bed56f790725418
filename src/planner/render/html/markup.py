"""Text to markup: all text of a plan is escaped here or by the templates."""

from __future__ import annotations

from zlib import crc32

from markupsafe import Markup, escape

from planner.language import cached

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


MORE = "..."
"""What stands for omitted text. No ellipsis character: one wide character among thousands of narrow ones would double a page's memory."""


def made(html: str) -> Markup:
    """Mark HTML as safe that consists of fixed parts and output of `text`, so that templates do not escape it again."""
    return Markup(html)  # noqa: S704  (the only place that marks text as safe; callers escape their input)


@cached(8192)
def text(words: str) -> str:
    """Escape text for use between tags or in a quoted attribute; a plain `str`, so that joining is fast."""
    return f"{escape(words)}"


def folded(name: str, title: str, inside: str) -> str:
    """Return an appendix entry. `name` is the id of the folded content, so that a browser that follows a link to it unfolds the entry."""
    return f"<details class=how><summary>{text(title)}</summary><div id={name}>{inside}</div></details>"


@cached(8192)
def anchor(kind: str, words: str) -> str:
    """Return a short anchor for `words`, the same in every plan: a letter for the kind, and a checksum in base 36."""
    number, digits = crc32(words.encode()), ""
    while number:
        number, digit = divmod(number, 36)
        digits += _DIGITS[digit]
    return f"{kind}{digits}"
