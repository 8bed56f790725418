"""Whole numbers in text that others wrote.

`str.isdigit` alone does not make text a number: it is true of `²`, which `int` refuses, and of five thousand digits, which it refuses too.
"""

from __future__ import annotations


def whole_number(text: str | bytes, most_digits: int = 9) -> int | None:
    """The whole number that plain digits write, at most so many of them; None for any other text, a sign or a space included."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= most_digits else None
