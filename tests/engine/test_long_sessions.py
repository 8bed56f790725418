"""No session takes longer than a day, however long the walks that a plugin asks for between stretches."""

from __future__ import annotations

import pytest

from planner import Attachment, Host, RunProposal, RunShape, build_plan
from tests.engine.drawn import NINE, plan_of, runs
from tests.tiny_plugins import Tiny, brief_of, exercise

DAY_S = 24 * 60 * 60


def test_a_run_with_endless_walks_is_cut_to_a_day() -> None:
    shape = RunShape(share=100, stretch_s=15, walk_s=1800)
    plan = build_plan(brief_of(running=NINE, weeks=2), Host.of(Tiny(runs=(RunProposal(key="run", title="Run", runs=(shape,) * 3),))))
    assert runs(plan)
    assert all(s.duration_s <= DAY_S for s in plan.sessions)
    assert {s.bound_by for s in runs(plan)} == {"availability"}


def test_a_run_that_attachments_make_longer_than_a_day_loses_them() -> None:
    drills = [exercise(key, seconds=80_000, attach=Attachment(where="before", tag="run")) for key in ("one", "two")]
    plan = plan_of(brief_of(running=NINE, weeks=1), Tiny(sessions=tuple(drills)))
    assert all(s.duration_s <= DAY_S for s in runs(plan))
    assert any(f.rule == "left-out" and "the day is too short for it" in f.message for f in plan.findings)


@pytest.mark.parametrize("changes", [{"warm_up_s": 3601}, {"cool_down_s": 10**9}])
def test_walks_around_a_run_are_bounded(changes: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"found \d+; expected a whole number from 0 to 3600"):
        RunProposal(key="run", title="Run", runs=(RunShape(share=100),), **changes)


def test_walks_between_stretches_are_bounded() -> None:
    with pytest.raises(ValueError, match="walk_s: found 1801; expected a whole number from 0 to 1800"):
        RunShape(share=100, walk_s=1801)
