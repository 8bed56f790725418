"""Reduce a plan to what others may see: times, durations and running, but nothing about the person or the knee."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.language import _
from planner.model import Plan, Session, Week
from planner.render.ics import PRIVATE_NOTE, PRIVATE_TITLE
from planner.render.workout import CADENCE_TAG
from planner.steps import RUNNING, WALKING, Group, Step, each_step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.model import Decision
    from planner.steps import Steps

NEUTRAL = "training"
"""The athlete id, programme and pillars of a private plan."""
_ON_FOOT = ("warm-up", WALKING, RUNNING, "cool-down")
_SAID: dict[Decision, Decision] = {"entry": "entry", "progress": "progress"}
"""Week decisions that are kept; all others are shown as an easy week."""


def private(plan: Plan) -> Plan:
    """Return the plan with dates, times, durations and loads, and the running and walking steps of its runs.

    Everything else is left out: name and id, titles, texts, reasons, findings, the log, the history, and the names of programme and
    pillars; week decisions are made neutral. Each record is built from scratch, so fields added later are also left out by default.
    """
    return Plan(
        athlete_id=NEUTRAL,
        athlete_name="",
        timezone=plan.timezone,
        units=plan.units,
        start=plan.start,
        as_of=plan.as_of,
        issued=plan.issued,
        template=NEUTRAL,
        reading=plan.reading,
        goal=plan.goal,
        plugins=(),
        history=(),
        weeks=tuple(_week(week) for week in plan.weeks),
        language=plan.language,
    )


def is_private(plan: Plan) -> bool:
    """Whether a plan was read from a private file; all others name their plugins."""
    return (plan.athlete_id, plan.template, plan.plugins) == (NEUTRAL, NEUTRAL, ())


def _week(week: Week) -> Week:
    return Week(
        number=week.number,
        start=week.start,
        stage="ladder" if week.stage == "pre-run" else week.stage,
        decision=_SAID.get(week.decision, "easy"),
        run_s=week.run_s,
        run_m=week.run_m,
        foot_m=week.foot_m,
        ceiling_run_m=week.ceiling_run_m,
        ceiling_foot_m=week.ceiling_foot_m,
        bound_by="",
        sessions=tuple(_sessions(week)),
    )


def _sessions(week: Week) -> Iterator[Session]:
    """Yield the sessions in order. Ordinals are kept where unique, and do not depend on the sessions' positions."""
    by_name = sorted(range(len(week.sessions)), key=lambda at: _name(week.sessions[at]))
    numbers: dict[int, int] = {}
    taken: set[tuple[str, int]] = set()
    for at in by_name:
        key, number = _key(week.sessions[at]), week.sessions[at].ordinal
        while (key, number) in taken:
            number += 1
        taken.add((key, number))
        numbers[at] = number
    for at, session in enumerate(week.sessions):
        yield _session(session, _key(session), numbers[at])


def _name(session: Session) -> tuple[int, str, str]:
    return session.ordinal, session.pillar, session.key


def _key(session: Session) -> str:
    return "note" if session.transparent else "run" if _is_run(session) else "session"


def _is_run(session: Session) -> bool:
    return any(step.kind == RUNNING for step in each_step(session.steps))


def _session(session: Session, key: str, ordinal: int) -> Session:
    runs = _is_run(session)
    return Session(
        week=session.week,
        pillar=NEUTRAL,
        key=key,
        ordinal=ordinal,
        date=session.date,
        start=session.start,
        duration_s=session.duration_s,
        title=_(PRIVATE_NOTE) if session.transparent else _(PRIVATE_TITLE),
        steps=_steps(session.steps) if runs else (),
        tags=("run", *(tag for tag in session.tags if CADENCE_TAG.fullmatch(tag))) if runs else (),
        run_s=session.run_s,
        walk_s=session.walk_s,
        run_m=session.run_m,
        foot_m=session.foot_m,
        ceiling_m=session.ceiling_m,
        transparent=session.transparent,
        status=session.status,
    )


def _steps(steps: Steps) -> Steps:
    """Keep the running and walking steps with duration and effort, without their text."""
    kept: list[Step | Group] = []
    for step in steps:
        if isinstance(step, Group):
            inside = _steps(step.steps)
            kept += [Group(repeat=step.repeat, steps=inside)] if inside else []
        elif step.kind in _ON_FOOT:
            kept.append(Step(kind=step.kind, seconds=step.seconds, rpe=step.rpe))
    return tuple(kept)
