"""The audit: checks every law again on a finished plan, from its steps alone.

It was written from the laws and the records, independently of the planner. It trusts no stored sum and no plugin, and shares nothing with
the planner but the records. Its results are data; the caller decides what to do about an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.audit.ledger import read
from planner.audit.load import load_margins
from planner.audit.log_sums import told_findings
from planner.audit.margin import LAWS, Margin, as_finding
from planner.audit.past import past_findings
from planner.audit.shape import shape_margins
from planner.audit.sums import growth_findings, pace_findings, sum_findings
from planner.audit.timeoff import time_off_margins
from planner.audit.weeks import facts_of_weeks
from planner.findings import ordered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.audit.ledger import Ledger
    from planner.audit.weeks import WeekFacts
    from planner.findings import Finding
    from planner.model import Plan

__all__ = ["Margin", "audit", "margins"]


def audit(plan: Plan) -> tuple[Finding, ...]:
    """Return every break of laws 1 to 7 and every sum of `plan` that does not follow from its steps, as sorted by `findings.ordered`.

    Rules are `law-1` to `law-7` and `sums`. Severity is `error`; `warning` for law 2 if it is only reported (`rolling = "report"`), and for
    any break caused by commitments alone. `margin_m` is negative, in metres, for laws measured in metres or seconds. `plan.findings` is
    ignored. Raises nothing: a plan with invalid paces gets findings about those alone. Sources: PROG-01, PROG-05, ENT-12, WR-02, SCHED-02,
    PROG-23.
    """
    impossible = pace_findings(plan)
    if impossible:
        return ordered(impossible)
    ledger = read(plan)
    weeks = facts_of_weeks(plan, ledger)
    breaks = [as_finding(m, plan.reading) for m in _all_margins(plan, ledger, weeks) if m.margin < 0]
    past = [*told_findings(plan), *past_findings(plan, ledger, weeks)]
    return ordered([*sum_findings(plan, ledger), *past, *growth_findings(plan.reading), *breaks])


def margins(plan: Plan) -> tuple[Margin, ...]:
    """Return the tightest margin of each law that applies to `plan`, in the order of the laws; on a tie the earliest.

    A law that nothing in the plan falls under is missing (law 5 without time off). Empty if the paces are invalid.
    """
    if pace_findings(plan):
        return ()
    tightest: dict[str, Margin] = {}
    ledger = read(plan)
    for margin in _all_margins(plan, ledger, facts_of_weeks(plan, ledger)):
        if margin.law not in tightest or margin.margin < tightest[margin.law].margin:
            tightest[margin.law] = margin
    return tuple(tightest[law] for law in LAWS if law in tightest)


def _all_margins(plan: Plan, ledger: Ledger, weeks: Sequence[WeekFacts]) -> list[Margin]:
    """Return the margins of every law at every place where it applies."""
    return [
        *load_margins(plan.reading, ledger, weeks),
        *time_off_margins(ledger, weeks),
        *shape_margins(plan, ledger),
    ]
