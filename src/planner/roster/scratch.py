"""A nameless SQLite database for one run: in memory up to a few megabytes, in a temporary file of nobody's beyond that.

What it is for: a million rows cost no more memory than a thousand.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

CACHE_KIB = 1024
"""The most memory that one takes."""


def scratch() -> sqlite3.Connection:
    """A new one, empty, without transactions of its own; it is gone when it is closed."""
    base = sqlite3.connect("", isolation_level=None)
    for pragma in (f"cache_size = -{CACHE_KIB}", "journal_mode = OFF", "temp_store = FILE"):
        base.execute(f"PRAGMA {pragma}")
    return base


class OnScratch:
    """What stands on a scratch database; to be closed, or used with `with`."""

    def __init__(self) -> None:
        """On an empty one."""
        self._base = scratch()

    def close(self) -> None:
        """Forget everything."""
        self._base.close()

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close."""
        self.close()
