"""Row 7b: slow upward drift of pain, by weekly means (4d)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from planner.response.days import Day

WEEK_DAYS = 7
IN_A_WEEK = 1
IN_14_DAYS = 2


def drifts(runs: Sequence[Day], last: date) -> bool:
    """Whether the pain before or during runs crept up: its mean over the seven dates that end with `last` is 1 point or more above that of
    the seven before, or 2 or more above that of the seven before those. `runs` are dates with a run, oldest first.

    The worse knee counts; runs without the answer are left out; a week without any answer has no mean and is not compared.
    """
    weeks: tuple[list[Day], list[Day], list[Day]] = ([], [], [])
    for run in reversed(runs):
        back = (last - run.date).days // WEEK_DAYS
        if back >= len(weeks):
            break
        if back >= 0:
            weeks[back].append(run)
    return _rose([_mean([run.before for run in week]) for week in weeks]) or _rose([_mean([run.during for run in week]) for week in weeks])


def _rose(means: Sequence[Fraction | None]) -> bool:
    """Whether the first of three weekly means, latest first, is too far above one of the others."""
    now, week_ago, two_weeks_ago = means
    return now is not None and (
        (week_ago is not None and now - week_ago >= IN_A_WEEK) or (two_weeks_ago is not None and now - two_weeks_ago >= IN_14_DAYS)
    )


def _mean(pains: Sequence[int | None]) -> Fraction | None:
    said = [pain for pain in pains if pain is not None]
    return Fraction(sum(said), len(said)) if said else None
