"""Row 7b: slow drift, seen in the means of weeks (4d)."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from planner.response.answers import Day

WEEK_DAYS = 7
IN_A_WEEK = 1
IN_14_DAYS = 2


def drifts(runs: Sequence[Day], last: date) -> bool:
    """Whether B or D crept up: the mean of the seven dates that end with `last` lies 1 point or more above the mean of the seven before, or
    2 or more above that of the seven before those. `runs` are dates with a run, oldest first.

    Of both knees the worse one counts; runs without the answer are left out; a week without any has no mean, and is compared with nothing.
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
    """Whether the first of three means, the latest week first, lies too far above one of the others."""
    now, week_ago, two_weeks_ago = means
    return now is not None and (
        (week_ago is not None and now - week_ago >= IN_A_WEEK) or (two_weeks_ago is not None and now - two_weeks_ago >= IN_14_DAYS)
    )


def _mean(pains: Sequence[int | None]) -> Fraction | None:
    said = [pain for pain in pains if pain is not None]
    return Fraction(sum(said), len(said)) if said else None
