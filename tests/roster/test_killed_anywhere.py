"""A batch that is killed after any of its steps and run again gives what a run in one go gives, and so does the run after it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from shutil import copytree, rmtree
from typing import ParamSpec, TypeVar

import pytest

from planner.roster import manifest
from planner.roster import run as run_module
from planner.roster import shards as shards_module
from planner.roster.manifest import NAME, Manifest
from tests.roster.batches import row, run_here, write_roster

STOPPED = {"screening__red_flags": "RED-04"}
NEVER = 1e9
"""Seconds between two commits: more than any run takes."""
Files = dict[str, bytes]
Run = Callable[[str], Files]
P, T = ParamSpec("P"), TypeVar("T")


def _write_rosters(folder: Path) -> None:
    """Three rosters. In the second, ana is stopped, ben has another pace, dan's is wrong, cleo has left, fay and gil are new and gil is
    stopped; the third has nobody stopped and respells every id.
    """
    folder.mkdir()
    calm = {name: row(number, id=name) for number, name in enumerate(("ana", "ben", "cleo", "dan", "eva"))}
    write_roster(folder / "first.csv", list(calm.values()))
    pace, sign = "running.easy_pace", "screening.red_flags"
    changed = [{**calm["ana"], sign: "RED-04"}, {**calm["ben"], pace: "7:00"}, {**calm["dan"], pace: "quick"}, calm["eva"]]
    write_roster(folder / "second.csv", [*changed, row(8, id="fay"), row(9, id="gil", **STOPPED)])
    write_roster(folder / "third.csv", [{**calm[name], "id": name.title()} for name in ("ana", "ben", "cleo", "dan")])


def _files(folder: Path) -> Files:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and not path.name.startswith(NAME)}


def _restore(folder: Path, state: Path) -> None:
    rmtree(folder)
    copytree(state, folder)  # with the times at which files were written


def _is_running(state: Path) -> bool:
    """Whether a killed run had not finished; asked of a copy, as SQLite would tidy up."""
    with closing(sqlite3.connect(copytree(state, state.with_suffix(".read")) / NAME)) as base:
        return ("running",) in base.execute("select value from facts where key = 'state'").fetchall()


def _states(folder: Path, kept: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Copies of DIR as it is after each step of the second run that changes something in it."""
    states: list[Path] = []

    def copied(step: Callable[P, T]) -> Callable[P, T]:
        def and_copy(*args: P.args, **kwargs: P.kwargs) -> T:
            done = step(*args, **kwargs)
            states.append(copytree(folder, kept / f"{len(states):03d}"))
            return done

        return and_copy

    with monkeypatch.context() as patch:
        for of, name in ((Path, "replace"), (Path, "unlink"), (Manifest, "_commit"), (run_module, "rmtree")):
            patch.setattr(of, name, copied(getattr(of, name)))
        run("second")
    return [state for state in states if _is_running(state)]


@pytest.mark.parametrize(("shards", "commits", "prune"), [(0, NEVER, False), (0, 0, True), (1, NEVER, True), (1, 0, False)])
def test_a_continued_run_is_as_one_in_one_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shards: int, commits: float, prune: bool
) -> None:
    monkeypatch.setattr(manifest, "COMMIT_S", commits)
    monkeypatch.setattr(shards_module, "processes", lambda workers, _job: ThreadPoolExecutor(workers))  # processes are slow to start
    rosters, folder = tmp_path / "rosters", tmp_path / "plans"
    _write_rosters(rosters)

    def run(name: str) -> Files:
        run_here(rosters / f"{name}.csv", folder, shards=shards, prune=prune, formats=("ics", "fit"))
        return _files(folder)

    run("first")
    first = copytree(folder, tmp_path / "first")
    whole, after = run("second"), run("third")
    assert b'found ""Ana""; expected ""ana"", as it was before' in after["report.csv"]
    _restore(folder, first)
    states = _states(folder, tmp_path / "states", run, monkeypatch)
    assert len(states) >= 8
    for state in states:
        _restore(folder, state)
        assert run("second") == whole, state
        assert run("third") == after, state


def test_a_broken_law_is_reported_again(tmp_path: Path) -> None:
    folder, free = tmp_path / "plans", {f"availability.{day}": "" for day in ("mon", "wed", "sun")}
    ana = {**row(0, weeks="12"), **free}
    run_here(write_roster(tmp_path / "roster.csv", [ana]), folder)
    known = (folder / NAME).read_bytes()
    roster = write_roster(tmp_path / "roster.csv", [{**ana, "availability.tue": "none", "availability.thu": "none"}])
    run_here(roster, folder, day="2027-01-08")
    whole = _files(folder)
    assert b"break a law together" in whole["summary.txt"]
    (folder / NAME).write_bytes(known)  # as after a kill, before the run recorded anything
    run_here(roster, folder, day="2027-01-08")
    assert _files(folder) == whole
