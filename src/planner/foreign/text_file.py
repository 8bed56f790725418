"""Reads the bytes of a foreign file and decodes its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.atomic_file import read_whole
from planner.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 20_000_000
PLANS = "a plan: .json or .ics of `planner make`, or anybody's .csv or .ics"
_OTHER_KINDS = (
    (b"PK\x03\x04", "a workbook or a zip", "Save the sheet as CSV."),
    (b"%PDF", "a PDF", "Copy its runs into a table of dates and distances, as CSV."),
    (b"<", "a web page or XML", "Download the calendar or the table itself."),
)


def read_bytes(path: Path) -> bytes:
    """The content of a file. Raises `InputError`, without its name, if it is unreadable, a folder, empty, or over 20 MB."""
    raw = read_whole(path, most=MOST_BYTES, expected=PLANS, where="")
    if not raw.strip(b"\xef\xbb\xbf \t\r\n"):
        raise InputError("", "it is empty", PLANS)
    return raw


def decoded(raw: bytes) -> tuple[str, str]:
    """The text in `raw`, and a note if it was read as Windows-1252, else "". Raises `InputError` if it is not text."""
    start = raw.lstrip(b"\xef\xbb\xbf \t\r\n")
    for sign, kind, advice in _OTHER_KINDS:
        if start.startswith(sign):
            raise InputError("", f"this is {kind}", PLANS, advice)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return raw.decode("utf-16"), ""
        except UnicodeDecodeError:
            raise InputError("", "text that says it is UTF-16, and is not", "plain text in UTF-8", "Save it again as UTF-8.") from None
    if b"\0" in raw:
        raise InputError("", "NUL bytes", "plain text in UTF-8", "Is it the right file? Save it again as UTF-8.")
    try:
        return raw.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        note = "Not all of it is UTF-8: it was read as Windows-1252, so some letters may be wrong; numbers and dates are the same."
        return raw.removeprefix(b"\xef\xbb\xbf").decode("cp1252", "replace"), note
