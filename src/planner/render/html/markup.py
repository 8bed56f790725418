"""Text as markup: everything that a plan says is escaped in here, or by the templates."""

from __future__ import annotations

from zlib import crc32

from markupsafe import Markup, escape

from planner.language import cached

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


MORE = "&hellip;"
"""What stands for words that are left out. One wide character among thousands of narrow ones would make a page of twice the memory."""


def made(html: str) -> Markup:
    """Markup that was put together here, of fixed parts and of what `text` gave: templates write it as it stands."""
    return Markup(html)  # noqa: S704  (the one place that trusts: its callers escape what they put in)


@cached(8192)
def text(words: str) -> str:
    """Words as they may stand in markup, between tags or in a quoted attribute; a plain string, so that joining is quick."""
    return f"{escape(words)}"


def folded(name: str, title: str, inside: str) -> str:
    """An entry of the appendix, of words and markup. The name is that of what is folded in: a browser that goes there unfolds it."""
    return f"<details class=how><summary>{text(title)}</summary><div id={name}>{inside}</div></details>"


@cached(8192)
def anchor(kind: str, words: str) -> str:
    """The name in a page of what goes by these words: a letter for its kind and a checksum, short, and the same in every plan."""
    number, digits = crc32(words.encode()), ""
    while number:
        number, digit = divmod(number, 36)
        digits += _DIGITS[digit]
    return f"{kind}{digits}"
