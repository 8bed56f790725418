"""A late first run of a week follows a gap that limits it (laws 4 and 5); cases found by random athletes."""

from __future__ import annotations

from datetime import timedelta

from planner import RunProposal, RunShape
from planner.athlete import Absence, Availability
from planner.audit import audit
from tests.engine.drawn import SHUT, day, drawn, kms, runs
from tests.tiny_plugins import START, Tiny


def test_a_cut_first_run_leaves_its_gap_to_the_next() -> None:
    tiny_share = RunProposal(key="run", title="Run", runs=tuple(RunShape(share=share) for share in (1, 1, 100)))
    history = {"easy_pace": 150, "recent_weeks_km": kms("2.7", "21.1"), "last_run": START - timedelta(days=2)}
    plan = drawn(Tiny(runs=(tiny_share,)), running=history, weeks=2)
    assert [f for f in audit(plan) if f.severity == "error"] == []
    assert runs(plan)


def test_a_late_first_run_with_hardly_any_running_before_it_opens_anew() -> None:
    away = (Absence(first=day(35), last=day(35)),)
    two_days = Availability(**{**SHUT, "mon": None, "tue": None}, away=away)
    jog = {"easy_pace": 988, "recent_weeks_km": kms("0", "0", "0", "0.72"), "last_run": day(-7), "goal_minutes": 19}
    plan = drawn(running=jog, availability=two_days, weeks=8)
    assert [f for f in audit(plan) if f.severity == "error"] == []
    assert plan.weeks[4].run_s < 1800
    late = next(s for s in runs(plan) if s.date >= day(35))
    assert late.run_s <= 600
