"""Explains a week: what was left out of it and what limits it; with a log also the knee's answers, missed runs and the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.cli.summary import finding_line
from planner.language import _
from planner.quantities import distance
from planner.render.done import done_in, week_done_m
from planner.render.words import percent_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.findings import Finding
    from planner.model import Plan, Week

OF_THE_WEEK_BEFORE = ("missed", "done-over")
"""The rules of findings that also explain the week after the one that they are about."""


def words(plan: Plan, week: Week) -> str:
    """The decision in words where the log explains more than its usual wording; else empty."""
    if plan.ahead_from is None or any(f.rule == "answers" for f in reasons(plan, week)):
        return ""
    if week.bound_by == "missed":
        return _("the same again: missed runs are not made up, and going back to what was done before is not an increase")
    before = next((earlier for earlier in plan.weeks if earlier.number == week.number - 1), None)
    if week.decision == "progress" and week.start <= plan.as_of and before is not None and done_in(plan, before):
        return _("growth: no answer about the week before speaks against it")
    return ""


def reasons(plan: Plan, week: Week) -> list[Finding]:
    """The findings that explain a week: its own, and those of the week before that it builds on."""
    before, here = week.number - 1, week.number
    return [f for f in plan.findings if here in f.weeks or (before in f.weeks and f.rule in OF_THE_WEEK_BEFORE)]


def lines(plan: Plan, week: Week) -> Iterator[str]:
    """What was done of the week, the findings that explain it, and the settings; only the findings if no log is kept."""
    if plan.ahead_from is None:
        yield from (finding_line(finding) for finding in reasons(plan, week))
        return
    done = week_done_m(plan, week)
    if done is not None:
        ran = distance(done, miles=plan.units == "mi")
        yield _("Done: {distance}.", distance=ran) if week.last_day < plan.ahead_from else _("Done so far: {distance}.", distance=ran)
    yield from (finding_line(finding) for finding in reasons(plan, week))
    reading = plan.reading
    asked = f'measure = "{reading.measure}", missed = "{reading.missed}", rolling = "{reading.rolling}"'
    yield _("Settings: {asked}; at most {growth} more a week.", asked=asked, growth=percent_words(reading.growth))


def data(plan: Plan, week: Week) -> dict[str, object]:
    """The same as JSON data; only the findings if no log is kept."""
    told: dict[str, object] = {
        "reasons": [{"rule": f.rule, "where": f.where, "text": f.message, "source": f.source} for f in reasons(plan, week)],
    }
    if plan.ahead_from is None:
        return told
    reading, done = plan.reading, done_in(plan, week)
    return {
        "done_run_m": None if done is None else sum(d.run_m for d in done),
        **told,
        "reading": {
            "measure": reading.measure,
            "missed": reading.missed,
            "rolling": reading.rolling,
            "growth": f"{reading.growth.numerator}/{reading.growth.denominator}",
        },
    }
