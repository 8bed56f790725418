"""What the Monday list needs to know of an athlete, small enough to be kept for every one of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from planner.model import WEEK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.athlete import Athlete
    from planner.entry import Entry
    from planner.model import Plan

LAST = timedelta(days=7)
"""What "lately" is: the seven dates before the day of planning, and that day."""
WEEKS_KEPT = 5
"""The week of planning and those after it: who looks a month later can still compare."""
SHOES_DUE = "shoes-due"
"""The rule of findings that tell, by their place, the date on which a pair comes to its distance."""

SIGNS_LIKE_PAIN, PAINKILLER = ("swelling", "limp"), "painkiller"
KNEE_SIGNS = (*SIGNS_LIKE_PAIN, PAINKILLER)
"""What a row of a log says of the knee besides pain: fields of `Entry` that are yes or no."""


class WeekFacts(NamedTuple):
    """A week of a plan: its first date (ISO text), its running metres, its decision."""

    start: str
    run_m: int
    decision: str


class PlanFacts(NamedTuple):
    """What a plan says that may have changed by the next time. Dates are ISO text, "" where there is none.

    `goal_date` is the first date of the week (`goal_week`) that reaches the goal, "" and None where none does. `weeks` are those from the
    day of planning on, at most `WEEKS_KEPT`. `missed` counts lately missed runs; `shoes` is the date on which a pair is due, where that is
    within a week. `miles`: the athlete counts in them.
    """

    goal_date: str
    goal_week: int | None
    weeks: tuple[WeekFacts, ...]
    missed: int
    shoes: str
    miles: bool


class LogFacts(NamedTuple):
    """What a log says lately. `silent_days` since the last entry, or the start where there is none yet; None before the start and after
    the end. `pain` is the worst answer lately, `pain_before` that of the seven dates before; None where nothing was answered. `signs` are
    the ids of safety questions that it names lately. Of all its `rows`, so many lie `later` than the day of planning, from `first_later` on
    (ISO text, "" for none). `missing` is the file that the row names as the log and that is not there, "" where it is. `knee` are those of
    `KNEE_SIGNS` that were logged lately.
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


def plan_facts(plan: Plan, goal_date: date | None) -> PlanFacts:
    """What is kept of a plan, on its day of planning; `goal_date` as `PlanFacts` has it."""
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
    )


def log_facts(log: tuple[Entry, ...], athlete: Athlete, day: date, *, missing: str = "") -> LogFacts:
    """What is kept of a log (by date) on the day of planning; `missing` as `LogFacts` has it."""
    seen = [entry for entry in log if entry.date <= day]
    later = log[len(seen) :]
    since = max(athlete.start, seen[-1].date) if seen else athlete.start
    under_way = athlete.start <= day < athlete.start + athlete.weeks * WEEK + LAST
    lately = [entry for entry in seen if entry.date >= day - LAST]
    return LogFacts(
        silent_days=(day - since).days if under_way else None,
        pain=_worst(lately),
        pain_before=_worst(entry for entry in seen if day - 2 * LAST <= entry.date < day - LAST),
        signs=tuple(sorted({entry.red_flag for entry in lately if entry.red_flag})),
        rows=len(log),
        later=len(later),
        first_later=later[0].date.isoformat() if later else "",
        missing=missing,
        knee=tuple(sign for sign in KNEE_SIGNS if any(getattr(entry, sign) for entry in lately)),
    )


def _worst(entries: Iterable[Entry]) -> int | None:
    said = (pain for e in entries for pain in (e.pain_before, e.pain_during, e.pain_after, e.pain_next_morning, e.knee_worst))
    return max((pain for pain in said if pain is not None), default=None)
