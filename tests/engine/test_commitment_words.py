"""Texts that pillars add to a commitment: only those meant for commitments, and nothing that takes time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from attrs import evolve

from planner.athlete import Commitment, Override, Window
from planner.model import COMMITMENTS
from planner.offers import Attachment, Proposal
from planner.render import Options
from planner.render.ics import render
from planner.steps import Step, each_step
from tests.engine.drawn import NINE, away, day, drawn
from tests.engine.drawn import said as told
from tests.tiny_plugins import START, Tiny, ceiling

CLUB = Commitment(name="Club run", km=Decimal(3), on="tue")
RACE = Commitment(name="Race", km=Decimal(2), kind="race", date=day(4))


def said(key: str, tag: str, *, seconds: int = 0) -> Proposal:
    step = Step(kind="exercise" if seconds else "note", seconds=seconds, text=key)
    return Proposal(key=key, title=key, steps=(step,), attach=Attachment(where="after", tag=tag))


def test_what_is_said_for_it_stands_in_it_and_what_takes_time_or_is_for_runs_does_not() -> None:
    offered = (said("all", "commitment"), said("one", "commitments/race"), said("run", "run"), said("long", "commitment", seconds=600))
    plan = drawn(Tiny(sessions=offered), running=NINE, commitments=(CLUB, RACE), weeks=1)
    club, race = (s for s in plan.sessions if s.pillar == COMMITMENTS)
    keys = {proposal.key for proposal in offered}
    assert [step.text for step in club.steps if step.text in keys] == ["all"]
    assert [step.text for step in race.steps if step.text in keys] == ["all", "one"]
    assert club.duration_s == club.run_s
    assert any("run" in [step.text for step in each_step(s.steps)] for s in plan.sessions if s.pillar == "progression")


@pytest.mark.parametrize(
    ("on", "lines"),
    [
        (date(2027, 3, 14), b"DTSTART;TZID=America/New_York:20270314T013000\r\nDTEND;TZID=America/New_York:20270314T033000\r\n"),
        (date(2027, 3, 21), b"DTSTART;TZID=America/New_York:20270321T013000\r\nDTEND;TZID=America/New_York:20270321T033000\r\n"),
        (date(2027, 11, 7), b"DTSTART;TZID=America/New_York:20271107T013000\r\nDTEND;TZID=America/New_York:20271107T033000\r\n"),
    ],
)
def test_it_ends_when_its_time_says_on_a_day_on_which_the_clock_is_changed(on: date, lines: bytes) -> None:
    night = Commitment(name="Night run", km=Decimal(3), date=on, time=Window(start=90, end=210))
    weeks = (on - START).days // 7 + 1
    plan = drawn(running=NINE, commitments=(night,), weeks=min(weeks, 52), timezone="America/New_York")
    assert lines in render(plan, Options())
    assert [f for f in plan.findings if f.rule == "commitment-time"] == []


def test_it_says_by_what_it_was_bound_only_where_it_goes_over() -> None:
    plan = drawn(Tiny(sessions=(said("all", "commitment"),)), running=NINE, commitments=(CLUB,), weeks=1)
    (club,) = (s for s in plan.sessions if s.pillar == COMMITMENTS)
    assert club.run_m <= club.ceiling_m
    assert club.bound_by not in {why.limit for why in club.why}


@pytest.mark.parametrize("why", ["the knee was sore", "The knee was sore. Take a day off."])
def test_a_reason_of_whole_sentences_ends_with_one_full_stop(why: str) -> None:
    plan = drawn(Tiny(limits=(ceiling(1000, of="run-m", why=why),)), running=NINE, commitments=(CLUB,), weeks=1)
    (message,) = told(plan, "commitment")
    assert f"{why.removesuffix('.')}. It stays because you fixed it." in message


def test_who_asks_for_less_than_it_is_already_is_told_and_not_named_as_who_shortened_it() -> None:
    asked = Override(date=day(1), session="commitments/club-run#1", by="Kim", shorten=500)
    plan = drawn(running=NINE, commitments=(CLUB,), weeks=1, override=(asked,))
    (club,) = (s for s in plan.sessions if s.pillar == COMMITMENTS)
    assert "override" not in {why.limit for why in club.why}
    (message,) = told(plan, "override")
    assert "Club run takes 20 min, which is within the 500 minutes that Kim asked for" in message


@pytest.mark.parametrize(("end", "message"), [(1100, True), (1140, False)])
def test_a_time_that_is_too_short_for_the_distance_is_told_once(end: int, *, message: bool) -> None:
    tight = evolve(CLUB, time=Window(start=1085, end=end))
    plan = drawn(running=NINE, commitments=(tight,), weeks=3)
    found = told(plan, "commitment-time")
    assert len(found) == message
    assert not message or found[0].startswith("2027-01-05: Club run takes 20 min at your easy pace, but the time set for it is 15 min.")


WEEKS = "2027-01-04 to 2027-01-17"
LOGGED = "Runs before the start belong in the log, or in recent_weeks_km."


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"date": day(-1)}, f"2027-01-03: Race is not in the plan: its date is before the plan's weeks, {WEEKS}. {LOGGED}"),
        ({"date": day(14)}, f"2027-01-18: Race is not in the plan: its date is after the plan's weeks, {WEEKS}."),
        (
            {"date": None, "on": "tue", "until": day(-5)},
            f"2026-12-30: Race is not in the plan: it ends before its first day in the plan's weeks, {WEEKS}. {LOGGED}",
        ),
        (
            {"date": None, "on": "tue", "until": day(0)},
            f"2027-01-04: Race is not in the plan: it ends before its first day in the plan's weeks, {WEEKS}.",
        ),
    ],
)
def test_one_that_has_no_day_in_the_plan_is_told_with_the_plans_span(change: dict[str, object], message: str) -> None:
    plan = drawn(running=NINE, commitments=(evolve(RACE, **change),), weeks=2)
    assert told(plan, "commitment-date") == [message]
    assert [f.severity for f in plan.findings if f.rule == "commitment-date"] == ["warning"]
    assert [s for s in plan.sessions if s.pillar == COMMITMENTS] == []


@pytest.mark.parametrize(
    "change", [{"date": day(0)}, {"date": day(13)}, {"date": None, "on": "tue", "until": day(1)}, {"date": None, "on": "sun"}]
)
def test_one_that_has_a_day_in_the_plan_is_not(change: dict[str, object]) -> None:
    plan = drawn(running=NINE, commitments=(evolve(RACE, **change),), weeks=2)
    assert told(plan, "commitment-date") == []
    assert [s for s in plan.sessions if s.pillar == COMMITMENTS]


def test_a_weekly_one_that_pauses_in_all_weeks_is_no_mistake_in_its_dates() -> None:
    plan = drawn(running=NINE, commitments=(CLUB,), weeks=2, availability=away(1, 8))
    assert [s for s in plan.sessions if s.pillar == COMMITMENTS] == []
    assert told(plan, "commitment-date") == []


def test_where_the_plan_has_no_running_it_is_the_athletes_own_run_against_the_advice() -> None:
    none = ceiling(0, why="the tests are open")
    plan = drawn(Tiny(limits=(none,)), running=NINE, commitments=(CLUB, RACE), weeks=2)
    assert [week.stage for week in plan.weeks] == ["pre-run", "pre-run"], "commitments do not begin the plan's own running"
    standing = [s for s in plan.sessions if s.pillar == COMMITMENTS]
    assert [s.key for s in standing] == ["club-run", "race", "club-run"]
    for session in standing:
        (text,) = (step.text for step in each_step(session.steps) if step.kind == "run")
        assert text == f"your own {'race' if session.key == 'race' else 'run'}, against the plan's advice"
        assert "The plan has no running in this week" in session.details
        assert "easily" not in session.details


def test_only_the_weeks_without_running_advise_against_it() -> None:
    none = ceiling(0, since=day(7), until=day(13))
    plan = drawn(Tiny(limits=(none,)), running=NINE, commitments=(CLUB,), weeks=3)
    texts = [step.text for s in plan.sessions if s.pillar == COMMITMENTS for step in each_step(s.steps) if step.kind == "run"]
    assert texts == ["run easily", "your own run, against the plan's advice", "run easily"]
    assert "pre-run" not in {week.stage for week in plan.weeks}
