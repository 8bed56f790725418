"""Past running given by days from the start, and the law of the week after it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from attrs import evolve

from planner.laws import week_law
from planner.ledger import Ledger
from planner.model import Done, Paces, Reading

if TYPE_CHECKING:
    from planner.laws import Bound, WeekLaw

START = date(2027, 1, 4)
"""A Monday."""
D0 = START.toordinal()
READING = Reading(paces=Paces(run=400, walk=630))
WEEK = {-6: 2000, -4: 2000, -2: 2000}
"""Tuesday, Thursday and Saturday of the week before the start."""


def ledger(runs: dict[int, int], walks: dict[int, int] | None = None) -> Ledger:
    """Past runs at 400 s/km by days from the start; what was walked beside them is known only where `walks` gives all of it."""
    history = [
        Done(date=START + timedelta(days=n), run_m=metres, foot_m=metres + walks[n] if walks is not None else None)
        for n, metres in sorted(runs.items())
    ]
    return Ledger(history, READING.paces.run, D0)


def law_of(
    past: Ledger, first: int = 0, reading: Reading = READING, *, opening_s: int = 600, opens: bool = False, easy: bool = False
) -> WeekLaw:
    """The law of the week that starts `first` days after the start."""
    return week_law(past, D0 + first, reading, opening_s=opening_s, opens=opens, easy=easy)


def on_foot(**more: object) -> Reading:
    """The reading that counts metres on foot alone."""
    return evolve(READING, measure="on-foot", **more)


def metres(bound: Bound | None) -> int | None:
    """A bound's metres."""
    return None if bound is None else bound.metres
