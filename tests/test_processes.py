"""Worker processes search for modules where this process does, whatever lies in the current folder."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from planner.processes import SAFE_PATH, fresh_processes
from tests.roster.batches import row, write_roster

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = f"""
import sys
sys.path[1:] = {sys.path!r}
if __name__ == "__main__":
    from planner.cli.app import script
    script()
"""
"""What an installer writes for the command, with the modules of this process."""
NAMES = ("random", "types", "signal", "socket", "copy", "csv", "attrs")


@pytest.fixture
def littered(tmp_path: Path) -> Path:
    """A folder with files of somebody's own that are called as modules of Python's are; each leaves a trace when it is run."""
    folder = tmp_path / "littered"
    folder.mkdir()
    for name in NAMES:
        (folder / f"{name}.py").write_text(f"open({str(tmp_path / 'run')!r}, 'a').write({name!r})\n", encoding="utf-8")
    return folder


def ready() -> None:
    """Nothing to prepare."""


def variable() -> tuple[str | None, str | None]:
    """What a program that this one starts would find, and what a module of this one's was read from."""
    return os.environ.get(SAFE_PATH), sys.modules["random"].__file__


@pytest.mark.parametrize(
    "words",
    [
        ["batch", "../roster.csv", "-o", "../plans", "--as-of", "2027-01-03"],
        ["simulate", "--athletes", "2", "--weeks", "1"],
    ],
)
def test_no_file_of_the_current_folder_is_run(words: list[str], littered: Path, tmp_path: Path) -> None:
    write_roster(tmp_path / "roster.csv", [row(n) for n in range(2)])
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "planner").write_text(SCRIPT, encoding="utf-8")
    clean = {name: value for name, value in os.environ.items() if name != SAFE_PATH}
    command = [sys.executable, str(tmp_path / "bin" / "planner"), *words, "--workers", "2", "-q"]
    done = subprocess.run(command, cwd=littered, env=clean, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("before", [None, "", "yes"])
@pytest.mark.parametrize("methods", [["fork", "spawn"], None])
def test_the_environment_is_as_it_was_here_and_there(
    before: str | None, methods: list[str] | None, littered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if methods:
        monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: methods)
    monkeypatch.chdir(littered)
    monkeypatch.delenv(SAFE_PATH, raising=False)
    if before is not None:
        monkeypatch.setenv(SAFE_PATH, before)
    with fresh_processes(2, ready) as pool:
        assert os.environ.get(SAFE_PATH) == before
        seen = {pool.submit(variable).result() for _ in range(3)}
    assert seen == {(before, sys.modules["random"].__file__)}
