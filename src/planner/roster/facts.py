"""Facts about an athlete for the Monday list, small enough to keep for everyone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from planner.model import WEEK

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.athlete import Athlete
    from planner.entry import Entry
    from planner.model import Plan

LAST = timedelta(days=7)
"""The recent period: the day of planning and the seven dates before it."""
WEEKS_KEPT = 5
"""Weeks kept, counted from the week of planning, so that a comparison still works a month later."""
SHOES_DUE = "shoes-due"
"""The rule of findings whose place (`where`) is the date on which a pair of shoes reaches its distance."""

SIGNS_LIKE_PAIN, PAINKILLER = ("swelling", "limp"), "painkiller"
KNEE_SIGNS = (*SIGNS_LIKE_PAIN, PAINKILLER)
"""What a log row says about the knee besides pain: the names of boolean fields of `Entry`."""
FINE_PAIN = 2
"""Acceptable pain (PAIN-01)."""


class WeekFacts(NamedTuple):
    """A week of a plan: its first date (ISO text), its running distance in metres and its decision."""

    start: str
    run_m: int
    decision: str


class PlanFacts(NamedTuple):
    """What a plan says that may change by the next run. Dates are ISO text, "" for none.

    `goal_date` is the first date of the week (`goal_week`) that reaches the goal, "" and None if none does. `weeks` are those from the day
    of planning on, at most `WEEKS_KEPT`. `missed` counts the runs missed recently (`LAST`); `shoes` is the earliest date on which a pair is
    due, if within a week of the day of planning. `miles`: the athlete uses miles. `before_running`: no week has the first run yet.
    """

    goal_date: str
    goal_week: int | None
    weeks: tuple[WeekFacts, ...]
    missed: int
    shoes: str
    miles: bool
    before_running: bool = False


class LogFacts(NamedTuple):
    """What a log says about the recent period (`LAST`).

    `silent_days` are the days since the last entry or the start, None before the start and from a week after the plan's end. `pain` is the
    worst recent answer, `pain_before` that of the seven dates before; None without an answer. `signs` are the ids of the red flags reported
    recently, `knee` the `KNEE_SIGNS` reported recently. Of all `rows`, `later` are dated after the day of planning, the first on
    `first_later` (ISO text, "" for none); `later_signs` and `later_knee` are the red flags and `KNEE_SIGNS` in those, with commas between
    them, as their dates may be mistyped. `missing` is the log file that the row names but that does not exist, else "".
    """

    silent_days: int | None
    pain: int | None
    pain_before: int | None
    signs: tuple[str, ...]
    rows: int = 0
    later: int = 0
    first_later: str = ""
    missing: str = ""
    knee: tuple[str, ...] = ()
    later_signs: str = ""
    later_knee: str = ""


def plan_facts(plan: Plan, goal_date: date | None) -> PlanFacts:
    """Extract the facts of a plan on its day of planning; `goal_date` as in `PlanFacts`."""
    day = plan.as_of
    ahead = [week for week in plan.weeks if week.last_day >= day][:WEEKS_KEPT]
    due = [finding.where for finding in plan.findings if finding.rule == SHOES_DUE and finding.where <= (day + LAST).isoformat()]
    return PlanFacts(
        goal_date=goal_date.isoformat() if goal_date else "",
        goal_week=plan.goal.foreseen,
        weeks=tuple(WeekFacts(week.start.isoformat(), week.run_m, week.decision) for week in ahead),
        missed=sum(bool(s.run_s) and s.status == "missed" and day - LAST <= s.date < day for s in plan.sessions),
        shoes=min(due, default=""),
        miles=plan.units == "mi",
        before_running=all(week.stage == "pre-run" for week in plan.weeks),
    )


def log_facts(log: tuple[Entry, ...], athlete: Athlete, day: date, *, missing: str = "") -> LogFacts:
    """Extract the facts of a log (sorted by date) on the day of planning; `missing` as in `LogFacts`."""
    seen = [entry for entry in log if entry.date <= day]
    later = log[len(seen) :]
    since = max(athlete.start, seen[-1].date) if seen else athlete.start
    under_way = athlete.start <= day < athlete.start + athlete.weeks * WEEK + LAST
    lately = [entry for entry in seen if entry.date >= day - LAST]
    return LogFacts(
        silent_days=(day - since).days if under_way else None,
        pain=worst_pain(lately),
        pain_before=worst_pain(entry for entry in seen if day - 2 * LAST <= entry.date < day - LAST),
        signs=_red_flags(lately),
        rows=len(log),
        later=len(later),
        first_later=later[0].date.isoformat() if later else "",
        missing=missing,
        knee=_knee_signs(lately),
        later_signs=", ".join(_red_flags(later)),
        later_knee=", ".join(_knee_signs(later)),
    )


def _red_flags(entries: Iterable[Entry]) -> tuple[str, ...]:
    return tuple(sorted({entry.red_flag for entry in entries if entry.red_flag}))


def _knee_signs(entries: Sequence[Entry]) -> tuple[str, ...]:
    return tuple(sign for sign in KNEE_SIGNS if any(getattr(entry, sign) for entry in entries))


def worst_pain(entries: Iterable[Entry]) -> int | None:
    """Return the highest answer about pain in these entries; None if there is none."""
    return max((pain for e in entries for pain in (*e.pains, e.knee_worst) if pain is not None), default=None)
