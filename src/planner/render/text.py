"""Plans as plain text of 80 columns: what one would print and put on the wall."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from planner.quantities import clock, distance
from planner.render.done import own_days, session_done_m, week_done_m
from planner.render.words import bound_words, day_words, load_line, pace_words, percent_words, range_words, step_lines, week_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.model import Plan, Session, Week
    from planner.render import Options

WIDTH = 80
BAR = 20
NARROW_BAR = 12
"""With a column for what was done beside it."""
BOXES = {"done": "[x] ", "missed": "[-] "}


def render(plan: Plan, options: Options) -> bytes:  # noqa: ARG001  (every output is asked the same way)
    """The plan as text in UTF-8, no line longer than 80 characters."""
    return ("\n".join(line.rstrip() for line in _lines(plan)) + "\n").encode()


def _lines(plan: Plan) -> Iterator[str]:
    yield from _head(plan)
    yield ""
    yield from _table(plan)
    for week in plan.weeks:
        yield ""
        yield from _week(plan, week)
    if plan.findings:
        yield from ("", "Worth knowing", "-" * WIDTH)
    for finding in plan.findings:
        place, source = f"{finding.where}: " if finding.where else "", f" ({finding.source})" if finding.source else ""
        yield from _wrapped(f"{place}{finding.message}{source}", "* " if finding.severity == "info" else "! ")
    yield ""
    for paragraph in plan.disclaimer.splitlines():
        yield from _wrapped(paragraph)


def _head(plan: Plan) -> Iterator[str]:
    """Whose plan, from when to when, on what terms, and when the goal comes."""
    miles, reading, goal = plan.units == "mi", plan.reading, plan.goal
    yield from _wrapped(f"Return to run: {plan.athlete_name or plan.athlete_id}")
    yield "=" * WIDTH
    last = plan.weeks[-1].last_day if plan.weeks else plan.start
    span = f"{day_words(plan.start, year=True)} to {day_words(last, year=True)}"
    yield from _wrapped(f"{len(plan.weeks)} weeks, {span}, times in {plan.timezone}")
    counted = "running" if reading.measure == "running" else "running and walking together"
    yield from _wrapped(f"Programme {plan.template}; at most {percent_words(reading.growth)} more a week, counted in {counted}")
    yield from _wrapped(f"Easy pace {pace_words(reading.paces.run, miles=miles)}, walking {pace_words(reading.paces.walk, miles=miles)}")
    if goal.minutes is None and goal.week_m is None:
        return
    aim = f"{goal.minutes} min of running" if goal.minutes else f"{distance(goal.week_m or 0, miles=miles)} a week"
    first = f"; first on {day_words(goal.first_run, year=True)}" if goal.first_run else ""
    every = f"; all week from {day_words(goal.every_run, year=True)}" if goal.every_run else ""
    beyond = f"; all of it foreseen for week {goal.foreseen}" if goal.foreseen and not goal.every_run else ""
    yield from _wrapped(f"Goal: {aim}{first}{every}{beyond}{range_words(plan)}")


def _table(plan: Plan) -> Iterator[str]:
    """One line a week: its load as `#`, what the ceiling leaves over it as `.`; where a log is kept, what was done beside it."""
    on_foot, miles, logged = plan.reading.measure == "on-foot", plan.units == "mi", plan.ahead_from is not None
    size = NARROW_BAR if logged else BAR
    loads = [_load(week, on_foot=on_foot) for week in plan.weeks]
    scale = max([1, *(ceiling for pair in loads for ceiling in pair)])
    head = f"{'Done':>8}  " if logged else ""
    yield f"Week  From         {'On foot' if on_foot else 'Running':>8}  {head}{'Load':<{size}}  {'At most':>8}  What"
    for week, (load, ceiling) in zip(plan.weeks, loads, strict=True):
        filled, room = (-(-size * metres // scale) for metres in (load, max(load, ceiling if load else 0)))
        bar = "#" * filled + "." * (room - filled)
        shown = distance(load, miles=miles) if load else "-"
        most = distance(ceiling, miles=miles) if load and ceiling else ""
        done = f"{_done(plan, week):>8}  " if logged else ""
        yield f"{week.number:>4}  {day_words(week.start):<11}  {shown:>8}  {done}{bar:<{size}}  {most:>8}  {week_words(week)}"


def _done(plan: Plan, week: Week) -> str:
    """How far a week went so far; empty while it is ahead."""
    done = week_done_m(plan, week)
    return "" if done is None else distance(done, miles=plan.units == "mi") if done else "-"


def _load(week: Week, *, on_foot: bool) -> tuple[int, int]:
    return (week.foot_m, week.ceiling_foot_m or 0) if on_foot else (week.run_m, week.ceiling_run_m)


def _week(plan: Plan, week: Week) -> Iterator[str]:
    miles, done = plan.units == "mi", _done(plan, week)
    head = f"Week {week.number}, {day_words(week.start)} to {day_words(week.last_day)}"
    if week.run_m:
        head += f": running {distance(week.run_m, miles=miles)}, at most {distance(week.ceiling_run_m, miles=miles)}"
        head += f" (set by {bound_words(week.bound_by)})" if week.bound_by else ""
    yield from _wrapped(f"{head}; done {done}" if done not in ("", "-") else head)
    yield "-" * WIDTH
    for session in week.sessions:
        yield from _session(plan, session)
    for extra in own_days(plan, week):
        yield from _wrapped(f"{day_words(extra.date)}  A run not planned for this day: {distance(extra.run_m, miles=miles)}", BOXES["done"])


def _session(plan: Plan, session: Session) -> Iterator[str]:
    """A line to tick off, ticked where that was done, and what to do under it; a note has no box."""
    miles, ran = plan.units == "mi", session_done_m(plan, session)
    hour = f" {session.start:%H:%M}" if session.start else ""
    lasts = f" ({clock(session.duration_s // 60 * 60)})" if session.duration_s >= 60 else ""
    box = "    " if session.transparent else BOXES.get(session.status, "[ ] ")
    done = "" if session.status == "planned" else f" - {session.status}" + (f", {distance(ran, miles=miles)}" if ran else "")
    yield from _wrapped(f"{day_words(session.date)}{hour}  {' '.join(session.title.split())}{lasts}{done}", box)
    load = load_line(session, miles=miles)
    for line in [*step_lines(session.steps), *([load] if load else [])]:
        yield from _wrapped(line, "      - ")


def _wrapped(text: str, first: str = "") -> list[str]:
    """Text in lines of at most `WIDTH` characters, later ones set in under what follows `first`."""
    return wrap(text, WIDTH, initial_indent=first, subsequent_indent=" " * len(first), break_on_hyphens=False) or [first]
