"""Benchmark of the command line's start relative to importing its libraries.

Run it with `python -m bench.bench_start`. Every round starts each command once. Byte code is compiled beforehand, even where
PYTHONDONTWRITEBYTECODE is set.
"""

from __future__ import annotations

import compileall
import importlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

ROUNDS = 15
PACKAGES = ("planner", "planner_pillars", "planner_templates", "click", "attr", "attrs", "pluggy", "icalendar", "dateutil", "tzdata")
EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "ana.toml"


def seconds(command: list[str]) -> float:
    """The wall time of one run. Raises `CalledProcessError` if it fails."""
    started = perf_counter()
    subprocess.run(command, check=True, capture_output=True, env={k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"})
    return perf_counter() - started


def main(rounds: int = ROUNDS) -> None:
    """Print the two ratios."""
    for package in PACKAGES:
        compileall.compile_dir(Path(str(importlib.import_module(package).__file__)).parent, quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        planner = str(Path(sys.executable).with_name("planner"))
        target = Path(folder, "ana.ics")
        make = [planner, "make", str(EXAMPLE), "--as-of", "2027-01-02", "-q", "-o", str(target)]
        commands = {
            "click": [sys.executable, "-c", "import click"],
            "help": [planner, "--help"],
            "libraries": [sys.executable, "-c", "import click, attrs, pluggy, icalendar"],
            "make": make,
        }
        for command in commands.values():
            seconds(command)
        taken: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(rounds):
            for name, command in commands.items():
                target.unlink(missing_ok=True)  # a first plan, not an update
                taken[name].append(seconds(command))
    help_ratio = median(a / b for a, b in zip(taken["help"], taken["click"], strict=True))
    make_ratio = median(a / b for a, b in zip(taken["make"], taken["libraries"], strict=True))
    print(f"planner --help: {help_ratio:.2f} x python -c 'import click' ({median(taken['help']) * 1000:.0f} ms)")
    print(f"planner make: {make_ratio:.2f} x python -c 'import click, attrs, pluggy, icalendar' ({median(taken['make']) * 1000:.0f} ms)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
