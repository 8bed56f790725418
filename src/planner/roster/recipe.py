"""Turns roster rows into athletes: applies a group's defaults and start, and locates the files that rows name."""

from __future__ import annotations

import os
import re
import stat
from datetime import date, timedelta
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from planner.athlete_file import BLOCKS, athlete_of, template_path
from planner.athlete_values import check_id, safe_id
from planner.atomic_file import digest_of
from planner.errors import InputError
from planner.formatting import written
from planner.records import Record
from planner.roster.columns import Table, column, table_of
from planner.roster.defaults import filled, measured, read_defaults
from planner.roster.folder_rows import contents, top_of
from planner.toml_file import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planner.athlete import Athlete
    from planner.roster.rows import Roster, Row

RESERVED = ("report", "summary", "monday")
"""Names of the batch's own files, not allowed as ids."""
LOG_SUFFIX = ".csv"
_PLACE = re.compile(r"\[(\d+)\]")
_BLOCK = re.compile(rf"({'|'.join(BLOCKS)})\[(\d+)\](.*)")
_FORM = 1
"""Part of every digest; increase it when a change in how rows are read changes athletes."""


class RowError(InputError):
    """An invalid row. `field` is its column, or its key in an athlete file; "" if the row as a whole is at fault."""

    def __init__(self, where: str, found: str, expected: str = "", advice: str = "", *, field: str = "") -> None:
        super().__init__(where, found, expected, advice)
        self.field = field


@frozen(kw_only=True, eq=False, repr=False)
class Recipe(Record):
    """How the rows of one roster become athletes; small, as it is sent to workers.

    `name` is the roster's name in messages, `folder` the base of files that rows name (a custom programme, a log). `defaults` fill in what
    rows leave out: key by key, lists and blocks (`[[shoes]]`) as a whole; a row's own goal replaces the default goal. `start`, if given, is
    every row's start; `shift_days` then moves each start and no other date (`availability.away`, `running.last_run`, `screening.answered`
    stay). `seal` represents the defaults, start and shift in digests. `logs` is a folder with one log per athlete (`ana.csv`), None without
    one.
    """

    name: str
    folder: Path
    defaults: Table
    start: date | None
    shift_days: int
    seal: bytes
    logs: Path | None = None

    def athlete(self, row: Row) -> Athlete:
        """Return the athlete of a row.

        Raises `RowError` with the roster (or the row's file), the row, the column, the value and what was expected.
        """
        if row.error:
            raise RowError(self.place(row), row.error)
        try:
            athlete = athlete_of(self._table(row), name=row.id)
        except RowError:
            raise
        except InputError as error:
            raise self.refusal(row, error) from None
        if athlete.id != row.id:
            # The file changed since ids were checked for duplicates; another athlete may have the new id.
            found, expected = f'found "{athlete.id}"', f'"{row.id}", as it was when the batch began'
            raise self.refusal(row, InputError("id", found, expected, "Run it again."))
        return athlete

    def refusal(self, row: Row, error: InputError) -> RowError:
        """Convert an error about a key of the athlete (`running.easy_pace`), adding the row's place."""
        field = _field(error.where, row)
        place = self.place(row)
        if row.file:
            return RowError(f"{place}: {error.where}" if error.where else place, error.found, error.expected, error.advice, field=field)
        # Messages about athlete files mention quotes and lines, which cells do not have.
        expected = error.expected.replace(" in quotes", "").replace(", without quotes", "")
        advice = "" if re.search(r"\blines?\b", error.advice) else error.advice
        if field:
            place = f"{place}, column {field}" if column(field) else f"{place}, {field}"
        return RowError(place, error.found, expected, advice, field=field)

    def beside(self, row: Row, error: InputError, field: str = "") -> RowError:
        """Convert an error about a file other than the row's own, adding the row's place."""
        return RowError(f"{self.place(row)}: {error.where}", error.found, error.expected, error.advice, field=field)

    def repeated(self, row: Row, others: tuple[str, ...]) -> RowError:
        """Build the error that the id of `row` is also in `others`, which are files, or the numbers of rows."""
        kind = "" if row.file else "rows " if others[1:] else "row "
        named = f"{kind}{', '.join(others[:-1])} and {others[-1]} have" if others[1:] else f"{kind}{others[0]} has"
        expected = "a different id for each athlete, whatever the letter case"
        return self.refusal(row, InputError("id", f'found "{row.id}", which {named} too', expected))

    def respelt(self, row: Row, before: str) -> RowError:
        """Build the error that the id of `row` was spelt `before`: a new spelling would leave the older files behind."""
        advice = "Write it so, or delete the files of that name first."
        return self.refusal(row, InputError("id", f'found "{row.id}"', f'"{before}", as it was before', advice))

    def digest(self, row: Row, logs: Iterable[str] = ()) -> str:
        """Return a hex digest of everything the row's plan depends on: the row (except its number), this recipe, the files that the row
        names, and the athlete's files in the folder of `logs`.

        Never raises: an unreadable file has a fixed digest.
        """
        digest = blake2b(self.seal, digest_size=16)
        digest.update(repr((row.id, row.cells, row.error)).encode("utf-8", "surrogatepass"))
        raw = contents(self.folder / Path(row.file).name) if row.file else b""
        digest.update(raw)
        named = _named(row, raw)
        for path in self._files(row, named, logs):
            digest.update(_digest_of(path))
        return digest.hexdigest()

    def logs_of(self, row: Row) -> Iterator[tuple[Path, str]]:
        """Yield the log that a row names, and that of its id in the folder of logs if it is there: the path and its name in messages."""
        log = _named(row, contents(self.folder / Path(row.file).name) if row.file else b"").get("log")
        if isinstance(log, str):
            yield self.folder / log, log
        own = f"{row.id}{LOG_SUFFIX}"
        if self.logs is not None and os.path.isfile(self.logs / own):  # noqa: PTH113  (`Path.is_file` raises for a name that is too long)
            yield self.logs / own, f"{self.logs.name}/{own}"

    def _table(self, row: Row) -> Table:
        """Build the row's tables, with defaults filled in and the start set."""
        given = self._read(row) if row.file else self._cells(row)
        if row.id.lower() in RESERVED:
            raise InputError("id", f'found "{row.id}"', f"another id: a batch's own files are called {', '.join(RESERVED)}")
        self._check_units(given)
        table = filled(given, self.defaults)
        table.setdefault("running", {})
        start = table.get("start") if self.start is None else self.start
        if start is None:
            expected = "the first day of the plan, like 2027-01-04"
            raise InputError("start", "missing", expected, "Give it there, in the defaults, or with --start.")
        if self.shift_days and type(start) is date:
            try:
                start += timedelta(days=self.shift_days)
            except OverflowError:
                found = f"found {start} and a shift of {self.shift_days} days"
                raise InputError("start", found, "a date from 2000 to 2100") from None
        return {**table, "start": start}

    def _read(self, row: Row) -> Table:
        path = self.folder / Path(row.file).name
        try:
            table = read_toml(path)
        except InputError as error:
            raise RowError(error.where.replace(str(path), row.file, 1), error.found, error.expected, error.advice) from None
        if "levels" in table and "running" not in table:
            advice = "Keep programmes in a folder of their own, like programmes/mine.toml."
            raise InputError("", "this is a programme", "an athlete file", advice)
        return table

    def _cells(self, row: Row) -> Table:
        table = table_of(row.cells)
        if "id" not in table:
            raise InputError("id", "missing", "the athlete's own short name, which names their files too")
        if not isinstance(table["id"], str):
            raise InputError("id", f"found {written(table['id'])}", "text, the athlete's own short name")
        try:
            check_id(row.id, "id", from_file_name=False)
        except InputError as error:
            raise InputError("id", error.found, error.expected, f"For instance: {safe_id(row.id)}") from None
        units = table.get("units", self.defaults.get("units", "km"))
        for name, _ in row.cells:
            known = column(name)
            if known is not None and known.unit and known.unit != units and units in ("km", "mi"):
                found = f"a distance in {'miles' if known.unit == 'mi' else 'kilometres'} in a row with units {units}"
                raise InputError(name, found, f"it in the column {name[:-2]}{units}, or {known.unit} in the column units")
        return table

    def _check_units(self, given: Table) -> None:
        """Reject a row whose units differ from the defaults' if those contain paces or distances, which would silently change meaning."""
        units, usual = given.get("units"), self.defaults.get("units", "km")
        if units is not None and units != usual and measured(self.defaults):
            expected = f"{usual}, as the defaults hold paces or distances in it"
            raise InputError("units", f"found {written(units)}", expected, "Give those in every row instead.")

    def _files(self, row: Row, named: Table, logs: Iterable[str]) -> Iterator[Path]:
        """Yield the files that a row's plan depends on: those it names, and those in the folder of logs."""
        template, log = (named.get(key, self.defaults.get(key)) for key in ("template", "log"))
        own = template_path(template, self.folder) if isinstance(template, str) else None
        if own is not None:
            yield own
        if isinstance(log, str):
            yield self.folder / log
        if self.logs is not None:
            own_log = f"{row.id}{LOG_SUFFIX}"
            # Includes the exact name even if that file was not there when the folder was listed: it takes precedence once it appears.
            yield from (self.logs / name for name in (own_log, *(name for name in logs if name != own_log)))

    def place(self, row: Row) -> str:
        """The name of a row in messages."""
        return row.file or f"{self.name}, row {row.number}"


def recipe_of(
    roster: Roster, path: Path, *, defaults: Path | None = None, start: date | None = None, shift_days: int = 0, logs: Path | None = None
) -> Recipe:
    """Return the recipe for a roster that was opened from `path`; `logs` is a folder of logs.

    `defaults` is a file with an athlete file's keys; see `read_defaults` for what it may not contain. Raises `InputError`.
    """
    folder = path if path.is_dir() else path.parent
    table = read_defaults(defaults, folder=folder if path.is_dir() else None, start=start) if defaults is not None else {}
    seal = blake2b(repr((_FORM, table, start, shift_days)).encode(), digest_size=16).digest()
    # Absolute, so that a worker with another current folder finds the same files.
    return Recipe(
        name=roster.name,
        folder=folder.absolute(),
        defaults=table,
        start=start,
        shift_days=shift_days,
        seal=seal,
        logs=None if logs is None else logs.absolute(),
    )


def _named(row: Row, raw: bytes) -> Table:
    """Return the keys with which a row names files; `raw` is the text of its athlete file, if it has one."""
    return top_of(raw) if row.file else {name: value for name, value in row.cells if name in ("template", "log")}


def _field(where: str, row: Row) -> str:
    """Return the column for an error's place: blocks numbered as in the row, list indices dropped."""
    block = _BLOCK.match(where)
    if block is None:
        return _PLACE.sub("", where)
    given = sorted({int(name.split(".")[1]) for name, _ in row.cells if name.startswith(f"{block[1]}.")})
    place = int(block[2])
    return f"{block[1]}.{given[place - 1] if place <= len(given) else place}{block[3]}"


def _digest_of(path: Path) -> bytes:
    """Return a digest of a file's contents, cached by size and modification time."""
    try:
        at = path.stat()
    except (OSError, ValueError):
        return b"none"
    return _digest_at(str(path), at.st_mtime_ns, at.st_size) if stat.S_ISREG(at.st_mode) else b"no file"


@lru_cache(maxsize=1024)
def _digest_at(path: str, _time: int, _size: int) -> bytes:
    try:
        return bytes.fromhex(digest_of(Path(path)))
    except OSError:
        return b"unreadable"
