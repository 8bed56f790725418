"""Detect, after drawing, limits that leave nothing to plan, and name a minimal set of those responsible."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from planner.athlete import A_RUN
from planner.engine.plugin_limits import barring
from planner.errors import ContradictionError
from planner.limits import ANY_TAG
from planner.offers import LOAD_TAGS
from planner.quantities import DAYS_OF_WEEK, WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.engine.state import State


class Decider(NamedTuple):
    """One source of forbidden days: its name, and the day numbers that it closes to running."""

    name: str
    days: frozenset[int]


def refuse_contradiction(state: State) -> None:
    """Raise `ContradictionError` where every day is closed to running, and either nothing that trains was placed or a week allows running.

    Days are closed by availability, by absences, and by plugins' ceilings that leave their week no run. Such ceilings alone are no
    contradiction: a plugin may say that nobody runs yet, and a finding names it. The set named is minimal by inclusion: without any one
    of its members some day would be open; ties go by name.
    """
    counted = [s for w in state.weeks for s in w.sessions if LOAD_TAGS & set(s.tags)]
    if any(s.run_s for s in counted):
        return
    span = range(state.first_day(1), state.first_day(len(state.weeks) + 1))
    deciders = list(_deciders(state, span))
    if not _closed(deciders, span):
        return
    if counted and all(not w.ceiling_run_m for w in state.weeks):
        return
    if all(any(barring(state, state.first_day(w.number))) for w in state.weeks):
        return
    raise ContradictionError(
        (d.name for d in _smallest(deciders, span)),
        f"between {date.fromordinal(span[0])} and {date.fromordinal(span[-1])} no day is left for a run. "
        "Open a day in [availability], shorten an absence, or leave the plugin out with --without.",
    )


def _deciders(state: State, span: Sequence[int]) -> Iterable[Decider]:
    availability = state.brief.athlete.availability
    days = [date.fromordinal(d) for d in span]

    def shut(day: date) -> bool:
        windows = availability.on(WEEKDAYS[day.weekday()])  # absences are a decider of their own
        return windows is not None and not any(w.takes(A_RUN) for w in windows)

    yield Decider(name="availability", days=frozenset(d.toordinal() for d in days if shut(d)))
    yield Decider(name="availability.away", days=frozenset(d.toordinal() for d in days if availability.away_on(d)))
    shut_by: dict[str, set[int]] = {}
    for absence in state.limits.absences:
        if absence.tag in (ANY_TAG, "run"):
            for name in absence.by:
                shut_by.setdefault(name, set()).update(d.toordinal() for d in absence.dates)
    for week in state.weeks:
        first = state.first_day(week.number)
        for name in {name for ceiling in barring(state, first) for name in ceiling.by}:
            shut_by.setdefault(name, set()).update(range(first, first + DAYS_OF_WEEK))
    for name, closed in sorted(shut_by.items()):
        yield Decider(name=f"plugin {name}", days=frozenset(closed))


def _closed(deciders: Sequence[Decider], span: Sequence[int]) -> bool:
    shut = frozenset[int]().union(*(d.days for d in deciders))
    return all(day in shut for day in span)


def _smallest(deciders: Sequence[Decider], span: Sequence[int]) -> Sequence[Decider]:
    kept = sorted((d for d in deciders if d.days), key=lambda d: d.name)
    for decider in sorted(kept, key=lambda d: d.name, reverse=True):
        fewer = [d for d in kept if d is not decider]
        if _closed(fewer, span):
            kept = fewer
    return kept
