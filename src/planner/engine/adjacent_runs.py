"""Runs on neighbouring days (WR-09): where a programme allows them, only short ones, and only while runs are clean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.language import _
from planner.laws import Bound
from planner.quantities import clock, metres_run

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from planner.engine.events import Event
    from planner.engine.state import State
    from planner.placement import Placed
    from planner.response import Standing

RESTED = 2
"""Difference in days of two run dates with one day between them."""
SOURCE = "WR-09"
LONGEST_PERCENT = {1: 100, 2: 55, 3: 45}
"""The longest run's share of a week in percent, by the number of runs (4d); `OF_MORE_PERCENT` from four on."""
OF_MORE_PERCENT = 35


def close_m(state: State) -> int | None:
    """The most metres of a run with another on the date before or after it; None where the programme sets no such limit."""
    seconds = state.reading.close_run_s
    return metres_run(seconds, state.reading.paces.run) if seconds else None


def asks_for_rest(state: State, first: int) -> bool:
    """Whether runs in the week from day number `first` keep a day between them because the last logged run was not clean.

    Runs still to come count as answered well.
    """
    return was_sore(state.heard(first, first)) if state.reading.close_run_s else False


def was_sore(standing: Standing | None) -> bool:
    """Whether the last run that the rows tell of was not clean; False where there is none, or no standing."""
    verdicts = () if standing is None else standing.verdicts
    return not next((verdict.clean for verdict in reversed(verdicts) if verdict.ran), True)


def closed_beside(state: State, first: int) -> int:
    """Bit mask of the days of the week from day number `first` next to a run too long for neighbours: a commitment, or the day before's."""
    most = close_m(state)
    if most is None:
        return 0
    long = {fixed.day for fixed in state.commitments.between(first - 1, first + 7) if fixed.run_m > most}
    long |= {first - 1} if state.ledger.run_so_far(first - 1, first - 1) > most else set()
    return sum({1 << day - first for one in long for day in (one - 1, one + 1) if first <= day < first + 7})


def close_bound(state: State, day: int, days: Collection[int]) -> Bound | None:
    """The bound of a run on day number `day` with neighbours, in a week whose runs were placed on `days`; None where it has none.

    It is 0 m after a run that is too long for neighbours.
    """
    most, before = close_m(state), state.ledger.run_so_far(day - 1, day - 1)
    if most is None or not (before or _has_next(state, day, days)):
        return None
    bound = of_close(state)
    return bound._replace(metres=0) if before > most else bound


def room_of(state: State, name: tuple[str, int], close: Collection[tuple[str, int]], runs: int, week_m: int) -> Bound | None:
    """The bound of a run in a week of `runs` runs and `week_m` metres where those in `close` are cut down; None where none are.

    The other runs may take up what those leave, each up to a share of the week, so that none becomes one long run.
    """
    if not close:
        return None
    if name in close:
        return of_close(state)
    percent = LONGEST_PERCENT.get(runs, OF_MORE_PERCENT)
    text = _("next to short runs, one run may hold at most {percent}% of the week", percent=percent)
    return Bound(week_m * percent // 100, "template", text, "4d")


def of_close(state: State) -> Bound:
    """The bound of a run on the date before or after another."""
    text = _("runs on neighbouring days hold at most {most} each", most=clock(state.reading.close_run_s))
    return Bound(close_m(state) or 0, "template", text, SOURCE)


def too_long(state: State, first: int, placed: Sequence[tuple[Event, Placed]]) -> frozenset[tuple[str, int]]:
    """The plan's own runs in the week from day number `first`, by name and ordinal, that are too long to have the neighbours they have."""
    most = close_m(state)
    if most is None:
        return frozenset()
    days = {first + place.day for event, place in placed if event.run is not None or event.fixed is not None}
    found = [
        (event.name, event.ordinal)
        for event, place in placed
        if event.run is not None and event.run.run_m(state.reading.paces) > most and _is_close(state, first + place.day, days)
    ]
    return frozenset(found)


def _is_close(state: State, day: int, days: Collection[int]) -> bool:
    return bool(state.ledger.run(day - 1)) or day - 1 in days or _has_next(state, day, days)


def _has_next(state: State, day: int, days: Collection[int]) -> bool:
    """Whether a run comes on the date after `day`, assuming that the next week uses the same days as this one."""
    return day + 1 in days or day - 6 in days or bool(state.commitments.between(day + 1, day + 1))
