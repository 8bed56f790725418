"""Plans as JSON, format `planner-plan/1`: the whole plan, for other programs and for `planner check`."""

from __future__ import annotations

import json
from datetime import UTC
from typing import TYPE_CHECKING, TypeAlias, cast

from planner.entry import Entry
from planner.language import ENGLISH
from planner.records import names_of
from planner.render.identity import uids
from planner.steps import Group

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.findings import Finding
    from planner.model import Done, Goal, Plan, Session, Week
    from planner.render import Options
    from planner.steps import Step

FORMAT = "planner-plan/1"
BEGINNING = b'{\n "format": "planner-plan/'
Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"


def render(plan: Plan, options: Options) -> bytes:  # noqa: ARG001  (all renderers share this signature)
    """Return the plan as UTF-8 JSON with members in a fixed order, one per line, and a final line break."""
    return (json.dumps(document(plan), ensure_ascii=False, indent=1) + "\n").encode()


def document(plan: Plan) -> dict[str, Json]:
    """Return the plan as plain values, as written by `render`."""
    reading, uid_of = plan.reading, uids(plan)
    return {
        "format": FORMAT,
        "athlete": {"id": plan.athlete_id, "name": plan.athlete_name},
        "timezone": plan.timezone,
        "units": plan.units,
        "start": plan.start.isoformat(),
        "as_of": plan.as_of.isoformat(),
        "issued": plan.issued.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "template": plan.template,
        "run_gap_days": reading.run_gap_days,
        "close_run_s": reading.close_run_s,
        "paces": {"run_s_per_km": reading.paces.run, "walk_s_per_km": reading.paces.walk},
        "measure": reading.measure,
        "missed": reading.missed,
        "rolling": reading.rolling,
        "growth": f"{reading.growth.numerator}/{reading.growth.denominator}",
        "explicit_growth": reading.explicit_growth,
        "easy_week_every": reading.easy_week_every,
        "ladder": reading.ladder,
        "goal": _goal(plan.goal),
        "plugins": [{"name": p.name, "distribution": p.distribution, "version": p.version} for p in plan.plugins],
        "history": [_done(done) for done in plan.history],
        "weeks": [_week(week) for week in plan.weeks],
        "sessions": [_session(session, uid_of) for session in plan.sessions],
        "findings": [_finding(finding) for finding in plan.findings],
        "disclaimer": plan.disclaimer,
        **({} if plan.ahead_from is None else {"ahead_from": plan.ahead_from.isoformat()}),
        **({} if plan.log is None else {"log": [_entry(row) for row in plan.log]}),
        **({} if plan.language == ENGLISH else {"language": plan.language}),
    }


def _goal(goal: Goal) -> Json:
    written: dict[str, Json] = {
        "minutes": goal.minutes,
        "week_m": goal.week_m,
        "first_run": goal.first_run.isoformat() if goal.first_run else None,
        "every_run": goal.every_run.isoformat() if goal.every_run else None,
        "foreseen": goal.foreseen,
    }
    return written if goal.latest is None else {**written, "latest": goal.latest}


def _entry(row: Entry) -> Json:
    """Return the values of a log row that are set."""
    said: dict[str, Json] = {"date": row.date.isoformat()}
    for name in names_of(Entry):
        value = cast("str | int | None", getattr(row, name))
        if name not in ("date", "line") and value not in (None, ""):
            said[name] = value
    return said


def _done(done: Done) -> Json:
    written: dict[str, Json] = {
        "date": done.date.isoformat(),
        "run_m": done.run_m,
        "foot_m": done.foot_m,
        "allowed_m": done.allowed_m,
        "estimated": done.estimated,
    }
    return written if done.longest_m is None else {**written, "longest_m": done.longest_m}


def _week(week: Week) -> Json:
    return {
        "number": week.number,
        "start": week.start.isoformat(),
        "stage": week.stage,
        "decision": week.decision,
        "run_s": week.run_s,
        "run_m": week.run_m,
        "foot_m": week.foot_m,
        "ceiling_run_m": week.ceiling_run_m,
        "ceiling_foot_m": week.ceiling_foot_m,
        "bound_by": week.bound_by,
        "done_run_m": week.done_run_m,
    }


def _session(session: Session, uid_of: Callable[[Session], str]) -> Json:
    return {
        "id": session.id,
        "uid": uid_of(session),
        "week": session.week,
        "date": session.date.isoformat(),
        "start": session.start.isoformat() if session.start else None,
        "duration_s": session.duration_s,
        "pillar": session.pillar,
        "key": session.key,
        "title": session.title,
        "tags": list(session.tags),
        "status": session.status,
        "transparent": session.transparent,
        "run_s": session.run_s,
        "walk_s": session.walk_s,
        "run_m": session.run_m,
        "foot_m": session.foot_m,
        "ceiling_m": session.ceiling_m,
        "bound_by": session.bound_by,
        "steps": [_step(step) for step in session.steps],
        "details": session.details,
        "why": [{"limit": why.limit, "text": why.text, "source": why.source} for why in session.why],
    }


def _step(step: Step | Group) -> Json:
    """Return a step, without unset parts of its dose."""
    if isinstance(step, Group):
        return {"repeat": step.repeat, "steps": [_step(inside) for inside in step.steps]}
    written: dict[str, Json] = {"kind": step.kind, "seconds": step.seconds, "text": step.text}
    dose: tuple[tuple[str, Json], ...] = (("sets", step.sets), ("reps", step.reps), ("side", step.side or None), ("rpe", step.rpe))
    return {**written, **{key: value for key, value in dose if value is not None}}


def _finding(finding: Finding) -> Json:
    written: dict[str, Json] = {
        "rule": finding.rule,
        "severity": finding.severity,
        "where": finding.where,
        "message": finding.message,
        "source": finding.source,
        "by": finding.by,
    }
    if finding.weeks:
        written["weeks"] = list(finding.weeks)
    return written if finding.margin_m is None else {**written, "margin_m": finding.margin_m}
