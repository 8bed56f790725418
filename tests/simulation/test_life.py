"""The closed loop between plans and a simulated life."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from attrs import evolve

from planner.athlete import Absence
from planner.errors import AuditError, InputError
from planner.findings import Finding
from planner.simulation import life as life_module
from planner.simulation.kinds import SORE, draw_runner
from planner.simulation.runner import Habits, Holiday, Tolerance
from tests.simulation.lives import KEEPS, MUCH, NOTHING, SOME, TEMPLATES, lived, plans_of, runner_of

EAGER = Habits(least_percent=130, most_percent=130, heeds=False)


@pytest.mark.parametrize(
    ("template", "start", "weeks"),
    [("walk-run", SOME, 8), ("couch-to-5k", NOTHING, 8), ("continuous-build", MUCH, 3), ("keep-running", KEEPS, 5)],
)
@pytest.mark.parametrize("habits", [Habits(), Habits(telling="running"), Habits(plans_every=5, names=False)])
def test_who_does_as_planned_and_feels_nothing_reaches_the_goal_in_the_plans_own_week(
    template: str, start: object, weeks: int, habits: Habits
) -> None:
    loop, plans = plans_of(runner_of(template, start=start, weeks=weeks, habits=habits))
    life = loop.life()
    assert plans[0].goal.foreseen is not None
    assert plans[0].goal.foreseen <= weeks
    assert life.goal_week == plans[0].goal.foreseen
    assert (life.missed, life.over, life.regressions, life.faults) == (0, 0, 0, ())
    assert life.plans == len(plans)
    assert [week.run_m for week in plans[-1].weeks] == [week.done_run_m for week in plans[-1].weeks]


def test_who_does_more_is_never_measured_by_it() -> None:
    loop, plans = plans_of(runner_of("walk-run", weeks=6, habits=EAGER))
    assert loop.life().over >= 12
    growth = plans[-1].reading.growth
    for plan in plans:
        done = [done for done in plan.history if done.run_m and done.date >= plan.start and not done.estimated]
        assert all(d.allowed_m is not None for d in done)
        for week in plan.weeks:
            ahead = [s for s in week.sessions if s.run_s and s.date >= plan.as_of]
            allowed = [min(d.run_m, d.allowed_m or 0) for d in done if 0 < (week.start - d.date).days <= 7]
            if week.start == plan.as_of and allowed and week.number > 1:
                planned = next(w for w in plan.weeks if w.number == week.number - 1)
                counted = min(sum(allowed), planned.ceiling_run_m)
                assert week.run_m <= counted * (1 + growth)
            longest = max((min(d.run_m, d.allowed_m or 0) for d in done), default=0)
            before = max(d.longest_m or d.run_m for d in plan.history if d.date < plan.start)
            if week.start == plan.as_of:
                assert all(s.run_m <= max(longest, before) * (1 + growth) for s in ahead)


@pytest.mark.parametrize("number", [2, 3, 6, 7, 10])
def test_what_was_allowed_stays_what_it_was_however_the_log_goes_on(number: int) -> None:
    drawn = draw_runner(11, number, 5, list(TEMPLATES.values()))
    first_said: dict[date, int | None] = {}
    _, plans = plans_of(drawn)
    for plan in plans:
        past = [done for done in plan.history if done.run_m and plan.start <= done.date < plan.as_of]
        assert all(first_said.setdefault(done.date, done.allowed_m) == done.allowed_m for done in past)
    assert first_said


def test_who_does_more_gets_no_further_than_who_does_as_planned() -> None:
    steady, eager = (lived(runner_of("walk-run", weeks=5, habits=habits)).plan for habits in (Habits(), EAGER))
    assert steady is not None
    assert eager is not None
    assert all(more.run_m <= usual.run_m for more, usual in zip(eager.weeks, steady.weeks, strict=True))


def test_runs_that_are_left_out_are_missed_and_a_late_one_is_not() -> None:
    nobody = lived(runner_of(weeks=2, habits=Habits(skips=100)))
    assert (nobody.life().done, nobody.days.rows) == (0, [])
    assert nobody.life().missed >= 4
    late, plans = plans_of(runner_of(weeks=2, habits=Habits(moves=100)))
    planned = {run.date for run in plans[0].sessions if run.run_s}
    assert (late.life().missed, late.life().faults) == (0, ())
    assert {row.date - timedelta(days=1) for row in late.days.rows[:3]} < planned


def test_a_sore_knee_makes_plans_step_back() -> None:
    lives = [lived(runner_of(weeks=6, knee=knee, habits=EAGER, seen_after=None)).life() for knee in (Tolerance(), SORE)]
    assert lives[0].regressions + lives[0].stops + lives[0].referrals == 0
    assert lives[1].regressions + lives[1].stops + lives[1].referrals > 0


def test_answers_that_are_not_written_hold() -> None:
    for answers in ("none", "no mornings"):
        loop = lived(runner_of(weeks=4, habits=Habits(answers=answers)))
        assert loop.life().holds >= 2
        assert all(row.pain_next_morning is None for row in loop.days.rows)
    assert lived(runner_of(weeks=4)).life().holds == 0


def test_the_evenings_plan_sees_the_run_and_not_the_morning_after() -> None:
    seen = []

    def spy(brief: object, host: object) -> object:
        seen.append((brief.as_of, brief.log))  # type: ignore[attr-defined]
        return build(brief, host)

    build, life_module.build_plan = life_module.build_plan, spy
    try:
        lived(runner_of(weeks=3, habits=Habits(in_evening=True, plans_every=1)))
    finally:
        life_module.build_plan = build
    today = [log[-1] for as_of, log in seen if log and log[-1].date == as_of]
    assert today
    assert all(row.pain_during == 0 and row.pain_next_morning is None for row in today)
    assert all(row.date <= as_of for as_of, log in seen for row in log)
    assert all(row.pain_next_morning == 0 for as_of, log in seen for row in log if row.date < as_of)


@pytest.mark.parametrize("told", [-10, 1, None])
def test_nobody_runs_on_holiday_and_the_plan_knows_once_it_is_told(told: int | None) -> None:
    runner = runner_of(weeks=4)
    first = runner.athlete.start + timedelta(days=9)
    away = Absence(first=first, last=first + timedelta(days=8))
    declared = None if told is None else first + timedelta(days=told)
    loop = lived(evolve(runner, holidays=(Holiday(away=away, declared=declared),)))
    assert not [row for row in loop.days.rows if away.first <= row.date <= away.last]
    assert loop.life().faults == ()
    assert loop.plan is not None
    known = [s for s in loop.plan.sessions if s.run_s and away.first <= s.date <= away.last]
    assert bool(known) == (told is None)
    assert bool(loop.life().missed) == (told is None or told > 0)


FLARING = Tolerance(flares_percent=100, flare=80, heals_percent=100)


def test_a_stop_ends_the_story_or_is_lifted_once() -> None:
    ends = lived(runner_of(weeks=6, knee=FLARING, seen_after=None))
    assert ends.life().stops == 1
    assert ends.life().faults == ()
    assert ends.life().goal_week is None
    longer = lived(runner_of(weeks=6, knee=FLARING, seen_after=5))
    assert longer.life().faults == ()
    assert longer.days.rows[-1].date > ends.days.rows[-1].date
    assert longer.life().stops == 2


def test_a_law_that_the_engine_breaks_is_a_fault_and_the_life_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.laws.grown", lambda metres, _: 2 * metres)
    life = lived(runner_of(weeks=2)).life()
    assert {fault.trouble for fault in life.faults} == {"law"}
    assert life.plans + len(life.faults) == 3
    assert "law 1 allows at most" in life.faults[0].words


def test_what_the_audit_finds_on_a_plan_that_was_returned_is_a_fault_too(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Finding(rule="law-3", severity="error", message="far too long", where="2027-01-04")
    monkeypatch.setattr(life_module, "audit", lambda _: (broken, evolve(broken, severity="warning", message="a little too long")))
    life = lived(runner_of(weeks=1)).life()
    assert [(fault.trouble, fault.words) for fault in life.faults] == [("law", "2027-01-04: far too long")] * 2


@pytest.mark.parametrize(
    ("error", "trouble", "words"),
    [
        (InputError("log", "found a"), "refused", "log: found a."),
        (AuditError(["a", "b"]), "law", "a; b"),
        (KeyError("x"), "bug", "KeyError: 'x' (test_life.py, line "),
    ],
)
def test_whatever_planning_meets_is_a_fault(error: Exception, trouble: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(life_module, "build_plan", fail)
    life = lived(runner_of(weeks=1)).life()
    assert [fault.trouble for fault in life.faults] == [trouble] * 2
    assert life.faults[0].words.startswith(words)
    assert (life.plans, life.done) == (0, 0)
