"""Weeks with fewer runs than asked for, and plugins' ceilings on stretches, effort and metres on foot."""

from __future__ import annotations

import pytest

from planner.athlete import Availability
from planner.laws import most_runs
from planner.limits import Unavailable
from planner.steps import each_step
from tests.engine.drawn import NINE, SHUT, away, day, drawn, hours, runs
from tests.tiny_plugins import Tiny, ceiling, exercise


@pytest.mark.parametrize(("open_days", "held"), [({"tue", "sat"}, 2), ({"tue", "wed"}, 1), ({"mon", "tue", "sun"}, 2), ({"wed"}, 1)])
def test_fewer_days_than_runs_still_grow(open_days: set[str], held: int) -> None:
    plan = drawn(weeks=10, availability=Availability(**{**SHUT, **dict.fromkeys(open_days)}))
    assert {len(runs(week)) for week in plan.weeks} == {held}
    assert plan.weeks[-1].run_s > 2 * plan.weeks[0].run_s
    told = [f for f in plan.findings if f.rule == "left-out" and "runs" in f.message]
    assert [f.message for f in told] == [f"{3 - held} of 3 runs left out: your days leave no room for more."]
    assert told[0].where == "weeks 1-10"


@pytest.mark.parametrize("minutes", [5, 15])
def test_hours_that_are_too_short_for_any_run_leave_the_runs_out_and_say_so(minutes: int) -> None:
    short = dict.fromkeys(SHUT, hours(420, 420 + minutes))
    plan = drawn(running=NINE, weeks=3, availability=Availability(**short))
    assert runs(plan) == []
    told = [(f.where, f.message) for f in plan.findings if f.rule == "left-out"]
    assert ("weeks 1-3", "3 of 3 runs left out: your days leave no room for a run.") in told


def test_a_week_that_is_left_run_free_while_away_is_not_said_to_be_short_of_time() -> None:
    plan = drawn(running=NINE, weeks=4, availability=away(7, 12))
    assert not [f for f in plan.findings if "room for a run" in f.message]


def test_a_week_with_a_closed_day_shares_its_running_over_the_others() -> None:
    closed = Tiny(limits=(Unavailable(dates=frozenset({day(14), day(15), day(16), day(18)}), why="visitors"),))
    week = drawn(closed, running=NINE, weeks=4).weeks[2]
    assert len(runs(week)) == 2
    assert week.run_m > 2 * 3000


@pytest.mark.parametrize(
    ("days", "gap", "most"),
    [(0b1111111, 2, 3), (0b1111111, 1, 7), (0b0000011, 2, 1), (0b1000001, 2, 1), (0b0100010, 2, 2), (0, 2, 0), (0b10101, 2, 3)],
)
def test_the_most_runs_of_open_days(days: int, gap: int, most: int) -> None:
    assert most_runs(days, gap) == most


def test_metres_on_foot_keep_to_a_plugin_s_ceiling() -> None:
    plan = drawn(Tiny(limits=(ceiling(3000, "week-foot-m"),)), running=NINE, weeks=4)
    assert [week.foot_m <= 3000 for week in plan.weeks] == [True] * 4
    assert plan.weeks[0].run_m > 2000


def test_stretches_keep_to_a_plugin_s_ceiling_where_running_was_continuous() -> None:
    plan = drawn(Tiny(limits=(ceiling(300, "stretch-s"),)), running={**NINE, "goal_minutes": 30}, weeks=4)
    stretches = [step.seconds for s in runs(plan) for step in each_step(s.steps) if step.kind == "run"]
    assert stretches
    assert max(stretches) <= 300


@pytest.mark.parametrize("none_left", [ceiling(0, "stretch-s"), ceiling(0, "rpe"), ceiling(0, "runs")])
def test_nothing_left_is_no_running(none_left: object) -> None:
    assert runs(drawn(Tiny(limits=(none_left,)), running=NINE, weeks=2)) == []


@pytest.mark.parametrize("minutes", [23, 25, 29])
def test_runs_fill_a_short_day_week_after_week(minutes: int) -> None:
    plan = drawn(weeks=8, running=NINE, availability=Availability(**dict.fromkeys(SHUT, hours(720, 720 + minutes))))
    assert len({run.run_m for run in runs(plan)}) == 1, "no saw: all of the window is used from the first week on"
    assert all(60 * (minutes - 1) < run.duration_s <= 60 * minutes for run in runs(plan))


@pytest.mark.parametrize(("times", "words"), [(3, "Lift (1 of 3)"), (4, "Lift (2 of 4)"), (2, "")])
def test_what_is_left_out_is_counted_as_others_of_it_are_in_the_week(times: int, words: str) -> None:
    lift = Tiny(sessions=(exercise("lift", tags=("strength",), times_per_week=times),))
    plan = drawn(lift, weeks=2, availability=Availability(**{**SHUT, **dict.fromkeys(("mon", "thu"))}))
    told = [f.message for f in plan.findings if f.rule == "left-out" and f.message.startswith("Lift")]
    assert told == ([f"{words} left out: the week has no room for it."] if words else [])
