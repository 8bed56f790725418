"""Runs that were not planned stand on their date, after what was planned for it, in every output for people."""

from __future__ import annotations

import re
from datetime import timedelta

from attrs import evolve

from planner.model import Done, Plan
from planner.render import Options, renderer
from planner.render.done import by_day
from planner.render.words import day_words
from tests.plans import sample_plan

UNPLANNED = "A run not planned for this day: "


def plan_with_own_runs() -> Plan:
    """A plan whose first week is over, with nothing planned on its third date: there was a run on every date without a planned one, and on
    the first of them two.
    """
    plan = sample_plan(weeks=2)
    first, second = plan.weeks
    week = evolve(first, sessions=tuple(session for session in first.sessions if session.date != first.start + timedelta(days=2)))
    free = [day for n in range(7) if (day := week.start + timedelta(days=n)) not in {s.date for s in week.sessions if s.run_s}]
    done = [Done(date=day, run_m=1000 + 100 * n, allowed_m=1000) for n, day in enumerate([free[0], *free])]
    return evolve(plan, weeks=(week, second), history=tuple(done), ahead_from=week.start + timedelta(days=7))


def test_the_days_of_a_week_come_in_order_with_all_that_belongs_to_them():
    plan = plan_with_own_runs()
    week = plan.weeks[0]
    found = by_day(plan, week)
    assert [day for day, _, _ in found] == [week.start + timedelta(days=n) for n in range(7)]
    assert [session for _, sessions, _ in found for session in sessions] == list(week.sessions)
    assert sorted(done.run_m for _, _, own in found for done in own) == sorted(done.run_m for done in plan.history)
    assert {bool(sessions) for _, sessions, own in found if own} == {True, False}, "with and without another session on the date"
    assert all(session.date == day for day, sessions, _ in found for session in sessions)
    assert all(done.date == day for day, _, own in found for done in own)


def test_without_a_log_the_days_are_those_of_the_sessions():
    plan = sample_plan(weeks=1)
    found = by_day(plan, plan.weeks[0])
    assert [day for day, _, _ in found] == sorted({session.date for session in plan.sessions})
    assert not any(own for _, _, own in found)


def test_text_lists_them_by_date_after_what_was_planned():
    plan = plan_with_own_runs()
    week = renderer("txt")(plan, Options()).decode().partition("\nWeek 1,")[2].partition("\nWeek 2,")[0]
    listed = [line[4:] for line in week.splitlines() if re.match(r"(?:\[.\] |    )\S", line)]
    expected = [
        (day, title)
        for day, sessions, own in by_day(plan, plan.weeks[0])
        for title in (*(session.title for session in sessions), *[UNPLANNED] * len(own))
    ]
    assert len(listed) == len(expected)
    for line, (day, title) in zip(listed, expected, strict=True):
        assert line.startswith(day_words(day))
        assert title in line


def test_a_page_lists_them_by_date_after_what_was_planned():
    plan = plan_with_own_runs()
    page = renderer("html")(plan, Options()).decode()
    week = page[page.index("<details class=week id=week-1") : page.index("<details class=week id=week-2")]
    days = week.split("<div class=day>")[1:]
    found = by_day(plan, plan.weeks[0])
    assert [re.findall(r"<h4 id=d([0-9-]+)>", part) for part in days] == [[day.isoformat()] for day, _, _ in found]
    for part, (_, sessions, own) in zip(days, found, strict=True):
        assert (part.count("<summary>"), part.count(UNPLANNED)) == (len(sessions), len(own))
        assert not own or part.rfind("<summary>") < part.index(UNPLANNED)
