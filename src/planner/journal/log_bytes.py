"""Locates a log, reads its bytes and decodes them."""

from __future__ import annotations

import os
from pathlib import Path

from planner.atomic_file import read_whole
from planner.errors import InputError
from planner.journal.log_guard import stamp
from planner.text_decoding import decode_utf8

MOST_BYTES = 5_000_000
"""Per athlete: twenty years of five runs a week with short notes take half a megabyte."""
_LOG = "a log: twenty years of runs take less than a megabyte"


def log_path(folder: Path, name: str) -> Path:
    """Return the path of the log that an athlete file in `folder` names.

    A link may not lead out of the folder, or out of the other folder that the name itself gives (`log = "/data/ana.csv"`). Raises
    `InputError` with the key as its place.
    """
    if not name.strip() or "\0" in name:
        raise InputError("log", "found no name", 'the name of a file, like log = "ana-log.csv"')
    named = Path(os.path.abspath(folder / name))  # noqa: PTH100  (resolves `..` in the text only; links are checked below)
    above = Path(os.path.abspath(folder))  # noqa: PTH100
    home = Path(os.path.realpath(above if named.is_relative_to(above) else named.parent))
    real = Path(os.path.realpath(named))
    if not real.is_relative_to(home):
        found = f'"{name}" is a link that leads out of {home}, to {real}'
        advice = f"If that is intended, write where the file really is: log = '{real}'"
        raise InputError("log", found, "a file there", advice)
    return folder / name


def read_bytes(path: Path) -> bytes:
    """Read a log; empty if there is no file. Raises `InputError` if it is not a file or too large."""
    if stamp(path) is None:
        return b""
    return read_whole(path, most=MOST_BYTES, expected=_LOG)


def check_size(path: Path, size: int) -> None:
    """Raise `InputError` if a log is too large."""
    if size > MOST_BYTES:
        raise InputError(str(path), f"larger than {MOST_BYTES // 1_000_000} MB", _LOG, "Is it the right file?")


def decoded(raw: bytes, path: Path) -> str:
    """Decode a log, keeping its byte order mark. Raises `InputError` with the line for anything but UTF-8 text."""
    if raw.startswith(b"PK\x03\x04"):
        raise InputError(str(path), "this is a workbook or a zip", "a CSV file", "Save the sheet as CSV (UTF-8).")
    return decode_utf8(raw, str(path))
