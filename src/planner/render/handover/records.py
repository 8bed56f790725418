"""The facts of the handover page as plain data, for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.entry import Entry
    from planner.render.handover.facts import Facts


def data(facts: Facts) -> dict[str, object]:
    """Return the page's content as names, dates, counts and metres."""
    return {
        "as_of": str(facts.today),
        "private": facts.private,
        "logged": facts.logged,
        "stopped": list(facts.stops),
        "referred": list(facts.referrals),
        "weeks": [{"number": w.number, "planned_m": w.planned_m, "ceiling_m": w.ceiling_m, "done_m": w.done_m} for w in facts.weeks],
        "adherence": [
            {"pillar": one.pillar, "due": one.due, "done": one.done, "missed": one.missed, "not_told": one.untold} for one in facts.kept
        ],
        "beyond_the_plan": [str(day) for day in facts.beyond],
        "not_clean": [_answered(row) for row in facts.sore],
        "outcomes": [
            {"name": s.name, "first": s.first, "first_on": str(s.first_on), "last": s.last, "last_on": str(s.last_on), "better": s.better}
            for s in facts.scores
        ],
        "red_flags": [
            {"date": str(row.date), "sign": row.red_flag, "limp": row.limp, "swelling": row.swelling, "painkiller": row.painkiller}
            for row in facts.signs
        ],
        "unanswered": [str(row.date) for row in facts.unanswered],
        "not_told": [{"date": str(s.date), "session": s.id} for s in facts.untold],
    }


def _answered(row: Entry) -> dict[str, object]:
    """Return a run with its four answers (null if not given) and its signs."""
    return {
        "date": str(row.date),
        "run_m": row.run_m,
        "before": row.pain_before,
        "worst": row.pain_during,
        "hour_after": row.pain_after,
        "next_morning": row.pain_next_morning,
        "limp": row.limp,
        "swelling": row.swelling,
    }
