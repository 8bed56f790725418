"""What halts a plan read from its calendar: every command that shows the plan prints it first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.language import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.findings import Finding
    from planner.model import Plan

HALTS = ("stop", "taken-back")
"""The rules of findings that halt a plan; their `where` is the date since when."""


def halts(plan: Plan) -> tuple[Finding, ...]:
    """The findings that halt the plan; empty if it goes on."""
    return tuple(finding for finding in plan.findings if finding.rule in HALTS)


def lines(plan: Plan) -> Iterator[str]:
    """The halts as lines: what it is and since when, then what to do."""
    for halt in halts(plan):
        title, *more = filter(None, halt.message.splitlines())
        yield _("{title} (since {day})", title=title, day=halt.where)
        yield from (f"  {line}" for line in more)


def data(plan: Plan) -> list[dict[str, str]]:
    """The halts as JSON data."""
    return [{"rule": halt.rule, "since": halt.where, "message": halt.message} for halt in halts(plan)]
