"""The weeks of a plan as a table, in plain text or rich: load as a bar against its ceiling and, with a log, what was done."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from planner.language import N_, _
from planner.quantities import distance
from planner.render.done import week_done_m
from planner.render.words import bound_words, day_words, week_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.table import Table

    from planner.model import Plan, Week

BAR = 20
NUMBERS = (N_("Week"), N_("Running"), N_("On foot"), N_("Planned"), N_("Done"), N_("At most"))
"""The right-aligned columns."""
WORDS = (N_("Set by"), N_("What"), N_("Decision"))
"""The columns that a narrow terminal may wrap."""
LOAD = N_("Load")
DONE = N_("Done")
PAINTED = {"=": "█", "#": "▒", ".": "░"}
"""The characters that rich shows for a bar's signs if a log is kept; without one, planned load is drawn as solid as done load."""
Row = tuple[str, ...]


def rows(plan: Plan, today: date) -> list[Row]:
    """The headings, then one row per week, the present one marked with >; with a log, also a column for what was done."""
    counted = _("On foot") if plan.reading.measure == "on-foot" else _("Running")
    logged = plan.ahead_from is not None
    loads = (_("Planned"), _(DONE), _(LOAD)) if logged else (counted, _(LOAD))
    headings = (_("Week"), _("From"), *loads, _("At most"), _("Set by"), _("Decision") if logged else _("What"))
    scale = max([max(_load(plan, week), week_done_m(plan, week) or 0) for week in plan.weeks] or [1]) * 5 // 4 or 1
    return [headings, *(_row(plan, week, today, scale) for week in plan.weeks)]


def _load(plan: Plan, week: Week) -> int:
    return week.foot_m if plan.reading.measure == "on-foot" else week.run_m


def _row(plan: Plan, week: Week, today: date, scale: int) -> Row:
    miles = plan.units == "mi"
    ceiling = (week.ceiling_foot_m if plan.reading.measure == "on-foot" else week.ceiling_run_m) or 0
    load, done = _load(plan, week), week_done_m(plan, week)
    mark = ">" if week.start <= today <= week.last_day else " "
    ran = () if plan.ahead_from is None else ("" if done is None else distance(done, miles=miles) if done else "-",)
    return (
        f"{mark}{week.number:>3}",
        day_words(week.start),
        distance(load, miles=miles) if load else "-",
        *ran,
        bar(load, ceiling, scale, done or 0),
        distance(ceiling, miles=miles) if load and ceiling else "",
        bound_words(week.bound_by) if load and week.bound_by else "",
        week_words(week),
    )


def bar(load: int, ceiling: int, scale: int, done: int = 0) -> str:
    """A bar of `BAR` characters for `scale`: what was done as `=`, load beyond that as `#`, room up to the ceiling as `.`."""
    ran = min(BAR, done * BAR // scale)
    filled = max(ran, min(BAR, load * BAR // scale))
    room = min(BAR, max(ceiling, load) * BAR // scale) if load else 0
    return ("=" * ran + "#" * (filled - ran) + "." * (room - filled)).ljust(BAR)


def plain(table: Sequence[Row]) -> list[str]:
    """The table as aligned lines of plain text, numbers to the right."""
    headings, numbers = table[0], set(map(_, NUMBERS))
    widths = [max(len(row[n]) for row in table) for n in range(len(headings))]
    return [
        "  ".join(cell.rjust(w) if h in numbers else cell.ljust(w) for h, cell, w in zip(headings, row, widths, strict=True)).rstrip()
        for row in table
    ]


def rich_table(table: Sequence[Row]) -> Table:
    """The table for a terminal, with the present week in bold."""
    from rich.table import Table  # noqa: PLC0415  (rich is only needed on a terminal)
    from rich.text import Text  # noqa: PLC0415

    numbers, words, load = set(map(_, NUMBERS)), set(map(_, WORDS)), _(LOAD)
    shown = Table(box=None, pad_edge=False, header_style="bold")
    for heading in table[0]:
        shown.add_column(heading, justify="right" if heading in numbers else "left", no_wrap=heading not in words)
    paint = str.maketrans(painted(logged=_(DONE) in table[0]))
    for row in table[1:]:
        cells = [Text(cell.translate(paint), style="green") if h == load else Text(cell) for h, cell in zip(table[0], row, strict=True)]
        shown.add_row(*cells, style="bold" if row[0].startswith(">") else "")
    return shown


def painted(*, logged: bool) -> dict[str, str]:
    """The character that a terminal shows for each sign of a bar."""
    return PAINTED if logged else {**PAINTED, "#": PAINTED["="]}


def legend(signs: Mapping[str, str] | None = None) -> str:
    """What the signs of a bar mean in a plan that follows a log."""
    shown = signs or {sign: sign for sign in PAINTED}
    return _("{done} done  {planned} planned  {room} up to what is allowed", done=shown["="], planned=shown["#"], room=shown["."])
