"""Runs all benchmarks: `python -m bench` takes about half an hour; `--smoke` runs a few short rounds of each to see that they work."""

from __future__ import annotations

import sys

from bench import bench_batch, bench_html, bench_ics, bench_import, bench_plan, bench_replan, bench_start

SMOKE_ROUNDS = 2


def main() -> None:
    """Run every benchmark in turn."""
    smoke = "--smoke" in sys.argv[1:]
    for bench in (bench_ics, bench_html, bench_plan, bench_replan, bench_start, bench_import):
        bench.main(SMOKE_ROUNDS if smoke else bench.ROUNDS)
    bench_batch.everything(smoke=smoke)


if __name__ == "__main__":
    main()
