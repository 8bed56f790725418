"""On a ladder a step easier is a level: what runs are left on after answers that take levels back, and in weeks that hold (evidence 3a)."""

import re
from datetime import timedelta
from functools import cache

import pytest
from helpers import week
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from planned_runs import TEMPLATES, clock_of, kms
from restarted import START, done, planned, runs_of

from planner.errors import StopError
from planner.response import Rolling, Terms
from planner.steps import each_step
from planner_pillars import progression
from planner_pillars.week_history import run_of

DAY = timedelta(days=1)
CLEAN, FLARE, SORE, MORNING, UNSETTLED = (0, 1, 0, 0), (0, 6, 0, 0), (0, 3, 0, 0), (0, 2, 0, 1), (0, 2, 1, 0)
UNANSWERED = (None, 1, None, None)
KMS = kms("5")
ASKED = ("pain_before", "pain_during", "pain_after", "pain_next_morning")
FELT = st.sampled_from([CLEAN] * 8 + [FLARE, SORE, MORNING, UNSETTLED, UNANSWERED])
SLOW = settings(max_examples=max(6, settings.default.max_examples // 20), deadline=None, suppress_health_check=list(HealthCheck))


def level_of(run):
    return next(int(tag[6:]) for tag in run.tags if tag.startswith("level-"))


def after(rows):
    """The plan on the day after the last row."""
    return planned(rows, (rows[-1].date - START).days + 1, weeks=8, **KMS)


def to_come(plan, rows):
    return [run for run in plan.sessions if run.run_s and (not rows or run.date > rows[-1].date)]


@cache
def lived(felt):
    """The runs done as each plan asked for them, with these answers, and the plan after the last one; None where the answers stop it."""
    if not felt:
        return (), (), planned((), 0, weeks=8, **KMS)
    rows, ran, plan = lived(felt[:-1])
    coming = to_come(plan, rows) if plan else []
    if not coming:
        return rows, ran, None
    rows = (*rows, done(coming[0], **dict(zip(ASKED, felt[-1], strict=True))))
    try:
        return rows, (*ran, coming[0]), after(rows)
    except StopError:
        return rows, (*ran, coming[0]), None


@pytest.mark.parametrize(("felt", "lost"), [(FLARE, 2), (SORE, 1), (MORNING, 1)])
@pytest.mark.parametrize("runs", [10, 11, 12], ids=["first", "second", "last"])
def test_every_run_after_one_that_hurt_is_levels_easier_until_steps_on_give_them_back(felt, lost, runs):
    rows, ran, plan = lived((*[CLEAN] * (runs - 1), felt))
    hurt = level_of(ran[-1])
    least = max(1, hurt - lost)
    following = [[level_of(run) for run in runs_of(plan, number) if run.date > rows[-1].date] for number in range(4, 9)]
    assert all(level <= least for level in (*following[0], *following[1]))
    tops = [max(levels) for levels in following[1:]]
    assert all(top <= least + weeks for weeks, top in enumerate(tops))
    assert tops[-1] > least


def test_the_rest_of_a_week_goes_on_with_the_easier_level_and_says_why():
    rows, _ran, plan = lived((*[CLEAN] * 9, SORE))
    left = [run for run in runs_of(plan, 4) if run.date > rows[-1].date]
    assert left
    assert all("new-level" not in run.tags and any("one step easier" in why.text for why in run.why) for run in left)
    before = after(rows[:-1])
    shorter = {run.ordinal: run_of(run).stretch_s for run in left}
    assert all(shorter[run.ordinal] < run_of(run).stretch_s for run in runs_of(before, 4) if run.ordinal in shorter)


def amber(run):
    return next(step.text for step in each_step(run.steps) if step.text.startswith("AMBER"))


def seconds_of_amber(run):
    """The running that a run's AMBER line asks for."""
    found = re.findall(r"(?:(\d+) x )?run ([\d:]+ (?:min|s))", amber(run))
    return sum(int(times or 1) * clock_of(one) for times, one in found)


@pytest.mark.parametrize("felt", [FLARE, SORE, MORNING])
@pytest.mark.parametrize("runs", [4, 7, 10])
def test_amber_of_the_runs_left_after_one_that_hurt_is_less_than_they_now_hold(runs, felt):
    rows, ran, plan = lived((*[CLEAN] * (runs - 1), felt))
    left = [run for run in runs_of(plan, runs // 3 + 1) if run.date > rows[-1].date]
    assert left
    for run in left:
        assert seconds_of_amber(run) < run.run_s
    before = {run.date: amber(run) for run in ran}
    assert {run.date: amber(run) for run in plan.sessions if run.date in before and run.run_s} == before, "the past stays as it was"


@pytest.mark.parametrize("felt", [UNSETTLED, UNANSWERED])
def test_a_week_that_is_held_leaves_each_run_on_its_own_level(felt):
    _rows, _ran, plan = lived((*[CLEAN] * 11, felt))
    before, held = plan.weeks[3], plan.weeks[4]
    assert held.decision == "hold"
    assert {level_of(run) for run in runs_of(plan, 4)} > {max(map(level_of, runs_of(plan, 4)))}
    assert {r.ordinal: level_of(r) for r in held.sessions if r.run_s} == {r.ordinal: level_of(r) for r in before.sessions if r.run_s}


def test_levels_lost_before_the_plan_are_taken_off_what_its_length_is_enough_for():
    ladder, plain = progression.rungs(TEMPLATES["walk-run"]), week(1, decision="progress")
    hurt = week(1, decision="progress", hurt_on=START - DAY, levels_lost=2)
    fitting, taken_back = (progression.rung_for(ladder, 800, None, view, TEMPLATES["walk-run"]) for view in (plain, hurt))
    assert (fitting, taken_back) == (4, 2)


@SLOW
@given(st.lists(FELT, min_size=4, max_size=12))
def test_whatever_is_answered_the_next_run_is_as_many_levels_easier_and_a_hold_raises_no_run(felt):
    felt = tuple(felt)
    for n in range(1, len(felt) + 1):
        rows, ran, plan = lived(felt[:n])
        if plan is None:
            return
        answered = Rolling(Terms()).on(rows[-1].date + DAY, rows, frozenset(run.id for run in ran))
        following = to_come(plan, rows)[:1]
        if answered.verdicts[-1].levels:
            assert all(level_of(run) <= max(1, level_of(ran[-1]) + answered.verdicts[-1].levels) for run in following)
    had = {}
    for one in plan.weeks:
        for run in (s for s in one.sessions if s.run_s):
            level = level_of(run)
            assert one.decision != "hold" or level <= had.get(run.ordinal, level)
            had[run.ordinal] = level
