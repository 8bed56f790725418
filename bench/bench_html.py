"""Benchmark of writing a page relative to writing the calendar of the same plan, and the size of the largest page.

Run it with `python -m bench.bench_html`. Each round writes plans of new athletes, half of them first as a page and half first as a
calendar, so that neither side finds warmer caches than the other; the result is the median of ratios. As in the workers of a batch, loaded
objects are frozen and the garbage collector is off during timing.
"""

from __future__ import annotations

import gc
import sys
from datetime import UTC, date, datetime
from functools import partial
from statistics import median
from typing import TYPE_CHECKING

from attrs import evolve

from bench.bench_plan import EXAMPLE, newcomer, worker_seconds
from planner import Host, build_plan
from planner.athlete_file import read_athlete
from planner.briefing import make_brief
from planner.render import Options, renderer

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.model import Plan

ROUNDS = 15
PLANS = 4
WEEKS = 16


def written(write: Callable[[Plan, Options], bytes], plans: list[Plan]) -> list[int]:
    """Write the plans; the sizes of the outputs in bytes."""
    return [len(write(plan, Options())) for plan in plans]


def main(rounds: int = ROUNDS) -> None:
    """Print the ratio and the largest size."""
    host, page, calendar = Host.installed(), renderer("html"), renderer("ics")
    athlete = evolve(read_athlete(EXAMPLE), weeks=WEEKS)
    template = host.template(athlete.template)
    as_of, issued = date(2027, 1, 2), datetime(2027, 1, 2, 9, tzinfo=UTC)

    def plans(first: int) -> list[Plan]:
        briefs = [make_brief(newcomer(athlete, number), template, as_of=as_of, issued=issued) for number in range(first, first + PLANS)]
        return [build_plan(brief, host) for brief in briefs]

    sizes = written(page, plans(10_000))
    written(calendar, plans(10_000))
    gc.collect()
    gc.freeze()
    ratios: list[float] = []
    times: list[float] = []
    for number in range(rounds):
        seconds = {"page": 0.0, "calendar": 0.0}
        for turn, order in enumerate((("page", "calendar"), ("calendar", "page"))):
            made = plans((2 * number + turn) * PLANS)
            for name in order:
                seconds[name] += worker_seconds(partial(written, page if name == "page" else calendar, made))
        ratios.append(seconds["page"] / seconds["calendar"])
        times.append(seconds["page"] / (2 * PLANS))
        sizes += written(page, plans((2 * number) * PLANS))
    gc.unfreeze()
    print(f"a page of {WEEKS} weeks: {median(ratios):.2f} x its calendar ({median(times) * 1000:.1f} ms, median of {rounds} rounds)")
    print(f"its size: {max(sizes) / 1000:.0f} kB at most")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
