"""For any log, all pillars respond, purely and in any order, and no pillar goes beyond what the log allows."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from planner import Entry, Host, InputError, build_plan
from planner.athlete import Screening, Shoes
from planner.briefing import make_brief
from planner.errors import ContradictionError, StopError
from planner.testing import athletes, entries, promises, templates
from planner.testing.strategies import ISSUED, START
from planner_pillars import assessment, cross_training, footwear, hip_strength, mobility, progression, running_form
from planner_pillars.strength_log import told_from

PILLARS = (assessment, cross_training, footwear, hip_strength, mobility, progression, running_form)
CLEAR = {"stairs_days_clean": 3, "pain_next_morning": 1, "swelling": False, "full_bend": True}
SUPPRESSED = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)
FEWER = settings(max_examples=max(10, settings.default.max_examples // 20), suppress_health_check=SUPPRESSED)
FEWEST = settings(max_examples=max(10, settings.default.max_examples // 40), suppress_health_check=SUPPRESSED)
PAIRS = ((Shoes(name="blue"),), (Shoes(name="blue", used_km=Decimal(620)), Shoes(name="red")), ())
NAMES = st.sampled_from(["", *(f"hip_strength/strength-{n}#1" for n in (1, 2, 3)), "progression/run#1", "assessment/walk#1", "x/y#1"])


def maybe(least, most):
    return st.none() | st.integers(least, most)


@st.composite
def rows(draw):
    """A row that may tell a pillar something."""
    return evolve(
        draw(entries()),
        session=draw(NAMES),
        sets_done=draw(maybe(0, 20)),
        swelling=draw(st.sampled_from([None, None, False, True])),
        cadence=draw(maybe(30, 300)),
        shoes=draw(st.sampled_from(["", "", "blue", "Red", "green"])),
        akps=draw(maybe(0, 100)),
        knee_worst=draw(maybe(0, 10)),
    )


@st.composite
def good_rows(draw):
    """A strength session that was done in full, mostly without an answer for the morning after."""
    name, day = draw(st.sampled_from([1, 2, 3])), draw(st.integers(0, 70))
    pain, morning = draw(st.integers(0, 4)), draw(st.sampled_from([None, 0, 0, 1]))
    said = {"sets_done": draw(st.sampled_from([30, 30, 30, 4])), "pain_during": pain, "pain_next_morning": morning}
    return Entry(date=START + (START.resolution * day), session=f"hip_strength/strength-{name}#1", **said)


@st.composite
def briefs(draw, weeks=7, shoes=PAIRS):
    """A brief with a log, planned on any day around it."""
    athlete = draw(athletes(weeks))
    knee = evolve(athlete.knee, site="kneecap", sore_with=("stairs",), pain_walk_30=1, pain_stairs=1, **CLEAR)
    athlete = evolve(athlete, shoes=draw(st.sampled_from(shoes)), screening=Screening(answered=START, red_flags=()), knee=knee)
    log = draw(st.lists(rows() | good_rows(), max_size=25))
    day = START + START.resolution * draw(st.integers(-10, 75))
    try:
        return make_brief(athlete, draw(templates()), as_of=day, issued=ISSUED, log=tuple(sorted(log, key=lambda row: row.date)))
    except InputError:
        assume(False)


def planned(about, *plugins):
    """The plan, or none where the knee, or what was asked for, leaves none."""
    try:
        return build_plan(about, Host.of(*plugins))
    except (StopError, ContradictionError):
        return None


@FEWER
@given(briefs())
def test_all_pillars_answer_whatever_the_log_says(about):
    plan = planned(about, *PILLARS)
    assume(plan is not None)
    assert [f for f in plan.findings if f.severity == "error" or "{" in f.message] == []
    assert all("{" not in text for s in plan.sessions for text in (s.title, s.details, *(getattr(x, "text", "") for x in s.steps)))


@FEWEST
@given(briefs(weeks=3), st.sampled_from(PILLARS))
def test_each_pillar_stays_what_a_good_one_is(about, pillar):
    subject = promises.Subject(plugin=pillar, loaded=Host.of(pillar).plugins[0], settings={})
    for promise in (promises.works, promises.pure, promises.order_free):
        promise(subject, about)


@FEWER
@given(briefs())
def test_no_stage_runs_ahead_of_the_log(about):
    """Weeks before the first that is told of may have opened a stage each two; from then on it takes two good sessions."""
    plan, since = planned(about, hip_strength), told_from(about)
    assume(plan is not None and since is not None)
    untold = sum(any(s.pillar == "hip_strength" for s in week.sessions) for week in plan.weeks if week.start < since)
    for week in plan.weeks:
        stages = {int(s.title[-2]) if s.title[-2] != " " else 5 for s in week.sessions if s.pillar == "hip_strength"}
        if week.start <= about.as_of and stages:
            assert max(stages) - 1 <= -(-untold // 2) + sessions_that_may_count(about, week.start) // 2


def sessions_that_may_count(about, before):
    """The most sessions that a gate could count by the rows before a date: sets and a pain of 3 or less are told of them."""
    told = {}
    for row in about.log:
        if row.date < before and row.date >= START and (row.session.startswith("hip_strength/") or not row.session):
            told.setdefault(((row.date - START).days // 7, row.session or row.date), []).append(row)
    return sum(
        any(r.sets_done for r in of_one)
        and any(r.pain_during is not None for r in of_one)
        and all((r.pain_during or 0) <= 3 for r in of_one)
        for of_one in told.values()
    )


@FEWER
@given(briefs(weeks=4, shoes=PAIRS[:2]))
def test_no_pair_is_worn_further_than_was_told_and_planned(about):
    plan = planned(about, footwear, progression)
    assume(plan is not None)
    told = [row for row in about.log if START <= row.date <= about.as_of]
    metres = sum(max(row.run_m or 0, row.foot_m or 0) for row in told)
    around_m = 1000 * 600 // about.reading.paces.walk
    planned_m = sum(s.foot_m + around_m for s in plan.sessions if s.foot_m)
    times = Counter(row.session or row.date for row in told)
    assert sum(footwear._worn(about)(plan.weeks).metres) <= metres + max(times.values(), default=1) * planned_m


@pytest.mark.parametrize("pillar", PILLARS)
def test_a_log_that_is_kept_and_empty_is_one_too(pillar):
    about = promises.Subject(plugin=pillar, loaded=Host.of(pillar).plugins[0], settings={}).sample()
    assert build_plan(evolve(about, log=()), Host.of(pillar)).weeks
