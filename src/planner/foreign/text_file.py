"""Reads the bytes of a foreign file and decodes its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.atomic_file import read_whole
from planner.errors import InputError
from planner.text_decoding import PLAIN_TEXT, content_start, decode_any

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 20_000_000
PLANS = "a plan: .json or .ics of `planner make`, or anybody's .csv or .ics"
_ITS_CALENDAR = "If `planner make` wrote it, check the calendar (.ics) of the same plan"
_OTHER_KINDS = (
    (b"PK\x03\x04", "a workbook or a zip", "Save the sheet as CSV."),
    (b"%PDF", "a PDF", f"{_ITS_CALENDAR}; otherwise copy its runs into a table of dates and distances, as CSV."),
    (b"<", "a web page or XML", f"{_ITS_CALENDAR}; otherwise download the calendar or the table itself."),
)


def read_bytes(path: Path) -> bytes:
    """The content of a file. Raises `InputError`, without its name, if it is unreadable, a folder, empty, or over 20 MB."""
    raw = read_whole(path, most=MOST_BYTES, expected=PLANS, where="")
    if not content_start(raw):
        raise InputError("", "it is empty", PLANS)
    return raw


def decoded(raw: bytes) -> tuple[str, str]:
    """The text in `raw`, and a note if it was read as Windows-1252, else "". Raises `InputError` if it is not text."""
    start = content_start(raw)
    for sign, kind, advice in _OTHER_KINDS:
        if start.startswith(sign):
            raise InputError("", f"this is {kind}", PLANS, advice)
    return decode_any(raw, expected=PLAIN_TEXT)
