"""The summary that `planner make` prints: weeks, load, goal, findings, the file, what to do next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from planner.cli.common import quoted
from planner.cli.writing import STANDARD_OUTPUT
from planner.language import N_, _, ngettext, use_language
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
MOST_WEEKS = 52
"""The most weeks that an athlete file can ask for."""
_BEFORE_RUNNING = N_("No running yet: these weeks come before the first run.")
_STILL_OPEN = N_("What is still open is listed below and in the plan.")
_LIMITED = N_("No running in these weeks: a plugin's limit leaves none. It is named below.")
_NO_RUNNING = N_("No running in these weeks.")
WORDS = {"info": N_("note"), "warning": N_("careful"), "error": N_("break"), "stop": N_("stop")}


def lines(plan: Plan, target: Path, format_name: str, *, cancel: bool = False, written: str = "") -> list[Line]:
    """The lines of the summary, in the plan's language, each with whether it is a detail.

    `written` replaces the last line, about the file that was written.
    """
    with use_language(plan.language):
        return list(_lines(plan, target, format_name, cancel=cancel, written=written))


def _lines(plan: Plan, target: Path, format_name: str, *, cancel: bool, written: str) -> Iterator[Line]:
    yield _headline(plan), False
    for sentence in load_sentences(plan):
        yield f"  {sentence}", False
    shown = 0
    for finding in told(plan):
        shown += finding.severity == "info"
        yield f"  {finding_line(finding)}", finding.severity == "info" and shown > MOST_INFO
    if shown > MOST_INFO:
        more = ngettext("... and {n} more note; -v shows all of them.", "... and {n} more notes; -v shows all of them.", shown - MOST_INFO)
        yield f"  {more}", False
    for plugin in plan.plugins:
        yield "  " + _("with {plugin} ({source} {version})", plugin=plugin.name, source=plugin.distribution, version=plugin.version), True
    if written:
        yield written, False
    elif target != STANDARD_OUTPUT:
        wrote = ngettext("Wrote {file} ({n} entry).", "Wrote {file} ({n} entries).", len(plan.sessions), file=target)
        yield f"{wrote} {_next(target, format_name, cancel=cancel)}", False


def data(plan: Plan, target: Path) -> dict[str, object]:
    """The summary as JSON data."""
    return {
        "file": str(target),
        "athlete": plan.athlete_id,
        "template": plan.template,
        "start": str(plan.start),
        "weeks": [{"number": w.number, "stage": w.stage, "run_m": w.run_m, "foot_m": w.foot_m} for w in plan.weeks],
        **outlook(plan),
    }


def outlook(plan: Plan) -> dict[str, object]:
    """The goal and the findings as JSON data."""
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
"""The laws of load that appear in a finished plan's findings only if commitments alone break them."""


def load_sentences(plan: Plan) -> Iterator[str]:
    """Weekly running from the first to the last running week, and when the goal is reached; or that the plan is over.

    Commitments before the first run are the athlete's own running, not the plan's.
    """
    running = [week for week in plan.weeks if week.run_m and week.stage != "pre-run"]
    if last_day(plan) < plan.as_of:
        yield over_sentence(plan)
        return
    miles = plan.units == "mi"
    if not running:
        yield _no_running(plan)
        committed_m = sum(week.run_m for week in plan.weeks)
        if committed_m:
            yield _(
                "Your own commitments hold {distance} of running all the same, against the plan's advice for these weeks.",
                distance=distance(committed_m, miles=miles),
            )
        return
    first, last = running[0], running[-1]
    counted = _("within the 10% limit")
    if plan.reading.measure == "on-foot":
        on_foot = [distance(week.foot_m, miles=miles) for week in (first, last)]
        counted = _("counted in metres on foot: {first} and {last}", first=on_foot[0], last=on_foot[1])
    if any(f.rule in LOAD_LAWS for f in plan.findings):
        counted = _("{counted}, except for the commitments that go beyond it", counted=counted)
    yield _(
        "Weekly running: {first} in week {first_week}, {last} in week {last_week}, {counted}.",
        first=distance(first.run_m, miles=miles),
        first_week=first.number,
        last=distance(last.run_m, miles=miles),
        last_week=last.number,
        counted=counted,
    )
    yield goal_sentence(plan.goal, plan)


def _no_running(plan: Plan) -> str:
    """Why no week has running: the block before the first run, a plugin's limit that the findings name, or neither."""
    before = {week.number for week in plan.weeks if week.stage == "pre-run"}
    if not before:
        return _(_NO_RUNNING)
    if before <= {number for finding in plan.findings if finding.rule == "limit-no-runs" for number in finding.weeks}:
        return _(_LIMITED)
    return f"{_(_BEFORE_RUNNING)} {_(_STILL_OPEN)}" if plan.findings else _(_BEFORE_RUNNING)


def over_sentence(plan: Plan) -> str:
    """Say that a plan is over and how to go on: with more weeks if they can still reach the goal, or with a new start."""
    ended = _("This plan is over: its last day was {day}.", day=day_words(last_day(plan), year=True))
    anew = _(
        "To start a new plan, renew `start`, with it {weeks}, {longest} and last_run under [running], and your answers under [knee] and "
        "[screening].",
        weeks=f"recent_weeks_{plan.units}",
        longest=f"longest_run_{plan.units}",
    )
    if not _may_go_on(plan):
        return f"{ended} {anew}"
    more = _("Its goal is not reached yet: write `weeks = {n}` to go on from where you are.", n=plan.goal.foreseen)
    return f"{ended} {more} {anew}"


def _may_go_on(plan: Plan) -> bool:
    """Whether more weeks can take a finished plan to its goal. Without a log, at most a week after its end: the gap would count as run."""
    foreseen = plan.goal.foreseen
    if plan.goal.every_run is not None or foreseen is None or foreseen > MOST_WEEKS:
        return False
    known = plan.log is not None or plan.as_of <= last_day(plan) + 7 * DAY
    return known and week_start(plan, foreseen) + 6 * DAY >= plan.as_of


def goal_sentence(goal: Goal, plan: Plan) -> str:
    """When the goal is reached, or would be."""
    if goal.week_m is not None:
        wish = _("Goal, {distance} a week:", distance=distance(goal.week_m, miles=plan.units == "mi"))
    else:
        wish = _("Goal, {minutes} minutes of running without a walk:", minutes=goal.minutes)
    return f"{wish} {_reached(goal, plan) if goal.every_run else _not_reached(goal, plan)}"


def _reached(goal: Goal, plan: Plan) -> str:
    """When a goal is reached within the plan; follows the words that name the goal."""
    when = {"day": day_words(goal.every_run, year=True) if goal.every_run else "", "range": range_words(plan)}
    if goal.week_m is not None:
        return _("in the week from {day}{range}.", **when)
    if goal.first_run is None:
        return _("in every run of the week from {day}{range}.", **when)
    return _("first on {first}, in every run of the week from {day}{range}.", first=day_words(goal.first_run, year=True), **when)


def _not_reached(goal: Goal, plan: Plan) -> str:
    """When a goal that the plan does not fully reach would be reached; follows the words that name the goal."""
    once = ""
    if goal.week_m is None and goal.first_run:
        once = _("first on {day}, but not yet in every run;", day=day_words(goal.first_run, year=True)) + " "
    if goal.foreseen is None:
        return once + ngettext(
            "not in this {n} week, and not later either with this programme, these days and limits.",
            "not in these {n} weeks, and not later either with this programme, these days and limits.",
            len(plan.weeks),
        )
    later = _(
        "after the end of this plan, in week {week} (from {day}) if all goes well{range}.",
        week=goal.foreseen,
        day=day_words(week_start(plan, goal.foreseen), year=True),
        range=range_words(plan),
    )
    may_ask = goal.foreseen <= MOST_WEEKS and all(finding.rule != "limit-weeks" for finding in plan.findings)
    more = _("Write `weeks = {n}` to plan that far.", n=goal.foreseen) if may_ask else ""
    return f"{once}{later} {more}".rstrip()


def told(plan: Plan) -> list[Finding]:
    """The findings, without those that the sentence about the goal covers."""
    return [finding for finding in plan.findings if finding.rule != "goal-later"]


def finding_line(finding: Finding) -> str:
    """A finding on one line: severity, place, message, source."""
    word = _(WORDS[finding.severity])
    where = f"{finding.where}: " if finding.where else ""
    source = f" [{finding.source}]" if finding.source else ""
    return f"{word}: {where}{' '.join(finding.message.split())}{source}"


def last_day(plan: Plan) -> date:
    """The last date of the plan."""
    return plan.weeks[-1].last_day if plan.weeks else plan.start - DAY


def _headline(plan: Plan) -> str:
    who = plan.athlete_name or plan.athlete_id
    return ngettext(
        "{name}: {n} week from {day}, programme {programme}.",
        "{name}: {n} weeks from {day}, programme {programme}.",
        len(plan.weeks),
        name=who,
        day=day_words(plan.start, year=True),
        programme=plan.template,
    )


def _next(target: Path, format_name: str, *, cancel: bool) -> str:
    if cancel:
        return _("Next: open it with the calendar that has the plan, to remove its entries.")
    if format_name == "ics":
        return _("Next: open it with your calendar, or send it to your phone and open it there.")
    if format_name == "json":
        return _("Next: planner show {file}", file=quoted(target))
    if format_name == "intervals":
        return _("Next: paste the text under each date into the workout builder of intervals.icu, on that day of its calendar.")
    return _("Next: open it and read the first week.")
