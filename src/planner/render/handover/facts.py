"""The facts of the handover page, gathered from a plan and its log; all its formats are written from them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from planner.language import use_language
from planner.records import Record
from planner.render.done import week_done_m
from planner.render.private import private as for_others
from planner.render.sheet.front import loads

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.entry import Entry
    from planner.findings import Finding
    from planner.model import Plan, Session, Week

DECIDED = ("answers", "missed", "done-over", "time-off", "left-out")
"""Rules of findings that explain a week's load."""
SIGNS = ("RED-", "SITE-", "AGE-", "PREG-", "HEART-", "MED-", "SURG-", "BOTH-", "CLEAR-")
"""Prefixes of the rules of the safety questions (evidence 4b, 4c)."""
OPEN = ("ENT-", "pre-run")
"""Prefixes of rules that require something before running (ENT)."""
SCORES = "OUT-"
"""Prefix of the rules about outcome scores (OUT)."""
CHANGES = ("OUT-01", "OUT-02")
"""Outcome rules about the change from the first score to the last, which the page states itself."""
CLEARED = "CLEAR-01"
"""Rule of a sign lifted by a clearance."""
_ID = re.compile("[A-Za-z0-9-]+")
LATEST_WEEKS = 6
"""The number of latest weeks whose decisions and run answers are shown; earlier decisions are only counted."""
MOST_PAIN = 2
"""The highest pain answer of a clean run (PAIN-01)."""


@frozen(kw_only=True, eq=False, repr=False)
class WeekLoad(Record):
    """A week's metres: planned, ceiling, and done so far (None without a log or if the week is ahead)."""

    number: int
    planned_m: int
    ceiling_m: int
    done_m: int | None


@frozen(kw_only=True, eq=False, repr=False)
class Kept(Record):
    """How many of a pillar's sessions so far were due, done and missed. `runs`: counts its runs rather than its other sessions."""

    pillar: str
    runs: bool
    due: int
    done: int
    missed: int

    @property
    def untold(self) -> int:
        """The number of sessions logged neither as done nor as missed."""
        return self.due - self.done - self.missed


@frozen(kw_only=True, eq=False, repr=False)
class Score(Record):
    """An outcome score over time: first and last value, number of values, and the change that matters (OUT-01, OUT-02).

    `better` is how much better the last value is than the first; negative if it is worse.
    """

    name: str
    first: int
    first_on: date
    last: int
    last_on: date
    times: int
    better: int
    matters: int


@frozen(kw_only=True, eq=False, repr=False)
class Decided(Record):
    """A week that has begun or is already decided, and the findings that explain its load."""

    week: Week
    why: tuple[Finding, ...]


@frozen(kw_only=True, eq=False, repr=False)
class Facts(Record):
    """All content of the handover page.

    `today` is the page's reference date; `stops` are the messages of standing stops, `referrals` those of routine ones, which pause runs
    only. `logged`: a log is kept. `private`: name and health
    information are left out, so `pains` and everything else taken from the log or from findings is empty, except `beyond`. `kept` counts
    sessions by pillar. `signs` are log rows with a red flag, limp, swelling or painkiller; `warnings` findings of the safety questions;
    `unanswered` runs with an answer missing; `untold` past sessions neither done nor missed. `earlier` counts decided weeks that are not in
    `decided`. `sore` are rows of the latest weeks whose answers about running were not clean; `beyond` dates with an unplanned run.
    """

    plan: Plan
    today: date
    private: bool = False
    logged: bool = False
    stops: tuple[str, ...] = ()
    referrals: tuple[str, ...] = ()
    weeks: tuple[WeekLoad, ...]
    kept: tuple[Kept, ...]
    pains: tuple[Entry, ...]
    scores: tuple[Score, ...]
    score_findings: tuple[Finding, ...]
    decided: tuple[Decided, ...]
    earlier: int
    signs: tuple[Entry, ...]
    warnings: tuple[Finding, ...]
    open_findings: tuple[Finding, ...]
    unanswered: tuple[Entry, ...]
    untold: tuple[Session, ...]
    sore: tuple[Entry, ...]
    beyond: tuple[date, ...] = ()


def gather(plan: Plan, *, today: date, stops: tuple[str, ...] = (), referrals: tuple[str, ...] = (), private: bool = False) -> Facts:
    """Return the facts of a plan as of `today`; if `private`, those of what `planner.render.private` keeps of it."""
    with use_language(plan.language):  # findings name their place in the plan's language
        return evolve(
            _gathered(for_others(plan) if private else plan, today, (*stops, *referrals)),
            private=private,
            logged=plan.log is not None,
            stops=() if private else stops,
            referrals=() if private else referrals,
            beyond=_beyond(plan, today),  # load, not health, so a private page has it too; a private plan has no log
        )


def _gathered(plan: Plan, today: date, halts: tuple[str, ...]) -> Facts:
    rows = tuple(row for row in plan.log or () if row.date <= today)
    findings = tuple(f for f in plan.findings if not _undone(f, plan, today, halts))
    standing = [week for week in plan.weeks if not halts or week.last_day < today]  # a halt has taken back what the present week decided
    decided = _decided(standing, today, findings)
    due = _due(plan, today)
    return Facts(
        plan=plan,
        today=today,
        weeks=tuple(_load(plan, week) for week in plan.weeks),
        kept=_kept(due),
        pains=tuple(row for row in rows if row.pains),
        scores=tuple(score for score in (_score(rows, "akps", 10, 1), _score(rows, "knee_worst", 2, -1)) if score),
        score_findings=tuple(f for f in findings if f.rule.startswith(SCORES) and f.rule not in CHANGES),
        decided=decided[-LATEST_WEEKS:],
        earlier=max(0, len(decided) - LATEST_WEEKS),
        signs=tuple(row for row in rows if row.red_flag or row.limp or row.swelling or row.painkiller),
        warnings=tuple(f for f in findings if f.rule.startswith(SIGNS)),
        open_findings=tuple(f for f in findings if f.rule.startswith(OPEN)),
        unanswered=tuple(row for row in rows if row.run_m and None in row.answers and row.date < today),
        untold=tuple(s for s in due if s.status == "planned") if plan.log is not None else (),
        sore=_sore(plan, [row for row in rows if row.date > today - timedelta(weeks=LATEST_WEEKS)]),
    )


def _undone(finding: Finding, plan: Plan, today: date, halts: tuple[str, ...]) -> bool:
    """Whether a finding says that a sign was lifted which now stops the plan again.

    The weeks shown are from before the stop, and statements about an earlier stop held until then. Findings of finished weeks are kept.
    """
    for sign in (message.partition(": ")[0] for message in halts):
        if finding.rule == CLEARED and sign in _ID.findall(finding.message):
            return True
        if finding.rule == "answers" and finding.source == sign.replace("3a-", "3a row "):
            return not any(week.number in finding.weeks for week in plan.weeks if week.last_day < today)
    return False


def _sore(plan: Plan, rows: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the rows of runs, done or left out, that are not clean (row 4 of the decision table). Other sessions have their own rules."""
    runs = {s.id for s in plan.sessions if s.run_s}
    return tuple(row for row in rows if (row.run_m or not row.session or row.session in runs) and not _clean(row))


def _clean(row: Entry) -> bool:
    """Whether no given answer speaks against a run (PAIN-01, PAIN-02); a missing answer is an open question."""
    start = row.pain_before or 0
    settled = all(pain is None or pain <= start for pain in (row.pain_after, row.pain_next_morning))
    return settled and max(row.pains, default=0) <= MOST_PAIN and not (row.limp or row.swelling or row.red_flag)


def _beyond(plan: Plan, today: date) -> tuple[date, ...]:
    """Return the dates of the plan so far with running in the log but no planned run."""
    planned = {s.date for s in plan.sessions if s.run_s and s.status != "cancelled"}
    ran = {row.date for row in plan.log or () if row.run_m and plan.start <= row.date <= today}
    return tuple(sorted(day for day in ran - planned if day <= plan.weeks[-1].last_day)) if plan.weeks else ()


def _load(plan: Plan, week: Week) -> WeekLoad:
    planned, ceiling = loads(plan, week)
    return WeekLoad(number=week.number, planned_m=planned, ceiling_m=ceiling if planned else 0, done_m=week_done_m(plan, week))


def _due(plan: Plan, today: date) -> list[Session]:
    """Return the sessions of the past, and those up to today already done or missed; notes and cancelled sessions are excluded."""
    past = [s for s in plan.sessions if not s.transparent and s.status != "cancelled"]
    return [s for s in past if s.date < min(plan.as_of, today) or (s.date <= today and s.status in ("done", "missed"))]


def _kept(due: list[Session]) -> tuple[Kept, ...]:
    counted = []
    for still, pillar in sorted({(not s.run_s, s.pillar) for s in due}):
        became = [s.status for s in due if s.pillar == pillar and (not s.run_s) is still]
        done, missed = became.count("done"), became.count("missed")
        counted.append(Kept(pillar=pillar, runs=not still, due=len(became), done=done, missed=missed))
    return tuple(counted)


def _score(rows: tuple[Entry, ...], name: str, matters: int, up: int) -> Score | None:
    """Return the first and last value of a score column; `up` is 1 if higher is better, -1 if lower is. None without a value."""
    found = [(row.date, total) for row in rows if (total := row.akps if name == "akps" else row.knee_worst) is not None]
    if not found:
        return None
    (first_on, first), (last_on, last) = found[0], found[-1]
    better = up * (last - first)
    return Score(name=name, first=first, first_on=first_on, last=last, last_on=last_on, times=len(found), better=better, matters=matters)


def _decided(weeks: Iterable[Week], today: date, findings: tuple[Finding, ...]) -> tuple[Decided, ...]:
    """Return the weeks that have begun, and any week ahead that answers have decided."""
    made = []
    for week in weeks:
        why = tuple(f for f in findings if f.weeks == (week.number,) and f.rule in DECIDED)
        if week.start <= today or any(f.rule == "answers" for f in why):
            made.append(Decided(week=week, why=why))
    return tuple(made)
