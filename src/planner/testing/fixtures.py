"""Fixtures for pytest: `pytest_plugins = ["planner.testing.fixtures"]` in the topmost conftest.py, or `-p planner.testing.fixtures`.

They are asked for, not installed for everybody: a test run that has nothing to do with plans should not import them.
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
    """Makes a host of exactly the plugins that it is handed: modules or frozen instances."""
    return Host.of


@pytest.fixture
def a_plan() -> PlanOf:
    """Makes a plan of some weeks for the kit's own athlete, with the plugins that it is handed (and `SampleRuns` for runs)."""

    def make(*plugins: object, weeks: int = 4, pillars: Mapping[str, Mapping[str, Plain]] | None = None) -> Plan:
        return build_plan(sample_brief(weeks, pillars), Host.of(*plugins, *runs_beside(*plugins)))

    return make
