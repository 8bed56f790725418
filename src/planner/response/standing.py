"""`Standing`: what the log leaves for a date."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from attrs import frozen

from planner.records import Record
from planner.response.days import Day
from planner.response.signs import Stop
from planner.response.verdict import Verdict


@frozen(kw_only=True, eq=False, repr=False)
class Standing(Record):
    """What the log rows dated before `before` leave for that date and later.

    `verdicts`: at most one a date, oldest first. `stops`: those not lifted, most urgent first, one for each sign. `earliest_run`: the first
    date after the rest that is due, None where it is over by `before`. `levels`: lost and not yet regained, 0 or below. `share`: how much
    of the run and week that hurt the next may hold, until a run is clean. `ceiling_m`: the most metres that verdicts allow the next run
    (None: unbounded). `hold_m`: the longest run of the seven dates that end with the last run, the most that a run may hold while the last
    verdict is a hold. `runs`: the dates with a run.
    """

    before: date
    verdicts: tuple[Verdict, ...]
    stops: tuple[Stop, ...]
    earliest_run: date | None
    levels: int
    share: Fraction
    ceiling_m: int | None
    hold_m: int | None
    runs: tuple[Day, ...]

    @property
    def stop(self) -> Stop | None:
        """The most urgent stop that has not been lifted."""
        return self.stops[0] if self.stops else None

    def on(self, day: date) -> Verdict | None:
        """The verdict of a date; None where it has none."""
        return next((v for v in self.verdicts if v.date == day), None)

    def painless(self, first: date, last: date) -> bool:
        """Whether the log shows that a break in running from `first` to `last`, both included, was for no pain (law 5, "missed runs").

        It does where the last verdict before was clean and no verdict since says otherwise; an unanswered run is not clean.
        """
        before = [v for v in self.verdicts if v.date < first]
        since = [v for v in self.verdicts if first <= v.date <= last]
        return bool(before) and all(v.clean for v in (before[-1], *since))
