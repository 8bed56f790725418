"""What keeps a plan that was read from its calendar from going on: told before all else, by every command that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.language import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.findings import Finding
    from planner.model import Plan

HALTS = ("stop", "taken-back")
"""Rules of the findings that say it; their place is the date since when."""


def halts(plan: Plan) -> tuple[Finding, ...]:
    """The findings that say that the plan does not go on; none for a plan that does."""
    return tuple(finding for finding in plan.findings if finding.rule in HALTS)


def lines(plan: Plan) -> Iterator[str]:
    """The same in lines: what it is and since when, then what to do. Nothing for a plan that goes on."""
    for halt in halts(plan):
        title, *more = filter(None, halt.message.splitlines())
        yield _("{title} (since {day})", title=title, day=halt.where)
        yield from (f"  {line}" for line in more)


def data(plan: Plan) -> list[dict[str, str]]:
    """The same for other programs."""
    return [{"rule": halt.rule, "since": halt.where, "message": halt.message} for halt in halts(plan)]
