"""A week's decision: the worst of its verdicts."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from attrs import frozen

from planner.language import N_, _
from planner.records import Record
from planner.response.drift import drifts
from planner.response.table import TABLE, row_named
from planner.response.verdict import CLEAN, OUTCOMES, SHARES, Outcome, Verdict

if TYPE_CHECKING:
    from planner.response.standing import Standing
    from planner.response.table import DecisionRow

DAY = timedelta(days=1)
WAITING = "9"
PLACES = [row.row for row in TABLE]
AS_IF_ANSWERED_WELL = N_(
    "Future weeks assume good answers after every run. Answer after each run and make the plan again: the answers decide before the load "
    "does."
)
"""What every plan that follows a log says about its weeks ahead."""
NO_ANSWERS = N_("Nothing was answered about this week's runs: the same load once more; a missing answer is never a yes.")


@frozen(kw_only=True, eq=False, repr=False)
class WeekVerdict(Record):
    """What the answers of one week decide for the next; `row`, `source` and `text` are those of the worst verdict.

    `levels` and `share` as in `Verdict`, relative to this week; `clean`: every verdict of the week was clean.
    """

    first: date
    decision: Outcome
    row: str
    source: str
    text: str
    levels: int
    clean: bool

    @property
    def share(self) -> Fraction:
        """How much of this week the next may hold where there is no ladder: 1, 4/5 or 3/5."""
        return SHARES[self.levels]


def week_decision(standing: Standing, first: date, *, ran: bool) -> WeekVerdict | None:
    """What the seven dates from `first` decide, as far as `standing` covers them; None where nothing was run and nothing felt.

    The worst verdict decides. Clean runs that only lack a number of clean runs (row 9) count only where the week has no other verdict: with
    two clean runs to each progress, no week would ever progress otherwise. Weekly means of pain count too (row 7b). `ran`: the week held
    running; where no verdict is of a run, it holds (PAIN-08).
    """
    last = first + 6 * DAY
    found = [v for v in standing.verdicts if first <= v.date <= last]
    told: list[Verdict | DecisionRow] = [v for v in found if v.row != WAITING] or [*found]
    if ran and not any(v.ran for v in found):
        told.append(row_named("8"))
    if drifts(standing.runs, last):
        told.append(row_named("7b"))
    if not told:
        return None
    worst = max(told, key=lambda one: (OUTCOMES.index(one.decision), -one.levels, -PLACES.index(one.row)))
    return WeekVerdict(
        first=first,
        decision=worst.decision,
        row=worst.row,
        source=worst.source,
        text=worst.text if isinstance(worst, Verdict) else _(NO_ANSWERS if worst is row_named("8") else worst.text),
        levels=min(one.levels for one in told),
        clean=all(one.row in CLEAN for one in told),
    )
