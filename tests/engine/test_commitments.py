"""Commitments stay on their dates whatever the laws say, count in every law, and are planned around."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from attrs import evolve

from planner.athlete import Absence, Availability, Commitment, Override, Window
from planner.audit import audit
from planner.errors import PluginError
from planner.host import Host
from planner.model import COMMITMENTS, Plan, Session
from planner.offers import LOAD_TAGS, RunProposal, RunShape
from planner.render.identity import uids
from tests.engine.committed import CLUB, own, race, standing, warned
from tests.engine.drawn import NINE, SHUT, day, drawn, hours, kms, runs, said
from tests.tiny_plugins import START, Tiny, ceiling, exercise


def test_a_weekly_run_stands_on_its_weekday_with_all_its_metres() -> None:
    plan = drawn(running=NINE, commitments=(CLUB,), weeks=4)
    assert [(s.id, s.date, s.tags) for s in standing(plan)] == [
        ("commitments/club-run#1", day(1 + 7 * n), ("run", "commitment")) for n in range(4)
    ]
    for session in standing(plan):
        assert session.run_m >= 3000
        assert [step.kind for step in session.steps if step.kind != "note"] == ["run"]
        assert session.title == "Club run: 3.0 km"
    assert warned(plan) == set()


def test_an_odd_distance_is_covered_in_full_at_any_pace() -> None:
    odd = Commitment(name="Club run", km=Decimal("2.9995"), on="tue")
    (session, *_) = standing(drawn(running={**NINE, "easy_pace": 401}, commitments=(odd,)))
    assert session.run_m >= 3000
    assert 1000 * (session.run_s - 1) // 401 < 3000


def test_it_takes_the_place_of_a_run_and_its_share_of_the_week() -> None:
    plan = drawn(running=NINE, commitments=(CLUB,), weeks=6)
    for week in plan.weeks:
        assert len(runs(week)) == 3
        assert week.run_m <= week.ceiling_run_m
    assert own(plan)[0].run_m == 3300, "what it leaves of the week is used"


def test_until_ends_it_and_a_date_is_once() -> None:
    ends = Commitment(name="Club run", km=Decimal(1), on="tue", until=day(8))
    assert [s.date for s in standing(drawn(running=NINE, commitments=(ends,), weeks=4))] == [day(1), day(8)]
    assert [s.date for s in standing(drawn(running=NINE, commitments=(race(2, 10),), weeks=4))] == [day(10)]
    assert standing(drawn(running=NINE, commitments=(race(2, -1), race(2, 28)), weeks=4)) == []


def test_runs_keep_their_distance_to_it_across_weeks_too() -> None:
    monday = Commitment(name="Monday run", km=Decimal(2), on="mon")
    plan = drawn(running=NINE, commitments=(monday,), weeks=5, availability=Availability(**{**SHUT, "sun": None, "wed": None, "fri": None}))
    days = [s.date for s in runs(plan)]
    assert all((later - sooner).days >= 2 for sooner, later in pairwise(sorted(days)))
    assert len({s.date for s in own(plan)}) >= 4


def test_one_that_is_too_long_is_said_and_what_went_over_is_nothing_to_grow_from() -> None:
    plan = drawn(running=NINE, commitments=(race(21, 10),), weeks=5)
    assert warned(plan) == {("law-1", "week 2"), ("law-3", "2027-01-14"), ("law-7", "2027-01-14")}
    (run,) = standing(plan)
    assert (run.run_m, run.ceiling_m, run.bound_by) == (21_000, 3630, "session")
    (said_so,) = [f for f in audit(plan) if f.rule == "law-3"]
    assert "21000 m of running in commitments/race#1; law 3 allows at most 3630 m" in said_so.message
    assert "It is off by 17370 m because of commitments alone" in said_so.message
    assert said_so.margin_m == -17_370
    assert runs(plan.weeks[1]) == [run], "the plan's own runs fall away in a week that holds too much without them"
    after = plan.weeks[2]
    assert after.run_m <= 3630 * 11 // 10
    assert max(s.run_m for s in own(plan)) < 4000


def test_own_runs_shrink_before_it_as_well_as_after() -> None:
    friday = Commitment(name="Friday run", km=Decimal(7), on="fri")
    plan = drawn(running=NINE, commitments=(friday,), weeks=1)
    assert sum(s.run_m for s in own(plan)) <= 9900 - 7000
    assert own(plan)
    assert warned(plan) == {("law-3", "2027-01-08")}


def test_two_on_neighbouring_days_are_said_and_nothing_else_gives_way() -> None:
    plain = drawn(Tiny(sessions=(LIFT,)), running=NINE, weeks=1)
    near = (CLUB, Commitment(name="Wednesday run", km=Decimal(2), on="wed"))
    plan = drawn(Tiny(sessions=(LIFT,)), running=NINE, commitments=near, weeks=1)
    assert warned(plan) == {("law-6", "2027-01-06")}
    assert [s.date for s in standing(plan)] == [day(1), day(2)]
    assert len(lifts(plan)) == len(lifts(plain)) == 3


LIFT = exercise("lift", tags=("strength",), times_per_week=3, importance=(60,))


def lifts(plan: Plan) -> list[Session]:
    return [s for s in plan.sessions if s.key == "lift"]


def every_day(*days: str) -> tuple[Commitment, ...]:
    return tuple(Commitment(name=f"On {day}", km=Decimal("0.5"), on=day) for day in days)


def test_six_days_leave_the_seventh_to_rest_and_seven_are_said() -> None:
    six = drawn(Tiny(sessions=(LIFT,)), running=NINE, commitments=every_day("mon", "tue", "wed", "thu", "fri", "sat"), weeks=1)
    loaded = {s.date for s in six.sessions if LOAD_TAGS & set(s.tags)}
    assert loaded == {day(n) for n in range(6)}
    assert {law for law, _ in warned(six)} == {"law-6"}
    seven = drawn(Tiny(sessions=(LIFT,)), running=NINE, commitments=every_day("mon", "tue", "wed", "thu", "fri", "sat", "sun"), weeks=1)
    assert len(standing(seven)) == 7
    assert ("law-6", "week 1") in warned(seven)


@pytest.mark.parametrize(("weekday", "free"), [*((n, (n,)) for n in range(5)), (5, (4, 5)), (6, (5, 6))])
def test_strength_keeps_away_from_a_race_and_at_the_weekend_from_the_day_before_it(weekday: int, free: tuple[int, ...]) -> None:
    plan = drawn(Tiny(sessions=(LIFT,)), running=NINE, commitments=(race(3, 7 + weekday),), weeks=2)
    taken = {s.date for s in lifts(plan)}
    assert len(taken) == 6
    assert taken.isdisjoint(day(7 + n) for n in free)


def test_a_club_run_longer_than_every_planned_run_counts_as_the_longest() -> None:
    long = evolve(CLUB, km=Decimal(6))
    plan = drawn(Tiny(sessions=(LIFT,)), running=NINE, commitments=(long,), weeks=2)
    assert day(0) not in {s.date for s in lifts(plan)}


def test_one_on_the_only_rest_day_left_is_no_reason_for_strength_there_too() -> None:
    near = every_day("tue", "wed")
    plan = drawn(Tiny(sessions=(exercise("lift", tags=("strength",), times_per_week=7),)), running=NINE, commitments=near, weeks=3)
    for week in plan.weeks:
        assert len({s.date for s in week.sessions if LOAD_TAGS & set(s.tags)}) <= 6


def test_it_stands_on_closed_days_and_outside_the_hours() -> None:
    closed = Availability(**{**SHUT, "sat": hours(600, 700)})
    at_six = Commitment(name="Club run", km=Decimal(1), on="tue", time=Window(start=1080, end=1140))
    plan = drawn(running=NINE, commitments=(at_six, Commitment(name="Thursday run", km=Decimal(1), on="thu")), availability=closed, weeks=1)
    club, thursday = standing(plan)
    assert (club.date, club.start and f"{club.start:%H:%M}", club.duration_s) == (day(1), "18:00", 3600)
    assert (thursday.date, thursday.start) == (day(3), None)


def test_what_comes_every_week_rests_while_away_and_a_race_abroad_does_not() -> None:
    away = Availability(away=(Absence(first=day(7), last=day(13)),))
    plan = drawn(running=NINE, commitments=(CLUB, race(2, 12)), availability=away, weeks=3)
    assert [(s.key, s.date) for s in standing(plan)] == [("club-run", day(1)), ("race", day(12)), ("club-run", day(15))]


def test_after_a_race_the_same_weekdays_are_not_held_to_what_it_left_of_them() -> None:
    plan = drawn(running=NINE, commitments=(race(7, 19),), weeks=5)
    squeezed, after = plan.weeks[2], plan.weeks[3]
    own_before = [s.run_m for s in runs(squeezed) if s.pillar != COMMITMENTS]
    assert len(own_before) == 2
    assert max(own_before) < 3000
    assert min(s.run_m for s in runs(after)) > 2600
    assert 100 * after.run_m >= 97 * after.ceiling_run_m


def test_a_weekly_run_that_fills_its_week_does_not_stop_growth() -> None:
    three = {**NINE, "recent_weeks_km": kms("3", "3", "3", "3")}
    plan = drawn(running=three, commitments=(CLUB,), weeks=16)
    assert plan.weeks[-1].run_m > 6000


def test_few_runs_are_made_of_what_is_left_and_the_plan_says_so() -> None:
    plan = drawn(running=NINE, commitments=(Commitment(name="Club run", km=Decimal("8.5"), on="tue"),), weeks=1)
    (run,) = own(plan)
    assert run.run_m <= 1400
    assert said(plan, "left-out") == ["week 1: 1 of 2 runs left out: the week's commitments leave too little for them."]


def test_others_leave_it_its_hours() -> None:
    tuesday = Availability(**{**SHUT, "tue": hours(1080, 1200)})
    half = Commitment(name="Club run", km=Decimal(1), on="tue", time=Window(start=1080, end=1140))
    plan = drawn(
        Tiny(sessions=(exercise("lift", seconds=2400, tags=("strength",)),)), running=NINE, commitments=(half,), availability=tuesday
    )
    (lift, *_) = lifts(plan)
    assert (lift.date, lift.start and f"{lift.start:%H:%M}") == (day(1), "19:00")


@pytest.mark.parametrize(("minutes", "start"), [(25, "19:30"), (40, None)])
def test_strength_comes_after_an_evening_run_although_the_hours_before_it_are_free(minutes: int, start: str | None) -> None:
    wednesday = (*hours(420, 480), *hours(1080, 1200))
    club = Commitment(name="Club run", km=Decimal(2), on="wed", time=Window(start=1110, end=1170))
    lift = exercise("lift", seconds=60 * minutes, tags=("strength",))
    plan = drawn(Tiny(sessions=(lift,)), running=NINE, commitments=(club,), availability=Availability(**{**SHUT, "wed": wednesday}))
    assert [f"{s.start:%H:%M}" for s in lifts(plan)[:1] if s.start] == ([start] if start else [])
    assert {f"{s.start:%H:%M}" for s in standing(plan) if s.start} == {"18:30"}


def test_two_of_them_on_a_day_keep_their_times_and_others_come_after_both() -> None:
    morning = Commitment(name="School run", km=Decimal(1), on="wed", time=Window(start=420, end=450))
    evening = Commitment(name="Club run", km=Decimal(1), on="wed", time=Window(start=1080, end=1110))
    day_long = Availability(**{**SHUT, "wed": hours(400, 1200)})
    lift = exercise("lift", seconds=1800, tags=("strength",))
    plan = drawn(Tiny(sessions=(lift,)), running=NINE, commitments=(morning, evening), availability=day_long, weeks=1)
    assert [f"{s.start:%H:%M}" for s in standing(plan) if s.start] == ["07:00", "18:00"]
    assert [f"{s.start:%H:%M}" for s in lifts(plan) if s.start] == ["18:30"]


def test_an_untimed_one_uses_the_hours_there_are() -> None:
    plan = drawn(running=NINE, commitments=(CLUB,), availability=Availability(tue=hours(1080, 1200)), weeks=1)
    assert f"{standing(plan)[0].start:%H:%M}" == "18:00"


def test_an_opening_week_holds_no_more_beside_it() -> None:
    plan = drawn(commitments=(Commitment(name="Club run", km=Decimal(4), on="tue"),), weeks=3)
    assert plan.weeks[0].decision == "entry"
    assert sum(s.run_s for s in runs(plan.weeks[0]) if s.pillar != COMMITMENTS) <= 200
    assert ("law-4", "2027-01-05") in warned(plan)
    alone = drawn(commitments=(Commitment(name="Club run", km=Decimal(5), on="tue"),), weeks=1)
    assert own(alone) == []
    assert ("law-4", "week 1") in warned(alone)


def test_what_a_plugin_or_the_knee_allows_less_is_said_by_the_plan_itself() -> None:
    plan = drawn(Tiny(limits=(ceiling(1000, of="run-m"),)), running=NINE, commitments=(CLUB,), weeks=1)
    assert warned(plan) == set()
    (message,) = said(plan, "commitment")
    assert message.startswith("2027-01-05: Club run: 3.0 km is more than the 1.0 km allowed on this day: run-m at most 1000.")
    assert standing(plan)[0].ceiling_m == 1000


def test_the_number_of_runs_that_plugins_allow_counts_it() -> None:
    plan = drawn(Tiny(limits=(ceiling(2, of="runs"),)), running=NINE, commitments=(CLUB,), weeks=2)
    assert [len(runs(week)) for week in plan.weeks] == [2, 2]


def test_an_easy_race_after_three_clean_half_hours_is_no_break_of_law_seven() -> None:
    running = {"recent_weeks_km": kms("30", "30", "30", "30"), "longest_run_km": Decimal(11), "last_run": START - timedelta(days=2)}
    for n, broken in ((3, {("law-7", "2027-01-07")}), (24, set())):
        plan = drawn(template="continuous-build", running=running, commitments=(race(8, n),), weeks=5)
        assert warned(plan) == broken


def test_races_are_none_of_the_three_clean_half_hours() -> None:
    running = {"recent_weeks_km": kms("30", "30", "30", "30"), "longest_run_km": Decimal(11), "last_run": START - timedelta(days=2)}
    hills = RunProposal(key="hills", title="Hills", runs=(RunShape(share=100),), tags=("hills",), importance=(99,))
    races = tuple(Commitment(name=f"Race {n}", km=Decimal(6), kind="race", date=day(n)) for n in (0, 2, 4))
    plan = drawn(Tiny(runs=(hills,)), template="continuous-build", running=running, commitments=races, weeks=2)
    assert "week 2: tiny/hills left out: hills, strides and sprints wait for three clean runs of 30 minutes." in said(plan, "left-out")


def test_the_goal_is_the_plans_own_runs_and_no_race_reaches_it_early() -> None:
    plan = drawn(running={**NINE, "goal_minutes": 30}, commitments=(race(21, 10),), weeks=6)
    assert plan.goal.first_run is None
    assert plan.goal.every_run is None
    reached = drawn(running={**NINE, "goal_minutes": 20}, commitments=(Commitment(name="Club run", km=Decimal(1), on="tue"),), weeks=6)
    assert reached.goal.every_run is not None, "a short run with the club does not keep a goal away"


def test_an_override_moves_shortens_and_drops_it() -> None:
    asked = [
        Override(date=day(1), session="commitments/club-run#1", by="Kim", move=day(3)),
        Override(date=day(1), session="commitments/club-run#1", by="Kim", note="with the slow group"),
        Override(date=day(8), session="commitments/club-run#1", by="Kim", shorten=10),
        Override(date=day(15), session="commitments/club-run#1", by="Kim", drop=True),
    ]
    plan = drawn(running=NINE, commitments=(CLUB,), weeks=3, override=tuple(asked))
    moved, shorter = standing(plan)
    assert (moved.date, "Note from Kim: with the slow group" in moved.details) == (day(3), True)
    assert (shorter.date, shorter.run_s) == (day(8), 600)
    assert said(plan, "left-out") == ["week 3: Club run left out: Kim asked for it."]
    assert said(plan, "override") == []
    usual = drawn(running=NINE, commitments=(CLUB,), weeks=3)
    assert uids(plan)(moved) == uids(usual)(standing(usual)[0]), "a session that moves is the same event"


def test_no_plugin_is_called_commitments() -> None:
    with pytest.raises(PluginError, match=r"its name is commitments, which is kept for the athlete's own \[\[commitments\]\]"):
        Host.of(Tiny(name=COMMITMENTS))


def test_names_in_any_letters_have_keys_of_their_own() -> None:
    names = ("Клуб", "Забег", "Läufe!")
    plan = drawn(running=NINE, commitments=tuple(Commitment(name=name, km=Decimal(1), date=day(2 * n)) for n, name in enumerate(names)))
    keys = [s.key for s in standing(plan)]
    assert len(set(keys)) == 3
    assert keys[2] == "laufe"
    assert all(key.isascii() for key in keys)
