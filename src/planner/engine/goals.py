"""When the goal is reached: within the plan, and beyond its end where the asked weeks are too few."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from planner.engine.drawing import draw_week
from planner.engine.fixed import beyond
from planner.engine.state import holds, reaches
from planner.findings import Finding
from planner.quantities import distance

if TYPE_CHECKING:
    from datetime import date

    from planner.engine.state import State
    from planner.model import Goal, Week

FORESEEN_WEEKS = 60
"""How far ahead a goal is looked for, in weeks from the start."""
HOLD_EVERY = 3
"""Of the weeks ahead every third is a hold where it is asked how late the goal may come."""


def goal_reached(state: State, begun: State) -> Goal:
    """The goal with the dates on which it is reached; weeks beyond the plan are drawn on to find the week that would.

    `begun` is the draft as it was after the last week that has begun: with a log, the weeks after it are drawn once more, some held.
    """
    goal = _dated(state.brief.goal, state)
    if not state.has_run:
        return goal
    planned = len(state.weeks)
    foreseen = goal.foreseen or _week_of_goal(state, planned)
    if foreseen is None or not state.past_log.kept:
        return evolve(goal, foreseen=foreseen)
    return evolve(goal, foreseen=foreseen, latest=foreseen if begun.goal_reached else _latest(begun, foreseen))


def _latest(begun: State, foreseen: int) -> int | None:
    """The week of the goal if every third week after those that have begun were a hold; None: not within `FORESEEN_WEEKS`."""
    ahead = begun.copy()
    ahead.held = frozenset(range(len(begun.weeks) + HOLD_EVERY, FORESEEN_WEEKS + 1, HOLD_EVERY))
    found = _week_of_goal(ahead, len(begun.weeks))
    return None if found is None else max(found, foreseen)


def _week_of_goal(state: State, planned: int) -> int | None:
    """The week in which the goal is reached if the draft goes on; from the plan's end on only runs are asked for."""
    ahead, number = state.copy(), len(state.weeks)
    while number < FORESEEN_WEEKS and not ahead.goal_reached:
        number += 1
        if number == planned + 1:
            ahead.talk = state.talk.running_only()
        ahead = draw_week(ahead, number)
    return number if ahead.goal_reached else None


def _dated(goal: Goal, state: State) -> Goal:
    weeks = state.weeks
    every = next((w for w in weeks if reaches(state.brief, w)), None)
    return evolve(
        goal,
        first_run=_first_single(goal, weeks),
        every_run=every.start if every else None,
        foreseen=every.number if every else None,
    )


def _first_single(goal: Goal, weeks: list[Week]) -> date | None:
    if goal.minutes is None:
        return None
    return next((s.date for w in weeks for s in w.sessions if s.run_s and holds(s, goal.minutes) and not beyond(s)), None)


def goal_findings(state: State, goal: Goal) -> list[Finding]:
    """What there is to say about the goal: reached when, or in which week it would be, and by how much the laws stretch the programme."""
    if not state.has_run:
        return []
    aim = (
        f"{goal.minutes} minutes of running in every run"
        if goal.minutes
        else f"{distance(goal.week_m or 0, miles=state.brief.athlete.miles)} a week"
    )
    found: list[Finding] = []
    if goal.every_run is None:
        when = f"it does not come within {FORESEEN_WEEKS} weeks with these days and limits"
        if goal.foreseen:
            start = state.brief.week_start(goal.foreseen)
            late = "" if goal.latest is None else f"; in week {goal.latest} if every third week is a hold"
            when = f"at this rate it would be in week {goal.foreseen}, from {start}{late}. Ask for {goal.foreseen} weeks to see them"
        found.append(
            Finding(
                rule="goal-later",
                severity="info",
                message=f"The goal, {aim}, is not reached in these {len(state.weeks)} weeks; {when}.",
                source="PROG-11",
            )
        )
    published = state.brief.template.published_weeks
    if published and goal.foreseen and goal.foreseen > published and state.weeks[0].decision == "entry":
        found.append(
            Finding(
                rule="template-held-back",
                severity="info",
                message=f"The 10% limit stretches {state.brief.template.title} from {published} to {goal.foreseen} weeks.",
                source="PROG-11",
            )
        )
    return found
