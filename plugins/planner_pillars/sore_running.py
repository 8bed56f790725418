"""Findings for those who already run, on a knee that is sore."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner import Finding
from planner_pillars import readiness
from planner_pillars.screening import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner import Brief


def findings(brief: Brief) -> Iterator[Finding]:
    """What a runner on a sore knee should know at the start of the plan."""
    if brief.template.reduced_weeks:
        yield from _reduced(brief)
    pain = readiness.daily_pain(brief)
    if readiness.runs_already(brief) and pain > readiness.MOST_PAIN:
        message = words("finding")["sore_daily"].format(pain=pain)
        yield Finding(rule="PAIN-05", severity="warning", message=message, source="PAIN-05")


def _reduced(brief: Brief) -> Iterator[Finding]:
    """Finding that a runner at pain 3 or more, or worse the next morning, starts below the present volume (evidence 4d)."""
    said, template = words("finding"), brief.template
    pain = brief.athlete.knee.pain_run_worst or 0
    what = [said["running_sore_during"].format(pain=pain)] if pain > readiness.MOST_PAIN else []
    what += [said["running_sore_morning"]] if readiness.worse_next_morning(brief) else []
    if what:
        facts = {"what": ", ".join(what), "weeks": template.reduced_weeks, "percent": template.reduced_percent}
        yield Finding(rule="WR-08", severity="info", message=said["running_sore"].format_map(facts), source="WR-08")
