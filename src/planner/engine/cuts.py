"""Findings on what a plan leaves out and what it assumes."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from planner.engine.adjacent_runs import RESTED
from planner.engine.adjacent_runs import SOURCE as CLOSE
from planner.engine.commitment_placement import closed_by
from planner.engine.in_weeks import in_weeks
from planner.findings import Finding
from planner.language import _
from planner.laws import growth_for, most_runs
from planner.placement import Rule
from planner.placement.shape import RUN
from planner.quantities import DAYS_OF_WEEK, clock, distance, grown

if TYPE_CHECKING:
    from planner.engine.state import State
    from planner.model import Week

FEWEST_RUNS = 2
"""The fewest runs a week that an athlete file can ask for."""


def cut_findings(state: State) -> list[Finding]:
    """One finding for each thing left out and each reason, with its weeks collected."""
    weeks: dict[tuple[str, str, str], list[int]] = {}
    for number, what, why, source in state.cuts:
        weeks.setdefault((what, why, source), []).append(number)
    return [
        Finding(
            rule="left-out",
            severity="warning",
            where=in_weeks(numbers),
            weeks=tuple(sorted(set(numbers))),
            message=_("{what} left out: {reason}.", what=what, reason=why),
            source=source,
        )
        for (what, why, source), numbers in weeks.items()
    ]


def close_findings(state: State) -> list[Finding]:
    """A finding on the weeks that stay below what the laws allow because runs on neighbouring days are kept short (WR-09)."""
    short = [w.number for w in state.weeks if 100 * w.run_m < 97 * w.ceiling_run_m and _has_close(w)]
    if not short:
        return []
    message = _(
        "Runs on neighbouring days may take at most {most} each, so there is less running than the laws allow.",
        most=clock(state.reading.close_run_s),
    )
    fewer = min(state.runs_per_week - 1, max(_rested_runs(state, number) for number in short))
    if fewer >= FEWEST_RUNS:
        advice = _("With fewer runs, for instance `runs_per_week = {n}`, there is a day between them and they can grow.", n=fewer)
        message = f"{message} {advice}"
    return [Finding(rule="close-runs", severity="info", where=in_weeks(short), weeks=tuple(short), message=message, source=CLOSE)]


def _rested_runs(state: State, number: int) -> int:
    """How many runs fit on the open days of week `number` with a day between them, its commitments among them; 0 if those are closer."""
    first, tags, rest = state.first_day(number), frozenset({RUN}), Rule(after=RUN, before=RUN, days=RESTED, name="")
    fixed = state.commitments.between(first, first + DAYS_OF_WEEK - 1)
    if any(other.day - one.day < RESTED for one, other in pairwise(fixed)):
        return 0
    near = state.commitments.between(first - 1, first + DAYS_OF_WEEK)
    free = state.timetable.open_days(first, tags) & ~closed_by(near, (rest,), first, tags)
    return most_runs(free, RESTED) + len(fixed)


def _has_close(week: Week) -> bool:
    return any(why.source == CLOSE for session in week.sessions for why in session.why)


def time_off_findings(state: State) -> list[Finding]:
    """What each gap in running costs: the first week back, against what growth from the last week with running would have allowed."""
    found: list[Finding] = []
    miles = state.brief.athlete.miles
    for week in state.weeks:
        if week.bound_by != "time-off" or not week.run_s:
            continue
        ran = _last_week_m(state, week.number)
        instead = grown(ran, growth_for(ran, state.reading))
        message = _again(distance(week.run_m, miles=miles), distance(instead, miles=miles) if instead > week.run_m else "")
        about = (week.number,)
        found.append(Finding(rule="time-off", severity="info", where=in_weeks(about), weeks=about, message=message, source="1a"))
    return found


def _last_week_m(state: State, number: int) -> int:
    """What the last week with running before week `number` counts for, as law 1 grows from it: the one before the start among them."""
    held = (state.ledger.run_sum(first, first + 6) for first in range(state.first_day(number) - 7, state.first_day(0) - 1, -7))
    return next(filter(None, held), 0)


def _again(start: str, instead: str) -> str:
    if not instead:
        return _("After a week or more without a run, running starts again at {distance}.", distance=start)
    return _(
        "After a week or more without a run, running starts again at {distance}; without the break, {instead} would have been allowed.",
        distance=start,
        instead=instead,
    )


def assumptions(state: State) -> list[Finding]:
    """Findings on what the plan assumes."""
    found: list[Finding] = []
    if state.has_run and state.brief.athlete.screening.red_flags is None:
        message = _("The safety questions are not answered, and no pillar keeps you from running until they are. Answer them first.")
        found.append(Finding(rule="unanswered", severity="warning", where="screening.red_flags", message=message, source="RED-01"))
    if state.has_run and not state.past_log.kept:
        found.append(
            Finding(
                rule="drawn-ahead",
                severity="info",
                message=_("Future weeks assume that every answer about the knee is good; hold or step back when yours is not."),
                source="PAIN-01",
            )
        )
    if any(done.estimated for done in state.brief.history):
        unit = state.brief.athlete.units
        found.append(
            Finding(
                rule="history-estimated",
                severity="info",
                message=_("What you ran before the start is estimated from {keys}.", keys=f"recent_weeks_{unit}, longest_run_{unit}"),
                source="PROG-15",
            )
        )
    return found
