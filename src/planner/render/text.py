"""Plans as plain text of 80 columns: what one would print and put on the wall."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from planner.quantities import clock, distance
from planner.render.words import bound_words, day_words, load_line, pace_words, step_lines, week_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from planner.model import Plan, Session, Week
    from planner.render import Options

WIDTH = 80
BAR = 20


def render(plan: Plan, options: Options) -> bytes:  # noqa: ARG001  (every output is asked the same way)
    """The plan as text in UTF-8, no line longer than 80 characters."""
    return ("\n".join(line.rstrip() for line in _lines(plan)) + "\n").encode()


def _lines(plan: Plan) -> Iterator[str]:
    yield from _head(plan)
    yield ""
    yield from _table(plan)
    for week in plan.weeks:
        yield ""
        yield from _week(week, miles=plan.units == "mi")
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
    yield from _wrapped(f"Programme {plan.template}; at most {_percent(reading.growth)} more a week, counted in {counted}")
    yield from _wrapped(f"Easy pace {pace_words(reading.paces.run, miles=miles)}, walking {pace_words(reading.paces.walk, miles=miles)}")
    if goal.minutes is None and goal.week_m is None:
        return
    aim = f"{goal.minutes} min of running" if goal.minutes else f"{distance(goal.week_m or 0, miles=miles)} a week"
    first = f"; first on {day_words(goal.first_run, year=True)}" if goal.first_run else ""
    every = f"; all week from {day_words(goal.every_run, year=True)}" if goal.every_run else ""
    beyond = f"; all of it foreseen for week {goal.foreseen}" if goal.foreseen and not goal.every_run else ""
    yield from _wrapped(f"Goal: {aim}{first}{every}{beyond}")


def _table(plan: Plan) -> Iterator[str]:
    """One line a week: its load as `#`, what the ceiling leaves over it as `.`."""
    on_foot, miles = plan.reading.measure == "on-foot", plan.units == "mi"
    loads = [_load(week, on_foot=on_foot) for week in plan.weeks]
    scale = max([1, *(ceiling for pair in loads for ceiling in pair)])
    yield f"Week  From         {'On foot' if on_foot else 'Running':>8}  {'Load':<{BAR}}  {'At most':>8}  What"
    for week, (load, ceiling) in zip(plan.weeks, loads, strict=True):
        filled, room = (-(-BAR * metres // scale) for metres in (load, max(load, ceiling if load else 0)))
        bar = "#" * filled + "." * (room - filled)
        shown = distance(load, miles=miles) if load else "-"
        most = distance(ceiling, miles=miles) if load and ceiling else ""
        what = week_words(week)
        yield f"{week.number:>4}  {day_words(week.start):<11}  {shown:>8}  {bar:<{BAR}}  {most:>8}  {what}"


def _load(week: Week, *, on_foot: bool) -> tuple[int, int]:
    return (week.foot_m, week.ceiling_foot_m or 0) if on_foot else (week.run_m, week.ceiling_run_m)


def _week(week: Week, *, miles: bool) -> Iterator[str]:
    head = f"Week {week.number}, {day_words(week.start)} to {day_words(week.last_day)}"
    if week.run_m:
        head += f": running {distance(week.run_m, miles=miles)}, at most {distance(week.ceiling_run_m, miles=miles)}"
        head += f" (set by {bound_words(week.bound_by)})" if week.bound_by else ""
    yield from _wrapped(head)
    yield "-" * WIDTH
    for session in week.sessions:
        yield from _session(session, miles=miles)


def _session(session: Session, *, miles: bool) -> Iterator[str]:
    """A line to tick off, and what to do under it; a note has no box."""
    hour = f" {session.start:%H:%M}" if session.start else ""
    lasts = f" ({clock(session.duration_s // 60 * 60)})" if session.duration_s >= 60 else ""
    box = "    " if session.transparent else "[ ] "
    done = "" if session.status == "planned" else f" - {session.status}"
    yield from _wrapped(f"{day_words(session.date)}{hour}  {' '.join(session.title.split())}{lasts}{done}", box)
    load = load_line(session, miles=miles)
    for line in [*step_lines(session.steps), *([load] if load else [])]:
        yield from _wrapped(line, "      - ")


def _wrapped(text: str, first: str = "") -> list[str]:
    """Text in lines of at most `WIDTH` characters, later ones set in under what follows `first`."""
    return wrap(text, WIDTH, initial_indent=first, subsequent_indent=" " * len(first), break_on_hyphens=False) or [first]


def _percent(share: Fraction) -> str:
    """A share as a percentage, rounded down to a tenth: `10%`, `7.5%`."""
    whole, rest = divmod(1000 * share.numerator // share.denominator, 10)
    return f"{whole}.{rest}%" if rest else f"{whole}%"
