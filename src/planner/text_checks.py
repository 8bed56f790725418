"""Checks of short texts that others write: an athlete's file, a log, a plugin."""

from __future__ import annotations

import unicodedata

from planner.errors import InputError
from planner.formatting import written


def check_line(value: str, where: str, *, most: int) -> None:
    """Refuse text that is longer than `most` characters, or that would break a line. Raises `InputError`."""
    if len(value) > most:
        raise InputError(where, f"found {len(value)} characters", f"at most {most}")
    if any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in value):
        raise InputError(where, f"found {written(value)}", "one line of ordinary text, without line breaks")
