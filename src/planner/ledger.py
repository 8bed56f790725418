"""The ledger: metres run and walked on every date so far, done or planned, and the sums that the laws need.

Dates are day numbers (`date.toordinal()`) here, so that the inner loops of a plan are sums over integers.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate, repeat
from typing import TYPE_CHECKING

from planner.quantities import grown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from fractions import Fraction

    from planner.model import Done

WINDOW = 7
NOTHING = repeat(0)
"""An endless supply of zeros, for dates without an entry."""
LONGEST_WINDOW = 30
TABLES = ("days", "ran", "_run", "_foot", "_ms", "_longest", "_over", "_foot_over")
ENTRY_WINDOW = 28
LOOK_BACK = 20
"""Law 2 looks at the twenty dates up to and including the one in question."""
ENTRY_MS = 1800 * 1000
"""Half an hour of running in seven dates, in thousandths of a second: less than that is no base to grow from (law 4)."""


class Ledger:
    """Metres run and on foot by day number. Mutable while a plan is drawn; never leaves the engine.

    `days` are the dates with running from which gaps and blocks are counted; `ran` are all dates with running. A past run that was allowed
    nothing is only in `ran`: it takes room, and counts for nothing else.
    """

    def __init__(self, history: Sequence[Done], pace: int, start: int) -> None:
        """Start from past running; a past day counts for no more than was allowed.

        `pace` (s/km) turns metres into time. Walking is unknown on past days that do not state it, and on dates before day number
        `start` without any entry.
        """
        self.days: list[int] = []
        self.ran: list[int] = []
        self._run: dict[int, int] = {}
        self._foot: dict[int, int] = {}
        self._ms: dict[int, int] = {}
        self._longest: dict[int, int] = {}
        self._over: dict[int, int] = {}
        self._foot_over: dict[int, int] = {}
        self._pace, self._start = pace, start
        self._told: frozenset[int] = frozenset()
        self._unknown: frozenset[int] = frozenset()
        self._last_unknown = 0
        self.opened = 0
        self._full = 0
        self._coming: Mapping[int, int] = {}
        self._uneven: frozenset[int] = frozenset()
        for done in history:
            self.enter(done)

    def copy(self) -> Ledger:
        """An independent copy, to try a week with."""
        twin = object.__new__(Ledger)
        twin.__dict__.update(self.__dict__, **{table: self.__dict__[table].copy() for table in TABLES})
        return twin

    def enter(self, done: Done, *, foot_allowed: int | None = None, to_come: bool = False, full: bool = False) -> None:
        """Enter past running. It counts for no more than was allowed; the excess is recorded separately, as it uses up later room.

        `foot_allowed` is how many metres on foot were allowed; None allows all but the excess running. `to_come`: the run is still ahead,
        whatever it is allowed. `full`: it was allowed no more because its week was full.
        """
        day = done.date.toordinal()
        run_m = done.run_m if done.allowed_m is None else min(done.run_m, done.allowed_m)
        longest = done.longest_m or 0
        self._longest[day] = max(self._longest.get(day, 0), run_m, longest if done.allowed_m is None else min(longest, run_m))
        self._told |= {day}
        spent = done.run_m > 0 and not run_m and not to_come
        if spent:
            _insert(self.ran, day)
            self._full = max(self._full, day if full else 0)
        elif done.run_m > 0:
            self._add_run(day, run_m, run_m * self._pace)
        if done.run_m > run_m:
            self._over[day] = self._over.get(day, 0) + done.run_m - run_m
        if done.foot_m is None and not spent:
            self._unknown |= {day}
            self._last_unknown = max(self._last_unknown, day)
            if day >= self._start:
                self._foot_over[day] = self._foot_over.get(day, 0) + done.run_m
        else:
            on_foot = done.run_m if done.foot_m is None else done.foot_m
            foot_m = on_foot - (done.run_m - run_m if on_foot else 0)
            counted = foot_m if foot_allowed is None else min(foot_m, foot_allowed)
            self._foot[day] = self._foot.get(day, 0) + counted
            if on_foot > counted:
                self._foot_over[day] = self._foot_over.get(day, 0) + on_foot - counted

    def expect(self, coming: Mapping[int, int]) -> None:
        """Set the metres of later runs that are fixed (commitments), by day number: law 2 already makes room for them."""
        self._coming = coming

    def set_apart(self, days: Iterable[int]) -> None:
        """Do not use these dates as a reference for the same weekday a week later, since commitments set their running."""
        self._uneven |= frozenset(days)

    def weekday_before(self, day: int, *, on_foot: bool) -> int | None:
        """Metres of the same weekday a week before `day`; None without a run there, or with one that is no reference."""
        before = day - WINDOW
        if before in self._uneven or not self.run(before):
            return None
        return self.foot(before) if on_foot else self.run(before)

    def add(self, day: int, *, run_s: int, run_m: int, foot_m: int) -> None:
        """Enter one planned session."""
        if run_m:
            self._add_run(day, run_m, run_s * 1000)
            self._longest[day] = max(self._longest.get(day, 0), run_m)
        self._foot[day] = self._foot.get(day, 0) + foot_m

    def _add_run(self, day: int, run_m: int, ms: int) -> None:
        _insert(self.days, day)
        _insert(self.ran, day)
        self._run[day] = self._run.get(day, 0) + run_m
        self._ms[day] = self._ms.get(day, 0) + ms

    def run(self, day: int) -> int:
        """Running metres of one date."""
        return self._run.get(day, 0)

    def foot(self, day: int) -> int | None:
        """Metres on foot of one date; None if the walking is not known."""
        if day in self._unknown or (day < self._start and day not in self._told):
            return None
        return self._foot.get(day, 0)

    def run_sum(self, first: int, last: int) -> int:
        """Running metres over dates, both ends included."""
        return _within(self._run, first, last)

    def foot_sum(self, first: int, last: int) -> int | None:
        """Metres on foot over dates, both ends included; None if any of them is unknown."""
        if first <= self._last_unknown and any(first <= day <= last for day in self._unknown):
            return None
        if last < self._start and not any(first <= day <= last for day in self._told):
            return None
        return _within(self._foot, first, last)

    def run_so_far(self, first: int, last: int) -> int:
        """Running metres over dates, both ends included, with what went beyond the laws."""
        return _within(self._run, first, last) + _within(self._over, first, last)

    def foot_so_far(self, first: int, last: int) -> int:
        """Metres on foot over dates, both ends included, with what went beyond the laws. Dates with unknown walking count their running."""
        return _within(self._foot, first, last) + _within(self._foot_over, first, last)

    def seven_to(self, last: int) -> tuple[int, int | None]:
        """Metres of running and on foot of the seven dates to `last`, the last run; where one since then found its week full, no more than
        those to that.
        """
        ends = [last, *([self._full] if self._full > last else [])]
        walked = [foot for foot in (self.foot_sum(end - 6, end) for end in ends) if foot is not None]
        return min(self.run_sum(end - 6, end) for end in ends), min(walked, default=None)

    def longest(self, day: int) -> int:
        """The longest single run of the thirty dates before `day`, in metres (PROG-05)."""
        return max(map(self._longest.get, range(day - LONGEST_WINDOW, day), NOTHING))

    def last_run(self, before: int) -> int | None:
        """The last date with running before `before`, but for runs that were allowed nothing."""
        return _last_before(self.days, before)

    def last_ran(self, before: int) -> int | None:
        """The last date with running before `before`, allowed or not."""
        return _last_before(self.ran, before)

    def nothing_to_grow_from(self, day: int) -> bool:
        """True if no seven dates in a row among the 28 before `day` hold half an hour of running (law 4)."""
        recent = [d for d in self.days if day - ENTRY_WINDOW <= d < day]
        return all(sum(self._ms[e] for e in recent if d <= e < d + WINDOW) < ENTRY_MS for d in recent)

    def block_start(self, day: int) -> int:
        """The first date of the block of running that `day` belongs to. A gap of seven dates or an opening week starts a new block.

        `opened` is the day number on which the last opening week began.
        """
        start = day
        for d in reversed(self.days[: bisect_right(self.days, day)]):
            if start - d - 1 >= WINDOW or d < self.opened <= start:
                break
            start = d
        return start

    def rolling_room(self, day: int, growth: Fraction, *, on_foot: bool) -> int | None:
        """The most metres that may be added on `day` so that law 2 holds for it and the six dates after it.

        None if law 2 does not apply: in the block's first week, or if walking is unknown on a date that it needs. Dates before the block
        count as its first week repeated backwards. Expected running on later dates counts as run; if that alone would break the law after
        the block's first week, there is no room in that week.
        """
        start = self.block_start(day)
        since = start + WINDOW
        if on_foot and self._last_unknown >= start:
            since = max(since, self._last_unknown + LOOK_BACK)
        opens, first = day < start + WINDOW, max(day, since)
        if first >= day + WINDOW or (opens and not self._coming):
            return None
        ends = range(first - LOOK_BACK + WINDOW, day + WINDOW)
        sevens = self._sevens(self._foot if on_foot else self._run, start, ends)
        held = sevens
        for more in (self._foot_over if on_foot else self._over, self._coming):
            held = [seven + _within(more, end - WINDOW + 1, end) for seven, end in zip(held, ends, strict=True)] if more else held
        rooms = [grown(max(sevens[n - LOOK_BACK + WINDOW : n - WINDOW + 1]), growth) - held[n] for n in range(13, len(sevens))]
        if opens:
            return 0 if min(rooms) < 0 else None
        return max(0, min(rooms))

    def _sevens(self, series: dict[int, int], start: int, days: range) -> list[int]:
        """The sums of the seven dates up to each of `days`. Dates before `start` count as its first week repeated backwards."""
        dates = range(days.start - WINDOW + 1, days.stop)
        sums = [0, *accumulate([series.get(d if d >= start else start + (d - start) % WINDOW, 0) for d in dates])]
        return [after - before for before, after in zip(sums, sums[WINDOW:], strict=False)]


def _insert(days: list[int], day: int) -> None:
    at = bisect_left(days, day)
    if at == len(days) or days[at] != day:
        days.insert(at, day)


def _last_before(days: Sequence[int], day: int) -> int | None:
    at = bisect_left(days, day)
    return days[at - 1] if at else None


def _within(series: Mapping[int, int], first: int, last: int) -> int:
    """The sum of a series by day over dates, both ends included."""
    return sum(map(series.get, range(first, last + 1), NOTHING))
