"""The bundled programmes: as published where they are published, and checked as strictly as anybody's own."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from attrs import evolve

import planner_templates
from planner.athlete import Athlete, Knee, Running, Screening
from planner.briefing import make_brief
from planner.engine import build_plan
from planner.host import Host
from planner.quantities import metres_run
from planner_pillars import assessment, progression

PROGRAMMES = {template.name: template for template in planner_templates.planner_templates()}
LADDERS = [t for t in PROGRAMMES.values() if t.kind == "ladder"]
RUN_PACE, WALK_PACE = 360, 600
"""Seconds per kilometre at which programmes in metres are told in seconds."""

COUCH_TO_5K = {
    "W1": [(1, 1.5)] * 8,
    "W2": [(1.5, 2)] * 5 + [(1.5, 1)],
    "W3": [(1.5, 1.5), (3, 3)] * 2,
    "W4": [(3, 1.5), (5, 2.5), (3, 1.5), (5, 0)],
    "W5R1": [(5, 3), (5, 3), (5, 0)],
    "W5R2": [(8, 5), (8, 0)],
    "W5R3": [(20, 0)],
    "W6R1": [(5, 3), (8, 3), (5, 0)],
    "W6R2": [(10, 3), (10, 0)],
    "W6R3 and W7": [(25, 0)],
    "W8": [(28, 0)],
    "W9": [(30, 0)],
}
"""NHS, in minutes: each session's (run, walk) in turn."""
EQUAL_IN_THE_SOURCE = {"W1", "W5R1", "W5R2", "W5R3", "W6R2", "W6R3 and W7", "W8", "W9"}

DELAWARE = {
    "L1": [(100, 100)] * 16,
    "L2": [(300, 100), (100, 100), (100, 100)] * 4,
    "L3": [(300, 100)] * 8,
    "L4": [(700, 100)] * 4,
    "L5": [(3200, 0)],
    "L6": [(4000, 0)],
    "L7": [(4800, 0)],
}
"""Capin and Snyder-Mackler 2018, Table 4, track, in metres."""

SOLDIERS = {"P1": (3, 2, 1609.3), "P2": (3, 2, 2414.0), "P3": (4, 2, 2414.0), "P4": (4, 2, 3218.7), "P5": (4, 1, 3218.7)}
"""Trials 2023, Table 1: minutes of running and walking in turn until so many metres are covered; P6 is 3218.7 m without a walk."""


def test_these_programmes_are_there():
    assert sorted(PROGRAMMES) == ["continuous-build", "couch-to-5k", "delaware", "keep-running", "soldiers-knee", "walk-run"]
    assert planner_templates.planner_templates() is planner_templates.planner_templates()


@pytest.mark.parametrize("level", PROGRAMMES["couch-to-5k"].levels, ids=lambda level: level.label)
def test_couch_to_5k_as_published(level):
    session = COUCH_TO_5K[level.label]
    runs = [int(60 * run) for run, _ in session]
    assert level.total_s == sum(runs)
    assert level.run_s <= max(runs)
    if level.label in EQUAL_IN_THE_SOURCE:
        assert {level.run_s} == set(runs)
        assert {level.walk_s} == {int(60 * walk) for _, walk in session if walk} or level.walk_s == 0


def test_couch_to_5k_frame():
    template = PROGRAMMES["couch-to-5k"]
    assert [level.label for level in template.levels] == list(COUCH_TO_5K)
    assert (template.published_weeks, template.runs_per_week, template.run_gap_days, template.opening_s) == (9, 3, 2, 480)
    assert template.verified


@pytest.mark.parametrize("level", PROGRAMMES["delaware"].levels, ids=lambda level: level.label)
def test_delaware_as_published_at_the_stated_pace(level):
    runs, walks = [run for run, _ in DELAWARE[level.label]], [walk for _, walk in DELAWARE[level.label]]
    assert metres_run(level.total_s, RUN_PACE) == sum(runs)
    assert metres_run(level.walk_s * level.reps, WALK_PACE) == sum(walks)
    assert metres_run(level.run_s, RUN_PACE) <= max(runs)
    if len(set(runs)) == 1:
        assert metres_run(level.run_s, RUN_PACE) == runs[0]


def test_delaware_frame():
    template = PROGRAMMES["delaware"]
    assert [level.label for level in template.levels] == list(DELAWARE)
    assert (template.most_runs_per_week, template.run_gap_days, template.levels_per_week, template.clean_sessions) == (3, 2, 2, 1)
    assert template.verified


@pytest.mark.parametrize("level", PROGRAMMES["soldiers-knee"].levels, ids=lambda level: level.label)
def test_soldiers_knee_as_published_at_the_stated_pace(level):
    if level.label == "P6":
        assert (level.reps, level.walk_s) == (1, 0)
        assert metres_run(level.run_s, RUN_PACE) <= 3218.7 < metres_run(level.run_s + 1, RUN_PACE)
        return
    run, walk, cap = SOLDIERS[level.label]
    assert (level.run_s, level.walk_s) == (60 * run, 60 * walk)
    cycle = 1000 * level.run_s / RUN_PACE + 1000 * level.walk_s / WALK_PACE
    assert level.reps == round(cap / cycle)


def test_soldiers_knee_frame():
    template = PROGRAMMES["soldiers-knee"]
    assert [level.label for level in template.levels] == [*SOLDIERS, "P6"]
    assert (template.clean_sessions, template.runs_per_week, template.run_gap_days) == (2, 3, 2)
    assert template.verified


def test_walk_run_goes_from_a_minute_to_thirty_in_small_steps():
    template = PROGRAMMES["walk-run"]
    first, last = template.levels[0], template.levels[-1]
    assert (first.run_s, first.walk_s, first.total_s) == (60, 90, 480)
    assert (last.run_s, last.walk_s, last.reps) == (1800, 0, 1)
    assert template.shares == (100, 96, 92)
    assert template.clean_sessions == 2
    assert not template.verified
    for one, other in zip(template.levels, template.levels[1:], strict=False):
        assert other.run_s > one.run_s
        assert other.walk_s <= one.walk_s
        if other.walk_s:
            assert other.run_s * 2 <= one.run_s * 3, f"{one.label} to {other.label}: the stretch grows by more than half"


def test_keep_running_is_more_and_shorter_runs():
    """WR-08, WR-09, 4d."""
    template = PROGRAMMES["keep-running"]
    assert (template.kind, template.run_gap_days, template.close_run_s) == ("continuous", 1, 1200)
    assert (template.runs_per_week, template.most_runs_per_week) == (4, 5)
    assert (template.longest_run_s, template.reduced_weeks, template.reduced_percent, template.clean_weeks) == (1500, 2, 80, 2)
    assert [(level.run_s, level.walk_s) for level in template.levels] == [(240, 60)]


def test_continuous_build_has_no_ladder():
    template = PROGRAMMES["continuous-build"]
    assert (template.kind, template.levels, template.run_gap_days) == ("continuous", (), 2)
    assert not template.verified


@pytest.mark.parametrize("template", LADDERS, ids=lambda t: t.name)
def test_every_ladder_keeps_the_house_rules(template):
    assert template.rpe <= 4
    assert template.run_gap_days == 2
    assert template.levels_per_week <= 2
    assert template.opening_s <= 600
    assert all(level.walk_s or level.reps == 1 for level in template.levels)
    assert len({level.label for level in template.levels}) == len(template.levels)


@pytest.mark.parametrize("template", PROGRAMMES.values(), ids=lambda t: t.name)
def test_every_programme_says_whom_it_is_for_and_where_it_comes_from(template):
    assert template.summary.startswith("For ")
    assert template.source
    banned = r"\b(cure|permanent|safe|guaranteed|prevents?|lawful)\b"
    assert re.search(banned, f"{template.title} {template.summary} {template.source}", re.IGNORECASE) is None


RUNS = {"recent_weeks_km": (Decimal(15),) * 4, "longest_run_km": Decimal(5), "last_run": date(2027, 1, 2)}


@pytest.mark.parametrize("template", PROGRAMMES.values(), ids=lambda t: t.name)
def test_every_programme_makes_a_plan(template):
    running = Running(easy_pace=400, **(RUNS if template.kind == "continuous" else {"last_run": date(2026, 12, 1)}))
    knee = Knee(
        site="kneecap", sore_with=("stairs",), pain_walk_30=0, pain_stairs=1, stairs_days_clean=3, pain_next_morning=0, pain_run_worst=1
    )
    screening = Screening(answered=date(2027, 1, 2), red_flags=())
    athlete = Athlete(id="ana", start=date(2027, 1, 4), weeks=8, running=running, knee=knee, screening=screening, template=template.name)
    brief = make_brief(athlete, template, as_of=date(2027, 1, 2), issued=datetime(2027, 1, 2, tzinfo=UTC))
    plan = build_plan(brief, Host.of(assessment, progression, planner_templates))
    assert len(plan.weeks) == 8
    assert all(week.run_s for week in plan.weeks)
    assert plan.weeks[-1].run_m >= plan.weeks[0].run_m
    unanswered = evolve(brief, athlete=evolve(athlete, screening=Screening()))
    waiting = build_plan(unanswered, Host.of(assessment, progression, planner_templates))
    assert [week.run_s for week in waiting.weeks] == [0, 0]
    assert {week.stage for week in waiting.weeks} == {"pre-run"}
