"""Runs the real `planner batch` and measures its wall time and the peak memory of its processes."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from bench.rosters import AS_OF

PLANNER = Path(sys.executable).with_name("planner")
ROOT = Path(__file__).resolve().parent.parent
LOOK_EVERY_S = 0.05
ENDINGS = (0, 1)
"""Exit codes of a batch that processed every row; with 1, some athletes have no plan."""


class Peaks(NamedTuple):
    """The peak memory of the command's own process and of its largest worker, in KiB, as Linux counts it (VmHWM)."""

    parent: int
    worker: int


def batch_command(roster: Path, folder: Path, *, workers: int, form: str = "ics") -> list[str]:
    """The command line of a quiet batch."""
    options = ["-f", form, "--workers", str(workers), "--as-of", str(AS_OF), "-q"]
    return [str(PLANNER), "batch", str(roster), "-o", str(folder), *options]


def plain_command(roster: Path, folder: Path, *, processes: int) -> list[str]:
    """The command line of the baseline that the batch is compared with."""
    return [sys.executable, "-m", "bench.plain_loop", str(roster), str(folder), str(processes)]


def seconds(command: list[str]) -> float:
    """The wall time of one run, including Python's start. Raises `CalledProcessError` for a run that did not process every row."""
    started = perf_counter()
    done = subprocess.run(command, check=False, cwd=ROOT, env=_environment(), stdout=subprocess.DEVNULL)
    taken = perf_counter() - started
    if done.returncode not in ENDINGS:
        raise subprocess.CalledProcessError(done.returncode, command)
    return taken


def watched(command: list[str]) -> tuple[float, Peaks]:
    """The wall time and peak memory of one run; the memory is 0 where there is no /proc. Raises as `seconds` does."""
    held: dict[int, int] = {}
    started = perf_counter()
    with subprocess.Popen(command, cwd=ROOT, env=_environment(), stdout=subprocess.DEVNULL) as process:
        while process.returncode is None:
            for pid in _family(process.pid):
                held[pid] = max(held.get(pid, 0), _peak(pid))
            with suppress(subprocess.TimeoutExpired):
                process.wait(LOOK_EVERY_S)
        taken = perf_counter() - started
        if process.returncode not in ENDINGS:
            raise subprocess.CalledProcessError(process.returncode, command)
        parent = held.pop(process.pid, 0)
    return taken, Peaks(parent, max(held.values(), default=0))


def _environment() -> dict[str, str]:
    """The present environment without PYTHONDONTWRITEBYTECODE and SOURCE_DATE_EPOCH."""
    return {key: value for key, value in os.environ.items() if key not in ("PYTHONDONTWRITEBYTECODE", "SOURCE_DATE_EPOCH")}


def _family(pid: int) -> list[int]:
    """The ids of a process and all its descendants, without those that have ended."""
    found = [pid]
    for one in found:
        with suppress(OSError):
            for task in Path(f"/proc/{one}/task").iterdir():
                with suppress(OSError):
                    found += map(int, (task / "children").read_text().split())
    return found


def _peak(pid: int) -> int:
    """A process's peak memory so far, in KiB; 0 once it has ended."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return 0
