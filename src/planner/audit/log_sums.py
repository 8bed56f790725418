"""Compare the plan's past running with its log: no date may hold more running than its rows, and none may be estimated since."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from planner.entry import may_be_run
from planner.findings import Finding
from planner.language import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from planner.entry import Entry
    from planner.model import Plan


def told_findings(plan: Plan) -> Iterator[Finding]:
    """Yield a finding for each date on which a plan counts more running than its log has, or still counts an estimate."""
    if plan.log is None:
        return
    rows: dict[date, list[Entry]] = defaultdict(list)
    for row in plan.log:
        rows[row.date].append(row)
    ran: dict[date, int] = defaultdict(int)
    first = min((row.date for row in plan.log if row.run_m), default=plan.start)
    for done in plan.history:
        if not done.estimated:
            ran[done.date] += done.run_m
        elif done.date >= first:
            words = _("{found} m are estimated, but the log has runs since {first}. Count again.", found=done.run_m, first=first)
            yield Finding(rule="sums", severity="error", where=f"{done.date}", message=words)
    for day, metres in ran.items():
        most = _told_m(plan, day, rows[day])
        if most is not None and metres > most:
            words = _("the plan says {found} m were run, its log says {most} m. Count again.", found=metres, most=most)
            yield Finding(rule="sums", severity="error", where=f"{day}", message=words)


def _told_m(plan: Plan, day: date, rows: Sequence[Entry]) -> int | None:
    """Return the most metres that the rows of one date account for; with one row per knee, count a single knee's rows (BOTH-01).

    If no row has metres, the planned runs that the rows may refer to count, each once. A run that is no longer in the plan, or was done
    early and is planned anew since, counts for its logged time, and the result is None without one. Such a run is recognised by its name,
    unless only sessions without running have that name.
    """
    told = [(row.side, row.run_m) for row in rows if row.run_m]
    if not told:
        return _meant_m(plan, day, rows)
    if {"left", "right"} <= {side for side, _metres in told}:
        return max(sum(metres for side, metres in told if side != other) for other in ("left", "right"))
    return sum(metres for _side, metres in told)


def _meant_m(plan: Plan, day: date, rows: Sequence[Entry]) -> int | None:
    named = {row.session for row in rows}
    week = next((week.sessions for week in plan.weeks if 0 <= (day - week.start).days < 7), ())
    meant = {run.id: run for run in week if rows and run.run_s and (run.date == day or (run.id in named and run.date < day))}
    others = {f"{s.pillar}/{s.key}" for s in plan.sessions if not s.run_s} - {f"{s.pillar}/{s.key}" for s in plan.sessions if s.run_s}
    dropped = [row for row in rows if row.session and row.session not in meant and row.session.rpartition("#")[0] not in others]
    dropped += [] if meant else [row for row in rows if not row.session and may_be_run(row)]
    if any(row.seconds is None for row in dropped):
        return None
    return sum(run.run_m for run in meant.values()) + sum((row.seconds or 0) * 1000 // plan.reading.paces.run for row in dropped)
