"""Progression's runs: levels, one new level at a time, and three doses, of which AMBER is always less than GREEN."""

import re
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from types import SimpleNamespace

import pytest
from attrs import evolve
from helpers import brief
from helpers import week as week_view
from planned_runs import TEMPLATES, clock_of, kms, plan_of
from tests.properties import strategies as some

from planner import Entry, Host, Level, build_plan
from planner.athlete import Absence, Athlete, Availability, Running
from planner.athlete import Progression as Wishes
from planner.briefing import make_brief
from planner.steps import Group, each_step
from planner.week_view import Room
from planner_pillars import doses, progression

ONE_RUN = Room(week_m=6000, run_m=2500, run_s=1500, runs=1, bound_by="weekly")


def runs(plan):
    return [s for s in plan.sessions if s.run_s]


def stretch_of(session):
    return max(step.seconds for step in each_step(session.steps) if step.kind == "run")


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_steps_between_levels_lie_between_them(name):
    ladder = progression.rungs(TEMPLATES[name])
    stretches = [level.run_s for level in ladder]
    assert stretches == sorted(stretches)
    if len(ladder) > 1:
        assert all(2 * high <= 3 * low or high - low <= 30 for low, high in pairwise(stretches))
        assert stretches[-1] == max(level.run_s for level in TEMPLATES[name].levels)


def test_a_step_between_never_passes_the_level_above():
    template = evolve(TEMPLATES["delaware"], levels=(Level(run_s=36, walk_s=60, reps=16), Level(run_s=60, walk_s=60, reps=16)))
    assert [level.run_s for level in progression.rungs(template)] == [36, 51, 60]


def test_from_nothing_the_first_level_is_the_first_rung_and_each_week_brings_one_new_at_most():
    plan = plan_of(weeks=18)
    assert stretch_of(runs(plan)[0]) <= 60
    for week in plan.weeks:
        assert sum("new-level" in s.tags for s in week.sessions) <= 1
        assert all("long-run" in s.tags for s in week.sessions if "new-level" in s.tags)
    assert stretch_of(runs(plan)[-1]) == 1800


AMBER_CASES = [("walk-run", {}), ("walk-run", kms("6")), ("keep-running", kms("15")), ("continuous-build", kms("30"))]


@pytest.mark.parametrize(("template", "running"), AMBER_CASES)
def test_amber_is_always_less_than_green(template, running):
    for session in runs(plan_of(template, weeks=14, **running)):
        amber = next(step.text for step in each_step(session.steps) if step.text.startswith("AMBER"))
        assert amber_seconds(amber) < session.run_s, (session.date, amber)


def amber_seconds(text):
    """The running that an AMBER line asks for, read from its words."""
    if "no running" in text:
        return 0
    if "in all" in text:
        return clock_of(text.split("running, ")[1].split(" in all")[0])
    total = 0
    times = re.match(r".*?: (?:(\d+) x )?run ([\d:]+ (?:min|s))", text)
    total += int(times[1] or 1) * clock_of(times[2])
    more = re.search(r"then run ([\d:]+ (?:min|s))", text)
    return total + (clock_of(more[1]) if more else 0)


def test_the_dose_is_written_out_in_stretches():
    plan = plan_of(weeks=4)
    ambers = [step.text for s in plan.weeks[2].sessions if s.run_s for step in each_step(s.steps) if step.text.startswith("AMBER")]
    assert all(" x run " in amber for amber in ambers)
    assert any(isinstance(step, Group) for s in plan.weeks[2].sessions for step in s.steps)


def test_the_weekly_check_stands_on_each_week_after_a_run_and_rest_days_are_seen():
    plan = plan_of(weeks=3)
    checks = [s.date for s in plan.sessions if s.key == "weekly-check"]
    assert checks == [plan.weeks[1].start, plan.weeks[2].start]
    rests = [s for s in plan.sessions if s.key == "rest-day"]
    assert len(rests) == 3 * 4
    assert all(s.transparent and s.start is None for s in rests)


def test_more_running_than_the_ladder_ends_in_one_stretch():
    plan = plan_of(weeks=14, **kms("18"), goal_week_km=Decimal(24))
    assert all(not s.walk_s for s in plan.weeks[-1].sessions if s.run_s)


def logged(*rows, day, weeks=6, **running):
    athlete = Athlete(id="a", start=some.START, weeks=weeks, running=Running(easy_pace=400, **running), progression=Wishes())
    on = some.START + timedelta(days=day)
    return build_plan(make_brief(athlete, TEMPLATES["walk-run"], as_of=on, issued=some.ISSUED, log=rows), Host.of(progression))


def done(plan, week, *, missed=(), **said):
    """Rows for the runs of a week of a plan, well taken unless something else is said, but those that were `missed`."""
    well = {"pain_before": 0, "pain_during": 1, "pain_after": 0, "pain_next_morning": 0} | said
    ran = [s for s in plan.weeks[week - 1].sessions if s.run_s and not missed_by(s, missed)]
    return [Entry(date=s.date, session=s.id, run_m=s.run_m, foot_m=s.foot_m, **well) for s in ran]


def missed_by(session, missed):
    return any(tag in session.tags for tag in missed)


def checks(plan):
    return [(s.title, s.details) for s in plan.sessions if s.key == "weekly-check"]


def test_a_log_answers_the_weekly_check_of_weeks_that_have_begun():
    plan = logged(day=0)
    assert {title for title, _ in checks(plan)} == {"Weekly check: was last week clean?"}
    clean = checks(logged(*done(plan, 1), day=7))
    assert clean[0][0] == "Weekly check: your log has answered"
    assert "nothing in the last runs holds it back" in clean[0][1]
    assert {title for title, _ in clean[1:]} == {"Weekly check: was last week clean?"}
    sore = checks(logged(*done(plan, 1, pain_during=4), day=7))
    assert "Your log decided this week: a step back." in sore[0][1] or "Your log decided this week: no running." in sore[0][1]
    open_ = checks(logged(*done(plan, 1, pain_next_morning=None), day=7))
    assert "the same load once more" in open_[0][1] or "no running" in open_[0][1]


def test_a_run_that_was_missed_is_no_level_reached_and_no_dose_to_go_back_to():
    plan = logged(day=0, **kms("6"))
    week = next(w.number for w in plan.weeks if any("new-level" in s.tags for s in w.sessions))
    before = [row for number in range(1, week) for row in done(plan, number)]
    missed = logged(*before, *done(plan, week, missed=("new-level",)), day=7 * week, **kms("6"))
    followed = logged(*before, *done(plan, week), day=7 * week, **kms("6"))
    assert level_of(followed.weeks[week]) == level_of(followed.weeks[week - 1]) + 1
    assert level_of(missed.weeks[week]) == level_of(missed.weeks[week - 1])


def test_missed_runs_are_no_clean_ones_at_a_level():
    plan = logged(day=0, **kms("6"))
    view = week_view(2, decision="progress", room=ONE_RUN, earlier=plan.weeks[:1])
    template = evolve(TEMPLATES["walk-run"], clean_sessions=3)
    ladder = progression.rungs(template)
    reached = progression.rung_to_go_on_from(ladder, view)
    assert progression.rung_for(ladder, 9000, reached, view, template) == reached + 1
    missed = [evolve(s, status="missed") if s.run_s and s.ordinal > 1 else s for s in plan.weeks[0].sessions]
    view = evolve(view, earlier=(evolve(plan.weeks[0], sessions=tuple(missed)),))
    assert progression.rung_for(ladder, 9000, reached, view, template) == reached


def test_amber_is_no_run_that_was_missed():
    plan = logged(day=0, **kms("6"))
    view, run = SimpleNamespace(decision="progress", earlier=plan.weeks[:2]), SimpleNamespace(ordinal=1, run_s=1800, longest_stretch_s=1800)
    second = doses.lighter_dose(view, run)
    missed = [evolve(s, status="missed") if s.run_s else s for s in plan.weeks[1].sessions]
    view.earlier = (plan.weeks[0], evolve(plan.weeks[1], sessions=tuple(missed)))
    first = doses.lighter_dose(view, run)
    assert amber_seconds(f"AMBER: {first}") < amber_seconds(f"AMBER: {second}")


def level_of(week):
    return max(int(tag[6:]) for s in week.sessions for tag in s.tags if tag.startswith("level-") and "new-level" not in s.tags)


def gate_lines(plan):
    return next(s for s in plan.sessions if s.key == "weekly-check").details.splitlines()


GATE = (
    ("3a row 1", "A safety sign", "as soon as that sign's line says"),
    ("3a row 3", "twice within 14 days", "until a doctor or physiotherapist has seen you, within days"),
    (
        "3a row 2",
        "Above 5, a limp or new swelling once",
        "two days without running, and until the knee is as it was, then two steps easier",
    ),
    ("3a rows 4 and 5", "3 or more before a run, or worse the next morning", "two days without running, then one step easier"),
    ("3a row 6", "3-5 while running", "a day without running, then one step easier"),
    ("3a rows 7 and 7b", "Not settled within an hour, or creeping up", "a day without running, then the same doses once more"),
    ("3a row 8, MED-01", "A painkiller, or an answer that you do not have", "the same doses once more"),
    ("3a row 10", "None of these", "this week as it stands"),
)


def test_the_weekly_check_says_what_the_decision_table_says_in_its_order():
    said = gate_lines(plan_of(weeks=3))
    places = [next(n for n, line in enumerate(said) if condition in line) for _, condition, _ in GATE]
    assert places == sorted(places)
    for (row, _, outcome), place in zip(GATE, places, strict=True):
        assert outcome in said[place], row
    answers = next(line for line in said if "answer that you do not have" in line)
    assert not re.search("physiotherapist|easier|days", answers), "two forgotten mornings are no referral"


def longest_of_amber(text):
    """The longest stretch that an AMBER line asks for by its words, in seconds; half of today's in today's stretches is no longer."""
    if "in all" in text or "no running" in text:
        return 0
    return max(clock_of(time) for time in re.findall(r"run ([\d:]+ (?:min|s))", text))


AWAY = Availability(away=(Absence(first=date(2027, 2, 8), last=date(2027, 2, 14)),))


@pytest.mark.parametrize(("template", "running"), AMBER_CASES)
@pytest.mark.parametrize("availability", [Availability(), AWAY], ids=["home", "away"])
def test_amber_has_no_longer_stretch_than_green(template, running, availability):
    for session in runs(plan_of(template, weeks=16, of_athlete={"availability": availability}, **running)):
        amber = next(step.text for step in each_step(session.steps) if step.text.startswith("AMBER"))
        assert longest_of_amber(amber) <= stretch_of(session), (session.date, amber)


def test_half_of_todays_running_is_in_stretches_no_longer_than_todays():
    view = SimpleNamespace(decision="progress", earlier=())
    said = doses.lighter_dose(view, SimpleNamespace(ordinal=1, run_s=480, longest_stretch_s=60))
    assert said == "half of today's running, 4 min in all, in stretches no longer than today's"
    whole = doses.lighter_dose(view, SimpleNamespace(ordinal=1, run_s=480, longest_stretch_s=480))
    assert whole == "half of today's running, 4 min in all, with walks as you need them"


def checks_by_week(plan):
    return {week.number: [s for s in week.sessions if s.key == "weekly-check"] for week in plan.weeks}


def test_after_weeks_away_the_weekly_check_asks_of_the_last_week_with_runs_and_names_it():
    away = Availability(away=(Absence(first=some.START + timedelta(days=14), last=some.START + timedelta(days=27)),))
    plan = plan_of(weeks=6, of_athlete={"availability": away}, **kms("6"))
    assert [week.run_s > 0 for week in plan.weeks] == [True, True, False, False, True, True]
    found = checks_by_week(plan)
    assert [len(found[number]) for number in range(1, 7)] == [0, 1, 0, 0, 1, 1]
    assert found[2][0].details.startswith("Look back at last week's runs. ")
    late = found[5][0]
    assert late.title == "Weekly check: were your last runs clean?"
    assert late.details.startswith(f"Last week had no runs: look back at those of the week from {plan.weeks[1].start}. ")
    assert found[6][0].title == "Weekly check: was last week clean?"


@pytest.mark.parametrize(("template", "running"), AMBER_CASES)
def test_only_a_run_with_a_walk_in_it_is_called_a_walk_run(template, running):
    for session in runs(plan_of(template, weeks=14, of_athlete={"availability": AWAY}, **running)):
        assert session.title.startswith("Walk-run: " if session.walk_s else "Easy run: "), (session.date, session.title)


def test_the_words_on_hills_say_when_the_gate_opens():
    (proposal,) = progression.planner_runs(brief(), week_view(), progression.Settings())
    assert "until you have had three clean runs of 30 minutes without a walk; then at most one of them is new in a week" in proposal.details
