"""Benchmark of reading a FIT file and splitting it into running and walking, relative to fitdecode alone decoding it.

Run it with `python -m bench.bench_import` from the repository. The figures are medians over rounds, each of which measures both sides.
"""

from __future__ import annotations

import sys
from functools import partial
from io import BytesIO
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from fitdecode import FitReader
from tests.journal.recordings import WALK_RUN, fit

from bench.bench_ics import seconds
from planner.journal.activity_files import ActivityReader

ROUNDS = 9
BYTES = 120_000
TARGET = 1.3


def recording() -> bytes:
    """A FIT recording of a walk-run, about 120 kB, with one record a second."""
    return fit(WALK_RUN * round(BYTES / len(fit())))


def decoded(data: bytes) -> int:
    """The baseline: the number of messages that fitdecode decodes with its defaults."""
    return sum(1 for _ in FitReader(BytesIO(data)))


def main(rounds: int = ROUNDS) -> None:
    """Print the ratio."""
    data = recording()
    with TemporaryDirectory() as folder:
        path = Path(folder, "run.fit")
        path.write_bytes(data)
        ours, theirs = partial(ActivityReader().read, path), partial(decoded, data)
        pairs = [(seconds(theirs), seconds(ours)) for _ in range(1 + rounds)][1:]
    alone = median(theirs for theirs, _ in pairs)
    ratio = median(ours / theirs for theirs, ours in pairs)
    print(f"fitdecode alone: {alone * 1000:.0f} ms for {len(data) // 1000} kB (median of {rounds} rounds)")
    print(f"read and told apart: {ratio:.2f} x fitdecode alone (at most {TARGET})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
