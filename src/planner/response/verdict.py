"""`Verdict`: what the answers of one date decide."""

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
"""Outcomes from best to worst."""
FULL = Fraction(1)
SHARES: Mapping[int, Fraction] = {0: FULL, -1: Fraction(4, 5), -2: Fraction(3, 5)}
"""Share of the last run and week by levels lost: without a ladder, one level is 80%, two are 60% (4d)."""
CLEAN = frozenset({"9", "10"})
"""Rows of clean runs."""


@frozen(kw_only=True, eq=False, repr=False)
class Verdict(Record):
    """What the answers of one date decide.

    `session` is the id of the planned run, or ""; `ran` is false for a date without a run. `row` is the row of the decision table that
    decided, `own` the row of the date by itself: they differ where a sign (row 1) or a series of runs (rows 3, 11, 12) decided, and `own`
    is "" where only a sign did. `rest_days` are dates without running before the next run; `levels` is 0, -1 or -2. `counts`: a regress of
    a dose already lower than the one before, which counts for rows 11 and 12 (4d). `back_to` is the pain before a run that the knee must
    return to after row 2, else None. `signs` are the ids that stop; `text` is for the athlete.
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
        """How much of the last run and week the next may hold where there is no ladder: 1, 4/5 or 3/5."""
        return SHARES[self.levels]

    @property
    def earliest_run(self) -> datetime.date:
        """The first date after the rest that it demands."""
        return self.date + datetime.timedelta(days=self.rest_days + 1)

    @property
    def clean(self) -> bool:
        """Whether it is a clean run: pain within the limit, settled within the hour, no worse next morning, all four answers given."""
        return self.row in CLEAN
