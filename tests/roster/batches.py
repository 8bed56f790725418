"""Small rosters, and batches that plan them."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import ExitStack, closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from planner.journal.form import mapping_of
from planner.roster.chunk import make_chunk
from planner.roster.example import example
from planner.roster.logs import LogFolder
from planner.roster.long_log import LongLog
from planner.roster.manifest import NAME, Moment
from planner.roster.outcome import Outcome
from planner.roster.recipe import recipe_of
from planner.roster.run import Batch, run_batch
from planner.roster.sources import open_roster
from planner.roster.summary import Summary
from planner.roster.workers import LocalRunner

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planner.roster.job import BatchJob
    from planner.roster.outcome import Chunk
    from planner.roster.recipe import Recipe

AS_OF = date(2027, 1, 3)
MOMENT = Moment(AS_OF, datetime(2027, 1, 3, tzinfo=UTC))
OWN_FILES = {"report.csv", "report.json", "summary.txt", "monday.txt", "monday.csv"}
_TEXT = example().removeprefix("\ufeff")
ANA = next(csv.DictReader(_TEXT.splitlines()))
COLUMNS = tuple(ANA)


def row(number: int, **changed: str) -> dict[str, str]:
    """Ana with another name and pace, and two weeks only; `changed` columns with a double underscore for the dot."""
    own = {"id": f"runner-{number}", "name": f"Runner {number}", "weeks": "2", "running.easy_pace": f"6:{number % 60:02d}"}
    return {**ANA, **own, **{key.replace("__", "."): value for key, value in changed.items()}}


def write_roster(path: Path, rows: list[dict[str, str]]) -> Path:
    """The rows as a CSV file."""
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, COLUMNS)
        table.writeheader()
        table.writerows(rows)
    return path


def batch(roster: Path, folder: Path, **changed: object) -> Batch:
    """A batch over a roster, as of `AS_OF` unless told otherwise."""
    rows = open_roster(roster)
    fields = {"roster": rows, "recipe": recipe_of(rows, roster), "folder": folder, "formats": ("ics",), "moment": MOMENT, **changed}
    return Batch(**fields)  # type: ignore[arg-type]


def run(roster: Path, folder: Path, *, workers: int = 1, **changed: object) -> Summary:
    """Run a batch in this process and its workers."""
    return run_batch(batch(roster, folder, **changed), LocalRunner(workers), lambda _done, _total: None)


class Here:
    """A runner without processes: everything is planned where it is asked for."""

    workers = 1

    def run(self, job: BatchJob, recipe: Recipe, chunks: Iterable[Chunk], rows: int) -> Iterator[tuple[Chunk, list[Outcome]]]:
        """See `Runner.run`."""
        assert rows
        for chunk in chunks:
            yield chunk, make_chunk(job, recipe, chunk.asked)


def run_here(roster: Path, folder: Path, **changed: object) -> Summary:
    """Run a batch in this process alone; `logs_in` is a folder of logs, `log` a long log with `mapped` headers and `dates` in an order."""
    logs_in, log = changed.pop("logs_in", None), changed.pop("log", None)
    mapped, dates = changed.pop("mapped", ()), changed.pop("dates", None)
    if "day" in changed:
        day = date.fromisoformat(str(changed.pop("day")))
        changed["moment"] = Moment(day, datetime(day.year, day.month, day.day, tzinfo=UTC))
    with ExitStack() as opened:
        if isinstance(logs_in, Path):
            recipe = recipe_of(open_roster(roster), roster, logs=logs_in)
            changed |= {"recipe": recipe, "logs": opened.enter_context(LogFolder(logs_in))}
        if isinstance(log, Path):
            changed["logs"] = opened.enter_context(LongLog(log, mapping_of(mapped), dates))  # type: ignore[arg-type]
        return run_batch(batch(roster, folder, **changed), Here(), lambda _done, _total: None)


def monday(folder: Path) -> list[str]:
    """The lines of the Monday list, but for its head."""
    return (folder / "monday.txt").read_text(encoding="utf-8").splitlines()[2:]


def plans(folder: Path) -> dict[str, bytes]:
    """The plans in DIR, by file name; nothing else may lie there than what a batch keeps for itself."""
    found = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert not [name for name in found if name.startswith(".") and name != NAME], "no parts are left"
    return {name: data for name, data in found.items() if name not in OWN_FILES and name != NAME}


def report(folder: Path) -> list[dict[str, object]]:
    """The rows of report.json."""
    found: list[dict[str, object]] = json.loads((folder / "report.json").read_bytes())
    return found


def statuses(folder: Path) -> dict[object, object]:
    """Each athlete's status in the report."""
    return {line["id"]: line["status"] for line in report(folder)}


def noted(folder: Path) -> int:
    """How many athletes the manifest holds."""
    with closing(sqlite3.connect(folder / NAME)) as base:
        return int(base.execute("select count(*) from athletes").fetchone()[0])


def outcome(number: int, status: str = "made", **fields: object) -> Outcome:
    """An outcome of a row."""
    return Outcome(number, f"runner-{number}", status)._replace(**fields)  # type: ignore[arg-type]
