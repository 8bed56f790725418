"""Decodes text files that people and their programs wrote, and refuses what is not text."""

from __future__ import annotations

from planner.errors import InputError

BOM = "\ufeff"
"""The byte order mark, which some editors put before a text."""
BOM_BYTES = BOM.encode()
PLAIN_TEXT = "plain text in UTF-8"
SAVE_AS_UTF8 = "Save it again with the encoding UTF-8, for example in a text editor."
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_AS_WINDOWS_1252 = "Not all of it is UTF-8: it was read as Windows-1252, so some letters may be wrong; numbers and dates are the same."


def content_start(raw: bytes) -> bytes:
    """Return the bytes after a UTF-8 byte order mark and white space, which show what kind of file it is; empty for an empty file."""
    return raw.removeprefix(BOM_BYTES).lstrip()


def refuse_utf16(raw: bytes, where: str) -> None:
    """Raise `InputError` for text that begins with a byte order mark of UTF-16."""
    if raw.startswith(_UTF16):
        raise InputError(where, "this is UTF-16 text, not UTF-8", PLAIN_TEXT, SAVE_AS_UTF8)


def decode_utf8(raw: bytes, where: str) -> str:
    """Decode UTF-8, keeping a byte order mark. Raises `InputError` for anything else and for NUL bytes, with the line where it is known."""
    refuse_utf16(raw, where)
    nul = raw.find(b"\0")
    if nul >= 0:
        found = "NUL bytes: this is not text, or a part of the file was lost"
        raise InputError(_line_at(where, raw, nul), found, PLAIN_TEXT, "Take it from a copy, or delete the line.")
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise InputError(_line_at(where, raw, error.start), "the file is not UTF-8 text", PLAIN_TEXT, SAVE_AS_UTF8) from None


def decode_any(raw: bytes, *, expected: str) -> tuple[str, str]:
    """Decode an export of another program: UTF-8, UTF-16 with a byte order mark, else Windows-1252. Return the text without the mark, and a
    note if it was read as Windows-1252, else "".

    Raises `InputError` without a place for broken UTF-16 and for NUL bytes; `expected` says what the file should be.
    """
    note = ""
    try:
        text = raw.decode("utf-16" if raw.startswith(_UTF16) else "utf-8-sig")
    except UnicodeDecodeError:
        if raw.startswith(_UTF16):
            raise InputError("", "text that says it is UTF-16, and is not", expected, "Save it again as UTF-8.") from None
        text, note = raw.removeprefix(BOM_BYTES).decode("cp1252", "replace"), _AS_WINDOWS_1252
    if "\0" in text:
        raise InputError("", "NUL bytes", expected, "Is it the right file? If it is, save it again as UTF-8.")
    return text, note


def _line_at(where: str, raw: bytes, at: int) -> str:
    """The place of the byte at offset `at`: `where` and its line."""
    line = len(raw[:at].splitlines()) + (not raw[:at] or raw[:at].endswith((b"\n", b"\r")))
    return f"{where}, line {line}" if where else f"line {line}"
