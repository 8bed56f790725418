"""Build the brief of one plan from an athlete: how the laws are read, past running, and the goal."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from planner.caching import cached_by_identity
from planner.errors import InputError
from planner.model import Brief, Goal, Paces, Reading
from planner.quantities import metres_from
from planner.recent_running import past_running
from planner.settings import refuse_wrong

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from planner.athlete import Athlete
    from planner.entry import Entry
    from planner.model import Done
    from planner.programme import Template

DEFAULT_GOAL_MINUTES = 30


def make_brief(
    athlete: Athlete,
    template: Template,
    *,
    as_of: date,
    issued: datetime,
    log: tuple[Entry, ...] | None = None,
    stood: tuple[Entry, ...] | None = None,
) -> Brief:
    """The brief of one plan. `log` holds the athlete's log rows by date (None: no log is kept), `stood` the past of the plan's existing
    calendar (None: there is none).

    Raises `InputError` if a field of the athlete or the programme has the wrong type or is out of range, or if their settings conflict.
    """
    refuse_wrong(athlete)
    _refuse_wrong_programme(template)
    _refuse_coming_answers(athlete, as_of)
    runs = runs_per_week(athlete, template)
    history = past_running(athlete, runs, template.run_gap_days, [row for row in log or () if row.date <= as_of])
    return Brief(
        athlete=athlete,
        template=template,
        reading=_reading(athlete, template, as_of),
        goal=_goal(athlete, template, history),
        as_of=as_of,
        issued=issued,
        history=history,
        log=log,
        stood=stood,
    )


@cached_by_identity(64)
def _refuse_wrong_programme(template: Template) -> None:
    refuse_wrong(template, "template")


def runs_per_week(athlete: Athlete, template: Template) -> int:
    """Runs a week: the athlete's choice, else the programme's. Raises `InputError` for more than the programme allows."""
    asked = athlete.running.runs_per_week
    most = min(template.most_runs_per_week, 7 // template.run_gap_days)
    if asked is not None and asked > most:
        raise InputError(
            "running.runs_per_week",
            f"found {asked}",
            f"at most {most} with the programme {template.name}, whose runs are {template.run_gap_days} days apart",
            "Ask for fewer runs, or choose another template.",
        )
    return min(most, template.runs_per_week) if asked is None else asked


def _reading(athlete: Athlete, template: Template, as_of: date) -> Reading:
    wishes = athlete.progression
    if wishes.measure == "on-foot":
        _refuse_on_foot(athlete, as_of)
    return Reading(
        paces=Paces(run=athlete.running.easy_pace, walk=athlete.running.walk_pace),
        run_gap_days=template.run_gap_days,
        close_run_s=template.close_run_s if template.run_gap_days == 1 else 0,
        measure=wishes.measure,
        missed=wishes.missed,
        rolling=wishes.rolling,
        growth=Fraction(wishes.most_growth_bp, 10_000),
        explicit_growth=wishes.growth is not None,
        easy_week_every=wishes.easy_week_every,
        ladder=template.kind == "ladder",
    )


def _refuse_coming_answers(athlete: Athlete, as_of: date) -> None:
    """Raise `InputError` for screening answers dated after both `as_of` and the start: they would expire too late."""
    answered = athlete.screening.answered
    if answered is not None and answered > max(as_of, athlete.start):
        expected = f"a day up to today, {as_of}"
        raise InputError("screening.answered", f"found {answered}", expected, "Write the day on which you answered the questions.")


def _refuse_on_foot(athlete: Athlete, as_of: date) -> None:
    """Raise `InputError` for `on-foot`, which lets running grow faster, under 18, with pain of 3 or more, or with a bone stress sign."""
    age = athlete.age_on(as_of)
    flags = athlete.screening.red_flags or ()
    if age is not None and age - 1 < 18:
        reason = "an athlete who may be under 18"
    elif (athlete.knee.pain_run_worst or 0) >= 3:
        reason = "pain of 3 or more while running"
    elif any(flag.startswith("RED-09") for flag in flags):
        reason = "a sign of a bone stress injury"
    else:
        return
    raise InputError("progression.measure", f'found "on-foot" with {reason}', '"running"', "Remove the line.")


def _goal(athlete: Athlete, template: Template, history: Sequence[Done]) -> Goal:
    running = athlete.running
    if running.goal_week_km is not None:
        return Goal(week_m=metres_from(running.goal_week_km, miles=False))
    present = sum(d.run_m for d in history if d.date >= athlete.start - timedelta(days=7))
    if running.goal_minutes is None and template.kind == "continuous" and present:
        return Goal(week_m=present)
    return Goal(minutes=running.goal_minutes or DEFAULT_GOAL_MINUTES)
