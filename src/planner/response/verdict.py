"""`Verdict`: what the answers about one date decide."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, TypeAlias

from attrs import frozen

from planner.records import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

Outcome: TypeAlias = Literal["progress", "hold", "regress", "stop"]
OUTCOMES: tuple[Outcome, ...] = ("progress", "hold", "regress", "stop")
"""From the best to the worst."""
FULL = Fraction(1)
SHARES: Mapping[int, Fraction] = {0: FULL, -1: Fraction(4, 5), -2: Fraction(3, 5)}
"""Without a ladder a level less is at most 80% of the last run and week, two levels less at most 60% (4d)."""
CLEAN = frozenset({"9", "10"})
"""Rows of runs that the knee took well."""


@frozen(kw_only=True, eq=False, repr=False)
class Verdict(Record):
    """What the answers about one date decide.

    `session` is the planned run that it was, or ""; `ran` is false for a date whose rows hold no run. `row` is the row of the decision
    table that decided, `own` the row of the run by itself: they differ where a sign (row 1) or a series of runs (rows 3, 11, 12) decided;
    `own` is "" where nothing but a sign spoke. `rest_days` are dates without running before the next run, `levels` 0, -1 or -2. `counts`: a
    regress of a dose that was already lower than the one before, so that it counts for rows 11 and 12 (4d). `back_to`: the pain before the
    run to which the knee must come back before the next (row 2), else None. `signs` are the ids that stop. `text` is for the athlete.
    """

    date: datetime.date
    session: str
    ran: bool
    row: str
    own: str
    decision: Outcome
    rest_days: int
    levels: int
    source: str
    text: str
    counts: bool
    back_to: int | None
    signs: tuple[str, ...]

    @property
    def share(self) -> Fraction:
        """The most of the last run and week that the next may hold where there is no ladder: 1, 4/5 or 3/5."""
        return SHARES[self.levels]

    @property
    def earliest_run(self) -> datetime.date:
        """The first date on which the rest that it demands is over."""
        return self.date + datetime.timedelta(days=self.rest_days + 1)

    @property
    def clean(self) -> bool:
        """Whether the knee took the run well: 2 or less, settled within the hour, no worse next morning, all of it said."""
        return self.row in CLEAN
