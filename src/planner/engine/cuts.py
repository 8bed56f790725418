"""What was left out of a plan, and what it takes for granted, as findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.engine.state import State


def cut_findings(state: State) -> list[Finding]:
    """One finding for each thing that was left out and each reason, with its weeks gathered."""
    weeks: dict[tuple[str, str], list[int]] = {}
    for number, what, why in state.cuts:
        weeks.setdefault((what, why), []).append(number)
    return [
        Finding(rule="left-out", severity="warning", where=in_weeks(numbers), message=f"{what} left out: {why}.", source="SCHED-10")
        for (what, why), numbers in weeks.items()
    ]


def in_weeks(numbers: Sequence[int]) -> str:
    """Week numbers in words: `week 3`, `weeks 1-4, 6`."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    named = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)
    return f"week{'s' if len(set(numbers)) > 1 else ''} {named}"


def assumptions(state: State) -> list[Finding]:
    """What the plan takes for granted."""
    found: list[Finding] = []
    if state.has_run:
        found.append(
            Finding(
                rule="drawn-ahead",
                severity="info",
                message="Weeks ahead are drawn as if every knee answer were good; hold or step back when yours are not.",
                source="PAIN-01",
            )
        )
    if any(done.estimated for done in state.brief.history):
        found.append(
            Finding(
                rule="history-estimated",
                severity="info",
                message="What you ran before the start is estimated from recent_weeks_km and longest_run_km.",
                source="PROG-15",
            )
        )
    return found
