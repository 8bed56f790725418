"""What logs report about people who are not in the roster: a mistyped id must not hide a safety sign."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from planner.errors import InputError
from planner.journal.form import Told, entries_of
from planner.journal.log_bytes import log_path
from planner.journal.log_file import read_log
from planner.response.signs import stopping
from planner.roster.facts import FINE_PAIN, KNEE_SIGNS, LAST, worst_pain
from planner.roster.logs import LogFolder
from planner.roster.named_signs import file_rows, row_signs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from planner.entry import Entry
    from planner.journal.form import FormRow
    from planner.roster.long_log import LongLog

MOST_LINES = 5
"""Maximum number of lines of a log that are named for one id."""


class Sighting(NamedTuple):
    """What the rows of one unknown id report: `name` as written ("" for none), and `place`, the file with the lines that report it.

    `signs` are ids of red flags, `knee` is a selection of `KNEE_SIGNS`, `pain` the worst answer above 2 (None for none), `error` why a row
    cannot be read ("" if all can).
    """

    name: str
    place: str
    signs: tuple[str, ...] = ()
    knee: tuple[str, ...] = ()
    pain: int | None = None
    error: str = ""


class _Row(NamedTuple):
    """A row of a log, as far as it can be read: the id, its line (0 if unknown), its date (None if unreadable), and what it reports."""

    name: str
    line: int
    day: date | None
    signs: tuple[str, ...] = ()
    knee: tuple[str, ...] = ()
    pain: int | None = None
    error: str = ""


def sightings(logs: LongLog | LogFolder, day: date) -> Iterator[Sighting]:
    """Yield what each unknown id reports, if there is anything to report on `day`: a red flag that stops, whatever its date; and since a
    week before `day` another red flag, swelling, a limp, a painkiller, pain above 2, or a row that cannot be read.

    Rows dated later count too, since the date may be mistyped as well.
    """
    if isinstance(logs, LogFolder):
        for stranger in logs.strangers():
            yield from _sighting(f"{logs.folder.name}/{stranger.name}", _file(logs.folder, stranger.name), day)
        return
    for _, rows in groupby(logs.unknown_rows(), key=itemgetter(0)):
        yield from _sighting(logs.form.name, _form(logs, rows), day)


def _sighting(file: str, rows: Iterable[_Row], day: date) -> Iterator[Sighting]:
    """Sum up the rows of one id, holding none of them in memory."""
    name, signs, knee, pain, error = "", set[str](), set[str](), None, ""
    lines, count = list[int](), 0
    for row in rows:
        recent = row.day is None or row.day >= day - LAST
        named = {*row.signs} if recent else {*stopping({*row.signs}, frozenset())}
        if not named and not (recent and (row.knee or row.pain is not None or row.error)):
            continue
        name = name or row.name
        signs |= named
        if recent:
            knee |= {*row.knee}
            pain = max(pain or 0, row.pain) if row.pain is not None else pain
            error = error or row.error
        count += 1
        if row.line and count <= MOST_LINES:
            lines.append(row.line)
    if count:
        in_order = tuple(sign for sign in KNEE_SIGNS if sign in knee)
        place = f"{file}, {_lines(lines, count - len(lines))}" if lines else file
        yield Sighting(name, place, tuple(sorted(signs)), in_order, pain, error)


def _form(log: LongLog, rows: Iterable[tuple[str, str, FormRow, str]]) -> Iterator[_Row]:
    """Read the rows of one id in a long log one by one, so that a bad one hides no other."""
    form = log.form
    for _, name, row, when in rows:
        try:
            yield from (_of_entry(name, entry) for entry in entries_of(Told(form, (row,), (when,))))
        except InputError as error:
            day = None
            with suppress(ValueError):
                day = date.fromisoformat(row.cells[form.at("date")])
            signs = row_signs(form.columns, row.cells, shifted=bool(row.problem))
            yield _Row(name, row.line, day, tuple(signs), error=str(error))


def _file(folder: Path, name: str) -> Iterator[_Row]:
    """Read a log of its own. If it cannot be read it may be no log at all, so only the red flags that it names are reported."""
    with suppress(InputError, OSError, ValueError):
        path = log_path(folder, name)
        try:
            yield from (_of_entry(name, entry) for entry in read_log(path, miles=True, today=None))
        except InputError:
            yield from (_Row(name, 0, None, tuple(signs)) for _, signs in file_rows(path))


def _of_entry(name: str, entry: Entry) -> _Row:
    pain = worst_pain((entry,))
    return _Row(
        name,
        entry.line,
        entry.date,
        (entry.red_flag,) if entry.red_flag else (),
        tuple(sign for sign in KNEE_SIGNS if getattr(entry, sign)),
        pain if pain is not None and pain > FINE_PAIN else None,
    )


def _lines(lines: list[int], more: int) -> str:
    """The lines in words, such as `lines 5, 9 and 12`."""
    *most, last = [*map(str, lines), *([f"{more} more"] if more else [])]
    return f"lines {', '.join(most)} and {last}" if most else f"line {last}"
