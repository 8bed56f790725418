"""What the planner's care costs: a plan with a plugin asked through the host, against the same functions called directly."""

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
"""Pairs of plans that one measure is made of, one of each kind by turns."""


class Direct(Plugin):
    """A plugin whose functions are called as they are: no clock, no guard, no look at what comes back."""

    def answers(self, hook: str, kinds: tuple[type[T], ...], **questions: object) -> tuple[T, ...]:
        """The function's own answer."""
        del kinds
        implementation = self.hooks.get(hook)
        if implementation is None:
            return ()
        answer = implementation.function(*[questions[name] for name in implementation.argnames])
        return tuple(cast("Iterable[T]", answer or ()))


def overhead(plugin: object, settings: Mapping[str, Plain] | None = None, *, pairs: int = PAIRS) -> float:
    """How long a 12-week plan with `plugin` takes, as a multiple of the same plan with its functions called directly.

    About 1.0; the planner's own bound is 1.10. The fastest of `pairs` plans of either kind, made by turns, so that whatever else the
    machine does falls on both. `settings` is the plugin's table in the athlete file. Raises as `build_plan` does.
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
