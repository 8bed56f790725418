"""With commitments and overrides no plan breaks a law by its own running, and every commitment stays."""

from __future__ import annotations

from datetime import timedelta

from attrs import evolve
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from planner import Host, build_plan
from planner.athlete_values import key_of
from planner.audit import audit
from planner.briefing import make_brief
from planner.entry import Entry
from planner.errors import ContradictionError, InputError, StopError
from planner.model import COMMITMENTS
from planner.quantities import WEEKDAYS
from planner_pillars import hip_strength, progression

from . import strategies as some


def plan_of(athlete, template, *plugins, log=None, as_of=some.AS_OF):
    try:
        brief = make_brief(athlete, template, as_of=as_of, issued=some.ISSUED, log=log)
    except InputError:
        assume(False)
    try:
        return build_plan(brief, Host.of(progression, *plugins))
    except (ContradictionError, StopError) as error:
        event(type(error).__name__)
        assume(False)


def expected(athlete, plan):
    """Identity, date and metres at least of every commitment that no override touches."""
    asked = {((one.date - plan.start).days // 7 + 1, one.session) for one in athlete.override if not one.note}
    for one in athlete.commitments:
        for n in range(7 * len(plan.weeks)):
            day = plan.start + timedelta(days=n)
            home = not athlete.availability.away_on(day) and (one.until is None or day <= one.until)
            weekly = one.on == WEEKDAYS[day.weekday()] and home
            name = f"{COMMITMENTS}/{key_of(one.name)}#1"
            if (day == one.date or weekly) and (n // 7 + 1, name) not in asked:
                yield name, day, one.km * 1000


def kept(athlete, plan):
    """What holds of every plan with real weeks."""
    assert [f for f in audit(plan) if f.severity == "error"] == []
    standing = {(s.id, s.date): s.run_m for s in plan.sessions}
    for name, day, metres in expected(athlete, plan):
        assert standing[name, day] >= metres
    for finding in audit(plan):
        if finding.severity == "warning" and finding.rule != "law-2":
            assert "commitments alone" in finding.message


FEWER = settings(max_examples=max(settings.default.max_examples // 4, 25))


@FEWER
@given(some.athletes(10, real_weeks=True), some.templates(), some.plugins("greedy"), some.plugins("other"))
def test_commitments_stand_and_nothing_else_breaks_a_law(athlete, template, greedy, other):
    plan = plan_of(athlete, template, greedy, other)
    event(f"own runs: {any(s.run_s and s.pillar != COMMITMENTS for s in plan.sessions)}")
    kept(athlete, plan)


@FEWER
@given(some.athletes(8, real_weeks=True), some.templates(), some.overrides(("hip_strength/strength-1#1", "hip_strength/strength-2#1")))
def test_strength_is_placed_around_them(athlete, template, changes):
    kept(athlete, plan_of(evolve(athlete, override=(*athlete.override, *changes)), template, hip_strength))


@st.composite
def logs(draw):
    """What was run in the first five weeks, more and less than planned, some of it as a commitment."""
    rows = []
    for n in sorted(draw(st.sets(st.integers(0, 34), max_size=14))):
        metres = draw(st.one_of(st.none(), st.integers(100, 12_000)))
        session = draw(st.sampled_from(["", "progression/run#1", f"{COMMITMENTS}/club-run#1"]))
        pain = draw(st.sampled_from([None, 0, 1, 2, 4]))
        rows.append(Entry(date=some.START + timedelta(days=n), session=session, run_m=metres, pain_during=pain))
    return tuple(rows)


@FEWER
@given(some.athletes(8, real_weeks=True), some.templates(), logs(), st.integers(-2, 40))
def test_with_a_log_too(athlete, template, log, today):
    as_of = some.START + timedelta(days=today)
    plan = plan_of(athlete, template, log=tuple(row for row in log if row.date <= as_of), as_of=as_of)
    kept(athlete, plan)
