"""Ids that a roster gives to more than one row, found in one pass over it with bounded memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.roster.scratch import OnScratch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.roster.rows import Roster, Row

MOST_TOLD = 5
"""How many other rows a message names."""


class Ids(OnScratch):
    """The ids that stand in more than one row; to be closed, or used with `with`.

    Letter case does not tell ids apart: not every file system does. Rows that could not be read only count for `is_shared`. `rows`
    is how many rows there are, `repeated` how many of them share their id with another.
    """

    def __init__(self, roster: Roster) -> None:
        """Go through the roster once. Raises `InputError` where the roster as a whole cannot be read."""
        self.rows = 0
        # Sorting once is faster than keeping an index up to date.
        super().__init__()
        try:
            self._base.execute("CREATE TABLE given (id TEXT, number INTEGER, wrong INTEGER)")
            self._base.execute("BEGIN")
            self._base.executemany("INSERT INTO given VALUES (?, ?, ?)", self._given(roster))
            self._base.execute("CREATE TABLE shared AS SELECT id FROM given GROUP BY id HAVING count(*) > 1")
            self._base.execute("CREATE INDEX by_shared ON shared (id)")
            self._base.execute("DELETE FROM given WHERE wrong")
            self._base.execute("CREATE TABLE twice AS SELECT id FROM given GROUP BY id HAVING count(*) > 1")
            self._base.execute("CREATE TABLE again AS SELECT id, number FROM given WHERE id IN (SELECT id FROM twice) ORDER BY id, number")
            self._base.execute("CREATE INDEX by_id ON again (id, number)")
            self._base.execute("DROP TABLE given")
            self._base.execute("COMMIT")
            self.repeated: int = self._base.execute("SELECT count(*) FROM again").fetchone()[0]
        except BaseException:
            self.close()
            raise

    def others(self, row: Row) -> tuple[int, ...]:
        """The numbers of other rows with the id of `row`, at most `MOST_TOLD` of them, lowest first; none where it is the only one."""
        if not self.repeated or not row.id or row.error:
            return ()
        asked = "SELECT number FROM again WHERE id = ? AND number <> ? ORDER BY number LIMIT ?"
        found = self._base.execute(asked, (folded(row.id), row.number, MOST_TOLD))
        return tuple(number for (number,) in found)

    def is_shared(self, athlete_id: str) -> bool:
        """Whether several rows have the id, be it that one of them could not be read otherwise: one of them may be somebody else's."""
        return self._base.execute("SELECT 1 FROM shared WHERE id = ?", (folded(athlete_id),)).fetchone() is not None

    def _given(self, roster: Roster) -> Iterator[tuple[str, int, bool]]:
        """Every id that a row has, with the row's number, and whether the row could not be read."""
        for row in roster.rows():
            self.rows += 1
            if row.id:
                yield folded(row.id), row.number, bool(row.error)


def folded(given: str) -> str:
    """An id without letter case. What no database takes (a lone half of a character) is no id anyway."""
    return given.lower().encode("utf-8", "replace").decode()
