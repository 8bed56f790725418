"""Whole plans: from nothing, from a history, up to the goal, and always accepted by the audit."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise, permutations

import pytest
from attrs import evolve

from planner import Finding, Host, build_plan
from planner.athlete import Progression
from planner.errors import AuditError, InputError, PluginError, StopError
from planner.model import Goal
from planner.quantities import grown
from planner_pillars import progression
from tests.engine.drawn import NINE, drawn, kms, plan_of, runs, said
from tests.tiny_plugins import START, TEMPLATES, Tiny, brief_of, ceiling, exercise, module, run_proposal, with_pillars


def test_from_nothing_the_first_week_is_the_opening_dose() -> None:
    week = drawn().weeks[0]
    assert (week.number, week.start, week.stage, week.decision, week.bound_by) == (1, START, "ladder", "entry", "entry")
    assert max(s.run_s for s in runs(week)) == 600
    assert all(s.run_s <= 600 and s.run_m <= s.ceiling_m <= 1500 and s.bound_by == "entry" for s in runs(week))
    assert (len(runs(week)), week.ceiling_run_m, week.ceiling_foot_m, week.done_run_m) == (3, 4500, None, None)
    assert "ENT-12" in {why.source for s in runs(week) for why in s.why}


def test_sums_of_a_week_are_those_of_its_sessions() -> None:
    for week in drawn(weeks=8).weeks:
        assert week.run_s == sum(s.run_s for s in week.sessions)
        assert week.run_m == sum(s.run_m for s in week.sessions) <= week.ceiling_run_m
        assert week.foot_m == sum(s.foot_m for s in week.sessions)
        assert all(week.start <= s.date <= week.last_day and s.week == week.number for s in week.sessions)


def test_weeks_follow_each_other_and_grow_by_a_tenth_at_most_on_days_apart() -> None:
    plan = drawn(weeks=20)
    assert [w.number for w in plan.weeks] == list(range(1, 21))
    assert [w.start for w in plan.weeks] == [START + timedelta(days=7 * n) for n in range(20)]
    for before, week in pairwise(plan.weeks):
        assert 10 * week.run_m <= 11 * before.run_m
        assert 10 * week.foot_m <= 11 * before.foot_m
        assert week.ceiling_run_m == (before.run_m if week.decision == "easy" else grown(before.run_m, Fraction(1, 10)))
    dates = [s.date for s in runs(plan)]
    assert all(other - one >= timedelta(days=2) for one, other in pairwise(dates))


def test_weekdays_stay_the_same_from_week_to_week() -> None:
    weekdays = {tuple(s.date.weekday() for s in runs(w)) for w in drawn(weeks=16).weeks}
    assert len(weekdays) == 1


def test_what_the_plan_says_about_itself() -> None:
    brief = brief_of(name="Ana", timezone="Europe/Berlin", units="mi", running=NINE)
    plan = plan_of(brief, Tiny())
    assert (plan.athlete_id, plan.athlete_name, plan.timezone, plan.units) == ("ana", "Ana", "Europe/Berlin", "mi")
    assert (plan.start, plan.as_of, plan.issued, plan.template) == (START, brief.as_of, brief.issued, "walk-run")
    assert (plan.reading, plan.history, [c.name for c in plan.plugins]) == (brief.reading, brief.history, ["progression", "tiny"])
    assert "not a diagnosis" in plan.disclaimer
    assert drawn().athlete_name == "ana"
    assert plan.sessions == tuple(s for w in plan.weeks for s in w.sessions)


def test_from_a_history_the_plan_goes_on_where_it_was() -> None:
    plan = drawn(running=NINE)
    week = plan.weeks[0]
    assert (week.decision, week.ceiling_run_m, week.bound_by) == ("progress", 9900, "weekly")
    assert 100 * week.run_m >= 97 * 9900
    assert [s.date.weekday() for s in runs(week)] == [d.date.weekday() for d in plan.history[-3:]]
    assert said(plan, "history-estimated") == ["What you ran before the start is estimated from recent_weeks_km, longest_run_km."]
    assert len(said(plan, "drawn-ahead")) == 1


def test_from_nothing_nothing_is_estimated() -> None:
    assert said(drawn(), "history-estimated") == []


def test_a_continuous_build_without_a_goal_holds_the_present_volume() -> None:
    plan = drawn(template="continuous-build", running={"recent_weeks_km": kms("20", "20", "20", "20")}, weeks=6)
    assert {w.stage for w in plan.weeks[1:]} == {"goal"}
    assert all(19_800 <= w.run_m <= 20_000 for w in plan.weeks)
    assert (plan.goal.week_m, plan.goal.every_run, plan.goal.foreseen) == (20_000, START, 1)
    assert all(not s.walk_s for s in runs(plan))


# Easy weeks


@pytest.mark.parametrize("every", [2, 3, 4, 5])
def test_every_so_manieth_week_from_the_first_hour_is_easy(every: int) -> None:
    plan = drawn(weeks=24, progression=Progression(easy_week_every=every))
    first_hour = next(w.number for w in plan.weeks if w.run_s >= 3600)
    assert first_hour > 1
    expected = [n for n in range(first_hour, 25) if (n - first_hour + 1) % every == 0]
    assert [w.number for w in plan.weeks if w.decision == "easy"] == expected
    for number in expected:
        before, easy = plan.weeks[number - 2 : number]
        assert easy.run_m <= easy.ceiling_run_m == before.run_m
        assert easy.bound_by == "easy-week"


def test_easy_weeks_can_be_left_out_and_count_from_week_1_where_it_holds_an_hour() -> None:
    assert all(w.decision != "easy" for w in drawn(weeks=20, progression=Progression(easy_week_every=0)).weeks)
    assert [w.number for w in drawn(weeks=9, running=NINE).weeks if w.decision == "easy"] == [4, 8]


# The goal


def test_the_dates_of_a_goal_are_those_of_its_runs() -> None:
    plan = drawn(weeks=18)
    whole = [s for s in runs(plan) if s.run_s >= 1800 and not s.walk_s]
    assert plan.goal.first_run == whole[0].date
    week = next(w for w in plan.weeks if all(s in whole for s in runs(w)))
    assert (plan.goal.every_run, plan.goal.foreseen) == (week.start, week.number)
    assert plan.goal.first_run < plan.goal.every_run
    assert all(s.run_s == 1800 for w in plan.weeks[week.number :] for s in runs(w))
    assert {w.stage for w in plan.weeks[: week.number]} == {"ladder"}
    assert {w.stage for w in plan.weeks[week.number :]} == {"goal"}
    assert said(plan, "goal-later") == []


def test_the_goal_comes_as_early_as_the_laws_let_it() -> None:
    plan = drawn(weeks=20)
    bound, factor = 0, Fraction(1)
    while factor * plan.weeks[0].run_s < 3 * 1800:
        bound, factor = bound + 1, factor * Fraction(11, 10)
    reached = plan.goal.foreseen or 99
    assert reached <= bound + sum(w.decision == "easy" for w in plan.weeks[:reached]) + 2


def test_a_goal_beyond_the_asked_weeks_names_the_week_that_would_reach_it() -> None:
    plan = drawn(weeks=6)
    foreseen = plan.goal.foreseen
    assert foreseen is not None
    assert foreseen > 6
    assert (plan.goal.first_run, plan.goal.every_run, len(plan.weeks)) == (None, None, 6)
    (sentence,) = said(plan, "goal-later")
    assert sentence.startswith("The goal, 30 minutes of running in every run, is not reached in these 6 weeks;")
    assert f"week {foreseen}, from {START + timedelta(days=7 * foreseen - 7)}. Write `weeks = {foreseen}` to plan that far." in sentence
    assert drawn(weeks=foreseen).goal.foreseen == foreseen
    assert drawn(weeks=foreseen).goal.every_run == START + timedelta(days=7 * foreseen - 7)


def test_a_goal_out_of_sight_says_so() -> None:
    plan = drawn(weeks=4, running=NINE, progression=Progression(growth=0))
    assert plan.goal.foreseen is None
    assert "it does not come within 60 weeks" in said(plan, "goal-later")[0]


def test_a_goal_in_kilometres_stops_the_growth_there() -> None:
    plan = drawn(weeks=8, running={**NINE, "goal_week_km": Decimal(11)})
    assert all(w.run_m <= 11_000 for w in plan.weeks)
    reached = next(w for w in plan.weeks if w.run_m >= 10_890)
    assert (plan.goal.every_run, plan.goal.foreseen, plan.goal.first_run) == (reached.start, reached.number, None)
    assert all(w.bound_by == "goal" for w in plan.weeks[reached.number :] if w.decision != "easy")


def test_a_goal_that_is_met_already_is_held() -> None:
    plan = drawn(weeks=4, running={**NINE, "goal_minutes": 10})
    assert plan.goal == Goal(minutes=10, first_run=runs(plan)[0].date, every_run=START, foreseen=1)
    assert all(9000 * 98 // 100 <= w.run_m <= 9000 for w in plan.weeks)


def test_a_template_that_the_laws_hold_back_says_by_how_much() -> None:
    published = evolve(TEMPLATES["walk-run"], published_weeks=9)
    plan = plan_of(brief_of(published))
    assert said(plan, "template-held-back") == [f"The 10% limit stretches Walk-run to 30 minutes from 9 to {plan.goal.foreseen} weeks."]
    (told,) = said(plan_of(brief_of(published, language="de")), "template-held-back")
    assert told.startswith("Die 10-%-Grenze dehnt das Programm „Gehen und Laufen bis 30 Minuten“ von 9 auf")
    assert said(plan_of(brief_of(evolve(published, published_weeks=40))), "template-held-back") == []
    assert said(plan_of(brief_of(published, running=NINE)), "template-held-back") == []


# Same plan, sound plan


def test_the_same_brief_gives_an_equal_plan_whatever_the_order_of_plugins() -> None:
    plugins = (
        progression,
        Tiny(name="a", limits=(ceiling(5000), ceiling(1900, "run-m")), sessions=(exercise("legs", times_per_week=3, tags=("strength",)),)),
        Tiny(name="b", limits=(ceiling(5000),), runs=(run_proposal(shares=(90,), importance=(85,)),), sessions=(exercise("legs"),)),
        Tiny(name="c", findings=(Finding(rule="r", severity="info", message="m"),), sessions=(exercise("walk"),)),
    )
    brief = brief_of(weeks=3, running=NINE)
    plans = [build_plan(brief, Host.of(*order)) for order in permutations(plugins)]
    assert all(plan == plans[0] for plan in plans)
    assert any(s.pillar == "b" and s.run_s for s in plans[0].sessions)


def test_a_plan_that_the_audit_refuses_does_not_leave_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    found = (
        Finding(rule="law-1", severity="error", where="week 2", message="12 m too many."),
        Finding(rule="law-2", severity="warning", message="fine"),
        Finding(rule="law-3", severity="error", where="2027-01-05", message="1 m too many."),
    )
    monkeypatch.setattr("planner.engine.audit", lambda plan: found)
    with pytest.raises(AuditError) as refused:
        drawn()
    assert refused.value.breaks == ("week 2: 12 m too many.", "2027-01-05: 1 m too many.")
    assert refused.value.exit_code == 70


def test_warnings_of_the_audit_and_words_of_plugins_stand_in_the_plan_worst_first(monkeypatch: pytest.MonkeyPatch) -> None:
    warning = Finding(rule="law-2", severity="warning", message="a little over", where="week 3")
    monkeypatch.setattr("planner.engine.audit", lambda plan: (warning,))
    said_before = Finding(rule="ENT-01", severity="info", message="screened")
    said_after = Finding(rule="after", severity="warning", message="seen")
    plan = drawn(Tiny(screening=(said_before,), findings=(said_after, said_after)))
    assert plan.findings[:2] == (evolve(said_after, by="tiny"), warning)
    assert evolve(said_before, by="tiny") in plan.findings
    assert len(plan.findings) == len(set(plan.findings))


def test_a_stop_ends_planning_before_anything_is_asked() -> None:
    def never() -> None:
        raise AssertionError

    stops = (Finding(rule="RED-02", severity="stop", message="See somebody today."), Finding(rule="x", severity="info", message="m"))
    with pytest.raises(StopError) as refused:
        drawn(
            Tiny(screening=stops), Tiny(name="b", screening=(evolve(stops[0], rule="RED-01"),)), module("c", limits=never, sessions=never)
        )
    assert refused.value.messages == ("RED-01: See somebody today.", "RED-02: See somebody today.")


def test_a_plugin_sees_the_finished_plan_and_may_refuse_it() -> None:
    seen = []

    def planner_findings(plan):
        seen.append(plan)
        return [Finding(rule="mine", severity="error", message="No.")]

    with pytest.raises(PluginError, match="refused the plan \\(mine\\): No"):
        drawn(module("judge", findings=planner_findings), weeks=2)
    assert len(seen[0].weeks) == 2
    assert {"drawn-ahead", "goal-later"} <= {f.rule for f in seen[0].findings}


def test_wrong_settings_of_a_pillar_are_refused_before_planning() -> None:
    with pytest.raises(InputError, match=r"pillars\.progression\.warm_up_minutes: found 2; expected from 3 to 20 min"):
        plan_of(with_pillars(brief_of(), progression={"warm_up_minutes": 2}))


def test_a_plan_may_start_on_any_weekday() -> None:
    brief = brief_of(weeks=3)
    sunday = evolve(brief, athlete=evolve(brief.athlete, start=date(2027, 1, 10)))
    plan = plan_of(sunday)
    assert [w.start for w in plan.weeks] == [date(2027, 1, 10), date(2027, 1, 17), date(2027, 1, 24)]
    assert all(len(runs(w)) == 3 for w in plan.weeks)
