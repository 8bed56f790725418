"""Laws 4 and 5: a first week from nothing, and a week after time off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.audit.ledger import total
from planner.audit.margin import Margin

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.audit.ledger import Ledger
    from planner.audit.weeks import TimeOff, WeekFacts

OPENING_RUN_S = 600
OPENING_WEEK_S = 1800


def time_off_margins(ledger: Ledger, weeks: Sequence[WeekFacts]) -> Iterator[Margin]:
    """Every place where law 4 or 5 is held against the plan."""
    for week in weeks:
        if week.kind == "opening":
            yield from _opening(ledger, week)
        elif week.kind == "barred":
            yield _no_opening(ledger, week, "a week decided hold or regress has no opening dose")
        elif week.decision == "entry" and week.kind == "on":
            yield _no_opening(ledger, week, "there is running to grow from, so this is no opening week")
        if week.time_off:
            yield from _after_time_off(ledger, week, week.time_off)


def _opening(ledger: Ledger, week: WeekFacts) -> Iterator[Margin]:
    """Law 4: at most 600 s of running a session and 1,800 s in the week (ENT-12)."""
    because = "the week opens from nothing"
    for run in ledger.runs:
        if week.first <= run.day <= week.last:
            yield Margin("law-4", "s", OPENING_RUN_S, run.run_s, "of running in {0.id}", because, (run.session,), day=run.day)
    yield Margin("law-4", "s", OPENING_WEEK_S, _running_s(ledger, week), "of running", because, week=week.number)


def _no_opening(ledger: Ledger, week: WeekFacts, because: str) -> Margin:
    """Law 4 for a week that takes, or claims, an opening that it has no right to."""
    return Margin("law-4", "s", 0, _running_s(ledger, week), "of running as an opening dose", because, week=week.number)


def _after_time_off(ledger: Ledger, week: WeekFacts, off: TimeOff) -> Iterator[Margin]:
    """Law 5: the share of the seven dates to the last run before the gap, running and, where it is known, on foot."""
    share, per = off.share
    first, last = off.before - 6, off.before
    sides = (
        (ledger.counted_m(first, last), ledger.run_m, "of running"),
        (ledger.counted_foot_m(first, last), ledger.foot_m, "on foot"),
    )
    for reference, table, what in sides:
        if reference is not None:
            found, allowed = total(table, week.first, week.last), share * reference // per
            reason = "{1}/{2} of the {3} m in the seven dates to the last run, after {4} dates off"
            yield Margin("law-5", "m", allowed, found, "{0}", reason, (what, share, per, reference, off.gap), week=week.number)


def _running_s(ledger: Ledger, week: WeekFacts) -> int:
    return sum(run.run_s for run in ledger.runs if week.first <= run.day <= week.last)
