"""Findings on the log: what was done beyond the laws, what was missed, what the answers decided, which rows are not counted yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.engine.in_weeks import in_weeks
from planner.findings import Finding
from planner.language import N_, _, ngettext
from planner.quantities import distance

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.engine.state import State
    from planner.entry import Entry
    from planner.model import Week

MISSED = {
    "resume": N_(
        "{n} of {runs} runs missed. They are not made up; if pain was not the reason, the next week may return to the best of "
        'the three before it (`missed = "resume"`).'
    ),
    "strict": N_('{n} of {runs} runs missed. They are not made up, and the next week grows from what was done (`missed = "strict"`).'),
}
MOST_LINES = 5
DECISIONS = {
    "entry": N_("entry"),
    "progress": N_("progress"),
    "hold": N_("the same load once more"),
    "easy": N_("easy"),
    "regress": N_("a step back"),
    "off": N_("no running"),
}


def log_findings(state: State) -> list[Finding]:
    """Findings on each week that the log says something about, on rows dated later, and on how weeks ahead are drawn."""
    if not state.past_log.kept:
        return []
    from planner.response import AS_IF_ANSWERED_WELL  # noqa: PLC0415  (a plan without a log does not need it)

    return [
        *_weeks(state),
        *_later(state),
        Finding(rule="drawn-ahead", severity="info", message=_(AS_IF_ANSWERED_WELL), source="PAIN-08"),
    ]


def _weeks(state: State) -> Iterable[Finding]:
    miles = state.brief.athlete.miles
    for week in state.weeks:
        about = (week.number,)
        where = in_weeks(about)
        answers = state.answers.get(week.number)
        if answers is not None:
            message = answers.text
            if week.decision != "off" or not week.ceiling_run_m:  # where it has no days for its runs it is off without them
                message = _("{answers} So: {decision}.", answers=answers.text, decision=_(DECISIONS[week.decision]))
            yield Finding(rule="answers", severity="info", where=where, weeks=about, message=message, source=answers.source)
        missed = sum(run.status == "missed" for run in week.sessions)
        if missed:
            message = _(MISSED[state.reading.missed], n=missed, runs=_runs(week))
            yield Finding(rule="missed", severity="info", where=where, weeks=about, message=message, source="PROG-21")
        done = [d for d in state.done if week.start <= d.date <= week.last_day]
        over = sum(d.run_m - min(d.run_m, d.allowed_m if d.allowed_m is not None else d.run_m) for d in done)
        if distance(over, miles=miles) != distance(0, miles=miles):
            ran = distance(sum(d.run_m for d in done), miles=miles)
            message = _(
                "{done} done, {beyond} of it more than was allowed: that part does not count towards growth.",
                done=ran,
                beyond=distance(over, miles=miles),
            )
            yield Finding(rule="done-over", severity="warning", where=where, weeks=about, message=message, source="PROG-15")


def _runs(week: Week) -> int:
    return sum(bool(session.run_s) for session in week.sessions)


def _later(state: State) -> Iterable[Finding]:
    """A warning on rows dated after the day of planning: they, and signs they name, count from their date on."""
    later = sorted((row for row in state.brief.log or () if row.date > state.brief.as_of), key=lambda row: (row.line, row.date))
    if not later:
        return
    first = min(row.date for row in later)
    message = ngettext(
        "{n} row of the log from {first} on{lines}: later than {today}, and not counted yet.",
        "{n} rows of the log from {first} on{lines}: later than {today}, and not counted yet.",
        len(later),
        first=first,
        lines=_lines(later),
        today=state.brief.as_of,
    )
    signs = [row for row in later if row.red_flag]
    if signs:
        names = ", ".join(sorted({row.red_flag for row in signs}))
        unheard = _("{signs}{lines} has no effect before its date. Is the date right?", signs=names, lines=_lines(signs))
        message = f"{message} {unheard}"
    yield Finding(rule="log-later", severity="warning", where=str(first), message=message, source="PROG-15")


def _lines(rows: Sequence[Entry]) -> str:
    """The rows' line numbers as the end of a phrase; empty where none is known."""
    known = [row.line for row in rows if row.line]
    if not known:
        return ""
    more = ", ..." if len(known) > MOST_LINES else ""
    lines = ", ".join(map(str, known[:MOST_LINES])) + more
    return " " + ngettext("(line {lines})", "(lines {lines})", len(known), lines=lines)
