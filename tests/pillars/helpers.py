"""Small records for calling a pillar's hooks directly; tests here use `from helpers import brief, week`."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from planner.athlete import Athlete, Running
from planner.limits import Limits
from planner.model import WEEK, Brief, Goal, Paces, Reading, Week
from planner.programme import Level, Template
from planner.week_view import Room, RunView, WeekView

if TYPE_CHECKING:
    from planner.model import Stage

START = date(2027, 1, 4)
"""A Monday."""
LADDER = Template(
    name="walk-run",
    title="Walk-run",
    kind="ladder",
    summary="For tests.",
    source="WR",
    levels=(Level(run_s=60, walk_s=60, reps=10), Level(run_s=600, walk_s=60, reps=2), Level(run_s=1800)),
)
CONTINUOUS = Template(name="continuous-build", title="Continuous build", kind="continuous", summary="For tests.", source="WR")
OF_THE_BRIEF = frozenset({"template", "reading", "goal", "as_of", "issued", "history", "log", "stood"})


def brief(**changes: object) -> Brief:
    """A brief for one athlete who starts on `START`.

    `changes` are the athlete's fields (`knee=Knee(...)`) or the brief's (`template=CONTINUOUS`, `goal=...`).
    """
    of_athlete = {key: value for key, value in changes.items() if key not in OF_THE_BRIEF}
    of_brief = {key: value for key, value in changes.items() if key in OF_THE_BRIEF}
    athlete = Athlete(**({"id": "ana", "start": START, "running": Running(easy_pace=400)} | of_athlete))
    paces = Paces(run=athlete.running.easy_pace, walk=athlete.running.walk_pace)
    plain = {
        "template": LADDER,
        "reading": Reading(paces=paces),
        "goal": Goal(minutes=30),
        "as_of": athlete.start,
        "issued": datetime(2027, 1, 2, 9, tzinfo=UTC),
    }
    return Brief(athlete=athlete, **(plain | of_brief))


def run(ordinal: int = 1, **changes: object) -> RunView:
    """One sized run of a week."""
    plain = {
        "pillar": "progression",
        "key": "run",
        "ordinal": ordinal,
        "run_s": 1200,
        "longest_stretch_s": 120,
        "new_level": False,
        "tags": ("run",),
    }
    return RunView(**(plain | changes))


def week(number: int = 1, *, runs: int | tuple[RunView, ...] = 3, stage: Stage = "ladder", **changes: object) -> WeekView:
    """Week `number` of the plan of `brief()`, with `runs` runs (how many, or which; none in `pre-run`)."""
    views = runs if isinstance(runs, tuple) else tuple(run(n) for n in range(1, runs + 1) if stage != "pre-run")
    plain = {
        "number": number,
        "first_day": START + (number - 1) * WEEK,
        "stage": stage,
        "decision": "off" if stage == "pre-run" else "entry" if number == 1 else "progress",
        "limits": Limits(),
        "room": Room(week_m=6000, run_m=2500, run_s=1500, runs=3, bound_by="weekly"),
        "runs": views,
    }
    return WeekView(**(plain | changes))


def past_week(number: int, *, stage: Stage = "ladder", sessions: tuple[object, ...] = ()) -> Week:
    """A planned week before the one that is asked about, for `week(earlier=(...))`."""
    return Week(
        number=number,
        start=START + (number - 1) * WEEK,
        stage=stage,
        decision="progress",
        run_s=0,
        run_m=0,
        foot_m=0,
        ceiling_run_m=0,
        ceiling_foot_m=None,
        bound_by="",
        sessions=sessions,
    )
