"""The test kit for plugin authors: `conformance`, Hypothesis strategies, and pytest fixtures (`planner.testing.fixtures`).

Needs the extra `testing`. The strategies generate everything that a plugin can receive or return; after this import, or through
Hypothesis's entry point, `st.from_type(Brief)` and the like use them. The names in `__all__` are public.
"""

from __future__ import annotations

try:
    import hypothesis as _hypothesis
except ModuleNotFoundError as error:
    raise ImportError(
        "planner.testing: Hypothesis is not installed; expected the extra. Run: pip install 'return-to-run[testing]'"
    ) from error

from planner.testing.conformance import conformance
from planner.testing.doubts import ConformanceWarning
from planner.testing.hostile import HOSTILE, HostilePlugin, hostile_plugins
from planner.testing.log_strategies import entries, logs
from planner.testing.offers import AnyPlugin, absences, ceilings, limits, plugins, proposals, run_proposals, spacings, steps
from planner.testing.overhead import overhead
from planner.testing.plans import plans
from planner.testing.promises import NonconformanceError
from planner.testing.registered import register as _register
from planner.testing.sample import SampleRuns, sample_brief
from planner.testing.samples import sample_briefs
from planner.testing.strategies import athletes, briefs, levels, templates

del _hypothesis
_register()

__all__ = [
    "HOSTILE",
    "AnyPlugin",
    "ConformanceWarning",
    "HostilePlugin",
    "NonconformanceError",
    "SampleRuns",
    "absences",
    "athletes",
    "briefs",
    "ceilings",
    "conformance",
    "entries",
    "hostile_plugins",
    "levels",
    "limits",
    "logs",
    "overhead",
    "plans",
    "plugins",
    "proposals",
    "run_proposals",
    "sample_brief",
    "sample_briefs",
    "spacings",
    "steps",
    "templates",
]
