"""Rosters that are folders: every `*.toml` file in the folder is an athlete, sorted by name. Subfolders are ignored."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import InputError
from planner.roster.rows import Row
from planner.roster.text_file import not_opened
from planner.toml_file import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.roster.columns import Table

_HEADING = re.compile(r"^[ \t]*\[", re.MULTILINE)
NO_FILE = "this is not an ordinary file; expected an athlete file"


class FolderRoster:
    """A roster in a folder of athlete files. Custom programmes and defaults belong in another folder."""

    def __init__(self, path: Path, name: str) -> None:
        """Open the folder at `path`; `name` is what messages call it."""
        self.name, self._path = name, path

    def rows(self) -> Iterator[Row]:
        """Yield every athlete file by name, numbered from 1. Raises `InputError` if the folder cannot be read or has no such file."""
        number = 0
        for number, name in enumerate(self._names(), 1):
            path = self._path / name
            yield Row(number, athlete_id(path), file=str(path), error="" if _readable(path) else NO_FILE)
        if not number:
            advice = "Folders inside it are not looked into."
            raise InputError(self.name, "there is no athlete file in this folder", "files that end in .toml", advice)

    def _names(self) -> list[str]:
        try:
            with os.scandir(self._path) as entries:
                return sorted(e.name for e in entries if e.name.endswith(".toml") and not e.name.startswith(".") and not _folder(e))
        except OSError as error:
            raise not_opened(self.name, error) from None


def athlete_id(path: Path) -> str:
    """Return the id of an athlete file without validating the rest: its `id`, else its name without the ending."""
    given = top_of(contents(path)).get("id")
    return given if isinstance(given, str) else path.stem


def contents(path: Path) -> bytes:
    """Return the bytes of an ordinary file, cut off just above an athlete file's size limit; empty if it cannot be read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return b""
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError):
        return b""


def top_of(raw: bytes) -> Table:
    """Parse the keys above the first heading of a TOML file, which is much cheaper than parsing all of it; empty if it is not TOML."""
    text = raw.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    heading = _HEADING.search(text)
    for part in (text[: heading.start()], text) if heading else (text,):
        try:
            return tomllib.loads(part, parse_float=Decimal)
        except (ValueError, ArithmeticError, RecursionError):
            continue
    return {}


def _folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _readable(path: Path) -> bool:
    """Whether the path is an ordinary file, since reading a pipe or a device may never end. True for a broken link, which the reader
    reports.
    """
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return True
