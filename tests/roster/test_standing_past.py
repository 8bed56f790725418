"""The past of an existing calendar counts, whatever the manifest knows: no coming week breaks the laws."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from planner.audit import audit
from planner.plan_file import plan_from
from planner.plan_file.calendar import document
from planner.roster.manifest import NAME
from tests.roster.batches import report, row, run_here, write_roster

ANA = row(0, weeks="12")
EAGER = {**ANA, "running.recent_weeks_km": "9|10|11|12", "running.longest_run_km": "5"}
LATER = "2027-01-31"
FREE = {"availability.mon": "", "availability.wed": "", "availability.sun": ""}


def calendar(folder: Path) -> bytes:
    """The calendar of the one athlete, wherever it lies."""
    if (folder / "runner-0.ics").exists():
        return (folder / "runner-0.ics").read_bytes()
    for path in folder.glob("*.zip"):
        with zipfile.ZipFile(path) as archive:
            if "runner-0.ics" in archive.namelist():
                return archive.read("runner-0.ics")
    raise AssertionError(folder)


def broken(folder: Path) -> list[str]:
    """The laws that the calendar breaks."""
    return [f"{f.where}: {f.message}" for f in audit(plan_from(document(calendar(folder)))) if f.severity == "error"]


@pytest.mark.parametrize("shards", [0, 2])
def test_who_leaves_and_returns_begins_again(tmp_path: Path, shards: int) -> None:
    folder, stays = tmp_path / "plans", row(1)
    both = write_roster(tmp_path / "both.csv", [ANA, stays])
    alone = write_roster(tmp_path / "alone.csv", [stays])
    run_here(both, folder, shards=shards)
    run_here(alone, folder, shards=shards, day="2027-01-25", prune=True)
    assert run_here(both, folder, shards=shards, day="2027-02-22").failed == 0
    assert broken(folder) == []


@pytest.mark.parametrize("first", ["2027-01-03", LATER])
def test_a_lost_manifest_loses_no_past(tmp_path: Path, first: str) -> None:
    folder = tmp_path / "plans"
    run_here(write_roster(tmp_path / "roster.csv", [ANA]), folder, day=first)
    (folder / NAME).unlink()
    assert run_here(write_roster(tmp_path / "roster.csv", [EAGER]), folder, day=LATER).counts == {"made": 1}
    assert broken(folder) == []


def test_a_calendar_that_another_command_made_has_a_past(tmp_path: Path) -> None:
    run_here(write_roster(tmp_path / "roster.csv", [ANA]), tmp_path / "made")
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "runner-0.ics").write_bytes(calendar(tmp_path / "made"))
    run_here(write_roster(tmp_path / "roster.csv", [EAGER]), folder, day=LATER)
    assert broken(folder) == []


def test_a_past_that_does_not_fit_what_is_to_come_is_reported(tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    run_here(write_roster(tmp_path / "roster.csv", [{**ANA, **FREE}]), folder)
    roster = write_roster(tmp_path / "roster.csv", [{**ANA, **FREE, "availability.tue": "none", "availability.thu": "none"}])
    for _ in range(2):
        summary = run_here(roster, folder, day="2027-01-08")
        assert broken(folder)
        assert report(folder)[0]["breaks"] == broken(folder)
        assert "break a law together; make these weeks shorter than planned (1)\n  runner-0: week" in summary.text()


def test_a_calendar_that_cannot_be_read_back_is_said_to_be_so(tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    roster = write_roster(tmp_path / "roster.csv", [{**ANA, **FREE}])
    run_here(roster, folder)
    path = folder / "runner-0.ics"
    path.write_bytes(path.read_bytes().replace(b"X-PLANNER-RUN-S:", b"X-PLANNER-RUN-S:about "))
    run_here(write_roster(tmp_path / "roster.csv", [{**EAGER, **FREE}]), folder, day="2027-01-08")
    assert report(folder)[0]["status"] == "made"
    assert str(report(folder)[0]["breaks"]).startswith("['the updated calendar cannot be checked against the laws: ")


def test_an_outcome_of_before_has_no_breaks(tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    roster = write_roster(tmp_path / "roster.csv", [ANA])
    run_here(roster, folder)
    with closing(sqlite3.connect(folder / NAME)) as base, base:
        base.execute("update athletes set outcome = json_remove(outcome, '$[#-1]')")
    assert run_here(roster, folder).counts == {"unchanged": 1}
    assert report(folder)[0]["breaks"] == []
