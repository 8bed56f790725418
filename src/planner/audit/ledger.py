"""A plan and its history as whole numbers by date: the input of the laws of load.

Dates are day numbers (`date.toordinal()`); metres and seconds are whole numbers. Everything is recomputed from steps and paces.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

from planner.caching import cached_by_identity
from planner.model import COMMITMENTS
from planner.steps import RUNNING, WALKING, Group

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planner.model import Done, Paces, Plan, Session
    from planner.steps import Steps

NOT_RUN = frozenset({"missed", "cancelled"})
"""Statuses of sessions that the laws ignore: R(d) is what was done or is still planned."""


class Tally(NamedTuple):
    """One session's load, counted from its steps. `rpe` is that of the hardest running step (0: unset), None without a running step.

    `fixed` marks a commitment: it stays whatever the laws say, and counts for at most its own ceiling. `accepted_m` is the metres that a
    run counts for, `effort` the same in thousandths of a second of running.
    """

    session: Session
    day: int
    run_s: int
    walk_s: int
    run_m: int
    foot_m: int
    rpe: int | None
    accepted_m: int
    effort: int
    fixed: bool

    @property
    def dose(self) -> tuple[int, int, int, int]:
        """Seconds of running and of walking, metres of running and on foot, to compare with the stored values."""
        return self.run_s, self.walk_s, self.run_m, self.foot_m

    @property
    def counts(self) -> bool:
        """Whether the laws count the session."""
        return self.session.status not in NOT_RUN


class Ledger:
    """Running and walking by day number. `read` fills its tables; they do not change afterwards.

    `tallies` are all sessions in the plan's order; `runs` those with a running step that count and are still ahead, by date. Before day
    number `ahead`, the history's running counts; what was done breaks no law. `run_m` and `foot_m` are R and F (on days in `unknown`, whose
    walking is not known, `foot_m` is the running alone). `accepted_m` is the allowance of a past run, the counted part of a commitment, and
    otherwise the running itself; `counts_m` is the running, each run capped at its allowance. `effort` is thousandths of a second of
    running, `longest_m` the longest single run; both are capped at what was allowed. `done` are past runs since the start with the metres
    they count for. `recorded` are the days of the history, `ran` all days with running, in order, and `days` those of them from which gaps
    and blocks are counted: all except past runs with an allowance of 0. `own_run_m` and `own_foot_m` are the load without commitments;
    `fixed_m` is what commitments count for, `beyond_m` what they hold beyond it.
    """

    def __init__(self, *, start: int, ahead: int, tallies: tuple[Tally, ...], runs: tuple[Tally, ...]) -> None:
        """Start with empty tables."""
        self.start, self.ahead, self.tallies, self.runs = start, ahead, tallies, runs
        self.run_m: dict[int, int] = {}
        self.foot_m: dict[int, int] = {}
        self.accepted_m: dict[int, int] = {}
        self.counts_m: dict[int, int] = {}
        self.effort: dict[int, int] = {}
        self.longest_m: dict[int, int] = {}
        self.done: list[tuple[int, int]] = []
        self.recorded: set[int] = set()
        self.unknown: set[int] = set()
        self.days: list[int] = []
        self.ran: list[int] = []
        self.own_run_m: dict[int, int] = {}
        self.own_foot_m: dict[int, int] = {}
        self.fixed_m: dict[int, int] = {}
        self.beyond_m: dict[int, int] = {}

    def counted_m(self, first: int, last: int) -> int:
        """Return the running metres from `first` to `last` that growth is based on: what was done, at most what was allowed."""
        return min(total(self.run_m, first, last), total(self.accepted_m, first, last))

    def counted_foot_m(self, first: int, last: int) -> int | None:
        """Return the same for metres on foot; None if walking is unknown, including a past period without any entry."""
        days = range(first, last + 1)
        if not self.unknown.isdisjoint(days) or (last < self.start and self.recorded.isdisjoint(days)):
            return None
        beyond = total(self.run_m, first, last) - self.counted_m(first, last)
        return total(self.foot_m, first, last) - beyond

    def comes(self, table: Mapping[int, int], first: int, last: int) -> int:
        """Return the sum of a table by day from `first` to `last` over the days still ahead."""
        return total(table, max(first, self.ahead), last)

    def only_commitments(self, own: Mapping[int, int], first: int, last: int, over: int) -> bool:
        """Whether commitments alone cause an excess of `over` metres from `first` to `last`.

        That requires that nothing of `own` is still ahead there, and that the excess lies within what commitments hold beyond what they
        count for, or that they count for nothing.
        """
        if self.comes(own, first, last):
            return False
        return over <= self.comes(self.beyond_m, first, last) or not self.comes(self.fixed_m, first, last)

    def longest(self, first: int, last: int) -> int:
        """Return the longest single run from `first` to `last`, 0 without one."""
        return max(map(self.longest_m.get, range(first, last + 1), repeat(0)), default=0)

    def last_run_before(self, day: int) -> int | None:
        """Return the last day before `day` with running that counts for gaps."""
        at = bisect_left(self.days, day)
        return self.days[at - 1] if at else None

    def last_ran_before(self, day: int) -> int | None:
        """Return the last day before `day` with any running, including runs with an allowance of 0."""
        at = bisect_left(self.ran, day)
        return self.ran[at - 1] if at else None

    def first_run_in(self, first: int, last: int) -> int | None:
        """Return the first day from `first` to `last` with running that counts for gaps."""
        at = bisect_left(self.days, first)
        return self.days[at] if at < len(self.days) and self.days[at] <= last else None


def total(table: Mapping[int, int], first: int, last: int) -> int:
    """Return the sum of a table by day from `first` to `last`, inclusive."""
    return sum(map(table.get, range(first, last + 1), repeat(0)))


def read(plan: Plan) -> Ledger:
    """Return the ledger of `plan`. History counts before the dates that are ahead; from there on the plan counts.

    A plan that follows no log is ahead from its start, whether that is past or future.
    """
    paces = plan.reading.paces
    tallies = tuple([tally(session, paces) for session in plan.sessions])
    start = plan.start.toordinal()
    ahead = start if plan.ahead_from is None else max(start, plan.ahead_from.toordinal())
    planned = [t for t in tallies if t.counts and (plan.ahead_from is None or t.day >= ahead)]
    runs = sorted([t for t in planned if t.rpe is not None], key=lambda t: t.day)
    ledger = Ledger(start=start, ahead=ahead, tallies=tallies, runs=tuple(runs))
    _enter_history(ledger, plan.history, paces.run)
    for counted in planned:
        _add(ledger.foot_m, counted.day, counted.foot_m)
        if not counted.fixed:
            _add(ledger.own_foot_m, counted.day, counted.foot_m)
    for run in runs:
        _enter_run(ledger, run)
    ahead_of_us = [run.day for run in runs if run.run_s > 0]
    past = [done for done in plan.history if done.run_m and done.date.toordinal() in ledger.recorded]
    ledger.ran.extend(sorted({done.date.toordinal() for done in past}.union(ahead_of_us)))
    ledger.days.extend(sorted({done.date.toordinal() for done in past if done.allowed_m != 0}.union(ahead_of_us)))
    return ledger


def tally(session: Session, paces: Paces) -> Tally:
    """Count a session from its steps: metres are rounded down once, from its total running and its total walking."""
    run_s, walk_s, rpe = _dose(session.steps)
    run_m = 1000 * run_s // paces.run
    foot_m = run_m + 1000 * walk_s // paces.walk
    if session.pillar != COMMITMENTS:
        return Tally(session, session.date.toordinal(), run_s, walk_s, run_m, foot_m, rpe, run_m, 1000 * run_s, fixed=False)
    accepted_m = max(0, min(run_m, session.ceiling_m))
    return Tally(session, session.date.toordinal(), run_s, walk_s, run_m, foot_m, rpe, accepted_m, paces.run * accepted_m, fixed=True)


@cached_by_identity(1024)
def _dose(steps: Steps) -> tuple[int, int, int | None]:
    """Return seconds of running, seconds of walking and the RPE of the hardest running step, with groups expanded."""
    run_s = walk_s = 0
    rpe: int | None = None
    pending = [(steps, 1)]
    for part, times in pending:
        for step in part:
            if isinstance(step, Group):
                pending.append((step.steps, times * step.repeat))
            elif step.kind == RUNNING:
                run_s += times * step.seconds
                rpe = max(rpe or 0, step.rpe or 0)
            elif step.kind == WALKING:
                walk_s += times * step.seconds
    return run_s, walk_s, rpe


def _enter_history(ledger: Ledger, history: Iterable[Done], pace: int) -> None:
    for done in history:
        day = done.date.toordinal()
        if day >= ledger.ahead:
            continue
        ledger.recorded.add(day)
        _add(ledger.run_m, day, done.run_m)
        _add(ledger.accepted_m, day, done.run_m if done.allowed_m is None else done.allowed_m)
        counts = done.run_m if done.allowed_m is None else min(done.run_m, done.allowed_m)
        _add(ledger.counts_m, day, counts)
        _add(ledger.effort, day, pace * counts)
        if counts and day >= ledger.start:
            ledger.done.append((day, counts))
        longest = max(done.run_m, done.longest_m or done.run_m)
        _raise(ledger.longest_m, day, longest if done.allowed_m is None else min(longest, done.allowed_m))
        if done.foot_m is None and (counts or not done.run_m):
            ledger.unknown.add(day)
        _add(ledger.foot_m, day, done.run_m if done.foot_m is None else done.foot_m)


def _enter_run(ledger: Ledger, run: Tally) -> None:
    _add(ledger.run_m, run.day, run.run_m)
    _add(ledger.accepted_m, run.day, run.accepted_m)
    _add(ledger.counts_m, run.day, run.accepted_m)
    _add(ledger.effort, run.day, run.effort)
    _raise(ledger.longest_m, run.day, run.accepted_m)
    if run.fixed:
        _add(ledger.fixed_m, run.day, run.accepted_m)
        _add(ledger.beyond_m, run.day, run.run_m - run.accepted_m)
    else:
        _add(ledger.own_run_m, run.day, run.run_m)


def _add(table: dict[int, int], day: int, amount: int) -> None:
    table[day] = table.get(day, 0) + amount


def _raise(table: dict[int, int], day: int, amount: int) -> None:
    table[day] = max(table.get(day, amount), amount)
