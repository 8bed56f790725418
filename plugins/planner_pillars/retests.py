"""Retests when running restarts: readiness after a gap for pain or of four weeks, outcome scores after eight weeks (evidence 1a, 4d)."""

from __future__ import annotations

from datetime import timedelta
from itertools import takewhile
from typing import TYPE_CHECKING

from planner import Attachment, Proposal, Step, Why
from planner_pillars import readiness
from planner_pillars.log_weeks import rows_so_far
from planner_pillars.outcomes import SINCE_DAYS
from planner_pillars.screening import words

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from planner import Brief, Week, WeekView

TESTS = readiness.TESTS[1:]
"""ENT-02 to ENT-07; the walk (ENT-01) is left out, because the athlete has been running."""
LONG_DAYS = 28
"""After this many dates without a run the tests are repeated, whatever the reason for the gap."""
SCORES_DAYS = 56
"""After this many dates without a run the outcome scores are taken again too."""
KEY, SCORES_KEY = "readiness-again", "scores-again"
WEEK_DAYS = 7


def reason(week: WeekView) -> str:
    """Why the tests are repeated before this week's first run, as a sentence; "" if they are not.

    In the plan's first week only a gap for pain repeats them: it has its own session for tests that the athlete file leaves open.
    """
    if week.restarted != week.first_day or not (week.runs or week.committed):
        return ""
    if week.after_pain:
        return words("text")["again_pain"].format(days=week.days_off)
    if week.days_off >= LONG_DAYS and week.earlier:
        return words("text")["again_long"].format(days=week.days_off)
    return ""


def offers(brief: Brief, week: WeekView) -> list[Proposal]:
    """The tests as an all-day note on the week's first open day, and a line in each of its runs.

    Every run has the line, because run dates are not known yet, and a run is only allowed once the tests are passed.
    """
    said, on = words("text"), _first_open_day(brief, week)
    facts = {"date": on, "retest": on + timedelta(days=readiness.BLOCK_DAYS)}
    steps = readiness.readiness_steps()
    lines = [reason(week) + " " + said["again_before"], *_waiting(week), *(steps[test].text for test in TESTS)]
    lines += [said["again_passed"], said["again_failed"].format_map(facts)]
    why = (Why(limit="content", text=said["again_why"], source="1a"),)
    session = Proposal(
        key=KEY,
        title=said["again_title"],
        steps=tuple([Step(kind="note", text=line) for line in lines]),
        tags=("assessment",),
        note=True,
        on=on,
        details=readiness.protocol(TESTS, "again_last"),
        why=why,
    )
    line = reason(week) + " " + said["again_run"].format_map(facts)
    return [session, *[_line_in_runs(tag, line, why) for tag in ("run", "commitment")]]


def scores_again(brief: Brief, week: WeekView, check_in_weeks: Collection[int]) -> list[Proposal]:
    """The outcome retest on the first day of a week in which running restarts after eight weeks or more.

    Empty if check-ins are off or one is due this week anyway, or if the log has a score from the four weeks before.
    """
    long_off = (
        week.restarted == week.first_day and week.days_off >= SCORES_DAYS and bool(week.earlier) and bool(week.runs or week.committed)
    )
    if not long_off or not check_in_weeks or week.number in check_in_weeks:
        return []
    since = week.first_day - timedelta(days=SINCE_DAYS)
    if any(row.akps is not None or row.knee_worst is not None for row in rows_so_far(brief) if since <= row.date < week.first_day):
        return []
    said = words("text")
    lines = [
        said[key].format(days=week.days_off) for key in ("scores_again_first", "scores_again_akps", "scores_again_pain", "scores_again_log")
    ]
    return [
        Proposal(
            key=SCORES_KEY,
            title=said["scores_again_title"],
            steps=tuple([Step(kind="note", text=line) for line in lines]),
            tags=("assessment",),
            note=True,
            on=week.first_day,
            why=(Why(limit="content", text=said["scores_again_why"], source="1a"),),
        )
    ]


def _line_in_runs(tag: str, line: str, why: tuple[Why, ...]) -> Proposal:
    return Proposal(
        key=f"tests-before-{tag}",
        title=words("text")["again_run_title"],
        steps=(Step(kind="note", text=line),),
        importance=(100,),
        can_drop=False,
        attach=Attachment(where="before", tag=tag),
        why=why,
    )


def _first_open_day(brief: Brief, week: WeekView) -> date:
    """The first available date of the week; its first date if it has commitments, which may stand on unavailable dates."""
    if week.committed:
        return week.first_day
    days = (week.first_day + timedelta(days=n) for n in range(WEEK_DAYS))
    return next((day for day in days if brief.athlete.availability.windows(day) != ()), week.first_day)


def _waiting(week: WeekView) -> list[str]:
    """A line telling an athlete who failed the tests the week before to keep waiting: the two weeks between tries are not over.

    It appears in every second of consecutive weeks with the tests; in the others the retest is due.
    """
    if sum(1 for _ in takewhile(_has_tests, reversed(week.earlier))) % 2 == 0:
        return []
    since, until = (week.first_day + timedelta(days=days) for days in (-WEEK_DAYS, readiness.BLOCK_DAYS - WEEK_DAYS))
    return [words("text")["again_waits"].format(since=since, until=until)]


def _has_tests(week: Week) -> bool:
    return any([session.pillar == "assessment" and session.key == KEY for session in week.sessions])
