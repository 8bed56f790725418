"""Weeks whose every open window is kept for one kind of session lose no pillar, no note and no run's doses."""

from __future__ import annotations

from datetime import UTC, date, datetime

from attrs import evolve
from tests.cli.helpers import EXAMPLES

from planner.athlete import Absence, Athlete, Availability, Window
from planner.athlete_file import read_athlete
from planner.maker import Maker
from planner.model import Plan

AS_OF = date(2027, 1, 2)


def kept(tag: str) -> tuple[Window, ...]:
    """An hour of the morning for sessions with a tag."""
    return (Window(start=420, end=480, kept_for=(tag,)),)


RESERVED = Availability(
    mon=kept("run"),
    tue=kept("strength"),
    wed=kept("run"),
    thu=kept("strength"),
    fri=kept("run"),
    sat=kept("cross-training"),
    sun=kept("mobility"),
)


def athlete(availability: Availability) -> Athlete:
    return evolve(read_athlete(EXAMPLES / "ana.toml"), availability=availability)


def plan_of(who: Athlete) -> Plan:
    return Maker.installed().plan(who, EXAMPLES, as_of=AS_OF, issued=datetime(2027, 1, 2, 9, tzinfo=UTC))


def test_every_pillar_uses_the_windows_that_are_kept_for_it() -> None:
    plan = plan_of(athlete(RESERVED))
    for week in plan.weeks:
        on = {s.pillar: {d.date.strftime("%a") for d in week.sessions if d.pillar == s.pillar and d.start} for s in week.sessions}
        assert on["hip_strength"] == {"Tue", "Thu"}
        assert on["cross_training"] == {"Sat"}
        assert on.get("mobility", set()) <= {"Sun"}  # stretching comes after runs where it can
        runs = [s for s in week.sessions if s.run_s]
        assert {s.date.strftime("%a") for s in runs} == {"Mon", "Wed", "Fri"}
        assert all(dose in repr(s.steps) for s in runs for dose in ("GREEN", "AMBER", "RED"))
        assert {s.key for s in week.sessions} & {"weekly-check", "baseline"}


def test_the_block_before_the_first_run_keeps_its_questions() -> None:
    who = athlete(RESERVED)
    plan = plan_of(evolve(who, screening=evolve(who.screening, answered=None)))
    assert {week.stage for week in plan.weeks} == {"pre-run"}
    assert {"assessment", "hip_strength", "cross_training"} <= {s.pillar for s in plan.sessions}


def test_a_week_with_one_reserved_morning_keeps_its_notes_and_says_what_it_lost() -> None:
    away = (Absence(first=date(2027, 1, 21), last=date(2027, 1, 24)),)
    plan = plan_of(athlete(Availability(mon=kept("run"), tue=(), wed=(), away=away)))
    third = plan.weeks[2]
    assert all("GREEN" in repr(s.steps) for s in third.sessions if s.run_s)
    assert any(s.key == "weekly-check" for s in third.sessions)
    assert [f for f in plan.findings if f.rule == "left-out" and 3 in f.weeks and "strength" in f.message]
