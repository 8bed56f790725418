"""Arbitrary athletes, programmes and plugins, as the kit for plugin authors makes them."""

from planner.testing.offers import AnyPlugin, plugins, proposals
from planner.testing.strategies import AS_OF, ISSUED, START, athletes, overrides, templates

__all__ = ["AS_OF", "ISSUED", "START", "AnyPlugin", "athletes", "overrides", "plugins", "proposals", "templates"]
