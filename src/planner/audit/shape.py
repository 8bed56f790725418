"""Laws 6 and 7: rest between and beside runs, and easy running until there is a base to build on."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from planner.audit.margin import Margin
from planner.language import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.audit.ledger import Ledger, Tally
    from planner.model import Plan, Reading

LOAD = frozenset({"run", "strength", "cross-training"})
FEATURES = frozenset({"hills", "strides", "sprints"})
LONG_RUN_S = 1800
"""Running time that makes a run one of the three after which the easy phase of law 7 ends."""
AFTER_THE_RUN_BEFORE = N_("after the previous run")
KEEP_APART = N_("run dates must be this far apart, and no date may hold two runs")
SHORT_BESIDE = N_("runs on neighbouring dates hold at most {0} m each")
RESTED = 2
"""Difference between two dates with one date between them."""
WITHOUT_LOAD = N_("without running, strength or cross-training")
REST_DAY = N_("every week keeps a rest day")
STAY_EASY = N_("runs stay easy until three of 30 minutes are done")
IN_RUN, IN_RUN_WITH = N_("in {0.id}"), N_("in {0.id} ({1})")
FIRST_TIME = N_("for the first time ({0})")
ONE_A_WEEK = N_("only one new feature starts in a week")


def shape_margins(plan: Plan, ledger: Ledger) -> Iterator[Margin]:
    """Yield the margins of laws 6 and 7."""
    yield from _apart(ledger, max(plan.reading.run_gap_days, RESTED if plan.reading.ladder else 1))
    if plan.reading.close_run_s:
        yield from _short_beside(ledger, plan.reading)
    yield from _rest(ledger, len(plan.weeks))
    settled = _settled(ledger, plan.reading.paces.run)
    yield from _easy(ledger.runs, settled, 4 if plan.reading.ladder else 5)
    yield from _one_feature_a_week(ledger, settled)


def _apart(ledger: Ledger, asked: int) -> Iterator[Margin]:
    """Law 6: minimum distance between run dates, including the last one of the history; never two runs on one date."""
    before = ledger.last_ran_before(ledger.ahead)
    past = [] if before is None else [(before, True)]
    for (one, stays), (other, stands) in pairwise(sorted([*past, *((run.day, run.fixed) for run in ledger.runs)])):
        yield Margin(
            law="law-6",
            day=other,
            unit="dates",
            allowed=asked,
            found=other - one,
            measured=AFTER_THE_RUN_BEFORE,
            reason=KEEP_APART,
            alone=stays and stands and other - one < asked,
        )


def _short_beside(ledger: Ledger, reading: Reading) -> Iterator[Margin]:
    """WR-09: a run longer than `close_run_s` needs a date without running on either side."""
    most = 1000 * reading.close_run_s // reading.paces.run
    before = ledger.last_ran_before(ledger.ahead)
    past = [] if before is None else [(before, ledger.run_m[before], True)]
    for one, other in pairwise(sorted([*past, *((run.day, run.run_m, run.fixed) for run in ledger.runs)])):
        if max(one[1], other[1]) > most and other[0] > one[0]:
            apart = other[0] - one[0]
            facts, alone = (most,), one[2] and other[2] and apart < RESTED
            yield Margin("law-6", "dates", RESTED, apart, AFTER_THE_RUN_BEFORE, SHORT_BESIDE, facts, day=other[0], alone=alone)


def _rest(ledger: Ledger, weeks: int) -> Iterator[Margin]:
    """Law 6: a rest date without running, strength or cross-training in every week. A running step makes a run, whatever the tags.

    The current week counts as planned, whatever was done in it; finished weeks are left out.
    """
    loaded = {t.day for t in ledger.tallies if t.counts and (t.rpe is not None or not LOAD.isdisjoint(t.session.tags))}
    fixed = {t.day for t in ledger.tallies if t.counts and t.fixed}
    for index in range((ledger.ahead - ledger.start) // 7, weeks):
        first = ledger.start + 7 * index
        yield Margin(
            law="law-6",
            week=index + 1,
            unit="dates",
            allowed=1,
            found=7 - len(loaded.intersection(range(first, first + 7))),
            measured=WITHOUT_LOAD,
            reason=REST_DAY,
            alone=fixed.issuperset(range(first, first + 7)),
        )


def _settled(ledger: Ledger, pace: int) -> int | None:
    """Return the day of the third run of 30 minutes, which ends the easy phase of law 7; None without a third.

    Past runs count by their whole metres.
    """
    half_an_hour = pace * (1000 * LONG_RUN_S // pace)
    done = [day for day in ledger.days if ledger.start <= day < ledger.ahead and ledger.effort[day] >= half_an_hour]
    long_runs = [*done, *(run.day for run in ledger.runs if run.effort >= 1000 * LONG_RUN_S)]
    return long_runs[2] if len(long_runs) > 2 else None


def _easy(runs: Sequence[Tally], settled: int | None, most: int) -> Iterator[Margin]:
    """Law 7: easy effort and no features up to and including the third run of 30 minutes."""
    for run in runs:
        if settled is not None and run.day > settled:
            continue
        effort, facts = run.rpe or 0, (run.session,)
        yield Margin("law-7", "RPE", most, effort, IN_RUN, STAY_EASY, facts, day=run.day, alone=run.fixed and effort > most)
        early = sorted(FEATURES.intersection(run.session.tags))
        if early:
            which = (run.session, ", ".join(early))
            yield Margin("law-7", "features", 0, len(early), IN_RUN_WITH, STAY_EASY, which, day=run.day, alone=run.fixed)


def _one_feature_a_week(ledger: Ledger, settled: int | None) -> Iterator[Margin]:
    """Law 7: after the easy phase, at most one new feature (hills, strides, sprints) per week."""
    met: dict[str, int] = {}
    past = [t for t in ledger.tallies if t.counts and t.rpe is not None and t.day < ledger.ahead]
    for run in (*past, *ledger.runs):
        for feature in FEATURES.intersection(run.session.tags):
            met.setdefault(feature, run.day)
    fresh: dict[int, list[str]] = {}
    for feature in sorted(met):
        if settled is not None and met[feature] > max(settled, ledger.ahead - 1):
            fresh.setdefault((met[feature] - ledger.start) // 7, []).append(feature)
    for index, features in sorted(fresh.items()):
        yield Margin(
            law="law-7",
            week=index + 1,
            unit="features",
            allowed=1,
            found=len(features),
            measured=FIRST_TIME,
            reason=ONE_A_WEEK,
            facts=(", ".join(features),),
        )
