"""The report: one row per athlete in roster order, as CSV and JSON, written while the batch runs."""

from __future__ import annotations

import csv
import json
from contextlib import suppress
from typing import TYPE_CHECKING

from planner.render.csv import harmless
from planner.roster.files import settle, writing_to
from planner.roster.job import PARTS

if TYPE_CHECKING:
    from planner.roster.job import BatchJob
    from planner.roster.outcome import FileFacts, Outcome

CSV, JSON = "report.csv", "report.json"
COLUMNS = (
    *("row", "id", "name", "status", "files", "digests", "standing", "goal_date", "goal_week", "weeks", "margin_m", "bound_by"),
    *("findings", "error", "field", "breaks", "warnings"),
)
"""`standing` are remaining files of an older plan, `digests` are SHA-256 in the order of `files`; `breaks` and `warnings` are described in
`Outcome`.
"""

_ENCODER = json.JSONEncoder(ensure_ascii=False)


class Report:
    """Writes `report.csv` and `report.json` in DIR, replacing older ones only when the batch has processed every row."""

    def __init__(self, job: BatchJob) -> None:
        """Open both files among the parts of DIR. Raises `OutputError`."""
        self._job, self._first = job, True
        with writing_to(job.folder / CSV):
            self._csv = (job.folder / PARTS / CSV).open("w", encoding="utf-8", errors="backslashreplace", newline="")
            self._json = (job.folder / PARTS / JSON).open("w", encoding="utf-8", errors="backslashreplace", newline="\n")
            self._table = csv.writer(self._csv, lineterminator="\r\n")
            self._table.writerow(COLUMNS)

    def add(self, outcome: Outcome) -> None:
        """Write a row. Raises `OutputError`."""
        cells = _cells(outcome, self._job)
        record = _ENCODER.encode(dict(zip(COLUMNS, cells, strict=True)))
        with writing_to(self._job.folder / CSV):
            self._table.writerow([_text(cell) for cell in cells])
            self._json.write(("[\n" if self._first else ",\n") + record)
        self._first = False

    def finish(self) -> None:
        """Rename both into place. Raises `OutputError`."""
        with writing_to(self._job.folder / JSON):
            self._json.write("[]\n" if self._first else "\n]\n")
            for file, name in ((self._csv, CSV), (self._json, JSON)):
                settle(file, self._job.folder / name)

    def close(self) -> None:
        """Close both files; if they were not finished, the next run deletes them."""
        for file in (self._csv, self._json):
            with suppress(OSError):
                file.close()


def _cells(outcome: Outcome, job: BatchJob) -> tuple[object, ...]:
    """The values of a row in the order of `COLUMNS`: lists for multiple values, None for nothing."""
    return (
        outcome.number or None,
        outcome.id,
        outcome.name,
        outcome.status,
        _shown(outcome, outcome.files, job),
        [facts.digest for facts in outcome.files],
        _shown(outcome, outcome.standing, job),
        outcome.goal_date or None,
        outcome.goal_week,
        outcome.weeks or None,
        outcome.margin,
        outcome.law or None,
        [{"rule": said.rule, "severity": said.severity, "by": said.by, "times": said.times} for said in outcome.findings],
        outcome.error or None,
        outcome.field or None,
        list(outcome.breaks),
        list(outcome.warnings),
    )


def _shown(outcome: Outcome, files: tuple[FileFacts, ...], job: BatchJob) -> list[str]:
    return [job.shown(outcome.id, facts.name) for facts in files]


def _text(cell: object) -> str:
    """Format a value as a CSV cell: lists joined with `; `, findings by rule, and no text that a spreadsheet would run as a formula."""
    if isinstance(cell, list):
        return harmless("; ".join(item["rule"] if isinstance(item, dict) else str(item) for item in cell))
    if isinstance(cell, str):
        return harmless(cell)
    return "" if cell is None else str(cell)
