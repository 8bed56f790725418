"""Earlier runs as rows 3, 11 and 12 of the decision table ask about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.response.conditions import HIGH_PAIN, above, replanned

if TYPE_CHECKING:
    from datetime import date

    from planner.response.conditions import Situation
    from planner.response.days import Day
    from planner.response.table import DecisionRow
    from planner.response.verdict import Verdict

ROW_3_DAYS = 14
ROW_11_DAYS = 14
ROW_12_DAYS = 21
ROW_11_TWICE_DAYS = 84
"""Row 11 twice within so many days is row 12. 3a gives no span; after 12 weeks any standstill is a reason to be seen (OUT-08)."""
GAP_DAYS = 7
"""After so many dates without a run, running restarts (law 5), and with it the 14 days of training of row 11."""

UNHURT = frozenset({"8", "9", "10"})
"""Rows that say nothing bad about the knee: clean and unanswered runs are not part of a series."""


class Series:
    """Earlier flares, counted regresses and replans (row 11). Mutable while the log is read, never handed out.

    Spans include both ends: a flare on a Monday and one on the Monday two weeks later are two in 14 days.
    """

    def __init__(self, cleared: date | None = None) -> None:
        """Start with no runs; after the date `cleared` of a clearance for `3a-12` the counts of rows 11 and 12 begin again."""
        self._cleared = cleared
        self._flares: list[date] = []
        self._flared = False
        self._counted: list[date] = []
        self._in_a_row = 0
        self._replans: list[date] = []
        self._since: date | None = None
        self._last: Day | None = None

    def seen(self, day: Day, own: DecisionRow | None, situation: Situation) -> Situation:
        """The situation of a date whose own row is `own`, completed with what rows 3, 11 and 12 ask about."""
        if self._cleared is not None and day.date > self._cleared:
            self._counted, self._replans, self._in_a_row, self._cleared = [], [], 0, None
        if day.ran and (self._since is None or (self._last and (day.date - self._last.date).days > GAP_DAYS)):
            self._since = day.date
        if own is None or own.row in UNHURT:
            return situation
        counts = self.counts(day, own)
        found = situation._replace(
            flares=self._flares_with(day, own, situation),
            in_a_row=self._in_a_row + counts if counts else 0,
            in_21_days=self._counted_before(day) + counts if counts else 0,
            stalled=day.ran and self._since is not None and (day.date - self._since).days >= ROW_11_DAYS,
        )
        return found._replace(replans=self._replans_before(day) + 1 if replanned(found) else 0)

    def counts(self, day: Day, own: DecisionRow) -> bool:
        """Whether a date is a regress of a dose (metres) that was already lower than that of the run before (4d).

        Where the metres of either run are unknown it counts; the first run of a log, having none before it, does not.
        """
        last = self._last
        lower = last is not None and (day.run_m is None or last.run_m is None or day.run_m < last.run_m)
        return own.decision == "regress" and day.ran and lower

    def _counted_before(self, day: Day) -> int:
        """Counted regresses in the 21 days that end with this date, without it."""
        return sum((day.date - earlier).days <= ROW_12_DAYS for earlier in self._counted)

    def _replans_before(self, day: Day) -> int:
        """Replans in the span that ends with this date, without it."""
        return sum((day.date - earlier).days <= ROW_11_TWICE_DAYS for earlier in self._replans)

    def _flares_with(self, day: Day, own: DecisionRow, situation: Situation) -> int:
        """The number of flares (row 2) in the 14 days that end with this date; 0 where it is not a new flare.

        A date without a run that only repeats the limp or swelling of the verdict before it is the same flare.
        """
        if own.row != "2" or not self._new_flare(day, situation):
            return 0
        return 1 + sum((day.date - flare).days <= ROW_3_DAYS for flare in self._flares)

    def _new_flare(self, day: Day, situation: Situation) -> bool:
        return day.ran or not self._flared or above(situation.answers.during, HIGH_PAIN)

    def remember(self, day: Day, verdict: Verdict | None, situation: Situation, *, against: bool) -> None:
        """Update the series with a date; `situation` as `seen` returned it.

        An unanswered run restarts the 14 days of row 11: forgetting to answer holds a dose, it does not lower it. A run made `against` rest
        or a stop ends no series, and later doses are not compared with it.
        """
        if situation.flares:
            self._flares.append(day.date)
        if situation.in_a_row:
            self._counted.append(day.date)
            self._in_a_row = situation.in_a_row
        elif day.ran and not against and not (verdict and verdict.levels):
            self._in_a_row = 0
        if situation.replans:
            self._replans.append(day.date)
            self._since = None
        elif verdict is not None and verdict.own == "8" and not against:
            self._since = None
        elif verdict is not None and verdict.decision == "progress":
            self._since = day.date
        if verdict is not None:
            self._flared = verdict.own == "2"
        if day.ran and not against:
            self._last = day
