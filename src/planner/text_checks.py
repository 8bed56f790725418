"""Checks of short untrusted texts: from athlete files, logs and plugins."""

from __future__ import annotations

import unicodedata

from planner.errors import InputError
from planner.formatting import written

BREAKING = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Unicode categories of characters that end a line or cannot be written to a file."""
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Bidirectional control characters, which change the order in which the following text is shown."""


def check_line(value: str, where: str, *, most: int) -> None:
    """Raise `InputError` for text that is longer than `most` characters or, unless blank, is not one visible line (see `is_line`)."""
    if len(value) > most:
        raise InputError(where, f"found {len(value)} characters", f"at most {most}")
    if (value and not value.isspace() and not is_line(value)) or any(unicodedata.category(c) in BREAKING for c in value):
        raise InputError(where, f"found {written(value)}", "one line of ordinary text, without line breaks")


def is_line(value: str) -> bool:
    """Whether text is one line with something visible: no line breaks and no bidirectional controls."""
    if value.isprintable():
        return bool(value.strip())
    kinds = {unicodedata.category(c) for c in value}
    return kinds.isdisjoint(BREAKING) and TURNING.isdisjoint(value) and any(kind[0] not in "CZ" for kind in kinds)
