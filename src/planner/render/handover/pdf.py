"""The handover page as a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.language import _, use_language
from planner.render.handover import words
from planner.render.sheet.front import key
from planner.render.sheet.typeset import typeset
from planner.render.words import day_words

if TYPE_CHECKING:
    from planner.entry import Entry
    from planner.render.handover.facts import Facts
    from planner.render.handover.words import Section
    from planner.render.sheet.typeset import Data

PAGE = "planner.render.handover", "handover.typ"


def write(facts: Facts) -> bytes:
    """Return the page as a PDF in the plan's language. Raises `InputError` without the extra `pdf`."""
    plan = facts.plan
    with use_language(plan.language):
        data: dict[str, Data] = {
            "title": words.title(facts),
            "head": list(words.head(facts)),
            "private": facts.private,
            "notes": _("Notes"),
            "load": {"title": words.load_title(plan), **_load(facts), "key": key(plan)},
            "adherence": words.adherence(facts)._asdict(),
            "disclaimer": plan.disclaimer.splitlines(),
        }
        if not facts.private:
            data |= {
                "pain": {"title": words.pain_title(), "empty": words.no_pain(facts), **_pain(facts)},
                "flags": _section(words.flags(facts)),
                "outcomes": _section(words.outcomes(facts)),
                "sore": _section(words.sore_runs(facts)),
                "decisions": _section(words.decisions(facts)),
                "questions": _section(words.questions(facts)),
            }
        return typeset(PAGE, data, language=plan.language, issued=plan.issued)


def _section(section: Section) -> dict[str, Data]:
    return {"title": section.title, "lines": [line._asdict() for line in section.lines]}


def _load(facts: Facts) -> dict[str, Data]:
    """Return the weeks as bars, in metres."""
    plan, miles = facts.plan, facts.plan.units == "mi"
    most = max((max(w.planned_m, w.ceiling_m, w.done_m or 0) for w in facts.weeks), default=0)
    weeks: list[Data] = [
        {
            "number": str(week.number),
            "planned": week.planned_m,
            "ceiling": week.ceiling_m,
            "done": week.done_m,
            "words": words.short_distance(week.planned_m, miles=miles) if week.planned_m else "",
            "now": plan_week.start <= facts.today <= plan_week.last_day,
        }
        for week, plan_week in zip(facts.weeks, plan.weeks, strict=True)
    ]
    return {"weeks": weeks, "scale": max(1, most)}


def _pain(facts: Facts) -> dict[str, Data]:
    """Return the answers as marks by day, from the first answered row to the last."""
    rows = facts.pains
    if not rows:
        return {"marks": [], "days": 0, "first": "", "last": "", "key": {}}
    first, last = rows[0].date, rows[-1].date
    return {
        "marks": [{"day": (row.date - first).days, **_mark(row)} for row in rows],
        "days": (last - first).days,
        "first": day_words(first),
        "last": day_words(last) if last > first else "",
        "key": {
            "worst": _("worst while running"),
            "morning": _("next morning"),
            "stem": _("from the lowest to the highest of the four answers"),
        },
    }


def _mark(row: Entry) -> dict[str, Data]:
    return {"low": min(row.pains), "high": max(row.pains), "worst": row.pain_during, "morning": row.pain_next_morning}
