"""Runs a batch from the first row to the report."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, date, datetime
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING, TypeAlias

from attrs import field, frozen

from planner import __version__
from planner.errors import InputError, OutputError
from planner.maker import Chosen
from planner.records import Record
from planner.render import Options, renderer
from planner.roster.chunk import maker_of
from planner.roster.files import settle, stands, writing_to
from planner.roster.ids import Ids
from planner.roster.job import PARTS, BatchJob
from planner.roster.leftovers import clear_parts, drop_workouts
from planner.roster.logs import LogFolder
from planner.roster.long_log import LongLog
from planner.roster.manifest import Manifest, Moment
from planner.roster.monday import TABLE, TEXT, Monday
from planner.roster.named_signs import named_signs
from planner.roster.outcome import Asked, Before, Chunk, Outcome, Stops, unpacked
from planner.roster.prune import pruned, without_workouts
from planner.roster.recipe import Recipe, RowError
from planner.roster.report import CSV, JSON, Report
from planner.roster.rows import Roster, Row
from planner.roster.shards import Shards
from planner.roster.shared_logs import SharedLogs
from planner.roster.strangers import sightings
from planner.roster.summary import Summary
from planner.roster.workers import Executor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.journal.form import Told
    from planner.roster.outcome import FileFacts

MOST_ASKED = 24
"""Rows per chunk for a worker: large enough that transfer costs little, small enough to repeat."""
MOST_ROWS = 256
SUMMARY = "summary.txt"
OWN_NAMES = (CSV, JSON, SUMMARY, TEXT, TABLE)
"""Files that a batch writes besides the plans."""
Watch: TypeAlias = Callable[[int, int], None]
"""Progress callback, called after each chunk with the number of finished rows and of all rows."""


@frozen(kw_only=True, eq=False, repr=False)
class Batch(Record):
    """The settings of a batch: the rows of `roster` become athletes by `recipe` and are planned for `moment` (None: that of an interrupted
    run from today, else now); plans go to `folder` (DIR) in `formats`, in `shards` zips (0: one file each). `logs` is the long log, or the
    folder of logs that the recipe names; `prune` cancels the calendars of athletes who have left.
    """

    roster: Roster
    recipe: Recipe
    folder: Path
    formats: tuple[str, ...]
    options: Options = field(factory=Options)
    plugins: Chosen = field(factory=Chosen)
    moment: Moment | None = None
    shards: int = 0
    logs: LongLog | LogFolder | None = None
    prune: bool = False


def run_batch(batch: Batch, runner: Executor, watch: Watch) -> Summary:
    """Plan every row, write plans, report and summary to DIR, and return the summary; unchanged files are left alone.

    A failing row becomes a line of the report. Raises `InputError` for a wrong roster, format or number of shards, `PluginError` for a
    plugin that does not load, `OutputError` if DIR cannot be written to; finished work is kept, and the next run continues from there.
    """
    for name in batch.formats:
        renderer(name)
    versions = _versions(batch)
    with SharedLogs(batch.recipe) as shared, Ids(batch.roster, shared.note) as ids:
        if not ids.rows:
            raise InputError(batch.roster.name, "found no athlete in it", "at least one row", "`planner batch --example` prints a roster.")
        if batch.folder.exists() and not batch.folder.is_dir():
            raise OutputError(f"{batch.folder}: this is a file; expected a folder, which may be new. Give another name with -o.")
        with writing_to(batch.folder):
            batch.folder.mkdir(parents=True, exist_ok=True)
        folder = batch.folder.resolve()
        with closing(Manifest(folder)) as manifest:
            moment, went_on = manifest.begin(batch.moment, datetime.now(UTC).replace(microsecond=0), shards=batch.shards)
            job = BatchJob(
                folder=folder,
                formats=batch.formats,
                options=batch.options,
                plugins=batch.plugins,
                as_of=moment.as_of,
                issued=moment.issued,
                shards=batch.shards,
            )
            summary = Summary(went_on=went_on)
            if isinstance(batch.logs, LongLog) and batch.logs.said:
                summary.notes.append(batch.logs.said)
            return _Run(batch, job, manifest, ids, shared, versions).run(runner, watch, summary)


def _versions(batch: Batch) -> str:
    """A digest of what all plans depend on besides their rows: the engine, time zones, plugins, programmes and output options."""
    plugins, zones = batch.plugins, str(import_module("tzdata").IANA_VERSION)
    host, files = maker_of(plugins).host, plugins.versions
    said = (__version__, zones, host.contributors, host.templates(), batch.formats, batch.options, plugins.without, files)
    return sha256(repr(said).encode()).hexdigest()[:16]


def _sealed(told: Told | None) -> str:
    """A digest of an athlete's rows in the long log, without their line numbers; "" without a long log."""
    if told is None:
        return ""
    said = (told.form.columns, [(row.cells, row.problem) for row in told.rows], told.whens)
    return sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()[:32]


class _Run:
    """The state of a running batch."""

    def __init__(self, batch: Batch, job: BatchJob, manifest: Manifest, ids: Ids, shared: SharedLogs, versions: str) -> None:
        self._batch, self._job, self._manifest, self._ids, self._shared, self._versions = batch, job, manifest, ids, shared, versions
        self._shards = Shards(job, manifest)
        self._unsure = 0
        self._stops = Stops()
        self._days: dict[str, str] = {}

    def run(self, runner: Executor, watch: Watch, summary: Summary) -> Summary:
        """Process every row, then finish the report, shards, Monday list and summary.

        If the folder takes no more files, the error names the athletes who must stop, as no page can.
        """
        try:
            return self._run(runner, watch, summary)
        except OutputError as error:
            self._stops.note(error)
            raise

    def _run(self, runner: Executor, watch: Watch, summary: Summary) -> Summary:
        clear_parts(self._job, self._manifest)
        done, rows = 0, self._ids.rows
        with closing(Report(self._job)) as report, closing(Monday(self._job)) as monday:
            size = max(1, min(MOST_ASKED, rows // (4 * runner.workers)))
            for chunk, made in runner.run(self._job, self._batch.recipe, self._chunks(size), rows):
                planned = [without_workouts(self._job, self._shards, outcome) for outcome in made]
                outcomes = chunk.outcomes(planned)
                self._stops.add(outcomes)
                self._manifest.note((o.id for o in outcomes), chunk.settled(planned))
                for outcome in map(self._warned, outcomes):
                    if self._job.shards and self._manifest.went_on:
                        drop_workouts(self._shards, outcome)
                    report.add(outcome)
                    summary.add(outcome)
                    monday.add(outcome)
                    self._unsure += self._may_be_anybodys(outcome)
                done += len(outcomes)
                watch(done, rows)
            for outcome in self._gone(summary):
                report.add(outcome)
                summary.add(outcome)
            self._shards.pack(runner.workers)
            report.finish()
            for seen in sightings(self._batch.logs, self._job.group_day) if self._batch.logs else ():
                monday.add_stranger(seen)
            summary.listed, summary.listed_strangers = monday.finish(rows), monday.strangers
        for stranger in self._batch.logs.strangers() if self._batch.logs else ():
            summary.add_stranger(stranger)
        self._put_summary(summary)
        self._manifest.finish(forget=self._prunes)
        with writing_to(self._job.folder):
            rmtree(self._job.folder / PARTS)
        return summary

    def _warned(self, outcome: Outcome) -> Outcome:
        """Return a row's outcome with its warnings."""
        warning = self._shared.warning(outcome.number)
        return outcome._replace(warnings=(warning,)) if warning else outcome

    def _may_be_anybodys(self, outcome: Outcome) -> bool:
        """Whether a refused row may belong to an athlete who seems to have left: its id is unknown or shared."""
        return outcome.status == "refused" and (self._manifest.entry(outcome.id) is None or self._ids.is_shared(outcome.id))

    @property
    def _prunes(self) -> bool:
        """Whether to prune: requested, and no refused row could belong to a missing athlete."""
        return self._batch.prune and not self._unsure

    def _gone(self, summary: Summary) -> Iterator[Outcome]:
        """Yield the outcomes of athletes who have left, pruning their files if that is safe."""
        if self._batch.prune and not self._prunes:
            rows = f"{self._unsure} refused row{'s' * (self._unsure > 1)}"
            summary.notes.append(f"No calendar was cancelled: {rows} may belong to somebody who seems to have left. Correct that first.")
        if not self._prunes:
            yield from self._manifest.vanished()
            return
        self._manifest.loosen()
        for outcome in self._manifest.vanished():
            yield pruned(self._job, self._shards, outcome)

    def _chunks(self, size: int) -> Iterator[Chunk]:
        """Yield the roster in chunks with at most `size` rows to plan, reading rows lazily."""
        chunk = Chunk([], [])
        for row in self._batch.roster.rows():
            asked = self._asked(row)
            digest = self._versions + _sealed(asked.told) + self._batch.recipe.digest(row, asked.logs)
            found = self._look(asked, digest)
            if isinstance(found, Asked):
                chunk.asked.append(found)
            chunk.rows.append((digest, None if isinstance(found, Asked) else found))
            if len(chunk.asked) >= size or len(chunk.rows) >= MOST_ROWS:
                yield chunk
                chunk = Chunk([], [])
        if chunk.rows:
            yield chunk

    def _asked(self, row: Row) -> Asked:
        """Return a row with its athlete's rows or file names from the logs."""
        logs = self._batch.logs
        if isinstance(logs, LongLog):
            return Asked(row, told=logs.told(row.id))
        return Asked(row, logs=logs.named(row.id) if logs is not None else ())

    def _look(self, asked: Asked, digest: str) -> Outcome | Asked:
        """Return a row's outcome if it is known without planning; else the row with what is left of an earlier run."""
        row = asked.row
        others = self._ids.others(row)
        entry = self._manifest.entry(row.id)
        if entry is None:
            return self._refused(asked, self._batch.recipe.repeated(row, others)) if others else asked
        known = unpacked(entry.outcome, row.number)
        today = self._day(entry.zone)
        same = entry.digest == digest and entry.day == today
        files = known.all_files
        standing = tuple(facts for facts in files if self._stands(known.id, facts, packed=entry.in_shard))
        if others:
            return self._refused(asked, self._batch.recipe.repeated(row, others))._replace(standing=standing)
        if known.id != row.id and not row.error and (standing or any(self._job.place(known.id, f.name).exists() for f in files)):
            return self._refused(asked, self._batch.recipe.respelt(row, known.id))._replace(standing=standing)
        if same and known.status in ("stop", "impossible"):
            return known if self._job.shards else known._replace(standing=standing)  # members of a zip cannot be deleted individually
        if same and files == standing:
            return known if self._manifest.is_news(known) else known._replace(status="unchanged")
        names = tuple(facts.name for facts in files)
        last = known.last if known.day == today else known.plan or known.last
        moment = date.fromisoformat(known.as_of), datetime.fromisoformat(known.issued)
        logged = known.log is not None and known.log.rows > 0
        return asked._replace(before=Before(*moment, standing, names, last, logged, self._manifest.is_news(known)))

    def _refused(self, asked: Asked, error: RowError) -> Outcome:
        """Return the outcome of a row with a wrong id, which needs no worker."""
        row, signs = asked.row, named_signs(self._batch.recipe, asked)
        return Outcome(row.number, row.id, "refused", error=str(error), field=error.field, signs=signs)

    def _stands(self, athlete_id: str, facts: FileFacts, *, packed: bool) -> bool:
        """Whether a file is as it was recorded. A killed run may have left a newer one beside its zip."""
        place = self._job.place(athlete_id, facts.name)
        if packed and not (self._shards.stand(athlete_id) and place.exists()):
            return self._shards.stand(athlete_id)
        return stands(place, facts)

    def _day(self, timezone: str) -> str:
        """The day of planning in an athlete's time zone; "" for an unknown zone."""
        if timezone not in self._days:
            with suppress(InputError):
                self._days[timezone] = self._job.day(timezone).isoformat()
        return self._days.get(timezone, "")

    def _put_summary(self, summary: Summary) -> None:
        target = self._job.folder / SUMMARY
        with writing_to(target), (self._job.folder / PARTS / SUMMARY).open("wb") as file:
            file.write(summary.text().encode(errors="backslashreplace"))
            settle(file, target)
