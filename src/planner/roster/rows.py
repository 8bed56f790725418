"""A row of a roster, whatever it was read from: raw, small, and cheap to hand to another process."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.settings import Plain


class Row(NamedTuple):
    """One athlete of a roster, as it was read.

    `number` is the row's place as a person finds it: the row as a spreadsheet counts it (a header is row 1), the line of JSON lines, the
    file's place in its folder. `id` is the athlete's id ("" where the row has none). `cells` are (column, value) pairs of what is not
    empty, columns as in the athlete file with dots (`running.easy_pace`); values are text (CSV), or what the source's own types gave.
    `file` is the athlete file that the row is (a folder's rows; then `cells` are empty), `error` what keeps the row from being read at all.
    """

    number: int
    id: str
    cells: tuple[tuple[str, Plain], ...] = ()
    file: str = ""
    error: str = ""


class Roster(Protocol):
    """Something that rows are read from, as often as wanted, one row at a time."""

    @property
    @abstractmethod
    def name(self) -> str:
        """What messages call it: the path as it was given, or `standard input`."""

    @abstractmethod
    def rows(self) -> Iterator[Row]:
        """Every row in order. Raises `InputError` where the roster as a whole cannot be read (no header, an unknown column)."""
