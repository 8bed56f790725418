"""Opens a roster from any source: CSV, a workbook, JSON lines, a folder of athlete files, or standard input."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import weakref
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import InputError
from planner.roster.text_file import not_opened
from planner.text_decoding import content_start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.roster.rows import Roster, Row

STANDARD_INPUT = Path("-")
TEXT, LINES, SHEETS = (".csv", ".tsv", ".txt"), (".jsonl", ".ndjson"), (".xlsx",)
EXPECTED = "a roster: .csv, .xlsx, .jsonl, a folder of athlete files, or - for standard input"


def open_roster(path: Path) -> Roster:
    """Open the roster at `path`: a folder, `-` for standard input, or a file whose type its ending gives.

    Standard input is CSV or JSON lines (detected) and is kept in a temporary file for as long as the roster is in use, since rows are read
    more than once. Raises `InputError` for anything else, and for a table with unknown columns.
    """
    if path == STANDARD_INPUT:
        return SpooledRoster("standard input")
    name, suffix = str(path), path.suffix.lower()
    try:
        if path.is_dir():
            from planner.roster.folder_rows import FolderRoster  # noqa: PLC0415  (import only the reader in use)

            return FolderRoster(path, name)
        if not path.exists():
            raise InputError(name, "there is no such file or folder", EXPECTED, "Check the name and the folder.")
    except (OSError, ValueError) as error:
        raise not_opened(name, error) from None
    if suffix not in (*TEXT, *LINES, *SHEETS):
        raise InputError(name, f'found the ending "{suffix}"' if suffix else "found no ending", EXPECTED, _advice(suffix))
    if not path.is_file():
        raise InputError(name, "this is not an ordinary file", EXPECTED, f"Try: planner batch - < {name}")
    if suffix in SHEETS:
        from planner.roster.sheet_rows import SheetRoster  # noqa: PLC0415

        return SheetRoster(path, name)
    return _text_roster(path, name, lines=suffix in LINES)


class SpooledRoster:
    """A roster from standard input, kept in a temporary file while it is in use."""

    def __init__(self, name: str) -> None:
        """Read standard input to its end. Raises `InputError` as the detected source does."""
        self.name = name
        self._file = _spooled(name)
        self._forget = weakref.finalize(self, _delete, self._file)
        try:
            with self._file.open("rb") as file:
                start = file.read(4096)
            self._roster = _text_roster(self._file, name, lines=content_start(start).startswith((b"{", b"[")))
        except BaseException:
            self._forget()
            raise

    def rows(self) -> Iterator[Row]:
        """Yield every row in order. Raises `InputError` as the detected source does."""
        return self._roster.rows()


def _text_roster(path: Path, name: str, *, lines: bool) -> Roster:
    if lines:
        from planner.roster.json_rows import JsonRoster  # noqa: PLC0415

        return JsonRoster(path, name)
    from planner.roster.csv_rows import CsvRoster  # noqa: PLC0415

    return CsvRoster(path, name)


def _spooled(name: str) -> Path:
    if sys.stdin is None:
        raise InputError(name, "it is closed", EXPECTED)
    try:
        handle, place = tempfile.mkstemp(prefix="planner-roster-")
    except OSError as error:
        raise not_opened(name, error) from None
    with os.fdopen(handle, "wb") as file:
        try:
            shutil.copyfileobj(sys.stdin.buffer, file)
        except BaseException as error:
            _delete(Path(place))
            if isinstance(error, OSError):
                raise not_opened(name, error) from None
            raise
    return Path(place)


def _delete(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def _advice(suffix: str) -> str:
    if suffix == ".toml":
        return "One athlete's plan is made by `planner make`; for several, give the folder that their files are in."
    if suffix in (".xls", ".xlsm", ".xlsb", ".ods", ".numbers"):
        return "Save it as .xlsx or CSV."
    return "JSON lines (an object a line) end in .jsonl." if suffix == ".json" else "Rename it, or give it as: planner batch - < FILE"
