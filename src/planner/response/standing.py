"""`Standing`: what the log has left on a date."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from attrs import frozen

from planner.records import Record
from planner.response.answers import Day
from planner.response.signs import Stop
from planner.response.verdict import Verdict


@frozen(kw_only=True, eq=False, repr=False)
class Standing(Record):
    """What the rows of a log that are dated before `before` leave for that date and later.

    `verdicts` are one a date, oldest first; `stops` those that nobody has lifted, most urgent first, one a sign. `earliest_run` is the
    first date on which the rest is over, None where it is by `before`. `levels` are those lost and not yet regained, 0 or below; `share`
    what the next run and week may hold of the run and week that hurt, until a run is answered well. `ceiling_m` is the most metres of the
    next run that verdicts leave (None: no such bound), `hold_m` the longest run of the seven dates that end with the last run: what a run
    holds at most while the last verdict is a hold. `runs` are the dates that held one.
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
        """The most urgent stop that nobody has lifted."""
        return self.stops[0] if self.stops else None

    def on(self, day: date) -> Verdict | None:
        """The verdict of a date."""
        return next((v for v in self.verdicts if v.date == day), None)

    def painless(self, first: date, last: date) -> bool:
        """Whether the log shows that a break in running from `first` to `last`, both without a run, was for no pain (law 5, "missed runs").

        It does where the last run before was clean and no row since then says otherwise; an unanswered run shows nothing.
        """
        before = [v for v in self.verdicts if v.date < first]
        since = [v for v in self.verdicts if first <= v.date <= last]
        return bool(before) and all(v.clean for v in (before[-1], *since))
