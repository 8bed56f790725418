"""Random athletes, programmes and plugins, from the test kit for plugin authors."""

from planner.testing.offers import AnyPlugin, plugins, proposals
from planner.testing.strategies import AS_OF, ISSUED, START, athletes, overrides, templates

__all__ = ["AS_OF", "ISSUED", "START", "AnyPlugin", "athletes", "overrides", "plugins", "proposals", "templates"]
