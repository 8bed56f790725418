"""The public API of the return-to-run planner: the names in `__all__`, and nothing else.

They are imported on first access, so that importing a submodule (the command line, say) does not load the engine.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.athlete import Athlete as Athlete
    from planner.athlete_file import read_athlete as read_athlete
    from planner.briefing import make_brief as make_brief
    from planner.caching import cached_by_identity as cached_by_identity
    from planner.caching import memo as memo
    from planner.engine import build_plan as build_plan
    from planner.entry import Entry as Entry
    from planner.errors import AuditError as AuditError
    from planner.errors import ContradictionError as ContradictionError
    from planner.errors import InputError as InputError
    from planner.errors import PlannerError as PlannerError
    from planner.errors import PluginError as PluginError
    from planner.errors import StopError as StopError
    from planner.findings import Finding as Finding
    from planner.hookspecs import hookimpl as hookimpl
    from planner.host import Host as Host
    from planner.language import N_ as N_
    from planner.language import _ as _
    from planner.language import cached as cached
    from planner.language import current_language as current_language
    from planner.language import decimal_point as decimal_point
    from planner.language import ngettext as ngettext
    from planner.limits import Ceiling as Ceiling
    from planner.limits import Limit as Limit
    from planner.limits import Limits as Limits
    from planner.limits import Spacing as Spacing
    from planner.limits import Unavailable as Unavailable
    from planner.model import Brief as Brief
    from planner.model import Plan as Plan
    from planner.model import Session as Session
    from planner.model import Week as Week
    from planner.model import Why as Why
    from planner.offers import Attachment as Attachment
    from planner.offers import EasierShape as EasierShape
    from planner.offers import Pillar as Pillar
    from planner.offers import Proposal as Proposal
    from planner.offers import RunProposal as RunProposal
    from planner.offers import RunShape as RunShape
    from planner.programme import Level as Level
    from planner.programme import Template as Template
    from planner.quantities import clock as clock
    from planner.quantities import distance as distance
    from planner.records import Record as Record
    from planner.render import Options as Options
    from planner.render import renderer as renderer
    from planner.settings import about as about
    from planner.settings import structure as structure
    from planner.steps import Group as Group
    from planner.steps import Step as Step
    from planner.steps import seconds_of as seconds_of
    from planner.week_view import RunView as RunView
    from planner.week_view import WeekView as WeekView

__version__ = "0.1.0"

_HOMES = {
    "athlete": ("Athlete",),
    "athlete_file": ("read_athlete",),
    "briefing": ("make_brief",),
    "engine": ("build_plan",),
    "entry": ("Entry",),
    "errors": ("AuditError", "ContradictionError", "InputError", "PlannerError", "PluginError", "StopError"),
    "findings": ("Finding",),
    "hookspecs": ("hookimpl",),
    "host": ("Host",),
    "language": ("_", "decimal_point", "cached", "ngettext", "N_", "current_language"),
    "limits": ("Ceiling", "Limit", "Limits", "Spacing", "Unavailable"),
    "model": ("Brief", "Plan", "Session", "Week", "Why"),
    "offers": ("Attachment", "EasierShape", "Pillar", "Proposal", "RunProposal", "RunShape"),
    "programme": ("Level", "Template"),
    "quantities": ("clock", "distance"),
    "records": ("Record",),
    "caching": ("cached_by_identity", "memo"),
    "render": ("Options", "renderer"),
    "settings": ("about", "structure"),
    "steps": ("Group", "Step", "seconds_of"),
    "week_view": ("RunView", "WeekView"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}
__all__ = [
    "N_",
    "Athlete",
    "Attachment",
    "AuditError",
    "Brief",
    "Ceiling",
    "ContradictionError",
    "EasierShape",
    "Entry",
    "Finding",
    "Group",
    "Host",
    "InputError",
    "Level",
    "Limit",
    "Limits",
    "Options",
    "Pillar",
    "Plan",
    "PlannerError",
    "PluginError",
    "Proposal",
    "Record",
    "RunProposal",
    "RunShape",
    "RunView",
    "Session",
    "Spacing",
    "Step",
    "StopError",
    "Template",
    "Unavailable",
    "Week",
    "WeekView",
    "Why",
    "_",
    "__version__",
    "about",
    "build_plan",
    "cached",
    "cached_by_identity",
    "clock",
    "current_language",
    "decimal_point",
    "distance",
    "hookimpl",
    "make_brief",
    "memo",
    "ngettext",
    "read_athlete",
    "renderer",
    "seconds_of",
    "structure",
]


def __getattr__(name: str) -> object:
    """Import a public name from its module and keep it. Raises `AttributeError` for any other name."""
    if name not in _HOME:
        raise AttributeError(f"module 'planner' has no attribute {name!r}")
    value = getattr(import_module(f"planner.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
