"""What `planner make` says when it is done: weeks, load, goal, findings, the file, what to do next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from planner.cli.common import count
from planner.cli.writing import STANDARD_OUTPUT
from planner.model import DAY
from planner.quantities import distance
from planner.render.words import day_words, range_words, week_start

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from planner.findings import Finding
    from planner.model import Goal, Plan

Line = tuple[str, bool]
"""A line, and whether it is a detail that only `-v` shows."""
MOST_INFO = 6


def lines(plan: Plan, target: Path, format_name: str, *, cancel: bool = False, written: str = "") -> Iterator[Line]:
    """The summary in lines, each with whether it is a detail. `written` is the last one where the file was not simply written."""
    yield _headline(plan), False
    for sentence in load_sentences(plan):
        yield f"  {sentence}", False
    shown = 0
    for finding in told(plan):
        shown += finding.severity == "info"
        yield f"  {finding_line(finding)}", finding.severity == "info" and shown > MOST_INFO
    if shown > MOST_INFO:
        yield f"  ... and {count(shown - MOST_INFO, 'more note')}; -v shows all of them.", False
    for plugin in plan.plugins:
        yield f"  with {plugin.name} ({plugin.distribution} {plugin.version})", True
    if written:
        yield written, False
    elif target != STANDARD_OUTPUT:
        entries = count(len(plan.sessions), "entry").replace("entrys", "entries")
        yield f"Wrote {target} ({entries}). {_next(target, format_name, cancel=cancel)}", False


def data(plan: Plan, target: Path) -> dict[str, object]:
    """The summary for other programs."""
    return {
        "file": str(target),
        "athlete": plan.athlete_id,
        "template": plan.template,
        "start": str(plan.start),
        "weeks": [{"number": w.number, "stage": w.stage, "run_m": w.run_m, "foot_m": w.foot_m} for w in plan.weeks],
        **outlook(plan),
    }


def outlook(plan: Plan) -> dict[str, object]:
    """The goal and the findings for other programs."""
    goal = plan.goal
    latest = {} if goal.latest is None else {"latest_week": goal.latest, "latest": str(week_start(plan, goal.latest))}
    return {
        "goal": {
            "minutes": goal.minutes,
            "week_m": goal.week_m,
            "first_run": goal.first_run and str(goal.first_run),
            "every_run": goal.every_run and str(goal.every_run),
            "foreseen_week": goal.foreseen,
            "foreseen": str(week_start(plan, goal.foreseen)) if goal.foreseen else None,
            **latest,
        },
        "findings": [
            {"rule": f.rule, "severity": f.severity, "where": f.where, "message": f.message, "source": f.source} for f in plan.findings
        ],
    }


LOAD_LAWS = frozenset({"law-1", "law-3", "law-4", "law-5"})
"""Laws of load that stand among a finished plan's findings only where commitments alone break them."""


def load_sentences(plan: Plan) -> Iterator[str]:
    """The running from first to last, and when the goal is reached."""
    running = [week for week in plan.weeks if week.run_m]
    if last_day(plan) < plan.as_of:
        yield f"This plan is over: its last day was {day_words(last_day(plan), year=True)}. Start a new one with a new `start`."
        return
    if not running:
        yield "No running yet: these weeks are the block before the first run. What is still open stands below and in the plan."
        return
    first, last = running[0], running[-1]
    miles = plan.units == "mi"
    ends = f"{distance(first.run_m, miles=miles)} in week {first.number}, {distance(last.run_m, miles=miles)} in week {last.number}"
    counted = "counted in metres on foot" if plan.reading.measure == "on-foot" else "within the 10% limit"
    if any(f.rule in LOAD_LAWS for f in plan.findings):
        counted += ", but for the commitments that go beyond"
    yield f"Running a week: {ends}, {counted}."
    yield goal_sentence(plan.goal, plan)


def goal_sentence(goal: Goal, plan: Plan) -> str:
    """When the goal is reached, or would be."""
    if goal.week_m is not None:
        wish = f"Goal, {distance(goal.week_m, miles=plan.units == 'mi')} a week:"
        if goal.every_run:
            return f"{wish} in the week from {day_words(goal.every_run, year=True)}{range_words(plan)}."
    else:
        wish = f"Goal, {goal.minutes} minutes of running without a walk:"
        once = f"first on {day_words(goal.first_run, year=True)}" if goal.first_run else ""
        if goal.every_run:
            every = f"in every run of the week from {day_words(goal.every_run, year=True)}{range_words(plan)}"
            return f"{wish} {once}, {every}." if once else f"{wish} {every}."
        wish = f"{wish} {once}, but not yet in every run;" if once else wish
    if goal.foreseen is None:
        return f"{wish} not within these {count(len(plan.weeks), 'week')}, nor later with these days and limits."
    when = day_words(week_start(plan, goal.foreseen), year=True)
    more = f"Write `weeks = {goal.foreseen}` to plan that far." if goal.foreseen <= 52 else ""
    return f"{wish} later than this plan, in week {goal.foreseen} (from {when}) if all goes well{range_words(plan)}. {more}".rstrip()


def told(plan: Plan) -> list[Finding]:
    """The findings that the sentence about the goal does not say already."""
    return [finding for finding in plan.findings if finding.rule != "goal-later"]


def finding_line(finding: Finding) -> str:
    """A finding on one line: how bad, where, what, source."""
    word = {"info": "note", "warning": "careful", "error": "break", "stop": "stop"}[finding.severity]
    where = f"{finding.where}: " if finding.where else ""
    source = f" [{finding.source}]" if finding.source else ""
    return f"{word}: {where}{' '.join(finding.message.split())}{source}"


def last_day(plan: Plan) -> date:
    """The last date of the plan."""
    return plan.weeks[-1].last_day if plan.weeks else plan.start - DAY


def _headline(plan: Plan) -> str:
    who = plan.athlete_name or plan.athlete_id
    weeks = count(len(plan.weeks), "week")
    return f"{who}: {weeks} from {day_words(plan.start, year=True)}, programme {plan.template}."


def _next(target: Path, format_name: str, *, cancel: bool) -> str:
    if cancel:
        return "Next: open it with the calendar that has the plan; its entries are then taken back."
    if format_name == "ics":
        return "Next: open it with your calendar, or send it to your phone and open it there."
    if format_name == "json":
        return f"Next: planner show {target}"
    return "Next: open it and read the first week."
