"""Temporary SQLite databases for one run: up to 1 MiB in memory, the rest in an unnamed temporary file.

They keep memory bounded however many rows a roster has.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

CACHE_KIB = 1024
"""Maximum memory of one database, in KiB."""


def scratch() -> sqlite3.Connection:
    """Open a new, empty database in autocommit mode; closing it deletes it."""
    base = sqlite3.connect("", isolation_level=None)
    for pragma in (f"cache_size = -{CACHE_KIB}", "journal_mode = OFF", "temp_store = FILE"):
        base.execute(f"PRAGMA {pragma}")
    return base


def storable(text: str) -> str:
    """Escape lone surrogates, which SQLite cannot store."""
    return text.encode("utf-8", "backslashreplace").decode()


class OnScratch:
    """Base class for data in a scratch database; close it, or use it with `with`."""

    def __init__(self) -> None:
        """Open an empty database."""
        self._base = scratch()

    def close(self) -> None:
        """Discard the data."""
        self._base.close()

    def __enter__(self) -> Self:
        """Return this object."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close."""
        self.close()
