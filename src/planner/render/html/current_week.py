"""Which week a page is about: told by the plan itself, for a page has no clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.model import Plan, Week


def present_week(plan: Plan) -> Week | None:
    """The week of the day that the plan was made on; the first or the last one where that day lies outside."""
    ahead = [week for week in plan.weeks if week.last_day >= plan.as_of]
    return ahead[0] if ahead else plan.weeks[-1] if plan.weeks else None
