"""Pytest fixtures: `pytest_plugins = ["planner.testing.fixtures"]` in the topmost conftest.py, or `-p planner.testing.fixtures`.

They are not registered automatically, since test runs that have nothing to do with plans should not import them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

from planner.engine import build_plan
from planner.host import Host
from planner.testing.sample import runs_beside, sample_brief

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.model import Plan
    from planner.settings import Plain


class HostOf(Protocol):
    """`planner_host(*plugins)`: a host of exactly these plugins."""

    def __call__(self, *plugins: object) -> Host:
        """The host. Raises `PluginError` for a plugin that does not load."""
        ...


class PlanOf(Protocol):
    """`a_plan(*plugins, weeks=4, pillars={"name": {...}})`: a plan with these plugins (and `SampleRuns` for runs)."""

    def __call__(self, *plugins: object, weeks: int = 4, pillars: Mapping[str, Mapping[str, Plain]] | None = None) -> Plan:
        """The plan of `sample_brief`. Raises as `build_plan` does."""
        ...


@pytest.fixture
def planner_host() -> HostOf:
    """A function that makes a host of exactly the given plugins: modules or frozen instances."""
    return Host.of


@pytest.fixture
def a_plan() -> PlanOf:
    """A function that makes a plan for the sample athlete with the given plugins (and `SampleRuns` for runs)."""

    def make(*plugins: object, weeks: int = 4, pillars: Mapping[str, Mapping[str, Plain]] | None = None) -> Plan:
        return build_plan(sample_brief(weeks, pillars), Host.of(*plugins, *runs_beside(*plugins)))

    return make
