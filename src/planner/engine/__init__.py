"""`build_plan`: from brief to audited plan, end to end."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import evolve

from planner.audit import audit
from planner.briefing import runs_per_week
from planner.engine.commitments import commitment_findings
from planner.engine.contradiction import refuse_contradiction
from planner.engine.cuts import assumptions, close_findings, cut_findings, time_off_findings
from planner.engine.goals import goal_findings, goal_reached
from planner.engine.log_findings import log_findings
from planner.engine.overrides import override_findings
from planner.engine.plugin_limits import limit_findings, of_plan
from planner.engine.state import State
from planner.engine.stops import heard_signs, refuse_stop
from planner.engine.unmatched_rows import stray_rows
from planner.engine.week_choice import draw_week
from planner.errors import AuditError, StopError
from planner.findings import ordered
from planner.language import N_, _, current_language, use_language
from planner.limits import merge
from planner.model import Plan

if TYPE_CHECKING:
    from planner.host import Host
    from planner.limits import Limits
    from planner.model import Brief, Reading

DISCLAIMER = N_(
    "This plan is a planning aid, not a diagnosis or a treatment; "
    "ask a clinician if you are unsure, if it gets worse, or if it is no better by week 6.\n"
    "The 10% limit is a cautious convention; it has not been shown to keep injuries away."
)


def build_plan(brief: Brief, host: Host) -> Plan:
    """Build the plan for a brief. Pure and deterministic: equal briefs and plugins, in any plugin order, give an equal plan.

    Raises `StopError` where the safety answers or the log call for a professional first, `ContradictionError` where limits leave nothing
    to plan, `PluginError` for a faulty plugin, `InputError` for a pillar's invalid settings, `AuditError` if the audit rejects the result.

    While a hook runs in the main thread, `sys.stdout` is standard error, and we may use SIGALRM; both are restored before this returns. A
    hook is stopped after 10 s; one that cannot be stopped ends the process, with its name and exit code 5.
    """
    with use_language(brief.athlete.language), host.asking():
        return _built(brief, host)


def _built(brief: Brief, host: Host) -> Plan:
    talk = host.conversation(heard_signs(brief))
    said = talk.screening()
    stops = [f for f in ordered(said) if f.severity == "stop"]
    if stops:
        raise StopError(f"{f.rule}: {f.message}" for f in stops)
    limits = merge(talk.limits())
    reading = _reading(brief, limits)
    state = begun = State(brief, reading, limits, talk, runs_per_week(brief.athlete, brief.template))
    for number in range(1, _weeks(brief, limits) + 1):
        state = draw_week(state, number)
        begun = state if state.first_day(number) <= state.past_log.today else begun
    refuse_stop(state, said)
    refuse_contradiction(state)
    plan = _plan(state, begun, host)
    checked = audit(plan)
    breaks = [f for f in checked if f.severity == "error"]
    if breaks:
        raise AuditError(f"{f.where}: {f.message}" for f in breaks)
    own = [*said, *checked, *goal_findings(state, plan.goal), *cut_findings(state), *time_off_findings(state), *close_findings(state)]
    own += [
        *assumptions(state),
        *log_findings(state),
        *stray_rows(plan),
        *commitment_findings(state),
        *override_findings(state),
    ]
    own += limit_findings(state, said)
    return evolve(plan, findings=ordered([*own, *talk.findings(evolve(plan, findings=ordered(own)))]))


def _reading(brief: Brief, limits: Limits) -> Reading:
    """The athlete's reading of the laws, with growth capped by the plugins' limits."""
    ceiling = of_plan("growth-bp", brief, limits)
    if ceiling is None:
        return brief.reading
    return evolve(brief.reading, growth=min(brief.reading.growth, Fraction(ceiling.at_most, 10_000)))


def _weeks(brief: Brief, limits: Limits) -> int:
    """The number of weeks to plan: as requested, capped by the plugins' limits, at least one."""
    ceiling = of_plan("weeks", brief, limits)
    return brief.weeks if ceiling is None else max(1, min(brief.weeks, ceiling.at_most))


def _plan(state: State, begun: State, host: Host) -> Plan:
    brief, athlete = state.brief, state.brief.athlete
    return Plan(
        athlete_id=athlete.id,
        athlete_name=athlete.name or athlete.id,
        timezone=athlete.timezone,
        units=athlete.units,
        start=brief.start,
        as_of=brief.as_of,
        issued=brief.issued,
        template=brief.template.name,
        reading=state.reading,
        goal=goal_reached(state, begun),
        plugins=host.contributors,
        history=(*brief.history, *sorted(state.done, key=lambda done: done.date)),
        weeks=tuple(state.weeks),
        disclaimer=_(DISCLAIMER),
        ahead_from=date.fromordinal(state.past_log.ahead) if state.past_log.follows else None,
        log=brief.log and tuple(row for row in brief.log if row.date <= brief.as_of),
        language=current_language(),
    )
