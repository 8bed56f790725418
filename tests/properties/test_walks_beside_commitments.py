"""Walks, commitments and missed runs in one week: the audit accepts the plan however much of their walking is known."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import event, given, settings
from hypothesis import strategies as st

from planner import Host, build_plan
from planner.athlete import Athlete, Commitment, Progression, Running
from planner.audit import audit
from planner.briefing import make_brief
from planner.entry import Entry
from planner.errors import ContradictionError, InputError, StopError
from planner.model import COMMITMENTS
from planner.testing.strategies import commitments
from planner_pillars import cross_training, progression
from planner_templates import planner_templates

from . import strategies as some

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

TEMPLATES = {template.name: template for template in planner_templates()}
HOST = Host.of(progression, cross_training)
WELL = {"pain_before": 0, "pain_during": 1, "pain_after": 0, "pain_next_morning": 0}
RECENT = st.sampled_from([(3, 5, 4, 6), (9, 9, 9, 9), (2, 2, 3, 0), (0, 0, 0, 0)])
DAYS = 20
FEWER = settings(max_examples=settings.default.max_examples // 8)


@st.composite
def races(draw: DrawFn) -> tuple[Commitment, ...]:
    """One race in the second or third week, longer than what is allowed there or not."""
    day = some.START + timedelta(days=draw(st.integers(7, DAYS)))
    return (Commitment(name="Race", km=Decimal(draw(st.integers(2, 10))), kind="race", date=day),)


@st.composite
def walkers(draw: DrawFn) -> Athlete:
    """Runners whose cross-training is brisk walking, with runs that stand."""
    return Athlete(
        id="ana",
        start=some.START,
        weeks=4,
        running=Running(easy_pace=draw(st.sampled_from([400, 600])), recent_weeks_km=tuple(map(Decimal, draw(RECENT)))),
        progression=Progression(
            measure=draw(st.sampled_from(["running", "running", "running", "on-foot"])),
            rolling=draw(st.sampled_from(["report", "enforce"])),
        ),
        commitments=draw(st.one_of(races(), races(), races(), commitments())),
        pillars={"cross_training": {"modes": ("walk",)}},
    )


@st.composite
def logs(draw: DrawFn) -> tuple[Entry, ...]:
    """One to three runs or walks without pain, their metres on foot recorded or not; all other runs were missed."""
    rows: list[Entry] = []
    for n in sorted(draw(st.sets(st.sampled_from([-5, *range(10)]), min_size=1, max_size=3))):
        run_m, walked = draw(st.sampled_from([2000, 3000, 600, 0])), draw(st.sampled_from([0, None, 4000]))
        foot_m, day = None if walked is None else run_m + walked, some.START + timedelta(days=n)
        rows.append(Entry(date=day, session=draw(st.sampled_from(["", "progression/run#1"])), run_m=run_m, foot_m=foot_m, **WELL))
    return tuple(rows)


@FEWER
@given(walkers(), st.sampled_from(["walk-run", "continuous-build", "keep-running"]), logs(), st.integers(6, DAYS))
def test_no_plan_is_refused(athlete: Athlete, template: str, log: tuple[Entry, ...], today: int) -> None:
    as_of = some.START + timedelta(days=today)
    known = tuple(row for row in log if row.date <= as_of)
    try:
        plan = build_plan(make_brief(athlete, TEMPLATES[template], as_of=as_of, issued=some.ISSUED, log=known), HOST)
    except (ContradictionError, InputError, StopError) as error:
        event(type(error).__name__)
        return
    ahead = [s for week in plan.weeks if week.bound_by == "missed" for s in week.sessions if s.date >= as_of]
    walks, stands = any(s.walk_s and not s.run_s for s in ahead), any(s.pillar == COMMITMENTS for s in ahead)
    event(f"walks beside a commitment after missed runs: {walks and stands}")
    assert [f for f in audit(plan) if f.severity == "error"] == []
