"""When the goal is reached: within the plan, or beyond its end where the plan is too short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from planner.engine.commitment_runs import beyond, own
from planner.engine.goal_check import held, reaches
from planner.engine.week_choice import draw_week
from planner.findings import Finding
from planner.language import _
from planner.quantities import clock, distance
from planner.steps import RUNNING, each_step

if TYPE_CHECKING:
    from datetime import date

    from planner.engine.state import State
    from planner.model import Goal

FORESEEN_WEEKS = 60
"""How many weeks from the start to search for the goal."""
HOLD_EVERY = 3
"""Every so many future weeks is drawn as a hold to estimate how late the goal may come."""


def goal_reached(state: State, begun: State) -> Goal:
    """The goal with the dates on which it is reached; beyond the plan's end, further weeks are drawn to find its week.

    `begun` is the draft after the last week that has begun: with a log, the weeks after it are drawn again, some held, for `latest`.
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
    """The goal's week if every third week after those begun were a hold; None where not within `FORESEEN_WEEKS`."""
    ahead = begun.copy()
    ahead.held = frozenset(range(len(begun.weeks) + HOLD_EVERY, FORESEEN_WEEKS + 1, HOLD_EVERY))
    found = _week_of_goal(ahead, len(begun.weeks))
    return None if found is None else max(found, foreseen)


def _week_of_goal(state: State, planned: int) -> int | None:
    """The week that reaches the goal if the draft is continued, with runs only after week `planned`; None where not in time."""
    ahead, number = state.copy(), len(state.weeks)
    while number < FORESEEN_WEEKS and not ahead.goal_reached:
        number += 1
        if number == planned + 1:
            ahead.talk = state.talk.running_only()
        ahead = draw_week(ahead, number)
    return number if ahead.goal_reached else None


def _dated(goal: Goal, state: State) -> Goal:
    weeks = state.weeks
    every = next((w for w in weeks if reaches(goal, w, state.done)), None)
    return evolve(
        goal,
        first_run=_first_single(goal, state),
        every_run=every.start if every else None,
        foreseen=every.number if every else None,
    )


def _first_single(goal: Goal, state: State) -> date | None:
    minutes, done = goal.minutes, state.done
    if minutes is None:
        return None
    return next((s.date for w in state.weeks for s in w.sessions if s.run_s and held(s, minutes, w, done) and not beyond(s)), None)


def goal_findings(state: State, goal: Goal) -> list[Finding]:
    """Findings on a goal that the plan does not reach, with its week, and on how far the laws stretch the programme."""
    if not state.has_run:
        return []
    found: list[Finding] = []
    if _never_without_a_walk(goal, state):
        found.append(_programme_keeps_walking(goal, state))
    elif goal.every_run is None:
        message = _(
            "The goal, {aim}, is not reached in these {weeks} weeks; {when}.",
            aim=_aim(goal, miles=state.brief.athlete.miles),
            weeks=len(state.weeks),
            when=_later(goal, state),
        )
        found.append(Finding(rule="goal-later", severity="info", message=message, source="PROG-11"))
    template = state.brief.template
    published = template.published_weeks
    if published and goal.foreseen and goal.foreseen > published and state.weeks[0].decision == "entry":
        message = _(
            "The 10% limit stretches {programme} from {published} to {weeks} weeks.",
            programme=_(template.title) if template.title else template.name,
            published=published,
            weeks=goal.foreseen,
        )
        found.append(Finding(rule="template-held-back", severity="info", message=message, source="PROG-11"))
    return found


def _never_without_a_walk(goal: Goal, state: State) -> bool:
    """Whether the programme's walks keep the goal away: no level holds its minutes at a stretch, and no run leaves the levels behind."""
    levels, goal_s = state.brief.template.levels, 60 * (goal.minutes or 0)
    if goal.foreseen is not None or not levels or any(not level.walk_s or level.run_s >= goal_s for level in levels):
        return False
    ran = next(week for week in reversed(state.weeks) if week.run_s)
    steps = [step for run in ran.sessions if run.run_s and own(run) for step in each_step(run.steps)]
    return all(step.seconds <= _longest_stretch_s(state) for step in steps if step.kind == RUNNING)


def _longest_stretch_s(state: State) -> int:
    return max(level.run_s for level in state.brief.template.levels)


def _programme_keeps_walking(goal: Goal, state: State) -> Finding:
    """Say that no number of weeks reaches the goal with this programme, and what to change."""
    message = _(
        "The goal, {minutes} minutes of running without a walk, cannot be reached with the programme {programme}: a walk follows after "
        "{time} of running at most. Set `goal_week_{unit}` instead, or change to a programme without walks once your runs are clean.",
        minutes=goal.minutes,
        programme=state.brief.template.name,
        time=clock(_longest_stretch_s(state)),
        unit=state.brief.athlete.units,
    )
    return Finding(rule="goal-programme", severity="warning", where="running.goal_minutes", message=message, source="PROG-24")


def _aim(goal: Goal, *, miles: bool) -> str:
    """The goal in words, in the middle of a sentence."""
    if goal.minutes:
        return _("{minutes} minutes of running in every run", minutes=goal.minutes)
    return _("{distance} a week", distance=distance(goal.week_m or 0, miles=miles))


def _later(goal: Goal, state: State) -> str:
    """When a goal that the plan does not reach would be reached, worded as the end of a sentence."""
    if not goal.foreseen:
        return _("it does not come within {weeks} weeks with this programme, these days and limits", weeks=FORESEEN_WEEKS)
    start = state.brief.week_start(goal.foreseen)
    if len(state.weeks) < state.brief.weeks:  # a plugin bounds the weeks, so more of them cannot be asked for
        return _("at this rate it would be in week {week}, from {start}", week=goal.foreseen, start=start)
    if goal.latest is None:
        return _(
            "at this rate it comes in week {week}, from {start}. Write `weeks = {week}` to plan that far", week=goal.foreseen, start=start
        )
    return _(
        "at this rate it comes in week {week}, from {start}, or in week {latest} if every third week is a hold. Write `weeks = {week}` "
        "to plan that far",
        week=goal.foreseen,
        start=start,
        latest=goal.latest,
    )
