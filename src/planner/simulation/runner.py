"""A simulated runner as data: habits, a knee with a tolerance, holidays. Invented for testing; none of it is evidence."""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias

from attrs import frozen

from planner.athlete import Absence, Athlete
from planner.records import Record

Answers: TypeAlias = Literal["all", "no mornings", "none"]
"""Which of the four answers a runner writes down: all, all but the next morning's, or none."""
Telling: TypeAlias = Literal["metres", "running", "minutes"]
"""What a row says of the dose: metres run and on foot, metres run alone, or only how long it took."""


@frozen(kw_only=True, eq=False, repr=False)
class Habits(Record):
    """What a runner makes of a plan. Shares are whole percent.

    `skips` is the share of planned runs that are left out, `moves` of those done a day late, `extra` of free days with a run of one's own.
    A run that is done holds `least_percent` to `most_percent` of its metres. `heeds`: leaves a run out with more than 2 of 10 before it,
    and cuts it short above 5. `names`: rows name the planned session. A plan is made again every `plans_every` days, in the morning before
    the run or `in_evening` after it.
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
    """What a knee takes, and how it complains of more. Whole percent and tenths of a point of pain.

    It takes a run that is `spike_percent` longer than the longest of the 30 dates before, and seven dates with `growth_percent` more than
    the seven before. Each ten percent above either adds `irritability` tenths of pain. A night takes `heals_percent` of the pain away.
    `flares_percent` is the share of runs that hurt by `flare` tenths whatever was run, `signs_percent` that of runs with a sign of the
    safety questions.
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
    """Dates on which nobody runs. The athlete file says so from `declared` on; None: never."""

    away: Absence
    declared: date | None


@frozen(kw_only=True, eq=False, repr=False)
class Runner(Record):
    """One simulated runner: number `number` of a crowd with `seed`, the same however large the crowd is.

    `athlete` is the file as it is at first, without the holidays. The first plan is made on `first_plan`. `seen_after` days after a stop a
    professional lifts it, once; None: the story ends with the stop.
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
