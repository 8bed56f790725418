"""The current week of a plan, derived from the plan itself: a page has no clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.model import Plan, Week


def present_week(plan: Plan) -> Week | None:
    """Return the week that contains `plan.as_of`, or the nearest one if that date lies outside the plan; None for a plan without weeks."""
    ahead = [week for week in plan.weeks if week.last_day >= plan.as_of]
    return ahead[0] if ahead else plan.weeks[-1] if plan.weeks else None
