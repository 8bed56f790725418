"""A Hypothesis strategy for plans of generated athletes with given plugins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import assume
from hypothesis import strategies as st

from planner.engine import build_plan
from planner.errors import ContradictionError, StopError
from planner.host import Host
from planner.testing.sample import SampleRuns
from planner.testing.strategies import briefs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hypothesis.strategies import DrawFn

    from planner.model import Plan
    from planner.settings import Plain


@st.composite
def plans(draw: DrawFn, *plugins: object, max_weeks: int = 8, pillars: Mapping[str, Mapping[str, Plain]] | None = None) -> Plan:
    """Plans with exactly these plugins (none given: three runs a week and nothing else), for athletes who can get a plan.

    `pillars` are the settings, by the pillar's name. Raises `PluginError` for a faulty plugin.
    """
    brief = draw(briefs(max_weeks, pillars))
    try:
        return build_plan(brief, Host.of(*(plugins or (SampleRuns(),))))
    except (StopError, ContradictionError):
        assume(False)  # noqa: FBT003  (the signature is Hypothesis's)
        raise
