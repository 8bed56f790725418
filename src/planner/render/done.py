"""What was actually done, compared with a plan that follows a log. Without a log, everything here is None or empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.model import DAY

if TYPE_CHECKING:
    from datetime import date

    from planner.model import Done, Plan, Session, Week


def done_in(plan: Plan, week: Week) -> tuple[Done, ...] | None:
    """Return what was done in a week so far, oldest first; None without a log or if the week is ahead."""
    if plan.ahead_from is None or week.start >= plan.ahead_from:
        return None
    until = min(week.last_day, plan.ahead_from - DAY)
    return tuple(sorted((done for done in plan.history if week.start <= done.date <= until), key=lambda done: done.date))


def week_done_m(plan: Plan, week: Week) -> int | None:
    """Return the metres done in a week so far, by the plan's measure: running, or on foot, where unlogged walking counts as 0."""
    found = done_in(plan, week)
    if found is None:
        return None
    on_foot = plan.reading.measure == "on-foot"
    return sum(done.foot_m if on_foot and done.foot_m is not None else done.run_m for done in found)


def session_done_m(plan: Plan, session: Session) -> int | None:
    """Return the metres run on the date of a completed run; None if it was not done, or was done on another date."""
    if session.status != "done" or not session.run_s or plan.ahead_from is None:
        return None
    return sum(done.run_m for done in plan.history if done.date == session.date) or None


def own_days(plan: Plan, week: Week) -> tuple[Done, ...]:
    """Return the runs of a week that were done on dates without a planned run."""
    planned = {session.date for session in week.sessions if session.run_s}
    return tuple(done for done in done_in(plan, week) or () if done.run_m and done.date not in planned)


def by_day(plan: Plan, week: Week) -> list[tuple[date, list[Session], list[Done]]]:
    """Return the dates of a week that have something to show, in order: each with its sessions and its runs from `own_days`."""
    found: dict[date, tuple[list[Session], list[Done]]] = {}
    for session in week.sessions:
        found.setdefault(session.date, ([], []))[0].append(session)
    for done in own_days(plan, week):
        found.setdefault(done.date, ([], []))[1].append(done)
    return [(day, *found[day]) for day in sorted(found)]
