"""The weeks of a plan as a table: load as a bar against its ceiling. Plain text anywhere, rich on a terminal."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from planner.quantities import distance
from planner.render.words import bound_words, day_words, week_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table

    from planner.model import Plan, Week

BAR = 20
NUMBERS = (0, 2, 4)
"""The columns that stand to the right."""
Row = tuple[str, ...]


def rows(plan: Plan, today: date) -> list[Row]:
    """The headings, then one row a week; the present week is marked with >."""
    on_foot = plan.reading.measure == "on-foot"
    scale = max([_load(week, on_foot=on_foot) for week in plan.weeks] or [1]) * 5 // 4 or 1
    headings = ("Week", "From", "On foot" if on_foot else "Running", "Load", "At most", "Set by", "What")
    return [headings, *(_row(week, today, scale=scale, on_foot=on_foot, miles=plan.units == "mi") for week in plan.weeks)]


def _load(week: Week, *, on_foot: bool) -> int:
    return week.foot_m if on_foot else week.run_m


def _row(week: Week, today: date, *, scale: int, on_foot: bool, miles: bool) -> Row:
    ceiling = (week.ceiling_foot_m if on_foot else week.ceiling_run_m) or 0
    load = _load(week, on_foot=on_foot)
    mark = ">" if week.start <= today <= week.last_day else " "
    what = week_words(week)
    return (
        f"{mark}{week.number:>3}",
        day_words(week.start),
        distance(load, miles=miles) if load else "-",
        bar(load, ceiling, scale),
        distance(ceiling, miles=miles) if load and ceiling else "",
        bound_words(week.bound_by) if load and week.bound_by else "",
        what,
    )


def bar(load: int, ceiling: int, scale: int) -> str:
    """The load as `#`, what is left up to the ceiling as `.`, `BAR` characters for `scale`."""
    filled = min(BAR, load * BAR // scale)
    room = min(BAR, max(ceiling, load) * BAR // scale) if load else 0
    return ("#" * filled + "." * (room - filled)).ljust(BAR)


def plain(table: Sequence[Row]) -> list[str]:
    """The table as lines of plain text, columns aligned, numbers to the right."""
    widths = [max(len(row[n]) for row in table) for n in range(len(table[0]))]
    return [
        "  ".join(cell.rjust(w) if n in NUMBERS else cell.ljust(w) for n, (cell, w) in enumerate(zip(row, widths, strict=True))).rstrip()
        for row in table
    ]


def rich_table(table: Sequence[Row]) -> Table:
    """The table for a terminal; the present week stands out."""
    from rich.table import Table  # noqa: PLC0415  (rich is only for people who look at a terminal)
    from rich.text import Text  # noqa: PLC0415

    shown = Table(box=None, pad_edge=False, header_style="bold")
    for n, heading in enumerate(table[0]):
        shown.add_column(heading, justify="right" if n in NUMBERS else "left", no_wrap=n < 5)
    for row in table[1:]:
        load = Text(row[3].replace("#", "█").replace(".", "░"), style="green")
        cells = [Text(cell) for cell in row]
        cells[3] = load
        shown.add_row(*cells, style="bold" if row[0].startswith(">") else "")
    return shown
