"""Running before the start: from the log, and estimated from the athlete file before that."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import combinations, groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from attrs import evolve

from planner.athlete import A_RUN
from planner.entry import runs_of
from planner.errors import InputError
from planner.laws import most_runs
from planner.model import Done
from planner.quantities import WEEKDAYS, distance, metres_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from planner.athlete import Athlete, Running
    from planner.entry import Entry

WEEK = timedelta(days=7)
HEARD = timedelta(days=42)
"""How far before the start logged runs are used: no law looks back further."""
SPACED = timedelta(days=28)
"""How far before the start a last run without metres is used: no spacing rule reaches back further."""
RECENT_WEEKS, WEEKS_OF_LONGEST = 4, 5
"""The weeks that a file gives if it gives them all, and the weeks that the 30 days of the longest run can touch."""
TENTH = Decimal("0.1")


def past_running(athlete: Athlete, runs: int, gap: int, log: Sequence[Entry]) -> tuple[Done, ...]:
    """Running before the start: from the log as far back as it goes, and from the athlete file before that.

    In the week in which the log begins, the file's kilometres minus the logged ones are placed before the first logged run.
    """
    rows = [row for row in log if row.date < athlete.start]
    if not rows:
        return estimated_history(athlete, runs, gap)
    by_date = [runs_of(on_day) for day, on_day in groupby(rows, key=attrgetter("date")) if day >= athlete.start - HEARD]
    logged = [Done(date=run.date, run_m=run.run_m or 0, foot_m=_walked(run), estimated=False) for runs in by_date for run in runs]
    until = min([run.date for run in logged], default=athlete.start)
    running = athlete.running
    before_log = running.last_run if running.last_run is not None and running.last_run < rows[0].date else None
    told = [_less(km, week, rows[0].date, logged) for week, km in _recent_weeks(athlete)]
    if any(told):
        covered = min([week for week, _km in _recent_weeks(athlete) if week >= rows[0].date], default=athlete.start)
        last = running.last_run if running.last_run is not None and running.last_run < min(covered, until) else None
        running = evolve(_checked(athlete, evolve(running, last_run=last)), recent_weeks_km=tuple(told))
    else:
        running = evolve(_checked(athlete, evolve(running, last_run=before_log, longest_run_km=None)), recent_weeks_km=())
    return (*_estimated(evolve(athlete, running=running), runs, gap, until), *logged)


def _recent_weeks(athlete: Athlete) -> list[tuple[date, Decimal]]:
    """The first day and the kilometres of each week before the start that the athlete file gives."""
    told = athlete.running.recent_weeks_km
    return [(athlete.start - WEEK * back, km) for back, km in zip(range(len(told), 0, -1), told, strict=True)]


def _less(km: Decimal, week: date, begun: date, logged: Sequence[Done]) -> Decimal:
    """The kilometres of a week that are not covered by a log whose first row is dated `begun`."""
    if week >= begun:
        return Decimal(0)
    return max(Decimal(0), km - Decimal(sum(run.run_m for run in logged if week <= run.date < week + WEEK)) / 1000)


def _walked(row: Entry) -> int | None:
    return None if row.foot_m is None or row.run_m is None else max(row.foot_m, row.run_m)


def estimated_history(athlete: Athlete, runs: int, gap: int) -> tuple[Done, ...]:
    """Estimate past running from the athlete file: each recent week as equal runs on the weekdays that the plan will use (or on more of
    them if too few are open), none longer than the longest run. The last run falls on `last_run`; the longest run is dated there too.

    A last run in the 28 days before the start without a recent week that it is part of is a day of 0 m: other sessions keep their distance
    from it (WR-02), and nothing grows from it. Raises `InputError` if the file contradicts itself.
    """
    return _estimated(evolve(athlete, running=_checked(athlete, athlete.running)), runs, gap, athlete.start)


def _estimated(athlete: Athlete, runs: int, gap: int, until: date) -> tuple[Done, ...]:
    """`estimated_history` of the days before `until`, of weeks that a log may have made smaller."""
    weeks = [(first, metres_from(km, miles=False)) for first, km in _recent_weeks(athlete)]
    longest = None if athlete.running.longest_run_km is None else metres_from(athlete.running.longest_run_km, miles=False)
    last = athlete.running.last_run
    if last is not None and last >= athlete.start:
        raise InputError("running.last_run", f"found {last}", f"a date before the start, {athlete.start}")
    _refuse_silent_weeks(athlete, weeks, last)
    offsets = _past_offsets(athlete, runs, gap)
    found: list[Done] = []
    for first, metres in weeks:
        if metres:
            inside = last if last is not None and first <= last < first + WEEK else None
            found += _equal_runs(athlete, first, metres, longest, offsets, inside)
    found = [done for done in found if done.date < until]
    if found and longest is not None and longest > max(d.run_m for d in found):
        newest = found.pop()
        found.append(Done(date=newest.date, run_m=newest.run_m, longest_m=longest, estimated=True))
    if last is not None and athlete.start - SPACED <= last < until and all(done.date < last for done in found):
        found.append(Done(date=last, run_m=0))
    return tuple(found)


def _checked(athlete: Athlete, running: Running) -> Running:
    """`running` with a longest run that is at most the largest recent week, from which rounding to tenths may have set it apart.

    Raises `InputError` if `last_run` lies in a week without running, or the longest run is longer than every week. The latter needs four
    weeks at least: an earlier one may have held that run.
    """
    weeks = [(first, metres_from(km, miles=False)) for first, km in _recent_weeks(athlete)]
    last, longest, miles = running.last_run, running.longest_run_km, athlete.miles
    for first, metres in weeks:
        if last is not None and not metres and first <= last < first + WEEK:
            raise _disagree(athlete, last, metres, first)
    most = max((metres for _first, metres in weeks[-WEEKS_OF_LONGEST:]), default=0)
    if len(weeks) < RECENT_WEEKS or not most or longest is None:
        return running
    longest_m = metres_from(longest, miles=False)
    if longest_m >= most + metres_from(TENTH, miles=miles):
        held = f"recent_weeks_{athlete.units} has at most {distance(most, miles=miles)} in a week"
        raise InputError(
            f"running.longest_run_{athlete.units}",
            f"found {distance(longest_m, miles=miles)}, but {held}",
            "a run that one of these weeks can hold",
            "Correct one of the two.",
        )
    return running if longest_m <= most else evolve(running, longest_run_km=Decimal(most) / 1000)


def _refuse_silent_weeks(athlete: Athlete, weeks: Iterable[tuple[date, int]], last: date | None) -> None:
    """Raise `InputError` if `last_run` lies before a week that has running."""
    for first, metres in weeks:
        if metres and last is not None and last < first:
            raise _disagree(athlete, last, metres, first)


def _disagree(athlete: Athlete, last: date, metres: int, first: date) -> InputError:
    ran = distance(metres, miles=athlete.miles)
    found = f"found {last}, but recent_weeks_{athlete.units} says {ran} in the week from {first}"
    return InputError("running.last_run", found, "the two to agree", "Correct one of them.")


def run_offsets(athlete: Athlete, runs: int, gap: int) -> tuple[int, ...]:
    """The days of a plan week (0 is the first) that its runs will most likely use: open to running, evenly spread, including the last
    run's weekday if possible. Ties go to later days.
    """
    open_days = _open_days(athlete)
    count = min(runs, most_runs(sum(1 << d for d in open_days), gap))
    return _best_days(athlete, open_days, count, gap)


def _past_offsets(athlete: Athlete, runs: int, gap: int) -> tuple[int, ...]:
    """The days of the week of `runs` past runs: those of `run_offsets`, or the best of all seven days if too few are open.

    The days that are open now say nothing about how many runs a past week had, and fewer runs would each be longer (law 3).
    """
    offsets = run_offsets(athlete, runs, gap)
    return offsets if len(offsets) >= runs else _best_days(athlete, range(7), runs, gap)


def _best_days(athlete: Athlete, among: Sequence[int], count: int, gap: int) -> tuple[int, ...]:
    """The `count` days of `among` that keep `gap`, include the last run's weekday, are open and are evenly spread, in this order."""
    last, closed = athlete.running.last_run, set(range(7)).difference(_open_days(athlete))
    wanted = None if last is None else (last - athlete.start).days % 7

    def cost(days: tuple[int, ...]) -> tuple[int, int, int, int, tuple[int, ...]]:
        gaps = [(b - a) % 7 or 7 for a, b in zip(days, (*days[1:], days[0]), strict=True)]
        close, missed = sum(g < gap for g in gaps), wanted is not None and wanted not in days
        return (close, missed, len(closed.intersection(days)), sum(g * g for g in gaps), tuple(-d for d in reversed(days)))

    return min(combinations(among, count), key=cost)


def _open_days(athlete: Athlete) -> list[int]:
    """The days of a plan week that are open to running; all seven if none is."""
    return [d for d in range(7) if _open(athlete, d)] or list(range(7))


def _open(athlete: Athlete, offset: int) -> bool:
    windows = athlete.availability.on(WEEKDAYS[(athlete.start + timedelta(days=offset)).weekday()])
    return windows is None or any(w.takes(A_RUN) for w in windows)


def _equal_runs(athlete: Athlete, first: date, metres: int, longest: int | None, offsets: Sequence[int], last: date | None) -> list[Done]:
    """One past week as equal runs, more of them where they would exceed the longest run. Raises `InputError` if no split fits."""
    count = max(len(offsets), -(-metres // longest) if longest else 0)
    end = 6 if last is None else (last - first).days
    usual = [d for d in offsets if d < end or last is None]
    days = sorted({end, *usual[-(count - 1) :]} if last is not None and count > 1 else {end} if last is not None else set(usual))
    for spare in range(end, -1, -1):
        if len(days) < count and spare not in days:
            days = sorted([*days, spare])
    if longest is not None and -(-metres // len(days)) > longest:
        ran = distance(metres, miles=athlete.miles)
        raise InputError(
            f"running.longest_run_{athlete.units}",
            f"found {distance(longest, miles=athlete.miles)}, but {ran} in the week from {first} cannot be made up of such runs"
            + (f" up to {last}" if last else ""),
            f"a longest run that is longer, or fewer {'miles' if athlete.miles else 'kilometres'} in that week",
        )
    each = metres // len(days)
    sizes = [each] * (len(days) - 1) + [metres - each * (len(days) - 1)]
    return [Done(date=first + timedelta(days=d), run_m=m, estimated=True) for d, m in zip(days, sizes, strict=True) if m]
