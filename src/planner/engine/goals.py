"""When the goal is reached: within the plan, and beyond its end where the asked weeks are too few."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from planner.engine.drawing import draw_week
from planner.engine.state import holds, reaches
from planner.findings import Finding
from planner.quantities import distance

if TYPE_CHECKING:
    from datetime import date

    from planner.engine.state import State
    from planner.model import Goal, Week

FORESEEN_WEEKS = 60
"""How far ahead a goal is looked for, in weeks from the start."""


def goal_reached(state: State) -> Goal:
    """The goal with the dates on which it is reached; weeks beyond the plan are drawn on to find the week that would."""
    goal = _dated(state.brief.goal, state)
    if goal.foreseen is not None or not state.has_run:
        return goal
    ahead, number = state.copy(), len(state.weeks)
    ahead.talk = state.talk.running_only()
    while number < FORESEEN_WEEKS and not ahead.goal_reached:
        number += 1
        ahead = draw_week(ahead, number)
    return evolve(goal, foreseen=number if ahead.goal_reached else None)


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
    return next((s.date for w in weeks for s in w.sessions if s.run_s and holds(s, goal.minutes)), None)


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
            when = f"at this rate it would be in week {goal.foreseen}, from {start}. Ask for {goal.foreseen} weeks to see them"
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
