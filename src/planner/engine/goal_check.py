"""Whether a week or a run reaches the goal: as planned or, where past, as actually run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.engine.commitment_runs import beyond, own
from planner.model import WEEK
from planner.steps import RUNNING, each_step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.model import Done, Goal, Session, Week

PERCENT_OF_WEEK = 97
TENTHS = 9
"""Tenths of the planned metres from which a done run counts as whole: watch and pace never match the plan exactly."""


def reaches(goal: Goal, week: Week, done: Sequence[Done]) -> bool:
    """Whether `week` reaches the goal: its metres within 1%, or its minutes without a walk in every run; `done` is what was run so far.

    Beside other runs, commitments need not hold the minutes; a week with a commitment beyond what was allowed does not count.
    """
    if any(map(beyond, week.sessions)):
        return False
    if goal.week_m is not None:
        return (week.run_m if week.done_run_m is None else week.done_run_m) >= goal.week_m - goal.week_m // 100
    ran = [s for s in week.sessions if s.run_s]
    runs = list(filter(own, ran)) or ran
    return bool(runs) and all(held(s, goal.minutes or 0, week, done) for s in runs)


def held(run: Session, minutes: int, week: Week, done: Sequence[Done]) -> bool:
    """Whether a run of `week` holds so many continuous minutes and, where it is done, was run to its end."""
    return holds(run, minutes) and (run.status != "done" or 10 * _metres(run, week, done) >= TENTHS * run.run_m)


def _metres(run: Session, week: Week, done: Sequence[Done]) -> int:
    """Metres run on the run's date; where there are none, those of the longest run done in its week."""
    on_date = sum(past.run_m for past in done if past.date == run.date)
    return on_date or max((past.run_m for past in done if week.start <= past.date < week.start + WEEK), default=0)


def holds(session: Session, minutes: int) -> bool:
    """Whether a run holds so many continuous minutes as planned; a missed run holds none."""
    return session.status != "missed" and _is_planned(session, minutes)


def keeps(goal: Goal, week: Week) -> bool:
    """Whether a week after the goal still holds it as planned: by each of the plan's own runs, or by its metres, to within what intervals
    round off. A week without running gives nothing up.
    """
    if goal.week_m is not None:
        return not week.run_s or PERCENT_OF_WEEK * goal.week_m <= 100 * week.run_m
    return all(_is_planned(run, goal.minutes or 0) for run in week.sessions if run.run_s and own(run))


def _is_planned(session: Session, minutes: int) -> bool:
    if session.run_s < 60 * minutes:
        return False
    return any(step.kind == RUNNING and step.seconds >= 60 * minutes for step in each_step(session.steps))
