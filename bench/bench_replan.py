"""Benchmark of replanning after one log entry, relative to the plan before it.

Run it with `python -m bench.bench_replan`. Each round measures the plan without a log, with an empty log and with one entry, on new
athletes; the results are medians of ratios. With a log a plan also says how late its goal may come, which needs a longer look ahead.
"""

from __future__ import annotations

import gc
import sys
from datetime import UTC, date, datetime
from functools import partial
from statistics import median
from typing import TYPE_CHECKING

from attrs import evolve

from bench.bench_plan import EXAMPLE, WEEKS, newcomer, worker_seconds
from planner import Host, build_plan
from planner.athlete_file import read_athlete
from planner.briefing import make_brief
from planner.entry import Entry

if TYPE_CHECKING:
    from planner import Brief

ROUNDS = 15
PLANS = 4
BEFORE, AFTER = date(2027, 1, 2), date(2027, 1, 6)
ENTRY = Entry(date=date(2027, 1, 5), session="progression/run#1", run_m=2200, pain_before=0, pain_during=1, pain_after=0)


def main(rounds: int = ROUNDS) -> None:
    """Print the two ratios."""
    host, issued = Host.installed(), datetime(2027, 1, 2, 9, tzinfo=UTC)
    athlete = evolve(read_athlete(EXAMPLE), weeks=WEEKS)
    template = host.template(athlete.template)

    def made(as_of: date, log: tuple[Entry, ...] | None, first: int) -> None:
        for number in range(first, first + PLANS):
            brief: Brief = make_brief(newcomer(athlete, number), template, as_of=as_of, issued=issued, log=log)
            build_plan(brief, host)

    kinds = (partial(made, BEFORE, None), partial(made, BEFORE, ()), partial(made, AFTER, (ENTRY,)))
    for work in kinds:
        work(20_000)
    gc.collect()
    gc.freeze()
    found: list[tuple[float, float]] = []
    for number in range(rounds):
        none, empty, one = (worker_seconds(partial(work, number * PLANS)) for work in kinds)
        found.append((one / empty, one / none))
    gc.unfreeze()
    over_empty, over_none = (median(ratio) for ratio in zip(*found, strict=True))
    print(f"a plan made again after one entry: {over_empty:.3f} x the plan before it, with an empty log (at most 1.1)")
    print(f"  {over_none:.3f} x a plan for which no log is kept, and which does not say how late its goal may come")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
