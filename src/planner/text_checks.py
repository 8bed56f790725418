"""Checks of short texts that others write: an athlete's file, a log, a plugin."""

from __future__ import annotations

import unicodedata

from planner.errors import InputError
from planner.formatting import written

BREAKING = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Categories of characters that end a line, or that no file takes."""
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that change the order in which the text after them is shown."""


def check_line(value: str, where: str, *, most: int) -> None:
    """Refuse text that is longer than `most` characters, or that is no line (see `is_line`) and not empty. Raises `InputError`."""
    if len(value) > most:
        raise InputError(where, f"found {len(value)} characters", f"at most {most}")
    if (value and not value.isspace() and not is_line(value)) or any(unicodedata.category(c) in BREAKING for c in value):
        raise InputError(where, f"found {written(value)}", "one line of ordinary text, without line breaks")


def is_line(value: str) -> bool:
    """Whether text is one line that shows something: no line breaks, nothing that turns the direction of what follows."""
    if value.isprintable():
        return bool(value.strip())
    kinds = {unicodedata.category(c) for c in value}
    return kinds.isdisjoint(BREAKING) and TURNING.isdisjoint(value) and any(kind[0] not in "CZ" for kind in kinds)
