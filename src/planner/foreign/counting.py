"""Converts foreign runs into plans for the audit: one in their own unit, one in seconds.

The audit computes metres from seconds and a pace, which would round distances. So lengths are passed at a pace of one second per unit, and
the times that laws 4 and 5 need (was there anything to grow from?) in a second plan.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from planner.errors import InputError
from planner.foreign.records import NOTHING, Amount
from planner.model import Done, Goal, Paces, Plan, Reading, Session, Week
from planner.steps import RUNNING, WALKING, Step, seconds_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planner.foreign.records import Aside, Entries, Run
    from planner.foreign.scale import Scale

ONE_TO_ONE = Paces(run=1000, walk=1000)
"""Paces at which one second counts as one unit."""
MOST_WEEKS = 1100
LATE_START = 3
"""From this weekday (Thursday) on, a plan's first week starts with its first run instead of the Monday before."""
_NOON = datetime(1970, 1, 1, tzinfo=UTC)


class Past(NamedTuple):
    """The known running before a plan: dated runs, or weekly totals, oldest first; and the longest run of the last 30 dates if given.
    All empty: nothing is known.
    """

    weeks: tuple[Amount, ...] = ()
    runs: tuple[Run, ...] = ()
    longest: Amount = NOTHING

    @property
    def amounts(self) -> list[Amount]:
        """All amounts except empty ones."""
        return [a for a in (*self.weeks, *(run.dose.run for run in self.runs), self.longest) if a != NOTHING]


class Counted(NamedTuple):
    """A plan for the audit in its own unit (`lengths`) and in seconds (`times`); running before `known_from` is unknown."""

    lengths: Plan
    times: Plan
    known_from: date


def first_date(entries: Entries) -> date:
    """The first date of week 1: the Monday of the first entry, or that entry itself from Thursday on, as most of the week is over."""
    first = min([run.day for run in entries.runs] + [entry.day for entry in entries.not_read if entry.day is not None])
    return first if first.weekday() >= LATE_START else first - timedelta(days=first.weekday())


def count(entries: Entries, past: Past, scale: Scale, *, start: date, gap: int) -> Counted:
    """Build both plans from `start` on; earlier runs are history. `gap` is the least number of days between run dates (law 6).

    Raises `InputError` if there is no run from `start` on, if the plan exceeds `MOST_WEEKS`, or for a contradictory longest run.
    """
    ahead = [run for run in entries.runs if run.day >= start]
    if not ahead:
        raise InputError("", f"no run from {start} on", "at least one")
    last = max(run.day for run in ahead)
    weeks = (last - start).days // 7 + 1
    if weeks > MOST_WEEKS:
        raise InputError(
            "", f"runs from {start} to {last}", f"at most {MOST_WEEKS} weeks", "Is there a wrong date? If not, give a shorter file."
        )
    before = [*past.runs, *(run for run in entries.runs if run.day < start)]
    loads = [entry for entry in entries.not_counted if entry.load and entry.day is not None and start <= entry.day <= last]
    days = _usual_days(ahead, start)
    lengths = _Counter(scale.running, scale.walking, ONE_TO_ONE)
    run_pace, walk_pace = scale.paces.run, scale.paces.walk
    times = _Counter(lambda a: int(a.time(run_pace)), lambda a: int(a.time(walk_pace)), scale.paces)
    metres = _Counter(lambda a: int(a.metres(run_pace)), lambda a: int(a.metres(walk_pace)), scale.paces)
    plans = [
        _plan(counter, ahead, loads, _history(done, before, past, start, days), start=start, weeks=weeks, gap=gap)
        for counter, done in ((lengths, lengths), (times, metres))
    ]
    return Counted(plans[0], plans[1], _known_from(entries, past, start))


class _Counter(NamedTuple):
    """How to convert running and walking to whole units, and the paces at which the audit reads these."""

    run: Callable[[Amount], int]
    walk: Callable[[Amount], int]
    paces: Paces


def _usual_days(runs: Sequence[Run], start: date) -> tuple[int, ...]:
    """The days of the plan's first week with running that have a run, 0 being the first day of a plan week."""
    first = (min(run.day for run in runs) - start).days // 7
    return tuple(sorted({(run.day - start).days % 7 for run in runs if (run.day - start).days // 7 == first}))


def _known_from(entries: Entries, past: Past, start: date) -> date:
    """The first date from which all running is known; past runs are taken to cover at least the 28 dates before the plan."""
    if past.weeks:
        return start - timedelta(days=7 * len(past.weeks))
    if past.runs:
        return min(start - timedelta(days=28), *(run.day for run in past.runs))
    return min([start, *(run.day for run in entries.runs)])


def _history(counter: _Counter, before: Sequence[Run], past: Past, start: date, days: Sequence[int]) -> tuple[Done, ...]:
    """Past running: dated runs as they are, and weekly totals as equal runs on the plan's own weekdays. Raises `InputError`."""
    done = [Done(date=run.day, run_m=counter.run(run.dose.run)) for run in before]
    for back, amount in zip(range(len(past.weeks), 0, -1), past.weeks, strict=True):
        whole, first = counter.run(amount), start - timedelta(days=7 * back)
        each, rest = divmod(whole, len(days))
        sizes = [each] * (len(days) - 1) + [each + rest]
        done += [Done(date=first + timedelta(days=d), run_m=m, estimated=True) for d, m in zip(days, sizes, strict=True) if m]
    done.sort(key=lambda entry: entry.date)
    if past.longest != NOTHING:
        if not done:
            raise InputError("--longest", "a longest run, and nothing run before", "--recent, too")
        newest, longest = done.pop(), counter.run(past.longest)
        if longest < max(newest.run_m, *(entry.run_m for entry in done), 0):
            found = "a longest run shorter than one of the runs before, each week taken as equal ones"
            raise InputError("--longest", found, "a longer one", "Or give the runs themselves: --recent-file.")
        done.append(Done(date=newest.date, run_m=newest.run_m, longest_m=longest, estimated=newest.estimated))
    return tuple(done)


def _plan(
    counter: _Counter, runs: Sequence[Run], loads: Sequence[Aside], history: tuple[Done, ...], *, start: date, weeks: int, gap: int
) -> Plan:
    """A plan for the audit, with the fields that it does not read left empty."""
    sessions: list[list[Session]] = [[] for _ in range(weeks)]
    for number, run in enumerate(runs, 1):
        week = (run.day - start).days // 7
        sessions[week].append(_run(counter, run, number, week + 1))
    for number, aside in enumerate(loads, 1):
        if aside.day is not None:
            week = (aside.day - start).days // 7
            sessions[week].append(_session(aside.load, number, week + 1, aside.day, aside.title))
    return Plan(
        athlete_id="",
        athlete_name="",
        timezone="UTC",
        units="km",
        start=start,
        as_of=start,
        issued=_NOON,
        template="",
        reading=Reading(paces=counter.paces, run_gap_days=gap, growth=Fraction(1, 10), explicit_growth=True, ladder=gap > 1),
        goal=Goal(),
        plugins=(),
        history=history,
        weeks=tuple(_week(n, start + timedelta(days=7 * (n - 1)), tuple(held)) for n, held in enumerate(sessions, 1)),
    )


def _week(number: int, first: date, sessions: tuple[Session, ...]) -> Week:
    return Week(
        number=number,
        start=first,
        stage="continuous",
        decision="progress",
        run_s=sum(s.run_s for s in sessions),
        run_m=sum(s.run_m for s in sessions),
        foot_m=sum(s.foot_m for s in sessions),
        ceiling_run_m=0,
        ceiling_foot_m=None,
        bound_by="",
        sessions=sessions,
    )


def _run(counter: _Counter, run: Run, number: int, week: int) -> Session:
    run_s, walk_s = counter.run(run.dose.run), counter.walk(run.dose.walk)
    steps = (Step(kind=RUNNING, seconds=run_s), *((Step(kind=WALKING, seconds=walk_s),) if walk_s else ()))
    return _session("run", number, week, run.day, run.title, steps)


def _session(key: str, number: int, week: int, day: date, title: str, steps: tuple[Step, ...] = ()) -> Session:
    """A session tagged with its key. Its metres are left out, as the audit computes them from the steps."""
    return Session(
        week=week,
        pillar="plan",
        key=key,
        ordinal=number,
        date=day,
        start=None,
        duration_s=seconds_of(steps),
        title=title,
        steps=steps,
        tags=(key,),
        run_s=seconds_of(steps, RUNNING),
        walk_s=seconds_of(steps, WALKING),
    )
