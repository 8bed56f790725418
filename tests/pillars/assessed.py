"""Briefs for the assessment pillar: safety questions answered and first tests passed unless a test says otherwise."""

from __future__ import annotations

from attrs import evolve
from helpers import CONTINUOUS, START, brief, week

from planner.athlete import Knee, Running, Screening
from planner.model import DAY, Done
from planner_pillars import assessment

ANSWERED = START - 2 * DAY
KNEE = Knee(site="kneecap", side="left", sore_with=("squat",), pain_walk_30=0, pain_stairs=1, stairs_days_clean=3, pain_next_morning=0)
PASSED = evolve(KNEE, swelling=False, full_bend=True)
OPEN = Screening(answered=ANSWERED, red_flags=())
ALL_TESTS = evolve(OPEN, single_leg_squats=10, step_downs=10, hops=10, jog_on_spot_s=60)
KEEP = evolve(CONTINUOUS, name="keep-running", run_gap_days=1, reduced_weeks=2, reduced_percent=80)
RECENT = Running(easy_pace=400, last_run=START - 3 * DAY)
RUNS_NOW = tuple(Done(date=START - n * DAY, run_m=3000, estimated=True) for n in (7, 5, 3))
SETTINGS = assessment.Settings()


def asked(**changes):
    """A brief with the safety questions answered and ENT-01 and ENT-02 passed; `changes` as in `brief`."""
    return brief(**({"knee": KNEE, "screening": OPEN, "running": RECENT} | changes))


def flagged(*flags, **changes):
    """The same with these ids in `red_flags`."""
    return asked(screening=evolve(OPEN, red_flags=flags), **changes)


def screened(about):
    """The screening's findings by rule."""
    return {f.rule: f for f in assessment.planner_screening(about, SETTINGS)}


def stops(about):
    """The rules that stop planning."""
    return {f.rule for f in assessment.planner_screening(about, SETTINGS) if f.severity == "stop"}


def ceilings(about):
    """The ceilings by subject."""
    return {c.of: c for c in assessment.planner_limits(about)}


def offers(about, number=1, settings=SETTINGS, **changes):
    """The proposals of one week by key."""
    return {p.key: p for p in assessment.planner_sessions(about, week(number, **changes), settings)}


def block(about, number=1, **changes):
    """The proposals of one week of a block before the first run by key."""
    return offers(about, number, stage="pre-run", **changes)
