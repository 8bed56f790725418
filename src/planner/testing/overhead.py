"""Measures what the host costs: a plan with a plugin called through the host, relative to one with its functions called directly."""

from __future__ import annotations

import gc
from time import perf_counter
from typing import TYPE_CHECKING, cast

from planner.engine import build_plan
from planner.host import Host
from planner.host.plugin import Plugin
from planner.testing.sample import runs_beside, sample_brief

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planner.host.plugin import T
    from planner.model import Brief
    from planner.settings import Plain

PAIRS = 12
"""The pairs of plans in one measurement."""


class Direct(Plugin):
    """A plugin whose functions are called directly: without a time budget, guard, copies or validation."""

    def answers(self, hook: str, kinds: tuple[type[T], ...], **questions: object) -> tuple[T, ...]:
        """The function's answers as they are."""
        del kinds
        implementation = self.hooks.get(hook)
        if implementation is None:
            return ()
        answer = implementation.function(*[questions[name] for name in implementation.argnames])
        return tuple(cast("Iterable[T]", answer or ()))


def overhead(plugin: object, settings: Mapping[str, Plain] | None = None, *, pairs: int = PAIRS) -> float:
    """How long a 12-week plan with `plugin` takes, as a multiple of the same plan with its functions called directly.

    About 1.0; the planner's own bound is 1.10. It compares the fastest of `pairs` plans of each kind, made alternately so that other load
    on the machine affects both. `settings` is the plugin's table in the athlete file. Raises as `build_plan` does.
    """
    guarded = Host.of(plugin, *runs_beside(plugin))
    direct = Host(Direct(*one) for one in guarded.plugins)
    name = next(p.name for p in Host.of(plugin).plugins)
    brief = sample_brief(pillars={name: settings} if settings else None)
    build_plan(brief, guarded)
    build_plan(brief, direct)
    enabled = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        times = [(_seconds(brief, guarded), _seconds(brief, direct)) for _ in range(pairs)]
    finally:
        if enabled:
            gc.enable()
    return min(t for t, _ in times) / min(t for _, t in times)


def _seconds(brief: Brief, host: Host) -> float:
    start = perf_counter()
    build_plan(brief, host)
    return perf_counter() - start
