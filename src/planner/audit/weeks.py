"""Classify each week under the laws: continuing, restarting after time off, or opening from nothing.

Based on dates and doses alone; of a week's stored decision only hold and regress matter, because they rule out an opening.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from planner.audit.ledger import total

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.audit.ledger import Ledger
    from planner.model import Decision, Plan

Kind: TypeAlias = Literal["off", "on", "opening", "barred"]
"""`off`: no running; `on`: continues from the running before; `opening`: from nothing (law 4); `barred`: would need an opening, but is
decided hold or regress, which rule one out.
"""
OPENING_EFFORT = 1800 * 1000
"""Running in seven dates, in thousandths of a second, from which there is something to grow from."""


class TimeOff(NamedTuple):
    """A gap of 7 to 27 dates before a week.

    `before` is the last day of running, `gap` the number of dates off, `share` the fraction that remains (numerator, denominator);
    `follows_running` says whether the week before has running nevertheless.
    """

    before: int
    gap: int
    share: tuple[int, int]
    follows_running: bool


class WeekFacts(NamedTuple):
    """One week of a plan under the laws: `first` is its first day number, `first_run` that of its first running, if any.

    `again` is the metres, running and on foot, that the week may return to because runs of the week before were missed; None on foot if the
    walking of any of those weeks is unknown.
    """

    number: int
    first: int
    kind: Kind
    decision: Decision
    first_run: int | None = None
    time_off: TimeOff | None = None
    again: tuple[int, int | None] = (0, 0)

    @property
    def last(self) -> int:
        """The day number of the seventh day."""
        return self.first + 6


def facts_of_weeks(plan: Plan, ledger: Ledger) -> tuple[WeekFacts, ...]:
    """Return the facts of each week of the plan, counted from its start."""
    found = tuple([_facts(ledger, index, week.decision) for index, week in enumerate(plan.weeks)])
    if plan.ahead_from is None or plan.reading.missed == "strict":
        return found
    return tuple([week._replace(again=_resumed(ledger, week, found)) for week in found])


def _facts(ledger: Ledger, index: int, decision: Decision) -> WeekFacts:
    number, first = index + 1, ledger.start + 7 * index
    first_run = ledger.first_run_in(first, first + 6)
    if first_run is None:
        return WeekFacts(number, first, "off", decision)
    before = ledger.last_run_before(first_run)
    if before is None:
        return WeekFacts(number, first, _from_nothing(decision), decision, first_run)
    follows_running = before >= first - 7
    gap = (first_run if follows_running else first) - before - 1
    if gap >= 28:
        return WeekFacts(number, first, _from_nothing(decision), decision, first_run)
    if (gap >= 7 or index == 0) and nothing_to_grow_from(ledger, first) and _from_nothing(decision) == "opening":
        return WeekFacts(number, first, "opening", decision, first_run)
    time_off = TimeOff(before, gap, _share_after(gap), follows_running) if gap >= 7 else None
    return WeekFacts(number, first, "on", decision, first_run, time_off)


def _from_nothing(decision: Decision) -> Kind:
    """Law 4: an opening, except in a week decided hold or regress."""
    return "barred" if decision in ("hold", "regress") else "opening"


def nothing_to_grow_from(ledger: Ledger, first: int) -> bool:
    """Whether no seven dates within the 28 before `first` hold 1,800 s of running."""
    return all(total(ledger.effort, last - 6, last) < OPENING_EFFORT for last in range(first - 22, first))


def _resumed(ledger: Ledger, week: WeekFacts, weeks: Sequence[WeekFacts]) -> tuple[int, int | None]:
    """Return what a week may return to after missed runs, running and on foot; (0, 0) if no run of the week before was missed.

    This is the best of the three weeks before by counted metres, with an opening week also as planned, multiplied by the share after a gap.
    """
    before = range(week.first - 7, week.first)
    if not any(t.day in before and t.rpe is not None and t.session.status == "missed" for t in ledger.tallies):
        return 0, 0
    firsts = [week.first - 7 * back for back in (1, 2, 3)]
    run = [ledger.counted_m(first, first + 6) for first in firsts]
    foot = [ledger.counted_foot_m(first, first + 6) for first in firsts]
    for opening in (w for w in weeks if w.decision == "entry" and w.first in firsts):
        planned = [t for t in ledger.tallies if opening.first <= t.day <= opening.last]
        run.append(sum([t.accepted_m for t in planned]))
        foot.append(sum([t.foot_m - t.run_m + t.accepted_m for t in planned]))
    share, per = week.time_off.share if week.time_off else (1, 1)
    known = [metres for metres in foot if metres is not None]
    return share * max(run) // per, share * max(known) // per if len(known) == len(foot) else None


def _share_after(gap: int) -> tuple[int, int]:
    """Law 5: 4/5 after 7 to 13 dates off, 3/5 after 14 to 20, 1/2 after 21 to 27."""
    if gap < 14:
        return 4, 5
    return (3, 5) if gap < 21 else (1, 2)
