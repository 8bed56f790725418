"""Cadence from the log: the athlete's own cadence if the file has none, and how far the target has risen (FORM-01, FORM-04, FORM-12).

A target rises after two weeks, and only once the log shows it in two runs. A run in a week with a target that the knee tolerated badly
lowers it by 2.5%. Future weeks are drawn as if the target were reached. Several rows of one date are one run (decision 26).
"""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from planner import cached_by_identity, memo
from planner_pillars.form_history import holds_target
from planner_pillars.log_weeks import WEEK_DAYS, rows_of_week, rows_so_far, worse_next_morning
from planner_pillars.mornings import by_date
from planner_pillars.week_history import LADDER, over_weeks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from planner import Brief, Entry, Week
    from planner_pillars.week_history import Over

Moved: TypeAlias = Literal["first", "held", "up", "drawn", "back"]
"""How a week got its target: the first one, the same again, one step up by the log, one step up assumed (`drawn`), or one step back."""
FIRST, STEP = 50, 25
"""The first target and the step between targets, in permille of the athlete's own cadence (FORM-01, FORM-12)."""
WEEKS_A_RISE, RUNS_A_RISE = 2, 2
STRIDES = 100
"""A count below this is strides of one foot and is doubled (FORM-04)."""
COUNTED_DAYS = 28
"""How many days before the start a count may be to serve as the athlete's own cadence."""


class Rise(NamedTuple):
    """A target in permille above the own cadence, the `weeks` that had it, and the logged runs that `reached` it.

    `drawn` counts future runs that are assumed to reach it; `moved` is how it came about; `through` means the last target was reached.
    """

    permille: int = FIRST
    weeks: int = 0
    reached: int = 0
    drawn: int = 0
    moved: Moved = "first"
    through: bool = False


def target(own: int, permille: int) -> int:
    """`own` steps a minute raised by `permille`: rounded down, at least 4 more, at most 10% more (FORM-05)."""
    return min(max(own * (1000 + permille) // 1000, own + 4), own * 11 // 10)


def steps_a_minute(row: Entry) -> int | None:
    """The cadence of a logged run in steps of both feet a minute; None if the row has none or is a walk."""
    if row.cadence is None or row.run_m == 0 or (row.run_m is None and row.foot_m is not None):
        return None
    return row.cadence * 2 if row.cadence < STRIDES else row.cadence


@cached_by_identity(16)
def _first_count(brief: Brief) -> tuple[int, int] | None:
    """The plan week (0-based) of the first count in the log, and the mean of that week's counts, rounded down; None without a count."""
    told = sorted({(row.date, steps) for row in rows_so_far(brief) if (steps := steps_a_minute(row)) is not None})
    lately = [((on - brief.start).days // WEEK_DAYS, steps) for on, steps in told if (brief.start - on).days <= COUNTED_DAYS]
    for week, counted in groupby(lately, key=lambda count: count[0]):
        counts = [steps for _, steps in counted]
        return week, sum(counts) // len(counts)
    return None


def own_cadence(brief: Brief, first_day: date) -> int | None:
    """The athlete's own cadence in the week from `first_day`: the file's, else the log's first one before that week, else None."""
    own = brief.athlete.running.cadence
    if own is not None or brief.log is None:
        return own
    counted = _first_count(brief)
    return counted[1] if counted is not None and counted[0] < (first_day - brief.start).days // WEEK_DAYS else None


@memo
def rises(brief: Brief) -> Callable[[int], Over[Rise]]:
    """The fold of weeks into the current target of an athlete who keeps a log, by the highest permitted rise in permille."""

    @lru_cache(maxsize=8)
    def up_to(most: int) -> Over[Rise]:
        return over_weeks(lambda rise, week: _after(rise, week, brief, most), Rise())

    return up_to


def _after(rise: Rise, week: Week, brief: Brief, most: int) -> Rise:
    """The target after one more week."""
    asked, own = holds_target(week), own_cadence(brief, week.start)
    if own is None or rise.through or not (asked or rise.weeks):
        return rise
    if asked and _sore(brief, week.start):
        return Rise(max(STEP, rise.permille - STEP), moved="back")
    aim = target(own, rise.permille)
    reached = rise.reached + len({row.date for row in rows_of_week(brief, week.start) if (steps_a_minute(row) or 0) >= aim})
    drawn = rise.drawn + sum([bool(run.run_s) and run.status == "planned" and run.date >= brief.as_of for run in week.sessions])
    rise = rise._replace(weeks=rise.weeks + asked, reached=reached, drawn=drawn, moved="held")
    if rise.weeks < WEEKS_A_RISE or reached + drawn < RUNS_A_RISE:
        return rise
    if rise.permille + STEP > most:
        return rise._replace(through=True)
    return Rise(rise.permille + STEP, moved="up" if reached >= RUNS_A_RISE else "drawn")


@cached_by_identity(16)
def _runs(brief: Brief) -> Mapping[date, Sequence[Entry]]:
    """The rows of each run in the log by its date, with the next mornings that have rows of their own (decision 26)."""
    return by_date(rows_so_far(brief), _is_run, lambda row: not row.session or _names_run(row))


def _is_run(row: Entry) -> bool:
    """Whether a row is about a run: by its metres, its cadence, its session or, if it names none, its pain during the run."""
    if row.run_m or steps_a_minute(row) is not None or _names_run(row):
        return True
    something_else = row.session or row.run_m == 0 or row.foot_m is not None or row.sets_done is not None
    return row.pain_during is not None and not something_else


def _names_run(row: Entry) -> bool:
    return row.session.startswith(f"{LADDER}/")


def _sore(brief: Brief, first_day: date) -> bool:
    """Whether the knee tolerated a run of the week badly: pain above the limit while running, or worse the next morning (PAIN-01)."""
    most, runs = brief.athlete.most_pain(brief.as_of), _runs(brief)
    week = [runs.get(first_day + timedelta(days=day), ()) for day in range(WEEK_DAYS)]
    return any([worse_next_morning(rows) or any([(row.pain_during or 0) > most for row in rows]) for rows in week])
