"""The latest date of the goal, with every third week ahead a hold, and how the goal's dates follow the log."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from planner import Host
from planner.athlete import Progression
from planner.audit import audit
from planner.briefing import make_brief
from planner.engine import goals
from planner.engine.state import State
from planner.engine.week_choice import draw_week
from planner.entry import Entry
from planner.errors import ContradictionError, StopError
from planner.limits import merge
from planner.quantities import grown
from planner.render.words import week_words
from planner_pillars import progression
from tests.engine.drawn import NINE, away, day, drawn, kms, plan_of, runs, said
from tests.tiny_plugins import START, TEMPLATES, brief_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner import Brief, Plan, Week

PASTS = [kms(), kms("0", "0", "4", "6"), kms("3", "4", "4", "5"), kms("10", "11", "12", "12")]
SOME = {"recent_weeks_km": kms("3", "4", "4", "4.4"), "last_run": START - timedelta(days=2)}


def ran(offset: int, run_m: int, *, worst: int = 1, after: int = 0, morning: int = 0) -> Entry:
    return Entry(date=day(offset), run_m=run_m, pain_before=0, pain_during=worst, pain_after=after, pain_next_morning=morning)


def told(brief: Brief, days: int, rows: Iterable[Entry] = ()) -> Brief:
    """The brief `days` after the start, with a log."""
    return evolve(brief, as_of=day(days), log=tuple(rows))


def followed(days: int, rows: Iterable[Entry] = (), **brief: object) -> Plan:
    return plan_of(told(brief_of(**brief), days, rows))


def test_without_a_log_there_is_no_range() -> None:
    assert drawn(weeks=12).goal.latest is None
    assert followed(-2, weeks=12).goal.latest is not None


def test_with_every_third_week_a_hold_the_goal_comes_later_by_about_the_holds() -> None:
    plan = followed(-2, weeks=12)
    foreseen, latest = plan.goal.foreseen or 0, plan.goal.latest or 0
    holds = latest // goals.HOLD_EVERY
    assert foreseen < latest
    assert holds - 2 <= latest - foreseen <= holds + 2


@pytest.mark.parametrize("weeks", [3, 8, 20])
def test_the_range_does_not_depend_on_how_many_weeks_are_planned(weeks: int) -> None:
    asked = followed(-2, weeks=12).goal
    found = followed(-2, weeks=weeks).goal
    assert (found.foreseen, found.latest) == (asked.foreseen, asked.latest)


def weeks_held(held: Iterable[int], count: int, **brief: object) -> list[Week]:
    """So many weeks, of which some are held."""
    made = told(brief_of(**brief), -2)
    state = State(made, made.reading, merge(()), Host.of(progression).conversation(made), 3)
    state.held = frozenset(held)
    for number in range(1, count + 1):
        state = draw_week(state, number)
    return state.weeks


@pytest.mark.parametrize("measure", ["running", "on-foot"])
def test_a_held_week_is_the_same_load_once_more(measure: str) -> None:
    wish = {"progression": Progression(measure=measure, easy_week_every=0), "running": SOME}
    weeks = weeks_held({3, 6}, 7, **wish)
    assert [w.number for w in weeks if w.decision == "hold"] == [3, 6]
    for before, week in pairwise(weeks):
        if week.number in (3, 6):
            assert 97 * before.run_m <= 100 * week.run_m <= 100 * before.run_m
            assert week.foot_m <= before.foot_m
            assert week.bound_by == "pain"
        else:
            assert week.run_m > before.run_m


def test_a_week_that_opens_or_starts_again_has_nothing_to_hold() -> None:
    assert weeks_held({1}, 1)[0].decision == "entry"
    weeks = weeks_held({2, 6}, 6, running=NINE, availability=away(28, 34))
    assert (weeks[1].decision, weeks[4].run_m) == ("hold", 0)
    assert weeks[5].decision == "regress"
    assert weeks[5].run_m > 0


def test_a_range_does_not_end_before_it_begins() -> None:
    """Here a hold before the absence leaves so little that the weeks after it open anew, with more than time off would leave."""
    rows = [ran(1, 1700), ran(3, 2000, worst=3, after=2, morning=1)]
    running = {"recent_weeks_km": kms("0", "0", "4.5", "6"), "longest_run_km": Decimal("2.5"), "last_run": START - timedelta(days=2)}
    goal = followed(8, rows, weeks=12, availability=away(35, 48), running=running).goal
    assert goal.foreseen is not None
    assert goal.latest == goal.foreseen


def test_a_goal_that_is_reached_has_no_range_left() -> None:
    goal = followed(8, [ran(d, 3000) for d in (1, 3, 5)], weeks=6, running={**NINE, "goal_minutes": 10}).goal
    assert (goal.every_run, goal.foreseen, goal.latest) == (START, 1, 1)


def test_runs_that_were_missed_reach_no_goal() -> None:
    plan = followed(8, [ran(d, 3000) for d in (1, 3)], weeks=6, running={**NINE, "goal_minutes": 10})
    assert [run.status for run in runs(plan.weeks[0])] == ["done", "done", "missed"]
    assert (plan.goal.first_run, plan.goal.every_run, plan.goal.foreseen) == (day(1), day(7), 2)
    none = followed(8, weeks=6, running={**NINE, "goal_minutes": 10}).goal
    assert none.first_run is not None
    assert none.first_run >= day(7)


def test_a_goal_in_kilometres_is_reached_by_what_was_run() -> None:
    wish = {**NINE, "goal_week_km": Decimal(9)}
    assert followed(7, [ran(d, 3000) for d in (0, 2, 5)], weeks=4, running=wish).goal.foreseen == 1
    assert (followed(7, [ran(d, 2000) for d in (0, 2, 5)], weeks=4, running=wish).goal.foreseen or 0) > 1


def test_what_is_not_reached_within_the_plan_is_said_with_its_range() -> None:
    plan = followed(-2, weeks=4)
    (sentence,) = said(plan, "goal-later")
    start = START + timedelta(days=7 * (plan.goal.foreseen or 0) - 7)
    assert f"in week {plan.goal.foreseen}, from {start}, or in week {plan.goal.latest} if every third week is a hold." in sentence


@st.composite
def followed_briefs(draw: st.DrawFn) -> Brief:
    """Briefs of runners some days into their plan, with a log of runs, more and less than planned."""
    gone = draw(st.none() | st.tuples(st.integers(0, 60), st.integers(0, 15)))
    days = draw(st.integers(-2, 40))
    brief = brief_of(
        draw(st.sampled_from(["walk-run", "couch-to-5k", "delaware", "continuous-build"])),
        weeks=draw(st.integers(2, 14)),
        running={
            "recent_weeks_km": draw(
                st.sampled_from([kms(), kms("0", "0", "4", "6"), kms("3", "4", "4", "5"), kms("10", "11", "12", "12")])
            ),
            "goal_minutes": draw(st.sampled_from([10, 20, 30])),
        },
        progression=Progression(measure=draw(st.sampled_from(["running", "on-foot"])), missed=draw(st.sampled_from(["resume", "strict"]))),
        **({} if gone is None else {"availability": away(gone[0], gone[0] + gone[1])}),
    )
    rows = [
        ran(offset, draw(st.integers(500, 4000)), worst=draw(st.integers(0, 3)), morning=draw(st.integers(0, 1)))
        for offset in range(0, max(days, 0), 2)
        if draw(st.booleans())
    ]
    return make_brief(brief.athlete, TEMPLATES[brief.template.name], as_of=day(days), issued=brief.issued, log=tuple(rows))


@settings(max_examples=40)
@given(followed_briefs())
def test_the_range_begins_with_what_is_foreseen(brief: Brief) -> None:
    try:
        plan = plan_of(brief)
    except (ContradictionError, StopError):
        return
    goal, begun = plan.goal, [w for w in plan.weeks if w.start <= brief.as_of]
    if goal.foreseen is None:
        assert goal.latest is None
    elif goal.foreseen <= len(begun):
        assert goal.latest == goal.foreseen
    else:
        assert goal.latest is None or goal.foreseen <= goal.latest <= goals.FORESEEN_WEEKS
    assert [f for f in audit(plan) if f.severity == "error"] == []


@settings(max_examples=40)
@given(followed_briefs(), st.sets(st.integers(1, 12)))
def test_no_held_week_grows_and_no_other_grows_by_more_than_the_laws(brief: Brief, held: set[int]) -> None:
    brief = evolve(brief, as_of=day(-2), log=())
    state = State(brief, brief.reading, merge(()), Host.of(progression).conversation(brief), brief.athlete.running.runs_per_week or 3)
    state.held = frozenset(held)
    for number in range(1, 11):
        state = draw_week(state, number)
    for before, week in pairwise(state.weeks):
        if not before.run_m or week.decision in ("entry", "regress"):
            continue
        if week.number in held:
            assert week.run_m <= before.run_m
        elif brief.reading.measure == "running":
            assert week.run_m <= grown(before.run_m, brief.reading.growth)


@pytest.mark.parametrize("wish", [{"goal_week_km": Decimal(9)}, {"goal_minutes": 20}])
def test_a_week_below_a_goal_that_was_reached_is_on_its_way_there_again(wish: dict[str, object]) -> None:
    """After a bad run in week 2 the weeks step back and come up again: only those that hold the goal are called so."""
    told = (*(ran(offset, 3000) for offset in (1, 3, 5, 8, 10)), ran(12, 3000, worst=4, morning=2))
    asked = brief_of(weeks=8, running={**NINE, **wish})
    plan = plan_of(evolve(asked, as_of=day(14), log=tuple(evolve(row, foot_m=row.run_m) for row in told)))
    assert plan.goal.every_run == START
    least_m = 9000 if "goal_minutes" in wish else 8730
    below, held = [w for w in plan.weeks[2:] if w.run_m < least_m], [w for w in plan.weeks[1:] if w.run_m >= least_m]
    assert below[0].decision == "regress"
    assert "progress" in [week.decision for week in below]
    assert {week.stage for week in below} == {"ladder"}
    assert {week_words(week) for week in below} <= {"step back", "easy week", "growth"}
    assert {week.stage for week in held} == {"goal"}
    assert {week_words(week) for week in held} <= {"goal held", "easy week"}
