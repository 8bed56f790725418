"""A fixed athlete, programme and plugin with three runs a week, to plan with besides the plugin under test.

The kit uses none of the distribution's own pillars and programmes; these replace them.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from attrs import frozen

from planner.athlete import Athlete, Equipment, Running
from planner.briefing import make_brief
from planner.hookspecs import hookimpl
from planner.host import Host
from planner.offers import Pillar, RunProposal, RunShape
from planner.programme import Level, Template
from planner.testing.strategies import AS_OF, ISSUED, START

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planner.model import Brief
    from planner.settings import Plain

RUNS = "sample_runs"
"""The name of the pillar that proposes the runs."""
LADDER = Template(
    name="sample-ladder",
    title="Sample ladder",
    kind="ladder",
    summary="For tests.",
    source="made for tests",
    levels=tuple(Level(run_s=60 * n, walk_s=60, reps=max(1, 12 // n)) for n in range(1, 9)),
)


_SHAPES = tuple(RunShape(share=share, stretch_s=120, walk_s=60) for share in (100, 95, 90))
_THREE_RUNS = (RunProposal(key="run", title="Walk-run", runs=_SHAPES),)


@frozen(kw_only=True)
class SampleRuns:
    """A plugin that proposes three runs a week, with walks in them, and nothing else."""

    @hookimpl
    def planner_pillar(self) -> Pillar:
        """The pillar."""
        return Pillar(name=RUNS, summary="three runs a week, for tests")

    @hookimpl
    def planner_runs(self) -> Iterable[RunProposal]:
        """Three runs, the longest first."""
        return _THREE_RUNS


def runs_beside(*plugins: object) -> tuple[object, ...]:
    """The plugins to add to these so that there are runs: `SampleRuns`, unless one of them proposes runs itself."""
    return () if any("planner_runs" in loaded.hooks for loaded in Host.of(*plugins).plugins) else (SampleRuns(),)


def sample_brief(weeks: int = 12, pillars: Mapping[str, Mapping[str, Plain]] | None = None) -> Brief:
    """The brief of an athlete who is free every day, ran 4 to 6 km a week recently and has a foam roller; it starts on `strategies.START`.

    `pillars` are the settings, by the pillar's name, as the athlete file would hold them.
    """
    running = Running(easy_pace=400, recent_weeks_km=tuple(map(Decimal, (4, 5, 5, 6))))
    kit = Equipment(have=("bike", "band", "step", "foam-roller"))
    athlete = Athlete(id="sample", name="Sample", start=START, weeks=weeks, running=running, equipment=kit, pillars=pillars or {})
    return make_brief(athlete, LADDER, as_of=AS_OF, issued=ISSUED)
