"""Laws 4 and 5: an opening week from nothing, and a week after time off."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planner.audit.ledger import total
from planner.audit.margin import OF_RUNNING, OF_RUNNING_IN, ON_FOOT, Margin
from planner.language import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planner.audit.ledger import Ledger
    from planner.audit.weeks import TimeOff, WeekFacts

OPENING_RUN_S = 600
OPENING_WEEK_S = 1800
AS_AN_OPENING = N_("of running as an opening dose")
FROM_NOTHING = N_("the week starts from nothing")
NONE_HELD_BACK = N_("a week decided hold or regress has no opening dose")
NO_OPENING_WEEK = N_("there is running to grow from, so this is not an opening week")
SHARE = N_("{1}/{2} of the {3} m in the seven dates up to the last run, after {4} dates off")


class _Side(NamedTuple):
    """Load after time off, either running or everything on foot.

    `reference` is the metres that the share applies to (None: unknown); `table` has the load by day, `own` the part that the plan could
    reduce; `again` is what the week may return to after missed runs.
    """

    reference: int | None
    table: Mapping[int, int]
    own: Mapping[int, int]
    again: int
    what: str


def time_off_margins(ledger: Ledger, weeks: Sequence[WeekFacts]) -> Iterator[Margin]:
    """Yield the margins of laws 4 and 5; weeks with nothing ahead are left out."""
    for week in weeks:
        if ledger.comes(ledger.run_m, week.first, week.last):
            yield from _dose(ledger, week)
        if week.time_off:
            yield from _after_time_off(ledger, week, week.time_off)


def _dose(ledger: Ledger, week: WeekFacts) -> Iterator[Margin]:
    """Law 4: limits of an opening week; no other week may take an opening dose."""
    if week.kind == "opening":
        yield from _opening(ledger, week)
    elif week.kind == "barred":
        yield _no_opening(ledger, week, NONE_HELD_BACK)
    elif week.decision == "entry" and week.kind == "on":
        yield _no_opening(ledger, week, NO_OPENING_WEEK)


def _opening(ledger: Ledger, week: WeekFacts) -> Iterator[Margin]:
    """Law 4: at most 600 s of running per session and 1,800 s in the week (ENT-12)."""
    for run in ledger.runs:
        if week.first <= run.day <= week.last:
            alone = run.fixed and run.effort <= 1000 * OPENING_RUN_S < 1000 * run.run_s
            yield Margin("law-4", "s", OPENING_RUN_S, run.run_s, OF_RUNNING_IN, FROM_NOTHING, (run.session,), day=run.day, alone=alone)
    yield _week_s(ledger, week, OPENING_WEEK_S, OF_RUNNING, FROM_NOTHING)


def _no_opening(ledger: Ledger, week: WeekFacts, because: str) -> Margin:
    """Return the margin of a week that takes or claims an opening it is not entitled to."""
    return _week_s(ledger, week, 0, AS_AN_OPENING, because)


def _week_s(ledger: Ledger, week: WeekFacts, allowed: int, measured: str, because: str) -> Margin:
    """Return the margin of a week's seconds of running under law 4."""
    found = _running_s(ledger, week)
    fits = total(ledger.effort, week.first, week.last) <= 1000 * allowed or not ledger.comes(ledger.fixed_m, week.first, week.last)
    alone = found > allowed and fits and not ledger.comes(ledger.own_run_m, week.first, week.last)
    return Margin("law-4", "s", allowed, found, measured, because, week=week.number, alone=alone)


def _after_time_off(ledger: Ledger, week: WeekFacts, off: TimeOff) -> Iterator[Margin]:
    """Law 5: a share of the seven dates up to the last run before the gap, for running and, if known, on foot."""
    share, per = off.share
    first, last = off.before - 6, off.before
    sides = (
        _Side(ledger.counted_m(first, last), ledger.run_m, ledger.own_run_m, week.again[0], OF_RUNNING),
        _Side(ledger.counted_foot_m(first, last), ledger.foot_m, ledger.own_foot_m, week.again[1] or 0, ON_FOOT),
    )
    for side in sides:
        if side.reference is not None and ledger.comes(side.table, week.first, week.last):
            found, allowed = total(side.table, week.first, week.last), max(share * side.reference // per, side.again)
            alone = found > allowed and ledger.only_commitments(side.own, week.first, week.last, found - allowed)
            facts = (side.what, share, per, side.reference, off.gap)
            yield Margin("law-5", "m", allowed, found, "{0}", SHARE, facts, week=week.number, alone=alone)


def _running_s(ledger: Ledger, week: WeekFacts) -> int:
    """Return a week's seconds of running: those ahead, and past ones derived from their metres."""
    done = total(ledger.effort, week.first, min(week.last, ledger.ahead - 1)) // 1000
    return done + sum(run.run_s for run in ledger.runs if week.first <= run.day <= week.last)
