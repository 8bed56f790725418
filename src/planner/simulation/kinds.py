"""Kinds of simulated runners, and drawing one: a seed and a number give the same runner whichever others are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, TypeVar

from attrs import evolve, frozen

from planner.athlete import Absence, Athlete, Availability
from planner.records import Record
from planner.simulation.runner import Habits, Holiday, Runner, Tolerance
from planner.simulation.starts import KNEE, ON_FOOT, PACES, READINGS, READY, STARTS, WEEKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.programme import Template

T = TypeVar("T")
MONDAY = date(2027, 1, 4)
"""The first possible start date; starts are spread over the following year."""
YEAR_DAYS = 364


@frozen(kw_only=True, eq=False, repr=False)
class Kind(Record):
    """The choices for runners of one kind. `away` is the percentage of runners with holidays."""

    habits: tuple[Habits, ...]
    knees: tuple[Tolerance, ...]
    away: int = 0


CALM = Tolerance()
STURDY = Tolerance(spike_percent=20, growth_percent=40, irritability=5, heals_percent=60, flares_percent=2, flare=25)
TENDER = Tolerance(spike_percent=12, growth_percent=20, irritability=6, heals_percent=45, flares_percent=5, flare=30)
SORE = Tolerance(spike_percent=5, growth_percent=5, irritability=10, heals_percent=30, flares_percent=10, flare=40, signs_percent=1)
STEADY = Habits()
EAGER = Habits(least_percent=120, most_percent=140, extra=6, heeds=False)
BUSY = Habits(skips=20, moves=25, least_percent=80, most_percent=105)

KINDS: Mapping[str, Kind] = {
    "steady": Kind(habits=(STEADY, evolve(STEADY, plans_every=5), evolve(STEADY, in_evening=True, telling="running")), knees=(CALM,)),
    "busy": Kind(
        habits=(BUSY, evolve(BUSY, skips=40, names=False), evolve(BUSY, plans_every=5, moves=50), evolve(BUSY, in_evening=True, skips=10)),
        knees=(CALM, STURDY),
    ),
    "eager": Kind(
        habits=(EAGER, evolve(EAGER, extra=0, least_percent=130, most_percent=130), evolve(EAGER, plans_every=4, names=False)),
        knees=(CALM, STURDY, TENDER),
    ),
    "sore": Kind(
        habits=(STEADY, evolve(STEADY, heeds=False), evolve(STEADY, plans_every=4), evolve(BUSY, in_evening=True)),
        knees=(TENDER, SORE),
    ),
    "silent": Kind(
        habits=(
            evolve(STEADY, answers="no mornings"),
            evolve(BUSY, answers="none", telling="minutes"),
            evolve(STEADY, answers="none", telling="running", names=False),
        ),
        knees=(CALM, STURDY, TENDER),
    ),
    "away": Kind(habits=(STEADY, evolve(BUSY, plans_every=5), evolve(EAGER, telling="running")), knees=(CALM, STURDY), away=100),
    "anybody": Kind(
        habits=(
            evolve(BUSY, extra=10, most_percent=200, heeds=False, plans_every=2),
            evolve(EAGER, skips=30, moves=30, answers="no mornings", telling="minutes", plans_every=6),
            evolve(BUSY, skips=70, least_percent=30, extra=4),
            evolve(EAGER, extra=25, least_percent=50, in_evening=True, plans_every=4),
        ),
        knees=(CALM, STURDY, TENDER, SORE),
        away=50,
    ),
}
"""By name, in the order of the report; runners are assigned round-robin, number 1 to the first kind."""


def draw_runner(seed: int, number: int, weeks: int, templates: Sequence[Template]) -> Runner:
    """Return runner `number` (from 1) of the crowd with `seed`, for `weeks` weeks of one of `templates`."""
    dice = Random(f"runner {seed} {number}")  # noqa: S311  (not used for security)
    name = list(KINDS)[(number - 1) % len(KINDS)]
    kind, template = KINDS[name], _one(dice, templates)
    start = MONDAY + timedelta(days=dice.randrange(YEAR_DAYS))
    return Runner(
        seed=seed,
        number=number,
        kind=name,
        athlete=_athlete(dice, f"runner-{number}", template, start, weeks),
        habits=_one(dice, kind.habits),
        tolerance=_one(dice, kind.knees),
        holidays=_holidays(dice, start, weeks) if dice.randrange(100) < kind.away else (),
        first_plan=start - timedelta(days=dice.randrange(4)),
        seen_after=_one(dice, (None, 5, 12)),
    )


def _one(dice: Random, choices: Sequence[T]) -> T:
    return choices[dice.randrange(len(choices))]


def _athlete(dice: Random, name: str, template: Template, start: date, weeks: int) -> Athlete:
    ladder = template.kind == "ladder"
    began, (easy, walk) = _one(dice, STARTS[template.kind]), _one(dice, PACES)
    last = start - timedelta(days=began.last_run)
    week: Availability = _one(dice, WEEKS)
    return Athlete(
        id=name,
        start=start,
        weeks=weeks,
        template=template.name,
        log="log.csv",
        timezone=_one(dice, ("Europe/Berlin", "America/New_York", "Pacific/Auckland")),
        running=evolve(began.running(easy, walk), last_run=last, runs_per_week=dice.randrange(2, template.most_runs_per_week + 1)),
        knee=KNEE,
        screening=evolve(READY, answered=start - timedelta(days=4)),
        availability=week,
        progression=_one(dice, ON_FOOT if ladder else READINGS),
    )


def _holidays(dice: Random, start: date, weeks: int) -> tuple[Holiday, ...]:
    """Return one or two holidays of 3 to 24 dates, declared before the start, shortly before or just after they begin, or never."""
    found: list[Holiday] = []
    first = start + timedelta(days=dice.randrange(3, max(4, 7 * weeks - 7)))
    for _ in range(_one(dice, (1, 1, 2))):
        last = first + timedelta(days=_one(dice, (2, 6, 7, 9, 13, 16, 23)))
        declared = _one(dice, (start - timedelta(days=7), first - timedelta(days=dice.randrange(9)), first + timedelta(days=1), None))
        found.append(Holiday(away=Absence(first=first, last=last), declared=declared))
        first = last + timedelta(days=dice.randrange(3, 20))
    return tuple(found)
