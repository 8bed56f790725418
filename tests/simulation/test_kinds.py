"""Random runners: the same one for a seed and a number, and always accepted by the planner."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from attrs import evolve

from planner.briefing import make_brief
from planner.host import Host
from planner.simulation.kinds import KINDS, MONDAY, YEAR_DAYS, draw_runner

TEMPLATES = Host.installed().templates()
CROWD = [draw_runner(5, number, 12, TEMPLATES) for number in range(1, 400)]


def test_a_seed_and_a_number_are_a_runner() -> None:
    assert draw_runner(5, 77, 12, TEMPLATES) == CROWD[76]
    others = [evolve(draw_runner(6, number, 12, TEMPLATES), seed=5) for number in range(1, 400)]
    assert sum(one == other for one, other in zip(CROWD, others, strict=True)) < 4
    assert len({runner.athlete.id for runner in CROWD}) == len(CROWD)


def test_every_kind_programme_and_habit_is_drawn() -> None:
    assert [runner.kind for runner in CROWD[: len(KINDS)]] == list(KINDS)
    assert {runner.athlete.template for runner in CROWD} == {template.name for template in TEMPLATES}
    for name, kind in KINDS.items():
        drawn = [runner for runner in CROWD if runner.kind == name]
        assert {runner.habits for runner in drawn} == set(kind.habits)
        assert {runner.tolerance for runner in drawn} == set(kind.knees)
    assert {runner.habits.answers for runner in CROWD} == {"all", "no mornings", "none"}


def test_everybody_is_somebody_whom_the_planner_accepts() -> None:
    known = {template.name: template for template in TEMPLATES}
    for runner in CROWD:
        athlete = runner.athlete
        brief = make_brief(athlete, known[athlete.template], as_of=runner.first_plan, issued=datetime(2027, 1, 1, tzinfo=UTC), log=())
        assert all(done.date < athlete.start for done in brief.history)
        assert MONDAY <= athlete.start < MONDAY + timedelta(days=YEAR_DAYS)
        assert athlete.start - timedelta(days=3) <= runner.first_plan <= athlete.start


def test_holidays_lie_within_the_plan_and_are_told_or_not() -> None:
    away = [(runner, holiday) for runner in CROWD for holiday in runner.holidays]
    assert {runner.kind for runner, _ in away} == {"away", "anybody"}
    assert all(runner.athlete.start < holiday.away.first <= holiday.away.last for runner, holiday in away)
    assert len({holiday.declared is None for _, holiday in away}) == 2
    assert any(holiday.declared is not None and holiday.declared > holiday.away.first for _, holiday in away)


def test_somebody_may_be_drawn_for_a_single_week() -> None:
    assert all(draw_runner(1, number, 1, TEMPLATES).athlete.weeks == 1 for number in range(1, 50))
