"""Text for steps, dates and reasons, shared by all human-readable renderers."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from planner.caching import cached_by_identity
from planner.language import ENGLISH, N_, _, cached, current_language, decimal_point, ngettext
from planner.model import WEEK
from planner.quantities import METRES_PER_MILE, clock, distance
from planner.steps import RUNNING, WALKING, Group, Step, each_step

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from planner.model import Plan, Session, Week
    from planner.steps import Steps

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WHAT = {
    "entry": N_("opening"),
    "progress": N_("growth"),
    "hold": N_("same again"),
    "easy": N_("easy week"),
    "regress": N_("step back"),
    "off": N_("no running"),
}
_BOUND_BY = {
    "weekly": N_("growth from the week before"),
    "rolling": N_("growth over any seven days"),
    "session": N_("the longest run of the last 30 days"),
    "entry": N_("the opening dose"),
    "on-foot": N_("growth on foot from the week before"),
    "time-off": N_("the time off before"),
    "goal": N_("the goal"),
    "easy-week": N_("the easy week"),
    "pain": N_("how the knee felt"),
    "missed": N_("the best week before the missed runs"),
    "availability": N_("the time available"),
    "template": N_("the programme"),
    "override": N_("a change by hand"),
    "commitment": N_("a commitment"),
}
_PILLARS = {
    "assessment": N_("assessment"),
    "commitments": N_("commitments"),
    "cross_training": N_("cross training"),
    "footwear": N_("footwear"),
    "hip_strength": N_("hip strength"),
    "mobility": N_("mobility"),
    "progression": N_("progression"),
    "running_form": N_("running form"),
    "training": N_("training"),
}
"""The built-in pillars, and the one name for all pillars of a private plan; other pillars are shown by their own names."""
_STATUS = {"planned": N_("planned"), "done": N_("done"), "missed": N_("missed"), "cancelled": N_("cancelled")}
_SIDES = {"each": N_("{dose} each side"), "left": N_("{dose} on the left"), "right": N_("{dose} on the right")}
_PHASES = {"warm-up": N_("warm-up"), "cool-down": N_("cool-down")}
_MOVEMENTS = {RUNNING: N_("run"), WALKING: N_("walk")}
_MARK = re.compile(r"[,;:.]")
"""Punctuation in a step's text that shows it is more than a movement's name; the dose is then separated from it."""
_KINDS = {
    **_PHASES,
    **_MOVEMENTS,
    "exercise": N_("exercise"),
    "stretch": N_("stretch"),
    "roll": N_("roll"),
    "ride": N_("ride"),
    "swim": N_("swim"),
    "note": N_("note"),
}
"""The names of steps that have no text."""


def step_lines(steps: Steps) -> list[str]:
    """Return the steps in order with their doses, one short line per step or group.

    `Warm-up: walk briskly 5 min`, `6 x: run 1 min, walk 1:30 min (effort 4 of 10)`, `Clamshell: 3 x 12 each side`.
    """
    return [_line(step) for step in steps]


def day_words(day: date, *, year: bool = False) -> str:
    """Format a date in the current language: `Tue 5 Jan`, with `year` `Tue 5 Jan 2027`; in German `Di 5. Jan 2027`."""
    if current_language() != ENGLISH:
        return _foreign_day(current_language(), day, year)
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}{f' {day.year}' if year else ''}"


@lru_cache(maxsize=4096)
def _foreign_day(language: str, day: date, year: bool) -> str:  # noqa: FBT001  (part of the cache key)
    """Format a date in another language, with stand-alone names and the language's own order, without commas."""
    from babel import Locale  # noqa: PLC0415  (English needs no Babel)
    from babel.dates import format_date  # noqa: PLC0415

    usual = Locale.parse(language).datetime_skeletons["yMMMEd" if year else "MMMEd"].pattern
    return format_date(day, usual.replace(",", "").replace("E", "ccc").replace("MMM", "LLL"), locale=language)


@cached(512)
def bound_words(bound_by: str) -> str:
    """Describe what set a ceiling; plugins are shown by name."""
    if bound_by in _BOUND_BY:
        return _(_BOUND_BY[bound_by])
    return "+".join(_name(plugin) for plugin in bound_by.removeprefix("plugin:").split("+"))


@cached(512)
def pillar_words(pillar: str) -> str:
    """Return a pillar's display name: `Hip strength`."""
    return _capital(_name(pillar))


def status_words(status: str) -> str:
    """Return a session's status in the current language."""
    return _(_STATUS[status]) if status in _STATUS else status


def _name(pillar: str) -> str:
    return _(_PILLARS[pillar]) if pillar in _PILLARS else pillar.replace("_", " ")


def pace_words(pace: int, *, miles: bool) -> str:
    """Format a pace given in whole seconds per kilometre: `6:40 min/km`, `10:44 min/mi`."""
    seconds = int(pace * METRES_PER_MILE / 1000 + Decimal("0.5")) if miles else pace
    return f"{seconds // 60}:{seconds % 60:02d} min/{'mi' if miles else 'km'}"


def percent_words(share: Fraction) -> str:
    """Format a share as a percentage, rounded down to a tenth: `10%`, `7.5%`."""
    whole, rest = divmod(1000 * share.numerator // share.denominator, 10)
    return _("{number}%", number=f"{whole}{decimal_point()}{rest}" if rest else whole)


def load_line(session: Session, *, miles: bool) -> str:
    """Describe a run's distance, its ceiling and what set it; "" for a session without running."""
    if not session.run_s:
        return ""
    running = distance(session.run_m, miles=miles)
    if not session.bound_by:
        return _("Running {distance}", distance=running)
    most, bound = distance(session.ceiling_m, miles=miles), bound_words(session.bound_by)
    return _("Running {distance}, at most {most} today (set by {bound})", distance=running, most=most, bound=bound)


@cached_by_identity(4096)
def _line(step: Step | Group) -> str:
    line = _group(step) if isinstance(step, Group) else _step(step) if step.rpe is None else _with_effort(_step(step), step.rpe)
    return line if line[:1].isupper() else _capital(line)


def _group(group: Group) -> str:
    """Return a group on one line; an effort common to all its steps is stated once, at the end."""
    efforts = {step.rpe for step in each_step(group.steps)} - {None}
    once = len(efforts) == 1
    parts = [
        f"({_group(step)})" if isinstance(step, Group) else _with_effort(_repeated(step), None if once else step.rpe)
        for step in group.steps
    ]
    separator = "; " if any(", " in part for part in parts) else ", "
    return _with_effort(f"{group.repeat} x: {separator.join(parts)}", efforts.pop() if once else None)


def _repeated(step: Step) -> str:
    """Return a step of a group; running and walking are reduced to their names and doses."""
    if step.kind not in _MOVEMENTS:
        return _step(step)
    return _("{movement} {dose}", movement=_(_MOVEMENTS[step.kind]), dose=_dose(step.sets, step.reps, step.seconds, step.side))


def _step(step: Step) -> str:
    kind, dose, words = step.kind, _dose(step.sets, step.reps, step.seconds, step.side), _one_line(step.text)
    if kind in _MOVEMENTS and not _MARK.search(words):
        return _("{movement} {dose}", movement=words or _(_MOVEMENTS[kind]), dose=dose)
    if kind not in _PHASES:
        words = words or _called(kind)
        return f"{words}: {dose}" if dose else words
    called = _called(kind)
    words = words or called
    named = words if words.lower().startswith(called.lower()) else f"{called}: {words}"
    return f"{named}, {dose}" if dose else named


@cached(64)
def _called(kind: str) -> str:
    """Return the name of a kind of step."""
    return _(_KINDS[kind]) if kind in _KINDS else kind


@cached(4096)
def _dose(sets: int | None, reps: int | None, seconds: int, side: str) -> str:
    """Return sets and repetitions if any, otherwise the duration; "" for a note."""
    if sets and reps:
        dose = f"{sets} x {reps}"
    elif sets:
        dose = ngettext("{n} set", "{n} sets", sets)
    elif reps:
        dose = _("{n} times", n=reps)
    else:
        dose = clock(seconds) if seconds else ""
    return _(_SIDES[side], dose=dose).strip() if side else dose


def _one_line(text: str) -> str:
    """Return text on one line without final punctuation, because a dose follows."""
    if not text.isprintable():
        text = " ".join(text.split())
    return text.rstrip(".:")


def _with_effort(words: str, rpe: int | None) -> str:
    return words if rpe is None else _effort(rpe).replace("{what}", words)


@cached(16)
def _effort(rpe: int) -> str:
    """Return the translated form of an effort, with a placeholder for the activity."""
    return _("{what} (effort {rpe} of 10)", what="{what}", rpe=rpe)


def _capital(line: str) -> str:
    return line[:1].upper() + line[1:]


def week_words(week: Week) -> str:
    """Describe the kind of week in two or three words."""
    if week.stage == "pre-run":
        return _("before running")
    return _("goal held") if week.stage == "goal" and week.decision == "progress" else _(_WHAT[week.decision])


def week_start(plan: Plan, number: int) -> date:
    """Return the first date of week `number`, also beyond the plan's end."""
    return plan.start + (number - 1) * WEEK


def range_words(plan: Plan) -> str:
    """Describe how much later the goal may come, as a suffix; "" if unknown or if the goal's week has begun."""
    goal = plan.goal
    if goal.foreseen is None or goal.latest is None or week_start(plan, goal.foreseen) <= plan.as_of:
        return ""
    if goal.latest == goal.foreseen:
        return _(", even if every third week is a hold")
    latest = day_words(week_start(plan, goal.latest), year=True)
    return _("; week {week}, from {day}, if every third week is a hold", week=goal.latest, day=latest)
