"""Steps, dates and reasons as people read them, shared by every output that is read by people."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from planner.model import WEEK
from planner.quantities import METRES_PER_MILE, clock, distance
from planner.remembered import by_identity
from planner.steps import RUNNING, WALKING, Group, Step, each_step

if TYPE_CHECKING:
    from datetime import date
    from fractions import Fraction

    from planner.model import Plan, Session, Week
    from planner.steps import Steps

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WHAT = {
    "entry": "opening",
    "progress": "growth",
    "hold": "same again",
    "easy": "easy week",
    "regress": "step back",
    "off": "no running",
}
_BOUND_BY = {
    "weekly": "growth from the week before",
    "rolling": "growth from seven days to seven days",
    "session": "the longest run of the last 30 days",
    "entry": "the opening dose",
    "time-off": "the time off before",
    "rest": "rest between runs",
    "share": "its share of the week",
    "goal": "the goal",
    "easy-week": "the easy week",
    "pain": "how the knee felt",
    "missed": "the best week before the missed runs",
    "availability": "the time there is",
    "template": "the programme",
    "override": "a change by hand",
    "commitment": "a commitment",
}
_SIDES = {"": "", "each": " each side", "left": " on the left", "right": " on the right"}
_BY_PHASE = ("warm-up", "cool-down")
_BY_MOVEMENT = (RUNNING, WALKING)


def step_lines(steps: Steps) -> list[str]:
    """What to do, in order, with its dose: one short line a step, or a group of steps.

    `Warm-up: walk briskly 5 min`, `6 x: run 1 min, walk 1:30 min (effort 4 of 10)`, `Clamshell: 3 x 12 each side`.
    """
    return [_line(step) for step in steps]


def day_words(day: date, *, year: bool = False) -> str:
    """A date as people write it, the same in every locale: `Tue 5 Jan`, with `year` `Tue 5 Jan 2027`."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}{f' {day.year}' if year else ''}"


def bound_words(bound_by: str) -> str:
    """What gave a ceiling, in words; a plugin by its name."""
    return _BOUND_BY.get(bound_by) or bound_by.removeprefix("plugin:").replace("_", " ")


def pillar_words(pillar: str) -> str:
    """A pillar's name as people read it: `Hip strength`."""
    return _capital(pillar.replace("_", " "))


def pace_words(pace: int, *, miles: bool) -> str:
    """A pace of whole seconds per kilometre as people write it: `6:40 min/km`, `10:44 min/mi`."""
    seconds = int(pace * METRES_PER_MILE / 1000 + Decimal("0.5")) if miles else pace
    return f"{seconds // 60}:{seconds % 60:02d} min/{'mi' if miles else 'km'}"


def percent_words(share: Fraction) -> str:
    """A share as a percentage, rounded down to a tenth: `10%`, `7.5%`."""
    whole, rest = divmod(1000 * share.numerator // share.denominator, 10)
    return f"{whole}.{rest}%" if rest else f"{whole}%"


def load_line(session: Session, *, miles: bool) -> str:
    """How far a run goes, the most it could have been, and why; empty for a session without running."""
    if not session.run_s:
        return ""
    line = f"Running {distance(session.run_m, miles=miles)}"
    if not session.bound_by:
        return line
    return f"{line}, at most {distance(session.ceiling_m, miles=miles)} today (set by {bound_words(session.bound_by)})"


@by_identity(4096)
def _line(step: Step | Group) -> str:
    return _capital(_group(step) if isinstance(step, Group) else _step(step) + _effort(step.rpe)).removesuffix("\r")


def _group(group: Group) -> str:
    """A group on one line; steps of one effort say it once, at the end."""
    efforts = {step.rpe for step in each_step(group.steps)} - {None}
    once = len(efforts) == 1
    parts = [
        f"({_group(step)})" if isinstance(step, Group) else _repeated(step) + ("" if once else _effort(step.rpe)) for step in group.steps
    ]
    separator = "; " if any(", " in part for part in parts) else ", "
    return f"{group.repeat} x: {separator.join(parts)}{_effort(efforts.pop()) if once else ''}"


def _repeated(step: Step) -> str:
    """A step inside a group: running and walking need no more than their names."""
    return f"{step.kind} {_dose(step)}" if step.kind in _BY_MOVEMENT else _step(step)


def _step(step: Step) -> str:
    kind, dose = step.kind, _dose(step)
    words = _one_line(step.text) or kind
    if kind in _BY_MOVEMENT:
        return f"{words} {dose}"
    if kind not in _BY_PHASE:
        return f"{words}: {dose}" if dose else words
    named = words if words.lower().startswith(kind) else f"{kind}: {words}"
    return f"{named}{', ' if step.sets or step.reps else ' '}{dose}" if dose else named


def _dose(step: Step) -> str:
    """Sets and repetitions where there are any, else the time; "" for a note."""
    sets, reps, side = step.sets, step.reps, _SIDES[step.side]
    if sets and reps:
        return f"{sets} x {reps}{side}"
    if sets:
        return f"{sets} {'set' if sets == 1 else 'sets'}{side}"
    if reps:
        return f"{reps} times{side}"
    return f"{clock(step.seconds)}{side}" if step.seconds else side.strip()


def _one_line(text: str) -> str:
    """Text without line breaks, and without a stop at its end: a dose follows."""
    if not text.isprintable():
        text = " ".join(text.split())
    return text.rstrip(".:") if text.endswith((".", ":")) else text


def _effort(rpe: int | None) -> str:
    return "" if rpe is None else f" (effort {rpe} of 10)"


def _capital(line: str) -> str:
    first = line[:1]
    return line if first.isupper() else first.upper() + line[1:]


def week_words(week: Week) -> str:
    """What kind of week it is, in two words or three."""
    if week.stage == "pre-run":
        return "before running"
    return "goal held" if week.stage == "goal" and week.decision == "progress" else _WHAT[week.decision]


def week_start(plan: Plan, number: int) -> date:
    """The first date of week `number`, beyond the plan's end too."""
    return plan.start + (number - 1) * WEEK


def range_words(plan: Plan) -> str:
    """How much later the goal may come, to follow when it comes; empty where that is not known, or the week of the goal has begun."""
    goal = plan.goal
    if goal.foreseen is None or goal.latest is None or week_start(plan, goal.foreseen) <= plan.as_of:
        return ""
    if goal.latest == goal.foreseen:
        return ", even if every third week is a hold"
    return f"; week {goal.latest}, from {day_words(week_start(plan, goal.latest), year=True)}, if every third week is a hold"
