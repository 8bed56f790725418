"""Finds ids that several rows share, in one pass over the roster with bounded memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.roster.scratch import OnScratch, storable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from planner.roster.rows import Roster, Row

MOST_TOLD = 5
"""Maximum number of other rows that a message names."""


class Ids(OnScratch):
    """The ids shared by several rows; close it, or use it with `with`.

    Ids are compared without letter case, as some file systems ignore it. Rows that could not be read count only for `is_shared`. `rows` is
    the number of rows, `repeated` the number of readable rows that share their id.
    """

    def __init__(self, roster: Roster, each: Callable[[Row], None] | None = None) -> None:
        """Read the roster once, calling `each` for every row. Raises `InputError` if the roster as a whole cannot be read."""
        self.rows, self._each = 0, each
        # Sorting once is faster than keeping an index up to date.
        super().__init__()
        try:
            self._base.execute("CREATE TABLE given (id TEXT, number INTEGER, file TEXT, wrong INTEGER)")
            self._base.execute("BEGIN")
            self._base.executemany("INSERT INTO given VALUES (?, ?, ?, ?)", self._given(roster))
            self._base.execute("CREATE TABLE shared AS SELECT id FROM given GROUP BY id HAVING count(*) > 1")
            self._base.execute("CREATE INDEX by_shared ON shared (id)")
            self._base.execute("DELETE FROM given WHERE wrong")
            self._base.execute("CREATE TABLE twice AS SELECT id FROM given GROUP BY id HAVING count(*) > 1")
            again = "SELECT id, number, file FROM given WHERE id IN (SELECT id FROM twice) ORDER BY id, number"
            self._base.execute(f"CREATE TABLE again AS {again}")
            self._base.execute("CREATE INDEX by_id ON again (id, number)")
            self._base.execute("DROP TABLE given")
            self._base.execute("COMMIT")
            self.repeated: int = self._base.execute("SELECT count(*) FROM again").fetchone()[0]
        except BaseException:
            self.close()
            raise

    def others(self, row: Row) -> tuple[str, ...]:
        """Return the files or numbers of other rows with the id of `row`, in the order of the rows, at most `MOST_TOLD`."""
        if not self.repeated or not row.id or row.error:
            return ()
        asked = "SELECT number, file FROM again WHERE id = ? AND number <> ? ORDER BY number LIMIT ?"
        found = self._base.execute(asked, (folded(row.id), row.number, MOST_TOLD))
        return tuple(file or str(number) for number, file in found)

    def is_shared(self, athlete_id: str) -> bool:
        """Whether several rows have the id, including rows that could not be read."""
        return self._base.execute("SELECT 1 FROM shared WHERE id = ?", (folded(athlete_id),)).fetchone() is not None

    def _given(self, roster: Roster) -> Iterator[tuple[str, int, str, bool]]:
        """Yield each row's id, number and file, and whether the row could not be read; rows without an id are only counted."""
        for row in roster.rows():
            self.rows += 1
            if self._each is not None:
                self._each(row)
            if row.id:
                yield folded(row.id), row.number, storable(row.file), bool(row.error)


def folded(given: str) -> str:
    """Lower-case an id and replace lone surrogates, which SQLite cannot store and no valid id contains."""
    return given.lower().encode("utf-8", "replace").decode()
