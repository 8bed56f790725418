"""A first run of a week that comes to nothing leaves a gap, and the next one is held to it (law 5); found by the property test."""

from __future__ import annotations

from datetime import timedelta

from planner import RunProposal, RunShape
from planner.audit import audit
from tests.engine.drawn import drawn, kms, runs
from tests.tiny_plugins import START, Tiny


def test_a_cut_first_run_leaves_its_gap_to_the_next() -> None:
    tiny_share = RunProposal(key="run", title="Run", runs=tuple(RunShape(share=share) for share in (1, 1, 100)))
    history = {"easy_pace": 150, "recent_weeks_km": kms("2.7", "21.1"), "last_run": START - timedelta(days=2)}
    plan = drawn(Tiny(runs=(tiny_share,)), running=history, weeks=2)
    assert [f for f in audit(plan) if f.severity == "error"] == []
    assert runs(plan)
