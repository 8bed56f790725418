"""Benchmark of making a plan, from athlete to calendar bytes, relative to icalendar alone writing the same events.

Run it with `python -m bench.bench_plan`. Each round measures both sides on new athletes; the result is the median of ratios. As in the
workers of a batch, loaded objects are frozen; the garbage collector is off during timing and its work between rounds is not counted.
"""

from __future__ import annotations

import gc
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from attrs import evolve

from bench.bench_ics import fields_of, icalendar_alone
from planner import Brief, Host, build_plan
from planner.athlete_file import read_athlete
from planner.briefing import make_brief
from planner.render import Options, renderer

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner import Athlete

ROUNDS = 15
PLANS = 4
WEEKS = 12
EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "ana.toml"


def worker_seconds(work: Callable[[], object]) -> float:
    """The seconds that `work` takes after a full garbage collection, with the collector off."""
    gc.collect()
    gc.disable()
    try:
        started = perf_counter()
        work()
        return perf_counter() - started
    finally:
        gc.enable()


def newcomer(athlete: Athlete, number: int) -> Athlete:
    """A copy of `athlete` that no cache knows: a new id and name, and one of about 480,000 combinations of pace and recent weeks."""
    before, last = Decimal(4500 - number % 2003) / 1000, Decimal(5000 + number % 1009) / 1000
    pace = athlete.running.easy_pace - 120 + number % 241
    running = evolve(athlete.running, easy_pace=pace, recent_weeks_km=(Decimal(0), Decimal(0), before, last))
    return evolve(athlete, id=f"runner-{number}", name=f"Runner {number}", running=running)


def main(rounds: int = ROUNDS) -> None:
    """Print the ratio with and without writing the calendar."""
    host, write, options = Host.installed(), renderer("ics"), Options()
    athlete = evolve(read_athlete(EXAMPLE), weeks=WEEKS)
    template = host.template(athlete.template)
    as_of, issued = date(2027, 1, 2), datetime(2027, 1, 2, 9, tzinfo=UTC)

    def brief(number: int) -> Brief:
        return make_brief(newcomer(athlete, number), template, as_of=as_of, issued=issued)

    def whole(first: int) -> None:
        for number in range(first, first + PLANS):
            write(build_plan(brief(number), host), options)

    def plans(first: int) -> None:
        for number in range(first, first + PLANS):
            build_plan(brief(number), host)

    whole(10_000)
    rows = fields_of(build_plan(brief(20_000), host))
    gc.collect()
    gc.freeze()
    ratios: list[float] = []
    drawing: list[float] = []
    reference: list[float] = []
    for number in range(rounds):
        alone = worker_seconds(partial(icalendar_alone, rows))
        ratios.append(worker_seconds(partial(whole, number * 2 * PLANS)) / PLANS / alone)
        drawing.append(worker_seconds(partial(plans, number * 2 * PLANS + PLANS)) / PLANS / alone)
        reference.append(alone)
    gc.unfreeze()
    print(f"icalendar alone: {median(reference) * 1000:.1f} ms for {len(rows)} events of {WEEKS} weeks (median of {rounds} rounds)")
    print(f"athlete to .ics bytes: {median(ratios):.3f} x icalendar alone (without writing the calendar: {median(drawing):.3f})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
