"""`Timetable`: the days and hours that a draft may use, and the sessions so far that bind the next ones."""

from __future__ import annotations

from bisect import bisect_left, insort
from datetime import date
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from planner.placement import Rule, Window
from planner.placement.shape import RUN
from planner.quantities import DAYS_OF_WEEK, WEEKDAYS

if TYPE_CHECKING:
    from planner.limits import Limits
    from planner.model import Brief, Reading

_DAY = itemgetter(0)
Windows = tuple[tuple[Window, ...] | None, ...]
"""The windows of the seven days of a week: () is a closed day, None one that is free all day."""


class Timetable:
    """Where sessions may go: the athlete's windows and absences, the plugins' absences and spacings, and the sessions so far.

    Commitments are not in it; `State.open_days` adds the days that they close. `rules` are the spacing rules of placement, with
    `run_gap` days from one run to the next; `homes` is the day of the week (0-6 from the plan's first weekday) that each session last had,
    by name and ordinal. Copied together with the draft.
    """

    def __init__(self, brief: Brief, reading: Reading, limits: Limits) -> None:
        """Start before week 1, with the runs of the history as the sessions so far."""
        self.limits = limits
        self._earlier = sorted(((d.date.toordinal(), frozenset({RUN})) for d in brief.history), key=_DAY)
        self.homes: dict[tuple[str, int], int] = {}
        self._run_homes = _homes_in_history(brief)
        self._week = _usual_week(brief)
        self._away = tuple([(a.first.toordinal(), a.last.toordinal()) for a in brief.athlete.availability.away])
        self._windows: dict[int, Windows] = {}
        self._fitting: dict[tuple[int, frozenset[str]], int] = {}
        self.run_gap = reading.run_gap_days
        self.rules = _rules(self.run_gap, self.limits)

    def copy(self) -> Timetable:
        """An independent copy."""
        twin = object.__new__(Timetable)
        twin.__dict__.update(self.__dict__)
        twin._earlier, twin.homes = list(self._earlier), dict(self.homes)
        return twin

    def with_limits(self, limits: Limits) -> Timetable:
        """An independent copy with other limits of plugins."""
        twin = self.copy()
        twin.limits = limits
        twin.rules = _rules(twin.run_gap, limits)
        return twin

    def keep_apart(self, days: int) -> None:
        """Require run dates at least `days` apart from here on."""
        if days != self.run_gap:
            self.run_gap = days
            self.rules = _rules(self.run_gap, self.limits)

    def windows(self, first: int) -> Windows:
        """The windows of the seven days from day number `first`, with absences applied."""
        if first not in self._windows:
            week = self._week
            if self.away_between(first, first + DAYS_OF_WEEK - 1):
                week = tuple([() if self.away_between(first + d, first + d) else week[d] for d in range(DAYS_OF_WEEK)])
            self._windows[first] = week
        return self._windows[first]

    def away_between(self, first: int, last: int) -> bool:
        """Whether the athlete is away on any of the day numbers `first` to `last`."""
        return any([away <= last and first <= back for away, back in self._away])

    def open_days(self, first: int, tags: frozenset[str]) -> int:
        """Bit mask of the days of the week from `first` that windows and absences, also the plugins', leave open to `tags`."""
        windows = self.windows(first)
        mask = self._fitting.get((id(windows), tags))
        if mask is None:
            mask = self._fitting[id(windows), tags] = _fitting(windows, tags)
        if self.limits.absences:
            closed = [self.limits.closed(date.fromordinal(first + d), tags) is not None for d in range(DAYS_OF_WEEK)]
            mask &= ~sum([1 << d for d in range(DAYS_OF_WEEK) if closed[d]])
        return mask

    def has_hours(self, first: int) -> bool:
        """Whether any day of the week from `first` is free for a session of some kind: all its windows may be kept for others."""
        windows, days = self.windows(first), range(DAYS_OF_WEEK)
        return any([windows[d] != () and not self._all_closed(first + d) for d in days])

    def _all_closed(self, day: int) -> bool:
        """Whether a plugin closes day number `day` to every session."""
        return bool(self.limits.absences) and self.limits.closed(date.fromordinal(day), frozenset()) is not None

    def enter(self, day: int, tags: frozenset[str]) -> None:
        """Add a session on day number `day`, which spacing rules count from."""
        insort(self._earlier, (day, tags), key=_DAY)

    def recent(self, first: int) -> tuple[tuple[int, frozenset[str]], ...]:
        """Sessions before day number `first` that spacing rules reach back to, as (offset in days, tags), oldest first."""
        since = first - max([rule.days for rule in self.rules])
        earlier = self._earlier[bisect_left(self._earlier, since, key=_DAY) : bisect_left(self._earlier, first, key=_DAY)]
        return tuple([(day - first, tags) for day, tags in earlier])

    def first_run_home(self, ordinal: int) -> int | None:
        """The home of a run in the first week: a weekday run on in the week before the plan; None for runs beyond those."""
        return self._run_homes[ordinal - 1] if ordinal <= len(self._run_homes) else None


def _rules(run_gap: int, limits: Limits) -> tuple[Rule, ...]:
    """The spacing rules of placement: `run_gap` between runs, and the plugins' spacings."""
    rest = Rule(after=RUN, before=RUN, days=run_gap, name="rest")
    return (rest, *[Rule(after=s.after, before=s.before, days=s.days, name="+".join(s.by)) for s in limits.spacings])


def _usual_week(brief: Brief) -> Windows:
    """The windows of a week's seven days, absences not applied."""
    on, start = brief.athlete.availability.on, brief.start.weekday()
    days = [on(WEEKDAYS[(start + d) % DAYS_OF_WEEK]) for d in range(DAYS_OF_WEEK)]
    return tuple([None if day is None else tuple([Window(w.start, w.end, w.kept_for) for w in day]) for day in days])


def _homes_in_history(brief: Brief) -> tuple[int, ...]:
    """The weekdays run on in the week before the plan, in the order of ordinals: the last of them first, the others in order.

    None if they are estimated and on neighbouring days: then nobody is known to run on them, and a plan can be spread better.
    """
    start = brief.start.toordinal()
    last_week = [done for done in brief.history if done.date.toordinal() >= start - DAYS_OF_WEEK]
    days = sorted({done.date.toordinal() - start + DAYS_OF_WEEK for done in last_week})
    if any(done.estimated for done in last_week) and any(b - a == 1 for a, b in pairwise(days)):
        return ()
    return (*days[-1:], *days[:-1])


def _fitting(week: Windows, tags: frozenset[str]) -> int:
    """Bit mask of the days whose windows admit a session with `tags`."""
    fits = [day is None or any([w.takes(tags) for w in day]) for day in week]
    return sum([1 << d for d in range(DAYS_OF_WEEK) if fits[d]])
