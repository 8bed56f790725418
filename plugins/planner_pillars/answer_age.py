"""How long answers to the safety questions stay valid: 28 days, unless running has started since (evidence 4c)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner_pillars.log_weeks import rows_so_far
from planner_pillars.screening import words

if TYPE_CHECKING:
    from planner import Brief, Entry

VALID_DAYS = 28
RUNNING = ("progression/", "commitments/")
"""Prefixes of the session ids of planned runs."""


def expired(brief: Brief) -> bool:
    """Whether the answers are more than 28 days old, with no run since, on the later of the plan's first day and today.

    Without a log, past runs count as done as planned: those of the existing calendar or, without one, all of them. A plan has runs only if
    the answers were still valid on its first day.
    """
    answered, today = brief.athlete.screening.answered, max(brief.start, brief.as_of)
    if answered is None or (today - answered).days <= VALID_DAYS:
        return False
    if brief.log is None and brief.stood is None:
        return (brief.start - answered).days > VALID_DAYS
    since = min(answered, brief.start)
    return not any(_is_run(row) for row in (rows_so_far(brief) if brief.log is not None else brief.stood or ()) if row.date >= since)


def _is_run(row: Entry) -> bool:
    """Whether a log row is a run. Metres are not needed if it names a planned run, or has a duration or a pain score and no sets."""
    if row.run_m is not None:
        return row.run_m > 0
    if row.session:
        return row.session.startswith(RUNNING)
    return row.foot_m is None and row.sets_done is None and (row.seconds is not None or row.pain_during is not None)


def why_expired(brief: Brief) -> str:
    """The sentence that says when the answers expired or will expire."""
    answered, said = brief.athlete.screening.answered, words("finding")
    if answered is not None and (brief.as_of - answered).days <= VALID_DAYS:
        return said["old_at_start"].format(start=brief.start, date=answered)
    return said["expired"].format(date=answered)
