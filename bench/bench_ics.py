"""Benchmark of writing a calendar relative to icalendar alone writing the same events.

Run it with `python -m bench.bench_ics` from the repository. The figures are medians over rounds, each of which measures every case in turn.
"""

from __future__ import annotations

import gc
import sys
from datetime import date, timedelta
from functools import partial
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from icalendar import Calendar, Event
from tests.plans import renamed, sample_plan

from planner.render import Options, renderer
from planner.render.ics import description
from planner.render.identity import uids
from planner.render.words import pillar_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.model import Plan

ROUNDS = 15
PLANS = 5
Fields = list[tuple[str, object]]


def fields_of(plan: Plan) -> list[Fields]:
    """Each event's properties as plain values, ready for icalendar."""
    uid_of = uids(plan)
    rows = []
    for session in plan.sessions:
        first: object = session.start or session.date
        last: object = session.start + timedelta(seconds=session.duration_s) if session.start else session.date + timedelta(days=1)
        row: Fields = [
            ("uid", uid_of(session)),
            ("dtstamp", plan.issued),
            ("last-modified", plan.issued),
            ("sequence", 0),
            ("dtstart", first),
            ("dtend", last),
            ("status", "CONFIRMED"),
            ("summary", session.title),
            ("transp", "TRANSPARENT" if session.transparent else "OPAQUE"),
            ("categories", [pillar_words(session.pillar)]),
            ("description", description(session, plan)),
            ("x-planner-session", session.id),
            ("x-planner-tags", " ".join(session.tags)),
        ]
        if session.run_s:
            numbers = (session.run_s, session.walk_s, session.run_m, session.foot_m, session.ceiling_m)
            names = ("run-s", "walk-s", "run-m", "foot-m", "ceiling-m")
            row += [(f"x-planner-{name}", str(number)) for name, number in zip(names, numbers, strict=True)]
            row += [("x-planner-bound-by", session.bound_by), ("x-planner-stretch-s", "60"), ("x-planner-rpe", "4")]
        rows.append(row)
    return rows


def icalendar_alone(rows: list[Fields]) -> bytes:
    """The baseline: one `add` for each property, one `to_ical`."""
    calendar = Calendar()
    for row in rows:
        event = Event()
        for name, value in row:
            event.add(name, value)
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def seconds(work: Callable[[], object]) -> float:
    """The seconds that `work` takes after a full garbage collection, with the collector left on."""
    gc.collect()
    started = perf_counter()
    work()
    return perf_counter() - started


def plans_of(number: int) -> dict[str, list[Plan]]:
    """The plans of one round: one group with new texts throughout, and one in which only the athlete and the dates are new."""
    first = date(2027, 1, 4) + timedelta(days=7 * number)
    return {
        "all texts new": [renamed(sample_plan(), f"{number}-{n}-") for n in range(PLANS)],
        "texts from the catalogue": [sample_plan(athlete_id=f"runner-{number}-{n}", start=first) for n in range(PLANS)],
    }


def main(rounds: int = ROUNDS) -> None:
    """Print the ratios."""
    write, options = renderer("ics"), Options()
    ratios: dict[str, list[float]] = {}
    reference: list[float] = []
    events = 0
    write(sample_plan(), options)
    for number in range(rounds):
        cases = plans_of(number)
        rows = fields_of(cases["all texts new"][0])
        alone = seconds(partial(icalendar_alone, rows))
        reference.append(alone)
        events = len(rows)
        for name, plans in cases.items():
            taken = seconds(lambda plans=plans: [write(plan, options) for plan in plans])  # type: ignore[misc]
            ratios.setdefault(name, []).append(taken / PLANS / alone)
    print(f"icalendar alone: {median(reference) * 1000:.1f} ms for {events} events (median of {rounds} rounds)")
    for name, found in ratios.items():
        print(f"{name}: {median(found):.4f} x icalendar alone")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
