"""Laws 6 and 7: rest between and beside runs, and easy running until there is running to build on."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from planner.audit.margin import Margin

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.audit.ledger import Ledger, Tally
    from planner.model import Plan

LOAD = frozenset({"run", "strength", "cross-training"})
FEATURES = frozenset({"hills", "strides", "sprints"})
LONG_RUN_S = 1800
"""Running that makes a run one of the three after which law 7 lets go."""


def shape_margins(plan: Plan, ledger: Ledger) -> Iterator[Margin]:
    """Every place where law 6 or 7 is held against the plan."""
    yield from _apart(ledger, max(plan.reading.run_gap_days, 1))
    yield from _rest(ledger, len(plan.weeks))
    settled = _settled(ledger.runs)
    yield from _easy(ledger.runs, settled, 4 if plan.reading.ladder else 5)
    yield from _one_feature_a_week(ledger, settled)


def _apart(ledger: Ledger, asked: int) -> Iterator[Margin]:
    """Law 6: run dates far enough apart, the last one of the history included, and never two runs on one date."""
    before = ledger.last_run_before(ledger.start)
    past = [] if before is None else [before]
    for one, other in pairwise(sorted([*past, *(run.day for run in ledger.runs)])):
        yield Margin(
            law="law-6",
            day=other,
            unit="dates",
            allowed=asked,
            found=other - one,
            measured="after the run before",
            reason="run dates keep this distance, and no date holds two runs",
        )


def _rest(ledger: Ledger, weeks: int) -> Iterator[Margin]:
    """Law 6: in every week a date without running, strength or cross-training. A running step makes a run, whatever its tags."""
    loaded = {t.day for t in ledger.tallies if t.counts and (t.rpe is not None or not LOAD.isdisjoint(t.session.tags))}
    for index in range(weeks):
        first = ledger.start + 7 * index
        yield Margin(
            law="law-6",
            week=index + 1,
            unit="dates",
            allowed=1,
            found=7 - len(loaded.intersection(range(first, first + 7))),
            measured="without running, strength or cross-training",
            reason="every week keeps a rest day",
        )


def _settled(runs: Sequence[Tally]) -> int | None:
    """The day of the third run of 30 minutes, after which law 7 lets go; None without a third."""
    long_runs = [run.day for run in runs if run.run_s >= LONG_RUN_S]
    return long_runs[2] if len(long_runs) > 2 else None


def _easy(runs: Sequence[Tally], settled: int | None, most: int) -> Iterator[Margin]:
    """Law 7: up to and including the third run of 30 minutes, an easy effort and none of the features."""
    because = "runs stay easy until three of 30 minutes are done"
    for run in runs:
        if settled is not None and run.day > settled:
            continue
        effort, facts = run.rpe or 0, (run.session,)
        yield Margin("law-7", "RPE", most, effort, "in {0.id}", because, facts, day=run.day)
        early = sorted(FEATURES.intersection(run.session.tags))
        if early:
            which = (run.session, ", ".join(early))
            yield Margin("law-7", "features", 0, len(early), "in {0.id} ({1})", because, which, day=run.day)


def _one_feature_a_week(ledger: Ledger, settled: int | None) -> Iterator[Margin]:
    """Law 7: after that, hills, strides and sprints come in one a week."""
    met: dict[str, int] = {}
    for run in ledger.runs:
        for feature in FEATURES.intersection(run.session.tags):
            met.setdefault(feature, run.day)
    fresh: dict[int, list[str]] = {}
    for feature in sorted(met):
        if settled is not None and met[feature] > settled:
            fresh.setdefault((met[feature] - ledger.start) // 7, []).append(feature)
    for index, features in sorted(fresh.items()):
        yield Margin(
            law="law-7",
            week=index + 1,
            unit="features",
            allowed=1,
            found=len(features),
            measured="for the first time ({0})",
            reason="they come in one a week",
            facts=(", ".join(features),),
        )
