"""Counts law breaks in batches of arbitrary athletes: by the audit of every plan, and by auditing a sample again as written."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, TypedDict

from bench.batch_runs import batch_command, seconds
from bench.rosters import write_roster
from planner.audit import audit
from planner.plan_file import read_plan

SLICE = 1000
"""Athletes per batch, which bounds the disk space: a plan takes half a megabyte."""
SAMPLE = 50
"""Every `SAMPLE`-th plan is read back and audited again."""
FAULTS = ("bug", "plugin-fault", "killed")


class Said(TypedDict):
    """A finding in the report."""

    rule: str
    severity: str


class Line(TypedDict):
    """The members of a report row that are read here."""

    id: str
    status: str
    files: list[str]
    weeks: int | None
    findings: list[Said]
    error: str | None


class Laws(NamedTuple):
    """The outcome of a law run: counts by status, plans with running in them, plans that were audited again.

    `breaks` has a sentence for each broken law; `faults` one for each row whose status no input should lead to.
    """

    statuses: Counter[str]
    running: int
    audited: int
    breaks: list[str]
    faults: list[str]


def law_run(athletes: int, *, workers: int) -> Laws:
    """Plan this many arbitrary athletes, one slice at a time, and count what became of them."""
    found = Laws(Counter(), 0, 0, [], [])
    for first in range(1, athletes + 1, SLICE):
        with TemporaryDirectory() as place:
            roster = write_roster(Path(place, "roster.csv"), min(SLICE, athletes + 1 - first), first=first, arbitrary=True)
            folder = Path(place, "plans")
            seconds(batch_command(roster, folder, workers=workers, form="json"))
            found = _counted(found, folder)
    return found


def _counted(found: Laws, folder: Path) -> Laws:
    lines: list[Line] = json.loads((folder / "report.json").read_bytes())
    sample = [folder / line["files"][0] for line in lines if line["files"]][::SAMPLE]
    return Laws(
        found.statuses + Counter(line["status"] for line in lines),
        found.running + sum(bool(line["weeks"]) for line in lines),
        found.audited + len(sample),
        [*found.breaks, *(words for line in lines for words in _breaks(line)), *(words for path in sample for words in _again(path))],
        [*found.faults, *(f"{line['id']}: {line['error']}" for line in lines if line["status"] in FAULTS)],
    )


def _breaks(line: Line) -> list[str]:
    """Breaks in the report: the planner's own audit refused the plan, or the plan has an error finding."""
    errors = [f"{line['id']}: {said['rule']}" for said in line["findings"] if said["severity"] == "error"]
    return [*errors, *([f"{line['id']}: {line['error']}"] if line["status"] == "bug" else [])]


def _again(path: Path) -> list[str]:
    """Breaks that the audit finds in a plan read back from its file."""
    return [f"{path.stem}: {said.rule}, {said.message}" for said in audit(read_plan(path)) if said.severity == "error"]
