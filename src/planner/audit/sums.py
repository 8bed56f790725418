"""What must hold before the laws mean anything: paces, growth, weeks of seven dates, names, sums that follow from steps."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from planner.findings import Finding
from planner.quantities import TEN_PERCENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.audit.ledger import Ledger
    from planner.model import Done, Plan, Reading, Week


def pace_findings(plan: Plan) -> list[Finding]:
    """A finding for each pace that is none: metres cannot be counted without."""
    paces = plan.reading.paces
    return [
        _sums("paces", f"{name} at {pace} s per km; a pace is 1 s per km or more. Correct the pace.")
        for name, pace in (("running", paces.run), ("walking", paces.walk))
        if pace < 1
    ]


def growth_findings(reading: Reading) -> list[Finding]:
    """A finding where the growth that a plan was read with lies outside law 1's own range."""
    if 0 <= reading.growth <= TEN_PERCENT:
        return []
    message = f"{reading.growth} is asked for; law 1 allows growth from 0 to {TEN_PERCENT}. Lower it, or leave it out."
    return [Finding(rule="law-1", severity="error", where="growth", message=message, source="PROG-01")]


def sum_findings(plan: Plan, ledger: Ledger) -> Iterator[Finding]:
    """Every sum, date and identity of `plan` that does not follow from its steps and its start."""
    for done in plan.history:
        yield from _history(done)
    for index, week in enumerate(plan.weeks):
        yield from _calendar(plan, index, week)
    for counted in ledger.tallies:
        session = counted.session
        stored = (session.run_s, session.walk_s, session.run_m, session.foot_m)
        if counted[2:6] != stored:
            yield _sums(f"{session.date}", f"{session.id} says {_dose(*stored)}; its steps give {_dose(*counted[2:6])}. Count again.")
        if session.duration_s < 0:
            yield _sums(f"{session.date}", f"{session.id} lasts {session.duration_s} s; 0 s or more are expected. Correct it.")
    yield from _week_sums(plan, ledger)
    names = Counter([(s.week, s.pillar, s.key, s.ordinal) for s in plan.sessions])
    for (number, pillar, key, ordinal), times in names.items():
        if times > 1:
            name = f"{pillar}/{key}#{ordinal}"
            yield _sums(f"week {number}", f"{name} is there {times} times; a session's name is its own. Number them.")


def _history(done: Done) -> Iterator[Finding]:
    """Metres of the past that are below nothing."""
    metres = (done.run_m, done.foot_m, done.longest_m, done.allowed_m)
    if any(m is not None and m < 0 for m in metres):
        yield _sums(f"{done.date}", "metres below 0 in the history; 0 or more are expected. Correct the entry.")


def _calendar(plan: Plan, index: int, week: Week) -> Iterator[Finding]:
    """Weeks count from 1, seven dates each from the plan's start, and hold sessions of their own dates only."""
    first = plan.start.toordinal() + 7 * index
    where = f"week {index + 1}"
    if week.number != index + 1:
        yield _sums(where, f"it is numbered {week.number}; weeks count from 1. Number it {index + 1}.")
    if week.start.toordinal() != first:
        yield _sums(where, f"it starts on {week.start}; weeks are seven dates each from {plan.start}. Move its start.")
    for session in week.sessions:
        if session.week != index + 1:
            yield _sums(where, f"{session.id} says week {session.week}; it stands in week {index + 1}. Correct one.")
        if not first <= session.date.toordinal() < first + 7:
            yield _sums(where, f"{session.id} is on {session.date}; the week's own dates are expected. Move it.")


def _week_sums(plan: Plan, ledger: Ledger) -> Iterator[Finding]:
    """A week's stored sums against the sessions that stand in it."""
    tallies = iter(ledger.tallies)
    for index, week in enumerate(plan.weeks):
        counted = [next(tallies) for _ in week.sessions]
        stored = (week.run_s, week.run_m, week.foot_m)
        found = (sum(t.run_s for t in counted), sum(t.run_m for t in counted), sum(t.foot_m for t in counted))
        if stored != found:
            said, given = (f"{run_s} s and {run_m} m of running, {foot_m} m on foot" for run_s, run_m, foot_m in (stored, found))
            yield _sums(f"week {index + 1}", f"it says {said}; its sessions give {given}. Count again.")


def _dose(run_s: int, walk_s: int, run_m: int, foot_m: int) -> str:
    """A session's four sums in words."""
    return f"{run_s} s running, {walk_s} s walking, {run_m} m running, {foot_m} m on foot"


def _sums(where: str, message: str) -> Finding:
    return Finding(rule="sums", severity="error", where=where, message=message)
