"""What there is to say about the log: what was done beyond the laws, what was missed, what the answers decided, which rows wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.findings import Finding
from planner.quantities import distance

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.engine.state import State
    from planner.model import Week

MISSED = {
    "resume": "What was missed is not made up; after runs missed for no pain the next week may return to the best of the three before it",
    "strict": "What was missed is not made up, and the next week grows from what was done",
}


def log_findings(state: State) -> list[Finding]:
    """Every week that the log says something of, up to the first that is drawn as answered well."""
    if not state.past_log.kept:
        return []
    from planner.response import AS_IF_ANSWERED_WELL  # noqa: PLC0415  (a plan without a log does not need it)

    return [
        *_weeks(state),
        *_later(state),
        Finding(rule="drawn-ahead", severity="info", message=AS_IF_ANSWERED_WELL, source="PAIN-08"),
    ]


def _weeks(state: State) -> Iterable[Finding]:
    miles = state.brief.athlete.miles
    for week in state.weeks:
        where = f"week {week.number}"
        answers = state.answers.get(week.number)
        if answers is not None:
            words = {"hold": "the same load once more", "regress": "a step back", "off": "no running"}.get(week.decision, week.decision)
            yield Finding(rule="answers", severity="info", where=where, message=f"{answers.text} So: {words}.", source=answers.source)
        missed = sum(run.status == "missed" for run in week.sessions)
        if missed:
            message = f'{missed} of {_runs(week)} runs missed. {MISSED[state.reading.missed]} (`missed = "{state.reading.missed}"`).'
            yield Finding(rule="missed", severity="info", where=where, message=message, source="PROG-21")
        done = [d for d in state.done if week.start <= d.date <= week.last_day]
        over = sum(d.run_m - min(d.run_m, d.allowed_m if d.allowed_m is not None else d.run_m) for d in done)
        if over:
            ran = distance(sum(d.run_m for d in done), miles=miles)
            message = f"{ran} done, {distance(over, miles=miles)} of it beyond what was allowed: that part is nothing to grow from."
            yield Finding(rule="done-over", severity="warning", where=where, message=message, source="PROG-15")


def _runs(week: Week) -> int:
    return sum(bool(session.run_s) for session in week.sessions)


def _later(state: State) -> Iterable[Finding]:
    """Rows that are dated after the day of planning: they count from their date on."""
    later = [row.date for row in state.brief.log or () if row.date > state.brief.as_of]
    if later:
        rows = f"{len(later)} row{'s' * (len(later) > 1)} of the log"
        message = f"{rows} from {min(later)} on: later than {state.brief.as_of}, and not counted yet."
        yield Finding(rule="log-later", severity="warning", where=str(min(later)), message=message, source="PROG-15")
