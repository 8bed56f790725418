"""The manifest: an SQLite file in DIR that records each athlete's input digest and outcome, so that a later run plans only what changed."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, suppress
from datetime import date, datetime
from tempfile import TemporaryFile
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from planner.errors import InputError, OutputError
from planner.roster.files import writing_to
from planner.roster.ids import folded
from planner.roster.outcome import FileFacts, Outcome, packed, unpacked
from planner.zones import zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

NAME = ".planner-batch.sqlite"
COMMIT_S = 1
_FORM = "1"
"""Increase it when tables or outcomes change, since outcomes are stored by field order. A new last field with a default needs no increase:
older records are read without it.
"""
_SETTINGS = ("pragma locking_mode = exclusive", "pragma journal_mode = wal", "pragma synchronous = normal", "pragma cache_size = -1024")
_TABLES = (
    "create table if not exists facts (key text primary key, value text) without rowid",
    """create table if not exists athletes (
    id text primary key, run integer, digest text, zone text, day text, in_shard integer, outcome text) without rowid""",
    "create table if not exists shards (number integer primary key, name text, digest text, size integer, mtime_ns integer)",
)
_FIND = "select digest, zone, day, in_shard, outcome from athletes where id = ?"
_SEEN = "update athletes set run = ? where id = ?"
_SETTLED = """insert into athletes values (?, ?, ?, ?, ?, 0, ?) on conflict (id) do update set run = excluded.run, digest = excluded.digest,
zone = excluded.zone, day = excluded.day, outcome = excluded.outcome, in_shard = in_shard and ?"""


class Moment(NamedTuple):
    """When a run plans: the day (None for the date of `issued` in each athlete's time zone), and the timestamp of its plans (UTC)."""

    as_of: date | None
    issued: datetime

    @classmethod
    def read(cls, as_of: str, issued: str) -> Moment:
        """Parse ISO text; "" for no day."""
        return cls(date.fromisoformat(as_of) if as_of else None, datetime.fromisoformat(issued))


class ManifestRow(NamedTuple):
    """What is known of an athlete: the input digest, the time zone and day of planning, whether the files are packed in a shard, and the
    outcome (see `outcome.packed`).
    """

    digest: str
    zone: str
    day: str
    in_shard: bool
    outcome: str


class Manifest:
    """The manifest of one DIR, locked while it is open so that no other batch can run there.

    Ids are compared without letter case, as many file systems do. Every method raises `OutputError` if the file cannot be read or written.
    """

    def __init__(self, folder: Path) -> None:
        """Open or create the manifest in `folder`. Raises `OutputError` also if another run has locked it."""
        self._path, self._run, self._since, self._committed = folder / NAME, 0, 0, 0.0
        with self._refusing():
            self._base = sqlite3.connect(self._path, timeout=0.5, isolation_level=None)
        try:
            with self._refusing():
                # With an exclusive lock, the write-ahead log needs no shared memory, so it works on network folders too.
                for statement in (*_SETTINGS, "begin immediate", *_TABLES, "commit"):
                    self._base.execute(statement)
        except OutputError:
            self._base.close()
            raise

    def close(self) -> None:
        """Commit what has been recorded and release the lock."""
        with suppress(sqlite3.Error):
            self._commit()
        self._base.close()

    def begin(self, moment: Moment | None, now: datetime, *, shards: int) -> tuple[Moment, bool]:
        """Mark the run as running; return its moment and whether it continues an interrupted one.

        If `moment` is None, the moment of an interrupted run is used if its day of planning is still today, else `now`. Raises `InputError`
        if DIR has another number of shards.
        """
        facts = self._facts()
        if facts.get("shards", str(shards)) != str(shards):
            raise _other_shards(self._path, int(facts["shards"]), shards)
        begun = Moment.read(facts["as_of"], facts["issued"]) if facts.get("state") == "running" else None
        goes_on = moment is None and begun is not None and self._is_today(begun, now)
        if goes_on:
            moment = begun
        chosen, before = moment or Moment(None, now), int(facts.get("run", "0"))
        self._run = before + 1
        self._since = int(facts.get("since", before)) if begun else self._run
        as_of = chosen.as_of.isoformat() if chosen.as_of else ""
        issued = chosen.issued.isoformat()
        self._tell(form=_FORM, state="running", run=self._run, since=self._since, as_of=as_of, issued=issued, shards=shards)
        return chosen, goes_on

    def _is_today(self, moment: Moment, now: datetime) -> bool:
        """Whether a run's day of planning is still today in the time zone of every known athlete."""
        with self._refusing():
            zones = [name for (name,) in self._base.execute("select distinct zone from athletes where zone <> ''")]
        for name in zones or ["UTC"]:
            with suppress(InputError):  # ignores a zone that is no longer known
                place = zone(name)
                if (moment.as_of or moment.issued.astimezone(place).date()) != now.astimezone(place).date():
                    return False
        return True

    @property
    def went_on(self) -> bool:
        """Whether the run before this one was interrupted."""
        return self._since < self._run

    def is_news(self, outcome: Outcome) -> bool:
        """Whether a recorded outcome is of a plan made since the last completed run: by one that was interrupted, or by this one."""
        return outcome.status == "made" and outcome.run >= self._since

    def finish(self, *, forget: bool = False) -> None:
        """Mark that the run has processed every row; with `forget`, delete the vanished athletes, whom it has pruned.

        Both in one step: a run that is continued must still report who has left.
        """
        if forget:
            with self._refusing():
                self._open()
                self._base.execute("delete from athletes where run < ?", (self._run,))
        self._tell(state="finished")

    def entry(self, athlete_id: str) -> ManifestRow | None:
        """Return what is known of an athlete, or None."""
        try:
            found = self._base.execute(_FIND, (folded(athlete_id),)).fetchone()
        except sqlite3.Error as error:
            raise self._refused(error) from error
        return found and ManifestRow(*found)

    def note(self, seen: Iterable[str], settled: Iterable[tuple[str, Outcome]]) -> None:
        """Record which athletes the roster has, and the settled outcomes with their input digests.

        Commits about once per second: after a kill, at most that much is done again.
        """
        with self._refusing():
            self._open()
            self._base.executemany(_SEEN, ((self._run, folded(athlete_id)) for athlete_id in seen))
            self._base.executemany(
                _SETTLED,
                ((folded(o.id), self._run, digest, o.zone, o.day, packed(o._replace(run=self._run)), not o.wrote) for digest, o in settled),
            )
            if monotonic() - self._committed > COMMIT_S:
                self._commit()

    def vanished(self) -> Iterator[Outcome]:
        """Yield an outcome for each athlete of an earlier run that this run has not seen, by id."""
        with self._refusing():
            for (text,) in self._base.execute("select outcome from athletes where run < ? order by id", (self._run,)):
                old = unpacked(text, 0)
                yield Outcome(0, old.id, "vanished", name=old.name, zone=old.zone, standing=old.all_files)

    def loosen(self) -> None:
        """Mark the files of vanished athletes as not packed."""
        with self._refusing():
            self._base.execute("update athletes set in_shard = 0 where run < ?", (self._run,))

    def archive(self, shard: int) -> FileFacts | None:
        """Return the facts of a shard's zip, or None."""
        with self._refusing():
            found = self._base.execute("select name, digest, size, mtime_ns from shards where number = ?", (shard,)).fetchone()
        return found and FileFacts(*found)

    def pack(self, shard: int, archive: FileFacts, members: Iterable[str]) -> None:
        """Record a shard's zip and that it contains the files of these athletes."""
        with self._refusing():
            self._commit()
            self._base.execute("begin")
            self._base.execute("insert or replace into shards values (?, ?, ?, ?, ?)", (shard, *archive))
            self._base.executemany("update athletes set in_shard = 1 where id = ?", ((folded(m),) for m in members))
            self._commit()

    def _facts(self) -> dict[str, str]:
        """Return what is known of the last run. If outcomes have another format version, delete everything and return {}."""
        with self._refusing():
            facts = dict(self._base.execute("select key, value from facts"))
            if facts.get("form", _FORM) != _FORM:
                for table in ("facts", "athletes", "shards"):
                    self._base.execute(f"delete from {table}")  # noqa: S608  (names of our own)
                return {}
        return facts

    def _tell(self, **facts: object) -> None:
        with self._refusing():
            self._open()
            self._base.executemany("insert or replace into facts values (?, ?)", ((k, str(v)) for k, v in facts.items()))
            self._commit()

    def _open(self) -> None:
        if not self._base.in_transaction:
            self._base.execute("begin")

    def _commit(self) -> None:
        if self._base.in_transaction:
            self._base.execute("commit")
        self._committed = monotonic()

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise self._refused(error) from error

    def _refused(self, error: sqlite3.Error) -> OutputError:
        if "locked" in str(error):
            return OutputError(f"{self._path}: another run is at work in this folder; expected to be the only one. Wait until it is done.")
        if "full" in str(error):
            advice = "Make room and run the same command again; what was finished stays."
            return OutputError(f"{self._path}: could not be written ({error}); expected room on the disk. {advice}")
        try:
            _try_writing(self._path.parent)  # if that fails, nothing is wrong with the file
        except OutputError as reason:
            return reason
        advice = "If it is damaged, delete it: every athlete is then planned again." if self._path.exists() else "Give another folder."
        return OutputError(f"{self._path}: could not be used ({error}); expected to keep there what has been done. {advice}")


def _try_writing(folder: Path) -> None:
    """Raise `OutputError` if the folder takes no new file: it may be read-only now, full, or gone."""
    with writing_to(folder), TemporaryFile(dir=folder) as file:
        file.write(bytes(4096))
        file.flush()


def _other_shards(path: Path, found: int, asked: int) -> InputError:
    said = f"{path.parent} holds {found} shards" if found else f"{path.parent} holds a file for each athlete"
    return InputError("--shards", f"found {asked}, but {said}", "the same as before", f"Use --shards {found}, or another folder.")
