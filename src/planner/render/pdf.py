"""Plans as a printable sheet (PDF): an overview page, then one page per week with checkboxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.language import _
from planner.render.sheet.front import front, title
from planner.render.sheet.typeset import typeset
from planner.render.sheet.week import week_page

if TYPE_CHECKING:
    from planner.model import Plan
    from planner.render import Options
    from planner.render.sheet.typeset import Data

SHEET = "planner.render.sheet", "sheet.typ"


def render(plan: Plan, options: Options) -> bytes:
    """Return the plan as a PDF of A4 pages. Raises `InputError` without the extra `pdf`."""
    data: dict[str, Data] = {
        "title": title(plan, private=options.private),
        "name": "" if options.private else plan.athlete_name or plan.athlete_id,
        "front": front(plan, private=options.private),
        "weeks": [week_page(plan, week, private=options.private) for week in plan.weeks],
        "words": {
            "page": _("Page {page} of {pages}", page="{page}", pages="{pages}"),
            "own": _("then what is listed for the day"),
            "knee": _("Knee, 0 to 10:"),
            "answers": [_("before"), _("worst"), _("an hour after"), _("next morning")],
            "ran": _("Ran:"),
            "notes": _("Notes"),
            "unit": "mi" if plan.units == "mi" else "km",
        },
    }
    return typeset(SHEET, data, language=plan.language, issued=plan.issued)
