"""How long a whole plan takes, athlete to calendar bytes, as a part of what icalendar alone takes to build and write the same events.

Run it with `python -m bench.bench_plan`. Each round measures both in turn, on an athlete nobody has seen: medians of ratios.
"""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from statistics import median

from attrs import evolve

from bench.bench_ics import fields_of, icalendar_alone, seconds
from planner import Brief, Host, build_plan
from planner.athlete_file import read_athlete
from planner.briefing import make_brief
from planner.render import Options, renderer

ROUNDS = 15
PLANS = 4
WEEKS = 12
EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "ana.toml"


def main(rounds: int = ROUNDS) -> None:
    """Print the ratio, and where the time goes."""
    host, write, options = Host.installed(), renderer("ics"), Options()
    athlete = evolve(read_athlete(EXAMPLE), weeks=WEEKS)
    template = host.template(athlete.template)
    as_of, issued = date(2027, 1, 2), datetime(2027, 1, 2, 9, tzinfo=UTC)

    def brief(number: int) -> Brief:
        pace = athlete.running.easy_pace + number % 90
        mine = evolve(athlete, id=f"runner-{number}", name=f"Runner {number}", running=evolve(athlete.running, easy_pace=pace))
        return make_brief(mine, template, as_of=as_of, issued=issued)

    def whole(first: int) -> None:
        for number in range(first, first + PLANS):
            write(build_plan(brief(number), host), options)

    def plans(first: int) -> None:
        for number in range(first, first + PLANS):
            build_plan(brief(number), host)

    whole(10_000)
    rows = fields_of(build_plan(brief(20_000), host))
    ratios: list[float] = []
    drawing: list[float] = []
    reference: list[float] = []
    for number in range(rounds):
        alone = seconds(partial(icalendar_alone, rows))
        ratios.append(seconds(partial(whole, number * 2 * PLANS)) / PLANS / alone)
        drawing.append(seconds(partial(plans, number * 2 * PLANS + PLANS)) / PLANS / alone)
        reference.append(alone)
    print(f"icalendar alone: {median(reference) * 1000:.1f} ms for {len(rows)} events of {WEEKS} weeks (median of {rounds} rounds)")
    print(f"athlete to .ics bytes: {median(ratios):.3f} x icalendar alone (without writing the calendar: {median(drawing):.3f})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
