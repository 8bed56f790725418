"""What was run by the plan, held against what its log tells: no date holds more running than its rows."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from planner.findings import Finding
from planner.language import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from planner.entry import Entry
    from planner.model import Plan


def told_findings(plan: Plan) -> Iterator[Finding]:
    """A finding for each date on which a plan that follows a log counts more running than the log tells of."""
    if plan.log is None:
        return
    rows: dict[date, list[Entry]] = defaultdict(list)
    for row in plan.log:
        rows[row.date].append(row)
    ran: dict[date, int] = defaultdict(int)
    for done in plan.history:
        if not done.estimated:
            ran[done.date] += done.run_m
    for day, metres in ran.items():
        most = _told_m(plan, day, rows[day])
        if metres > most:
            words = _("{found} m were run by the plan, and {most} m by its log. Count again.", found=metres, most=most)
            yield Finding(rule="sums", severity="error", where=f"{day}", message=words)


def _told_m(plan: Plan, day: date, rows: Sequence[Entry]) -> int:
    """The most metres that the rows of one date tell of: with a row for each knee those of one of them (BOTH-01).

    Where no row tells metres, it is the planned runs that they may mean, each once.
    """
    told = [(row.side, row.run_m) for row in rows if row.run_m]
    if not told:
        named = {row.session for row in rows}
        week = next((week.sessions for week in plan.weeks if 0 <= (day - week.start).days < 7), ())
        return sum(run.run_m for run in week if rows and run.run_s and (run.date == day or run.id in named))
    if {"left", "right"} <= {side for side, _metres in told}:
        return max(sum(metres for side, metres in told if side != other) for other in ("left", "right"))
    return sum(metres for _side, metres in told)
