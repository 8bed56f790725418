"""Past runs of the plan may count for no more than the laws allowed on their dates (laws 1, 3, 4 and 5).

Later growth is based on these counts. A run may have been of any length, but what it counts for is limited.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from planner.audit.load import grown, lawful_growth, longest_before, weekly_growth
from planner.audit.timeoff import OPENING_RUN_S, OPENING_WEEK_S
from planner.findings import Finding
from planner.language import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from planner.audit.ledger import Ledger
    from planner.audit.weeks import WeekFacts
    from planner.model import Plan, Reading


def past_findings(plan: Plan, ledger: Ledger, weeks: Sequence[WeekFacts]) -> Iterator[Finding]:
    """Yield a finding for each past run, and each week's past runs together, that count for more than the laws allowed.

    Running before the plan counts as it was done.
    """
    growth, pace = lawful_growth(plan.reading), plan.reading.paces.run
    for week in weeks if ledger.done else ():
        counts = [(day, metres) for day, metres in ledger.done if week.first <= day <= week.last]
        for day, metres in counts:
            most = _most_of_run(ledger, day, week, growth, pace)
            if metres > most:
                yield _too_much(f"{date.fromordinal(day)}", metres, most)
        together, most_together = sum(metres for _day, metres in counts), _most_of_week(ledger, week, plan.reading)
        if together and most_together is not None and together > most_together:
            yield _too_much(_("week {number}", number=week.number), together, most_together)


def _most_of_run(ledger: Ledger, day: int, week: WeekFacts, growth: Fraction, pace: int) -> int:
    """Return the metres that a run on `day` may count for: law 3, or the dose of an opening week."""
    if week.kind in ("opening", "barred"):
        return 1000 * OPENING_RUN_S // pace if week.kind == "opening" else 0
    longest, per = longest_before(ledger, day, week)
    return grown(longest, growth, per)


def _most_of_week(ledger: Ledger, week: WeekFacts, reading: Reading) -> int | None:
    """Return the metres that a week's past runs may count for (laws 1, 4 and 5); None if none of these applies to running."""
    if week.kind == "opening":
        return 1000 * OPENING_WEEK_S // reading.paces.run
    most: list[int] = []
    if week.time_off:
        share, per = week.time_off.share
        most.append(share * ledger.counted_m(week.time_off.before - 6, week.time_off.before) // per)
    if reading.measure == "running" and (week.time_off is None or week.time_off.follows_running):
        most.append(grown(ledger.counted_m(week.first - 7, week.first - 1), weekly_growth(reading, ledger, week.first)))
    return max(min(most), week.again[0]) if most else None


def _too_much(where: str, found: int, most: int) -> Finding:
    words = _("what was run counts as {found} m; the laws allowed {most} m. Count again.", found=found, most=most)
    return Finding(rule="sums", severity="error", where=where, message=words)
