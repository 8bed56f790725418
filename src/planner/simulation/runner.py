"""A simulated runner as data: habits, a knee's tolerance, holidays. Invented for testing; none of it is evidence."""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias

from attrs import frozen

from planner.athlete import Absence, Athlete
from planner.records import Record

Answers: TypeAlias = Literal["all", "no mornings", "none"]
"""Which of the four answers a runner logs: all, all but the next morning's, or none."""
Telling: TypeAlias = Literal["metres", "running", "minutes"]
"""How a row states the dose: metres run and on foot, metres run alone, or only the duration."""


@frozen(kw_only=True, eq=False, repr=False)
class Habits(Record):
    """How a runner follows a plan. Shares are whole percentages.

    `skips` is the share of planned runs skipped, `moves` of those left that are done a day late, `extra` of free days with an unplanned
    run. Metres run are `least_percent` to `most_percent` of those planned. `heeds`: skips a run with pain above 2 of 10 before it, and cuts
    it short above 5. `names`: rows name the planned session. A plan is made every `plans_every` days, in the morning before the run or,
    with `in_evening`, after it.
    """

    skips: int = 0
    moves: int = 0
    extra: int = 0
    least_percent: int = 100
    most_percent: int = 100
    answers: Answers = "all"
    telling: Telling = "metres"
    heeds: bool = True
    names: bool = True
    plans_every: int = 7
    in_evening: bool = False


@frozen(kw_only=True, eq=False, repr=False)
class Tolerance(Record):
    """What load a knee tolerates, and how it responds to more, in whole percent and tenths of a point of pain.

    It tolerates a run `spike_percent` longer than the longest of the 30 dates before, and seven dates with `growth_percent` more than the
    seven before. Every ten percent beyond either adds `irritability` tenths of pain. A night removes `heals_percent` of the pain.
    `flares_percent` is the share of runs that add `flare` tenths of pain whatever the load, `signs_percent` the share of runs with a sign
    of the safety questions.
    """

    spike_percent: int = 0
    growth_percent: int = 0
    irritability: int = 0
    heals_percent: int = 50
    flares_percent: int = 0
    flare: int = 0
    signs_percent: int = 0


@frozen(kw_only=True, eq=False, repr=False)
class Holiday(Record):
    """Dates without running. The athlete file has them from `declared` on; None: never."""

    away: Absence
    declared: date | None


@frozen(kw_only=True, eq=False, repr=False)
class Runner(Record):
    """One simulated runner: number `number` of a crowd with `seed`, independent of the crowd's size.

    `athlete` is the initial athlete file, without holidays. The first plan is made on `first_plan`. A professional lifts a stop after
    `seen_after` days, once; None: the life ends with the stop.
    """

    seed: int
    number: int
    kind: str
    athlete: Athlete
    habits: Habits
    tolerance: Tolerance
    holidays: tuple[Holiday, ...]
    first_plan: date
    seen_after: int | None
