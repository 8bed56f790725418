"""A raw row of a roster, independent of its source; small, as it is sent to workers."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.settings import Plain


class Row(NamedTuple):
    """One athlete of a roster, as read.

    `number` locates the row for a person: as a spreadsheet counts rows (a header is row 1), the line of JSON lines, or the file's position
    in its folder. `id` is the athlete's id ("" if missing). `cells` are the non-empty (column, value) pairs, with columns such as
    `running.easy_pace`; values are text (CSV) or the source's own types. `file` is the athlete file of a row from a folder, whose `cells`
    are empty; `error` says why the row cannot be read.
    """

    number: int
    id: str
    cells: tuple[tuple[str, Plain], ...] = ()
    file: str = ""
    error: str = ""


class Roster(Protocol):
    """A source of rows that can be read repeatedly, one row at a time."""

    @property
    @abstractmethod
    def name(self) -> str:
        """The name in messages: the path as given, or `standard input`."""

    @abstractmethod
    def rows(self) -> Iterator[Row]:
        """Yield every row in order. Raises `InputError` if the roster as a whole cannot be read (no header, an unknown column)."""
