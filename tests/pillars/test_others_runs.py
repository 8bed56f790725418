"""Runs of other pillars beside progression's: they do not climb its ladder and carry no level."""

from __future__ import annotations

import pytest
from tests.engine.drawn import NINE, plan_of, runs
from tests.tiny_plugins import Tiny, brief_of, exercise

from planner import RunProposal, RunShape
from planner.errors import PluginError


def test_another_pillars_level_does_not_reach_progressions_ladder() -> None:
    high = RunProposal(key="own", title="Own", runs=(RunShape(share=100, level=99, new_level=True),), importance=(99,))
    plan = plan_of(brief_of(running=NINE, weeks=4), Tiny(runs=(high,)))
    assert {s.pillar for s in runs(plan)} == {"progression", "tiny"}


@pytest.mark.parametrize("tag", ["level-x", "level-99"])
def test_nobody_gives_a_level_as_a_tag(tag: str) -> None:
    run = RunProposal(key="own", title="Own", runs=(RunShape(share=100),), tags=(tag,))
    with pytest.raises(PluginError, match=rf"plugin tiny .* in planner_runs: own carries the tag '{tag}', which only the engine gives"):
        plan_of(brief_of(running=NINE), Tiny(runs=(run,)))
    with pytest.raises(PluginError, match=r"plugin tiny .* in planner_sessions: squats carries a tag that only the engine gives"):
        plan_of(brief_of(running=NINE), Tiny(sessions=(exercise(tags=(tag,)),)))
