"""Shorthand for log rows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from planner.entry import Entry
from planner.response import Rolling, Standing, Terms, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

MONDAY = date(2027, 1, 4)
FAR = MONDAY + timedelta(days=1000)
EAGER = Terms(clean_needed=1, levels_per_week=7)
"""Every clean run is a step on."""
PLANNED = frozenset({"a/run#1"})
"""The planned sessions that hold running, where rows name any."""
CLEAN = (0, 0, 0, 0)
SETTLED = (0, 2, 0, 0)
MORNING = (0, 2, 0, 1)
"""Row 5."""
SORE = (0, 3, 0, 0)
"""Row 6."""
FLARE = (0, 6, 0, 0)
"""Row 2."""
UNSETTLED = (0, 2, 1, 0)
"""Row 7."""
SILENT = (None, None, None, None)
"""Row 8."""


def day(number: int) -> date:
    """The date so many days after the first Monday."""
    return MONDAY + timedelta(days=number)


def run(number: int, felt: tuple[int | None, ...] = CLEAN, run_m: int | None = 2000, **more: object) -> Entry:
    """A run on day `number`; `felt` is before, during, after, next morning."""
    before, during, after, morning = felt
    pains = {"pain_before": before, "pain_during": during, "pain_after": after, "pain_next_morning": morning}
    return Entry(**{"date": day(number), "run_m": run_m, **pains, **more})


def note(number: int, **said: object) -> Entry:
    """A row without a run on day `number`."""
    return Entry(date=day(number), run_m=0, **said)


def rolled(rows: Iterable[Entry], *, before: date, terms: Terms, runs: frozenset[str] = PLANNED) -> Standing:
    """What rows leave on a date, judged at once: `Rolling` says the same however often, and in whatever steps, it was asked before."""
    return Rolling(terms).on(before, rows, runs)


def standing(rows: Iterable[Entry], terms: Terms = EAGER, before: date = FAR, runs: frozenset[str] = frozenset()) -> Standing:
    """What these rows leave; `runs` are the planned sessions that hold running."""
    return rolled(rows, before=before, terms=terms, runs=runs)


def verdicts(rows: Iterable[Entry], terms: Terms = EAGER, runs: frozenset[str] = frozenset()) -> tuple[Verdict, ...]:
    """What is decided about each date."""
    return standing(rows, terms, runs=runs).verdicts


def decided(rows: Iterable[Entry], terms: Terms = EAGER, runs: frozenset[str] = frozenset()) -> list[str]:
    """The row that decides each date."""
    return [verdict.row for verdict in verdicts(rows, terms, runs)]


def judged(felt: tuple[int | None, ...], terms: Terms = EAGER, **more: object) -> Verdict:
    """The verdict of a single run."""
    return verdicts([run(0, felt, **more)], terms)[0]
