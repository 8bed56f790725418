"""Finds red flags in rows that cannot be planned, so that a mistake in one cell does not hide them.

The search is too loose to plan by or to stop a calendar; it only tells the coach whom to call.
"""

from __future__ import annotations

import csv
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from planner.errors import InputError
from planner.journal.log_bytes import log_path, read_bytes
from planner.journal.signs import SIGN_IDS
from planner.response.signs import NEVER_LIFTED, stopping
from planner.roster.folder_rows import contents
from planner.roster.recipe import LOG_SUFFIX

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planner.roster.outcome import Asked
    from planner.roster.recipe import Recipe
    from planner.roster.rows import Row

SIGN, WHEN = "red_flag", "date"
_KNOWN = {name.casefold(): name for name in SIGN_IDS}
_ID = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(map(re.escape, _KNOWN), key=len, reverse=True))})(?![\w-])", re.IGNORECASE)
_KEY = r"^[ \t]*(?:{table}[ \t]*\.[ \t]*)?{key}[ \t]*=[ \t]*(\[[^\]]*\]|[^\r\n]*)"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class _Answers(NamedTuple):
    """Parts of a row as text: its red flags, those that a clearance covers, the day of its answers, and its log."""

    flags: str = ""
    cleared: str = ""
    answered: str = ""
    log: str = ""


def named_signs(recipe: Recipe, asked: Asked) -> tuple[str, ...]:
    """Return the ids of stopping signs that the row or its log names and its clearance does not cover, sorted. Never raises."""
    row = asked.row
    said = _of_file(recipe, row) if row.file else _of_cells(row)
    named = {*signs_in(said.flags), *_in_log(_log_rows(recipe, asked, said.log), said.answered)}
    return tuple(sorted(stopping(named - {*signs_in(said.cleared)}, frozenset())))


def signs_in(text: str) -> list[str]:
    """Return the ids of signs in a text, whatever their letter case and separators."""
    return [_KNOWN[found.casefold()] for found in _ID.findall(text)]


def row_signs(columns: Sequence[str], cells: Sequence[str], *, shifted: bool) -> list[str]:
    """Return the signs in a row of a log. If the row has too many or too few cells (`shifted`), every cell is searched."""
    if shifted:
        return signs_in(" ".join(cells))
    return signs_in(" ".join(cell for name, cell in zip(columns, cells, strict=False) if name.startswith(SIGN)))


def _of_cells(row: Row) -> _Answers:
    cells = {name: str(value) for name, value in row.cells}
    flags = " ".join(cells.values()) if row.error else cells.get("screening.red_flags", "")
    return _Answers(flags, cells.get("clearance.for", ""), cells.get("screening.answered", ""), cells.get("log", ""))


def _of_file(recipe: Recipe, row: Row) -> _Answers:
    text = contents(recipe.folder / Path(row.file).name).decode("utf-8", "replace")
    keys = (("screening", "red_flags"), ("clearance", "for"), ("screening", "answered"), ("", "log"))
    found = (re.search(_KEY.format(table=table, key=key), text, re.MULTILINE) for table, key in keys)
    flags, cleared, answered, log = (match[1] if match else "" for match in found)
    return _Answers(flags, cleared, answered, log.strip().strip("\"'"))


def _in_log(rows: Iterable[tuple[str, list[str]]], answered: str) -> Iterator[str]:
    """Yield the signs in a log's rows, except those that later answers to the safety questions have ended."""
    since = _DAY.match(answered)
    for when, signs in rows:
        over = since is not None and _DAY.match(when) is not None and when[:10] < since[0]
        yield from (sign for sign in signs if not (over and sign in NEVER_LIFTED))


def _log_rows(recipe: Recipe, asked: Asked, log: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each row of the athlete's logs: its date as written, and its signs."""
    if asked.told is not None:
        columns = asked.told.form.columns
        for row in asked.told.rows:
            yield row.cells[columns.index(WHEN)], row_signs(columns, row.cells, shifted=bool(row.problem))
    folder = recipe.logs
    places = [] if folder is None else [(folder, name) for name in asked.logs or (f"{asked.row.id}{LOG_SUFFIX}",)]
    for home, name in [*places, (recipe.folder, log)]:
        with suppress(InputError, OSError, ValueError, csv.Error):
            yield from file_rows(log_path(home, name))


def file_rows(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield each row of a log that may have mistakes: its date as written, and its signs. Raises what reading a file or a CSV raises."""
    text = read_bytes(path).decode("utf-8-sig", "replace")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith(("#", "sep="))]
    head = lines[0] if lines else ""
    delimiter = max(",;\t", key=head.count)
    names: list[str] = []
    for cells in csv.reader(lines, delimiter=delimiter):
        if not names:
            names = [name.strip().casefold() for name in cells]
            continue
        when = next((cell.strip() for name, cell in zip(names, cells, strict=False) if name == WHEN), "")
        yield when, row_signs(names, cells, shifted=len(cells) != len(names))
