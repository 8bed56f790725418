"""Preconditions of the laws: valid paces and growth, weeks of seven dates, unique names, and sums that follow from steps."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from planner.findings import Finding
from planner.language import N_, _
from planner.quantities import TEN_PERCENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.audit.ledger import Ledger
    from planner.model import Done, Plan, Reading, Week


def pace_findings(plan: Plan) -> list[Finding]:
    """Return a finding for each invalid pace: metres cannot be counted without one."""
    paces = plan.reading.paces
    return [
        _sums(_("paces"), _("{what} at {pace} s per km; a pace is 1 s per km or more. Correct the pace.", what=_(what), pace=pace))
        for what, pace in ((N_("running"), paces.run), (N_("walking"), paces.walk))
        if pace < 1
    ]


def growth_findings(reading: Reading) -> list[Finding]:
    """Return a finding if the plan's growth lies outside the range of law 1."""
    if 0 <= reading.growth <= TEN_PERCENT:
        return []
    message = _(
        "{growth} is asked for; law 1 allows growth from 0 to {most}. Lower it, or leave it out.",
        growth=reading.growth,
        most=TEN_PERCENT,
    )
    return [Finding(rule="law-1", severity="error", where=_("growth"), message=message, source="PROG-01")]


def sum_findings(plan: Plan, ledger: Ledger) -> Iterator[Finding]:
    """Yield a finding for every sum, date and identity of `plan` that does not follow from its steps and its start."""
    for done in plan.history:
        yield from _history(done)
    for index, week in enumerate(plan.weeks):
        yield from _calendar(plan, index, week)
    for counted in ledger.tallies:
        session = counted.session
        stored = (session.run_s, session.walk_s, session.run_m, session.foot_m)
        if counted.dose != stored:
            says, given = _dose(*stored), _dose(*counted.dose)
            words = _("{session} says {said}; its steps add up to {given}. Count again.", session=session.id, said=says, given=given)
            yield _sums(f"{session.date}", words)
        if session.duration_s < 0:
            lasts = _("{session} lasts {s} s; expected 0 s or more. Correct it.", session=session.id, s=session.duration_s)
            yield _sums(f"{session.date}", lasts)
    yield from _week_sums(plan, ledger)
    names = Counter([(s.week, s.pillar, s.key, s.ordinal) for s in plan.sessions])
    for (number, pillar, key, ordinal), times in names.items():
        if times > 1:
            name = f"{pillar}/{key}#{ordinal}"
            words = _("{session} is there {n} times; expected each name once in a week. Number them.", session=name, n=times)
            yield _sums(_week(number), words)


def _history(done: Done) -> Iterator[Finding]:
    """Report negative metres in the history."""
    metres = (done.run_m, done.foot_m, done.longest_m, done.allowed_m)
    if any(m is not None and m < 0 for m in metres):
        yield _sums(f"{done.date}", _("metres below 0 in the history; expected 0 or more. Correct the entry."))


def _calendar(plan: Plan, index: int, week: Week) -> Iterator[Finding]:
    """Check that weeks count from 1, are seven dates each from the plan's start, and contain only sessions of their own dates."""
    first = plan.start.toordinal() + 7 * index
    number = index + 1
    if week.number != number:
        words = _("it is numbered {found}; weeks count from 1. Number it {number}.", found=week.number, number=number)
        yield _sums(_week(number), words)
    if week.start.toordinal() != first:
        words = _("it starts on {day}; weeks are seven dates each from {start}. Move its start.", day=week.start, start=plan.start)
        yield _sums(_week(number), words)
    for session in week.sessions:
        name, day = session.id, session.date
        if session.week != number:
            words = _("{session} says week {said}; it is in week {number}. Correct one.", session=name, said=session.week, number=number)
            yield _sums(_week(number), words)
        if not first <= day.toordinal() < first + 7:
            words = _("{session} is on {day}; expected one of the week's own dates. Move it.", session=name, day=day)
            yield _sums(_week(number), words)


def _week_sums(plan: Plan, ledger: Ledger) -> Iterator[Finding]:
    """Compare a week's stored sums with its sessions."""
    tallies = iter(ledger.tallies)
    for index, week in enumerate(plan.weeks):
        counted = [next(tallies) for _ in week.sessions]
        stored = (week.run_s, week.run_m, week.foot_m)
        found = (sum(t.run_s for t in counted), sum(t.run_m for t in counted), sum(t.foot_m for t in counted))
        if stored != found:
            said, given = (
                _("{run_s} s and {run_m} m of running, {foot_m} m on foot", run_s=run_s, run_m=run_m, foot_m=foot_m)
                for run_s, run_m, foot_m in (stored, found)
            )
            yield _sums(_week(index + 1), _("it says {said}; its sessions add up to {given}. Count again.", said=said, given=given))


def _dose(run_s: int, walk_s: int, run_m: int, foot_m: int) -> str:
    """Format a session's four sums."""
    return _(
        "{run_s} s running, {walk_s} s walking, {run_m} m running, {foot_m} m on foot",
        run_s=run_s,
        walk_s=walk_s,
        run_m=run_m,
        foot_m=foot_m,
    )


def _week(number: int) -> str:
    return _("week {number}", number=number)


def _sums(where: str, message: str) -> Finding:
    return Finding(rule="sums", severity="error", where=where, message=message)
