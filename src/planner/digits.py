"""Safe parsing of whole numbers in untrusted text.

`str.isdigit` is not enough: it accepts `²` and five thousand digits, both of which `int` refuses.
"""

from __future__ import annotations


def whole_number(text: str | bytes, most_digits: int = 9) -> int | None:
    """The number written by 1 to `most_digits` ASCII digits; None for any other text, including signs and spaces."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= most_digits else None
