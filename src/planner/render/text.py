"""Plans as plain text of 80 columns, suitable for printing."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from planner.language import _, ngettext
from planner.quantities import clock, distance
from planner.render.done import by_day, session_done_m, week_done_m
from planner.render.words import (
    bound_words,
    day_words,
    load_line,
    pace_words,
    percent_words,
    range_words,
    status_words,
    step_lines,
    week_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.model import Goal, Plan, Session, Week
    from planner.render import Options

WIDTH = 80
BAR = 20
NARROW_BAR = 12
"""Bar width if there is a column for what was done."""
BOXES = {"done": "[x] ", "missed": "[-] "}


def render(plan: Plan, options: Options) -> bytes:  # noqa: ARG001  (all renderers share this signature)
    """Return the plan as UTF-8 text, no line longer than 80 characters."""
    return ("\n".join(line.rstrip() for line in _lines(plan)) + "\n").encode()


def _lines(plan: Plan) -> Iterator[str]:
    yield from _head(plan)
    yield ""
    yield from _table(plan)
    for week in plan.weeks:
        yield ""
        yield from _week(plan, week)
    if plan.findings:
        yield from ("", _("Worth knowing"), "-" * WIDTH)
    for finding in plan.findings:
        place, source = f"{finding.where}: " if finding.where else "", f" ({finding.source})" if finding.source else ""
        yield from _wrapped(f"{place}{finding.message}{source}", "* " if finding.severity == "info" else "! ")
    yield ""
    for paragraph in plan.disclaimer.splitlines():
        yield from _wrapped(paragraph)


def _head(plan: Plan) -> Iterator[str]:
    """Yield the header: athlete, dates, terms and goal."""
    miles, reading, goal = plan.units == "mi", plan.reading, plan.goal
    yield from _wrapped(_("Return to run: {name}", name=plan.athlete_name or plan.athlete_id))
    yield "=" * WIDTH
    last = plan.weeks[-1].last_day if plan.weeks else plan.start
    yield from _wrapped(
        ngettext(
            "{n} weeks, {first} to {last}, times in {place}",
            "{n} weeks, {first} to {last}, times in {place}",
            len(plan.weeks),
            first=day_words(plan.start, year=True),
            last=day_words(last, year=True),
            place=plan.timezone,
        )
    )
    counted = _("running") if reading.measure == "running" else _("running and walking together")
    growth = percent_words(reading.growth)
    yield from _wrapped(
        _("Programme {name}; at most {growth} more a week, counted in {what}", name=plan.template, growth=growth, what=counted)
    )
    run, walk = pace_words(reading.paces.run, miles=miles), pace_words(reading.paces.walk, miles=miles)
    yield from _wrapped(_("Easy pace {run}, walking {walk}", run=run, walk=walk))
    if goal.minutes is not None or goal.week_m is not None:
        yield from _wrapped(_("Goal: {goal}{range}", goal="; ".join(_goal(goal, miles=miles)), range=range_words(plan)))


def _goal(goal: Goal, *, miles: bool) -> Iterator[str]:
    """Yield the goal and when it is reached."""
    if goal.minutes:
        yield _("{minutes} min of running", minutes=goal.minutes)
    else:
        yield _("{distance} a week", distance=distance(goal.week_m or 0, miles=miles))
    if goal.first_run:
        yield _("first on {day}", day=day_words(goal.first_run, year=True))
    if goal.every_run:
        yield _("in every run of the week from {day}", day=day_words(goal.every_run, year=True))
    elif goal.foreseen:
        yield _("expected in full in week {week}", week=goal.foreseen)


def _table(plan: Plan) -> Iterator[str]:
    """Yield one line per week: load as `#`, remaining room up to the ceiling as `.`; with a log, what was done beside it."""
    on_foot, miles, logged = plan.reading.measure == "on-foot", plan.units == "mi", plan.ahead_from is not None
    size = NARROW_BAR if logged else BAR
    loads = [_load(week, on_foot=on_foot) for week in plan.weeks]
    scale = max([1, *(ceiling for pair in loads for ceiling in pair)])
    heading, limited, done, load_words, what = _("Week"), _("At most"), _("Done"), _("Load"), _("What")
    measured, since = _("On foot") if on_foot else _("Running"), _("From")
    number, most = max(4, len(heading)), max(8, len(limited))
    head = f"{done:>8}  " if logged else ""
    yield f"{heading:<{number}}  {since:<11}  {measured:>8}  {head}{load_words:<{size}}  {limited:>{most}}  {what}"
    for week, (load, ceiling) in zip(plan.weeks, loads, strict=True):
        filled, room = (-(-size * metres // scale) for metres in (load, max(load, ceiling if load else 0)))
        bar = "#" * filled + "." * (room - filled)
        shown = distance(load, miles=miles) if load else "-"
        limit = distance(ceiling, miles=miles) if load and ceiling else ""
        done = f"{_done(plan, week):>8}  " if logged else ""
        yield f"{week.number:>{number}}  {day_words(week.start):<11}  {shown:>8}  {done}{bar:<{size}}  {limit:>{most}}  {week_words(week)}"


def _done(plan: Plan, week: Week) -> str:
    """Return the distance done in a week so far; "" if the week is ahead or no log is kept."""
    done = week_done_m(plan, week)
    return "" if done is None else distance(done, miles=plan.units == "mi") if done else "-"


def _load(week: Week, *, on_foot: bool) -> tuple[int, int]:
    return (week.foot_m, week.ceiling_foot_m or 0) if on_foot else (week.run_m, week.ceiling_run_m)


def _week(plan: Plan, week: Week) -> Iterator[str]:
    miles, done = plan.units == "mi", _done(plan, week)
    head = _("Week {number}, {first} to {last}", number=week.number, first=day_words(week.start), last=day_words(week.last_day))
    if week.run_m:
        run, most = distance(week.run_m, miles=miles), distance(week.ceiling_run_m, miles=miles)
        head = _("{week}: running {distance}, at most {most}", week=head, distance=run, most=most)
        head = _("{load} (set by {bound})", load=head, bound=bound_words(week.bound_by)) if week.bound_by else head
    yield from _wrapped(_("{load}; done {done}", load=head, done=done) if done not in ("", "-") else head)
    yield "-" * WIDTH
    for day, sessions, own in by_day(plan, week):
        for session in sessions:
            yield from _session(plan, session)
        for extra in own:
            words = _("A run not planned for this day: {distance}", distance=distance(extra.run_m, miles=miles))
            yield from _wrapped(f"{day_words(day)}  {words}", BOXES["done"])


def _session(plan: Plan, session: Session) -> Iterator[str]:
    """Yield a line with a checkbox, ticked if done, and the steps below it; a note has no checkbox."""
    miles, ran = plan.units == "mi", session_done_m(plan, session)
    hour = f" {session.start:%H:%M}" if session.start else ""
    lasts = f" ({clock(session.duration_s // 60 * 60)})" if session.duration_s >= 60 else ""
    box = "    " if session.transparent else BOXES.get(session.status, "[ ] ")
    done = "" if session.status == "planned" else f" - {status_words(session.status)}" + (f", {distance(ran, miles=miles)}" if ran else "")
    yield from _wrapped(f"{day_words(session.date)}{hour}  {' '.join(session.title.split())}{lasts}{done}", box)
    load = load_line(session, miles=miles)
    for line in [*step_lines(session.steps), *([load] if load else [])]:
        yield from _wrapped(line, "      - ")


def _wrapped(text: str, first: str = "") -> list[str]:
    """Wrap text to `WIDTH` characters, with later lines indented to align with the text after `first`."""
    return wrap(text, WIDTH, initial_indent=first, subsequent_indent=" " * len(first), break_on_hyphens=False) or [first]
