"""Runs the command line in this process and captures its output."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from planner.cli.app import main
from planner.entry import Entry
from planner.journal.log_file import read_log

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
SHORTLY_BEFORE = {
    "ana": "2027-01-03",
    "ben": "2027-01-10",
    "cara": "2027-01-31",
    "dan": "2027-01-17",
    "eva": "2027-01-03",
    "finn": "2027-02-28",
    "gita": "2027-01-10",
    "hugo": "2027-01-03",
}
"""For each example a day shortly before its start, with the safety questions answered."""


class Said(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


def run(capsys: pytest.CaptureFixture[str], *args: str | Path) -> Said:
    """Run `planner` with `args` here."""
    with pytest.raises(SystemExit) as left:
        main([str(arg) for arg in args])
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    return Said(int(left.value.code or 0), out, err)


def logged(capsys: pytest.CaptureFixture[str], athlete: Path, *args: str, day: str = "2027-01-06") -> Said:
    """Run `planner log` for an athlete's file, as of `day`."""
    return run(capsys, "log", athlete, "--as-of", day, *args)


def entries(athlete: Path) -> tuple[Entry, ...]:
    """What stands in the log beside an athlete's file."""
    return read_log(athlete.with_name(f"{athlete.stem}-log.csv"), miles=True, today=None)


AS_AT_A_TERMINAL = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from planner.cli.app import main
main()
"""
"""What started the tests in the background made processes ignore the keyboard's interrupt; a coach's terminal does not."""


def command(*args: str | Path, **environment: str) -> subprocess.Popen[bytes]:
    """Start `planner` with `args` as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", AS_AT_A_TERMINAL, *map(str, args)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **environment},
    )


def example(name: str) -> list[str | Path]:
    """The arguments that plan an example shortly before its start."""
    return [EXAMPLES / f"{name}.toml", "--as-of", SHORTLY_BEFORE[name]]
