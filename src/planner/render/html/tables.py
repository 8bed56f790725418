"""The tables of a page: the figures behind the charts, and other data from the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.language import _, ngettext
from planner.quantities import distance
from planner.render.html.charts import answered, done_bar
from planner.render.html.current_week import present_week
from planner.render.html.markup import text
from planner.render.words import bound_words, day_words, week_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.entry import Entry
    from planner.model import Plan, Week


def table(caption: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], present: str = "") -> str:
    """Return a table that scrolls sideways if too wide. A row's first cell is its header; the row with header `present` is marked."""
    top = "".join([f"<th scope=col>{text(head)}" for head in heads])
    body = "".join([_row(row, now=row[0] == present) for row in rows])
    name = text(caption)
    inside = f"<table><caption>{name}</caption><thead><tr>{top}<tbody>{body}</table>"
    return f'<div class=scroll tabindex=0 role=region aria-label="{name}">{inside}</div>'


def _row(row: tuple[str, ...], *, now: bool) -> str:
    cells = "<td>".join(map(text, row[1:]))
    return f"<tr{' class=now' if now else ''}><th scope=row>{text(row[0])}<td>{cells}"


def load_table(plan: Plan) -> str:
    """Return a table with one row per week: planned load, ceiling and what set it, and, if a log is kept, what was done."""
    heads: tuple[str, ...] = (_("Week"), _("From"), _("What"), _("Running"), _("At most"), _("Set by"), _("Walking"))
    heads = (*heads, _("Run, done"), _("Walked, done")) if plan.ahead_from else heads
    present = present_week(plan)
    rows = [_load_row(plan, week) for week in plan.weeks]
    return table(_("Running and walking, week by week"), heads, rows, f"{present.number}" if present else "")


def _load_row(plan: Plan, week: Week) -> tuple[str, ...]:
    miles = plan.units == "mi"
    most = (distance(week.ceiling_run_m, miles=miles), bound_words(week.bound_by)) if week.run_m else ("", "")
    planned = (_length(week.run_m, miles=miles), *most, _length(week.foot_m - week.run_m, miles=miles))
    row = (f"{week.number}", day_words(week.start), week_words(week), *planned)
    if not plan.ahead_from:
        return row
    did = done_bar(plan, week)
    return (*row, _length(did.run_m, miles=miles), _length(did.walk_m, miles=miles)) if did else (*row, "", "")


def _length(metres: int, *, miles: bool) -> str:
    return distance(metres, miles=miles) if metres else "–"


def pain_table(plan: Plan) -> str:
    """Return a table with one row per answered log row: pain before, worst during, an hour after and the next morning, and signs."""
    heads = (_("Date"), _("Before"), _("Worst"), _("An hour after"), _("Next morning"), _("Signs"))
    rows = [(day_words(row.date), *_scores(row), ", ".join(_signs(row))) for row in answered(plan)]
    return table(_("Pain from 0 to 10, from the log"), heads, rows)


def _scores(row: Entry) -> tuple[str, ...]:
    return tuple("–" if score is None else f"{score}" for score in row.answers)


def _signs(row: Entry) -> list[str]:
    signs = ((row.swelling, _("swelling")), (row.limp, _("limp")), (row.painkiller, _("painkiller taken")), (row.red_flag, row.red_flag))
    return [words for told, words in signs if told]


def score_table(plan: Plan) -> str:
    """Return a table with one row per log row with an outcome score: questionnaire total (OUT-01), worst pain of the week (OUT-02)."""
    scored = [row for row in plan.log or () if row.akps is not None or row.knee_worst is not None]
    rows = [(day_words(row.date), *("–" if score is None else f"{score}" for score in (row.akps, row.knee_worst))) for row in scored]
    heads = (_("Date"), _("Questionnaire (AKPS), 0 to 100"), _("Worst pain of the week, 0 to 10"))
    return table(_("Scores of the check-ins"), heads, rows) if rows else ""


def shoe_table(plan: Plan) -> str:
    """Return a table with one row per pair of shoes in the log: times worn and distance logged; "" without any."""
    miles, worn = plan.units == "mi", dict[str, list[int]]()
    for row in plan.log or ():
        if row.shoes:
            worn.setdefault(row.shoes, []).append(row.foot_m or row.run_m or 0)
    rows = [
        (name, ngettext("{n} time", "{n} times", len(found)), distance(sum(found), miles=miles)) for name, found in sorted(worn.items())
    ]
    return table(_("Shoes in the log"), (_("Pair"), _("Worn"), _("Distance logged")), rows) if rows else ""
