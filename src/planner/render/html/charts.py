"""The two charts as SVG: weekly load against its ceiling, and pain over time. Both work with or without a style sheet.

They are as wide as their container; their text keeps its size. Shapes have style sheet classes, and plain colours in case there is no style
sheet.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from planner.language import _
from planner.quantities import distance
from planner.render.done import done_in
from planner.render.html.current_week import present_week
from planner.render.html.drawing import BASE, COLOURS, TOP, Scale, Slots, across, axis, down, grid, group, head, key, lines_for
from planner.render.html.markup import made, text
from planner.render.words import day_words

if TYPE_CHECKING:
    from datetime import date

    from markupsafe import Markup

    from planner.entry import Entry
    from planner.model import Plan, Week

_EVERY_WEEK = 20
"""Up to this many weeks, each has its number below the chart; with more, every fourth one does."""
SCORES = 10
_BANDS = ((0, 2), (2, 5), (5, 10))
"""Pain bands as read by the weekly decisions (PAIN-01): go on, careful, stop."""


class Bar(NamedTuple):
    """Running and walking in one week, in metres."""

    run_m: int
    walk_m: int


def load_chart(plan: Plan) -> Markup:
    """Return the weekly load chart: bars of running and walking under a ceiling line, beside bars of what the log says was done.

    Empty for a plan without running or walking.
    """
    planned = [Bar(week.run_m, week.foot_m - week.run_m) for week in plan.weeks]
    did = [done_bar(plan, week) for week in plan.weeks]
    bars = [bar for bar in (*planned, *did) if bar]
    most = max((*(b.run_m + b.walk_m for b in bars), *(max(w.ceiling_run_m, w.ceiling_foot_m or 0) for w in plan.weeks)), default=0)
    if not any(bar.run_m + bar.walk_m for bar in bars):
        return made("")
    miles, slots = plan.units == "mi", Slots(len(planned))
    marks = lines_for(most, miles=miles)
    scale, logged = Scale(marks[-1][1]), any(did)
    wide = (16, 52) if logged else (18, 82)
    columns, beside = slots.columns(*wide), slots.columns(56, 84) if logged else []
    parts = [
        head("load", _("Running and walking per week, against the most allowed"), _load_words(plan)),
        grid([(f"{number}", metres) for number, metres in marks], scale, unit="mi" if miles else "km"),
        _bars("run", [(n, 0, bar.run_m) for n, bar in enumerate(planned)], columns, scale),
        _bars("walk", [(n, bar.run_m, bar.walk_m) for n, bar in enumerate(planned)], columns, scale),
        _bars("did-run", [(n, 0, bar.run_m) for n, bar in enumerate(did) if bar], beside, scale),
        _bars("did-walk", [(n, bar.run_m, bar.walk_m) for n, bar in enumerate(did) if bar], beside, scale),
        _limits(plan, slots, scale, (wide[0] - 8, 92)),
        _week_numbers(plan, slots),
    ]
    return made("".join(parts) + "</svg>")


def done_bar(plan: Plan, week: Week) -> Bar | None:
    """Return what was run and walked in a week so far; None without a log or if the week is ahead. Unlogged walking counts as 0."""
    found = done_in(plan, week)
    if found is None:
        return None
    run = sum(done.run_m for done in found)
    return Bar(run, sum(done.run_m if done.foot_m is None else done.foot_m for done in found) - run)


def load_key(plan: Plan) -> Markup:
    """Return the legend of `load_chart`."""
    on_foot = any(week.ceiling_foot_m for week in plan.weeks)
    logged = any(done_in(plan, week) is not None for week in plan.weeks)
    told = [
        ("bar", "run", _("running, planned")),
        ("bar", "walk", _("walking, planned")),
        *([("bar", "did-run", _("running, done")), ("bar", "did-walk", _("walking, done"))] if logged else []),
        ("line", "most", _("most running allowed")),
        *([("dashes", "most", _("most on foot allowed"))] if on_foot else []),
    ]
    return key(told)


def pain_chart(plan: Plan) -> Markup:
    """Return the pain chart: for each log row the worst pain while running, the next morning's, and the range of all answers.

    Empty if there are no answers.
    """
    rows = answered(plan)
    if not rows:
        return made("")
    first, last = rows[0].date, rows[-1].date
    slots, scale = Slots(max(1, (last - first).days + 1)), Scale(SCORES)

    def x(day: date) -> str:
        return across(slots.at((day - first).days, 50))

    title = _("Knee pain over time, from 0 to 10")
    told = _("{n} dates from {first} to {last}.", n=len({row.date for row in rows}), first=day_words(first), last=day_words(last))
    below = _("The table below has every figure.")
    parts = [
        head("pain", title, f"{told} {below}"),
        _band_marks(scale),
        grid([(f"{score}", score) for score in (0, 2, 5, 10)], scale),
        _stems([(x(row.date), row.pains) for row in rows], scale),
        _worst([(x(row.date), row.pain_during) for row in rows if row.pain_during is not None], scale),
        _mornings([(x(row.date), row.pain_next_morning) for row in rows if row.pain_next_morning is not None], scale),
        _warnings([x(row.date) for row in rows if signs(row)]),
        _dates(list(dict.fromkeys((first, first + (last - first) // 2, last))), slots, first),
    ]
    return made("".join(parts) + "</svg>")


def pain_key() -> Markup:
    """Return the legend of `pain_chart`."""
    told = [
        ("dot", "worst", _("worst while running")),
        ("ring", "morning", _("next morning")),
        ("stem", "stem", _("from the lowest to the highest of the four answers")),
        ("sign", "most", _("limp, swelling or another warning sign")),
    ]
    return key(told)


def answered(plan: Plan) -> list[Entry]:
    """Return the log rows with any pain answer or warning sign, oldest first."""
    return [row for row in plan.log or () if row.pains or signs(row)]


def signs(row: Entry) -> bool:
    """Whether a row reports swelling, a limp, or a red flag."""
    return bool(row.swelling or row.limp or row.red_flag)


def _load_words(plan: Plan) -> str:
    miles, runs = plan.units == "mi", [week for week in plan.weeks if week.run_m]
    if not runs:
        return _("No week has any running. The table below has every figure.")
    return _(
        "Running goes from {first} in week {from_week} to {last} in week {to_week}. The table below has every figure.",
        first=distance(runs[0].run_m, miles=miles),
        last=distance(runs[-1].run_m, miles=miles),
        from_week=runs[0].number,
        to_week=runs[-1].number,
    )


def _bars(name: str, found: list[tuple[int, int, int]], columns: list[tuple[str, str]], scale: Scale) -> str:
    """Return bars from (column, metres below, metres); `columns` has the left edge and width of each column."""
    drawn = []
    for place, below, metres in found:
        height = scale.height(below + metres) - scale.height(below)
        if height > 0:
            x, width = columns[place]
            drawn.append(f'<rect x="{x}" width="{width}" y="{scale.y(below + metres)}" height="{down(height)}"/>')
    return group(name, "".join(drawn))


def _limits(plan: Plan, slots: Slots, scale: Scale, wide: tuple[int, int]) -> str:
    """Return each week's ceilings: a solid line for running, a dashed one for everything on foot."""

    def line(place: int, metres: int, more: str) -> str:
        y = scale.y(metres)
        return f'<line x1="{across(slots.at(place, wide[0]))}" x2="{across(slots.at(place, wide[1]))}" y1="{y}" y2="{y}"{more}/>'

    lines = [line(n, week.ceiling_run_m, ' stroke-width="2.5"') for n, week in enumerate(plan.weeks) if week.run_m]
    lines += [line(n, w.ceiling_foot_m, ' stroke-dasharray="3 2"') for n, w in enumerate(plan.weeks) if w.ceiling_foot_m and w.foot_m]
    return group("most", "".join(lines), "stroke")


def _week_numbers(plan: Plan, slots: Slots) -> str:
    """Return week numbers below the chart; the current week is highlighted."""
    present, every = present_week(plan), 1 if len(plan.weeks) <= _EVERY_WEEK else 4
    told = []
    for place, week in enumerate(plan.weeks):
        if place % every == 0 or week is present:
            now = ' class="now" font-weight="bold"' if week is present else ""
            told.append(f'<text x="{across(slots.at(place, 50))}" y="{BASE + 17}" text-anchor="middle"{now}>{week.number}</text>')
    return axis("".join(told))


def _band_marks(scale: Scale) -> str:
    """Return the pain bands, drawn behind the marks."""
    drawn = []
    for number, (low, high) in enumerate(_BANDS):
        height = scale.height(high) - scale.height(low)
        box = f'width="100%" y="{scale.y(high)}" height="{down(height)}"'
        drawn.append(f'<rect class="band-{number}" {box} fill="{COLOURS["most"]}" fill-opacity="0.{number * 6:02d}"/>')
    return "".join(drawn)


def _stems(found: list[tuple[str, tuple[int, ...]]], scale: Scale) -> str:
    spans = [(x, min(scores), max(scores)) for x, scores in found if scores]
    lines = [f'<line x1="{x}" x2="{x}" y1="{scale.y(low)}" y2="{scale.y(high)}"/>' for x, low, high in spans if high > low]
    return group("stem", "".join(lines), 'stroke-width="3" stroke')


def _worst(found: list[tuple[str, int]], scale: Scale) -> str:
    """Return filled dots joined by lines."""
    lines = [f'<line x1="{a}" y1="{scale.y(m)}" x2="{b}" y2="{scale.y(n)}"/>' for (a, m), (b, n) in pairwise(found)]
    dots = [f'<circle cx="{x}" cy="{scale.y(score)}" r="4"/>' for x, score in found]
    return group("worst", "".join(lines), 'fill="none" stroke') + group("worst", "".join(dots))


def _mornings(found: list[tuple[str, int]], scale: Scale) -> str:
    """Return open squares, which can be told from dots without colour."""
    boxes = [
        f'<rect x="{x}" y="{scale.y(score)}" width="7" height="7" transform="translate(-3.5 -3.5)" stroke-width="2"/>' for x, score in found
    ]
    return group("morning", "".join(boxes), 'fill="none" stroke')


def _warnings(found: list[str]) -> str:
    told = [f'<text x="{x}" y="{TOP + 12}" text-anchor="middle" font-weight="bold" font-size="14">!</text>' for x in found]
    return group("most", "".join(told))


def _dates(days: list[date], slots: Slots, first: date) -> str:
    """Return labels below the chart for the first, middle and last date."""
    ends = {0: "start", len(days) - 1: "end"} if len(days) > 1 else {}
    told = []
    for number, day in enumerate(days):
        place = slots.at((day - first).days, {0: 0, len(days) - 1: 100}.get(number, 50) if ends else 50)
        told.append(f'<text x="{across(place)}" y="{BASE + 17}" text-anchor="{ends.get(number, "middle")}">{text(day_words(day))}</text>')
    return axis("".join(told))
