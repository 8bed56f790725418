"""Checks the beginning of a text roster before it is parsed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from planner.errors import InputError
from planner.text_decoding import BOM_BYTES, PLAIN_TEXT, SAVE_AS_UTF8, refuse_utf16

if TYPE_CHECKING:
    from pathlib import Path

LONGEST_LINE = 1_000_000
COLUMNS_AND_ROWS = "a first row of column names and a row for each athlete"
_EXAMPLE = "`planner batch --example` prints a roster to start from."
NOBODY = "there is no athlete in it"
"""The message for a roster without rows."""


def beginning(path: Path, name: str, expected: str = COLUMNS_AND_ROWS, advice: str = _EXAMPLE) -> bytes:
    """Return the beginning of a text file, at most 1 MB, without a byte order mark. `expected` and `advice` say what an empty file lacks.

    Raises `InputError`, with `name` for the file, if it cannot be opened, is empty, is UTF-16, a zip or binary, or has a first line over 1
    MB.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(LONGEST_LINE)
    except (OSError, ValueError) as error:
        raise not_opened(name, error) from None
    refuse_utf16(raw, name)
    if raw.startswith(b"PK\x03\x04"):
        raise InputError(name, "this is a workbook or a zip, not text", "a file whose ending says what it is", "Name a workbook .xlsx.")
    raw = raw.removeprefix(BOM_BYTES)
    if not raw.strip():
        raise InputError(name, "it is empty", expected, advice)
    first = raw.splitlines()[0]
    if b"\0" in first:
        raise InputError(name, "NUL bytes in the first line", PLAIN_TEXT, f"Is it UTF-16? {SAVE_AS_UTF8}")
    if len(first) == LONGEST_LINE:
        raise InputError(name, "a first line of more than 1 MB", "a line for each athlete", "Is it the right file?")
    return raw


def not_opened(name: str, error: OSError | ValueError, expected: str = "a roster that you may read") -> InputError:
    """Build the error that a roster (or what else is `expected`) cannot be opened, with the reason."""
    number = error.errno if isinstance(error, OSError) else None
    reason = os.strerror(number) if number else str(error)
    return InputError(name, f"cannot be opened ({reason})", expected, "Check the name and the folder.")
