"""What was really done of a plan that follows a log, beside what it planned. All of it is nothing where no log is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.model import DAY

if TYPE_CHECKING:
    from planner.model import Done, Plan, Session, Week


def done_in(plan: Plan, week: Week) -> tuple[Done, ...] | None:
    """What was done in a week so far, oldest first; None where no log is kept, or the week is still ahead."""
    if plan.ahead_from is None or week.start >= plan.ahead_from:
        return None
    until = min(week.last_day, plan.ahead_from - DAY)
    return tuple(sorted((done for done in plan.history if week.start <= done.date <= until), key=lambda done: done.date))


def week_done_m(plan: Plan, week: Week) -> int | None:
    """Metres done in a week so far, as the plan counts them: running, or on foot, where walking that nobody told counts for none."""
    found = done_in(plan, week)
    if found is None:
        return None
    on_foot = plan.reading.measure == "on-foot"
    return sum(done.foot_m if on_foot and done.foot_m is not None else done.run_m for done in found)


def session_done_m(plan: Plan, session: Session) -> int | None:
    """Metres run on the date of a run that was done; None where it was not, or was run on another date."""
    if session.status != "done" or not session.run_s or plan.ahead_from is None:
        return None
    return sum(done.run_m for done in plan.history if done.date == session.date) or None


def own_days(plan: Plan, week: Week) -> tuple[Done, ...]:
    """The runs of a week that were done on dates for which none was planned."""
    planned = {session.date for session in week.sessions if session.run_s}
    return tuple(done for done in done_in(plan, week) or () if done.run_m and done.date not in planned)
