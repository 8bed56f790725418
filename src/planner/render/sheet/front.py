"""The first page of the printed sheet: athlete, terms, an overview of all weeks, and findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.language import _, ngettext
from planner.quantities import distance
from planner.render.done import week_done_m
from planner.render.words import day_words, pace_words, percent_words, range_words, week_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.model import Plan, Week
    from planner.render.sheet.typeset import Data


def title(plan: Plan, *, private: bool) -> str:
    """Return the sheet's title; without name or health information if private."""
    return _("Training plan") if private else _("Return to run: {name}", name=plan.athlete_name or plan.athlete_id)


def front(plan: Plan, *, private: bool) -> dict[str, Data]:
    """Return the first page as data."""
    return {
        "head": list(_head(plan, private=private)),
        "table": [_row(plan, week) for week in plan.weeks],
        "columns": [_("Week"), _("From"), _measured(plan), *([_("Done")] if plan.ahead_from else []), "", _("At most"), _("What")],
        "key": key(plan),
        "logged": plan.ahead_from is not None,
        "findings": [_finding(f.where, f.message, f.source, grave=f.severity != "info") for f in plan.findings],
        "worth": _("Worth knowing"),
        "disclaimer": plan.disclaimer.splitlines(),
    }


def key(plan: Plan) -> dict[str, Data]:
    """Return the legend of the load bars."""
    return {"planned": _("planned"), "ceiling": _("up to what is allowed"), "done": _("done") if plan.ahead_from else ""}


def bar(plan: Plan, week: Week) -> dict[str, Data]:
    """Return a week's load, ceiling and done metres; `scale` is the plan's maximum of all three."""
    load, ceiling = loads(plan, week)
    most = max((1, *(max(*loads(plan, other), week_done_m(plan, other) or 0) for other in plan.weeks)))
    return {"load": load, "ceiling": ceiling if load else 0, "done": week_done_m(plan, week), "scale": most}


def loads(plan: Plan, week: Week) -> tuple[int, int]:
    """Return a week's metres and ceiling by the plan's measure: running, or everything on foot."""
    return (week.foot_m, week.ceiling_foot_m or 0) if plan.reading.measure == "on-foot" else (week.run_m, week.ceiling_run_m)


def _measured(plan: Plan) -> str:
    return _("On foot") if plan.reading.measure == "on-foot" else _("Running")


def _head(plan: Plan, *, private: bool) -> Iterator[str]:
    """Yield the header lines: dates, terms and goal."""
    miles, reading = plan.units == "mi", plan.reading
    last = plan.weeks[-1].last_day if plan.weeks else plan.start
    span = _("{first} to {last}", first=day_words(plan.start, year=True), last=day_words(last, year=True))
    weeks = ngettext("{n} week", "{n} weeks", len(plan.weeks))
    yield _("{weeks}: {span}, times in {zone}", weeks=weeks, span=span, zone=plan.timezone)
    if not private:
        counted = _("running") if reading.measure == "running" else _("running and walking together")
        growth = percent_words(reading.growth)
        yield _("Programme {name}; at most {growth} more a week, counted in {counted}", name=plan.template, growth=growth, counted=counted)
    run, walk = pace_words(reading.paces.run, miles=miles), pace_words(reading.paces.walk, miles=miles)
    yield _("Easy pace {run}, walking {walk}", run=run, walk=walk)
    yield from goal_lines(plan)


def goal_lines(plan: Plan) -> Iterator[str]:
    """Yield the goal and when it is reached; nothing without a goal."""
    goal = plan.goal
    if goal.minutes is None and goal.week_m is None:
        return
    if goal.minutes:
        aim = ngettext("{n} minute of running without a walk", "{n} minutes of running without a walk", goal.minutes)
    else:
        aim = _("{distance} a week", distance=distance(goal.week_m or 0, miles=plan.units == "mi"))
    yield _("Goal: {aim}", aim=aim)
    if goal.first_run:
        yield _("First run that holds it: {day}", day=day_words(goal.first_run, year=True))
    if goal.every_run:
        yield _("Every run of the week holds it from {day}{later}", day=day_words(goal.every_run, year=True), later=range_words(plan))
    elif goal.foreseen:
        yield _("Expected in full in week {week}{later}", week=goal.foreseen, later=range_words(plan))


def _row(plan: Plan, week: Week) -> dict[str, Data]:
    miles = plan.units == "mi"
    load, ceiling = loads(plan, week)
    done = week_done_m(plan, week)
    return {
        "number": str(week.number),
        "start": day_words(week.start),
        "load": distance(load, miles=miles) if load else "-",
        "done": "" if done is None else distance(done, miles=miles) if done else "-",
        "ceiling": distance(ceiling, miles=miles) if load and ceiling else "",
        "what": week_words(week),
        "bar": bar(plan, week),
    }


def place_words(where: str) -> str:
    """Capitalise a finding's place for the start of a line; a file key is left as it is."""
    return where if "." in where or "_" in where else where[:1].upper() + where[1:]


def _finding(where: str, message: str, source: str, *, grave: bool) -> dict[str, Data]:
    return {"where": place_words(where), "text": " ".join(message.split()), "source": source, "grave": grave}
