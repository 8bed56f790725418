"""Finds logs that several rows have in common, in the same pass over the roster as the ids."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from planner.roster.scratch import OnScratch, storable

if TYPE_CHECKING:
    from planner.roster.recipe import Recipe
    from planner.roster.rows import Row

MOST_TOLD = 6
"""Maximum number of rows that a warning names."""
_SHARED = """SELECT file, log FROM named AS own WHERE number = ?
AND EXISTS (SELECT 1 FROM named WHERE file = own.file AND number <> own.number) ORDER BY file LIMIT 1"""


class SharedLogs(OnScratch):
    """The log files of all rows, to find those of several; close it, or use it with `with`.

    Two athletes may be one person, so this is worth a warning and no error. Rows of one long log have an athlete each and do not count.
    """

    def __init__(self, recipe: Recipe) -> None:
        """Start with no rows; `recipe` is what locates their logs."""
        super().__init__()
        self._recipe, self._some = recipe, False
        self._base.execute("CREATE TABLE named (file TEXT, number INTEGER, who TEXT, log TEXT, PRIMARY KEY (file, number)) WITHOUT ROWID")
        self._base.execute("CREATE INDEX by_number ON named (number)")

    def note(self, row: Row) -> None:
        """Remember the logs of a row that could be read."""
        if row.error:
            return
        who = Path(row.file).name if row.file else f"row {row.number}"
        for path, log in self._recipe.logs_of(row):
            self._some = True
            found = (storable(_same_file(path)), row.number, storable(who), storable(log))
            self._base.execute("INSERT OR IGNORE INTO named VALUES (?, ?, ?, ?)", found)

    def warning(self, number: int) -> str:
        """Return a sentence about a log that the row with this number shares with others; "" if there is none."""
        found = self._base.execute(_SHARED, (number,)).fetchone() if self._some else None
        if found is None:
            return ""
        file, log = found
        asked = "SELECT who FROM named WHERE file = ? ORDER BY number LIMIT ?"
        rows = [who for (who,) in self._base.execute(asked, (file, MOST_TOLD + 1))]
        *most, last = [*rows[:MOST_TOLD], "others"] if rows[MOST_TOLD:] else rows
        return f"{', '.join(most)} and {last} have the same log, {log}"


def _same_file(path: Path) -> str:
    """Return a text that is the same for all names of a file, whether it exists or not."""
    try:
        at = path.stat()
    except (OSError, ValueError):
        return os.path.normcase(os.path.abspath(path))  # noqa: PTH100  (resolves `..` in the text only, as there is no file)
    return f"{at.st_dev}:{at.st_ino}"
