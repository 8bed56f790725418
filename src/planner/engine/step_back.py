"""How far answers take a ladder back: the last run that hurt, the level that it was on, and how many levels it costs (evidence 3a)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planner.offers import LEVEL

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    from planner.engine.state import State
    from planner.model import Session
    from planner.offers import EasierShape, RunShape
    from planner.response import Standing, Verdict


class StepBack(NamedTuple):
    """The last run that cost levels: its date (the planned one, if the plan has the run), its level (None: not known), the levels lost.

    `worst` is the verdict that cost the most of them.
    """

    on: date
    level: int | None
    lost: int
    worst: Verdict


def step_back(state: State, standing: Standing, sessions: Collection[Session] = ()) -> StepBack | None:
    """The last step back in a standing; None if there is none. `sessions` are those of a week that is still being drawn.

    Verdicts on the days after a run, up to the next one, are about that run: the worst of them counts once.
    """
    losses = [verdict for verdict in standing.verdicts if verdict.levels]
    if not losses:
        return None
    on = max((day.date for day in standing.runs if day.date <= losses[-1].date), default=losses[-1].date)
    worst = min((verdict for verdict in losses if verdict.date >= on), key=lambda verdict: verdict.levels)
    names = {verdict.session for verdict in standing.verdicts if verdict.date == on}
    weeks = [week.sessions for week in state.weeks if week.start <= on <= week.last_day]
    run = _run_on(on, names, weeks[0] if weeks else sessions)
    if run is None:
        return StepBack(on, None, -worst.levels, worst)
    return StepBack(max(on, run.date), level_of(run), -worst.levels, worst)


def _run_on(on: date, names: Collection[str], sessions: Iterable[Session]) -> Session | None:
    """The run of a week that was run on a date: the one that rows name, else that of the date, else the week's easiest."""
    runs = [session for session in sessions if level_of(session)]
    named = [run for run in runs if run.id in names] or [run for run in runs if run.date == on]
    return min(named or runs, key=lambda run: level_of(run) or 0, default=None)


def level_of(run: Session) -> int | None:
    """The level of a run by its tag, from 1; None if it has none."""
    return next((int(tag.removeprefix(LEVEL)) for tag in run.tags if tag.startswith(LEVEL)), None)


def easier_shape(shape: RunShape, back: StepBack, week: Iterable[RunShape]) -> EasierShape | None:
    """The shape that a run needs after a step back in its own week; None if its own is easy enough, or there is none easier.

    The levels to go back by are those that the shapes of the `week` name as easier.
    """
    if shape.level is None or not shape.easier:
        return None
    named, hurt = {easier.level for run in week for easier in run.easier}, back.level or shape.level
    below = sorted((level for level in named if level < hurt), reverse=True)
    most = below[min(back.lost, len(below)) - 1] if below else 1
    if shape.level <= most:
        return None
    return next((easier for easier in shape.easier if easier.level <= most), shape.easier[-1])


def at_level(tags: Sequence[str], level: int, new_level: str) -> tuple[str, ...]:
    """The tags of a run that was taken back to a level: never a new one."""
    return (*(tag for tag in tags if tag != new_level and not tag.startswith(LEVEL)), f"{LEVEL}{level}")
