"""The week that is added to a draft: drawn in each of the ways it may be, and the one taken that holds, or leaves, the most running."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planner.engine.close import RESTED
from planner.engine.drawing import NONE_CLOSE, Close, drawn_once
from planner.language import _
from planner.laws import share_after
from planner.quantities import grown

if TYPE_CHECKING:
    from planner.engine.state import State


class Way(NamedTuple):
    """A draft with one more week, and how that was drawn: run dates at least `gap` apart, those in `close` held short."""

    drawn: State
    gap: int = 1
    close: Close = NONE_CLOSE


def draw_week(state: State, number: int) -> State:
    """The draft with week `number` added.

    A week that `away` cuts short is also tried run-free, unless a commitment stands in it, and stays so where that allows more running in
    the week after (law 5).
    """
    drawn = _fullest(state, number, state.runs_asked(number))
    first, following = state.first_day(number), state.first_day(number + 1)
    if not state.away_between(first, following - 1) or state.commitments.between(first, following - 1):
        return drawn
    if not _better_free(state, drawn, number):
        return drawn
    free = drawn_once(state, number, 0)
    free.cut(number, _("runs"), _("you are away: leaving the week run-free allows more running afterwards than a few short runs would"))
    return free


def _better_free(state: State, drawn: State, number: int) -> bool:
    """Whether week `number` is left run-free, where `drawn` is the draft with its runs.

    A week that has begun stays what it was on its first day: by what was run of it since, one that was left run-free would be as good with
    runs that nobody was asked for, and one with runs better without those that were missed.
    """
    first, following = state.first_day(number), state.first_day(number + 1)
    if first < state.past_log.ahead:
        state = state.copy(state.past_log.on(first))
        drawn = _fullest(state, number, state.runs_asked(number))
    return _allowed_next(state, following) > _allowed_next(drawn, following)


def _fullest(state: State, number: int, runs: int) -> State:
    """The draft with the week drawn in the way that holds the most. A week that has begun keeps the way it had on its first day."""
    first = state.first_day(number)
    if not state.reading.close_run_s or first >= state.past_log.ahead:
        return _fullest_way(state, number, runs).drawn
    way = _fullest_way(state.copy(state.past_log.on(first)), number, runs)
    return drawn_once(state, number, runs, gap=way.gap, close=way.close)


def _fullest_way(state: State, number: int, runs: int) -> Way:
    """How the week holds the most where runs on neighbouring days are too long for that (WR-09).

    Those are cut down, and the others have what they leave; or there are fewer runs, with a day between them all. Those have room to grow,
    so they are taken where one week's growth makes up for what they hold less.
    """
    shared, close = drawn_once(state, number, runs), NONE_CLOSE
    if not shared.close_runs:
        return Way(shared)
    for _again in range(runs):  # pillars are told the sizes, so the day alone should cut no run down
        if shared.close_runs:
            close |= shared.close_runs
            shared = drawn_once(state, number, runs, close=close)
    rested = drawn_once(state, number, runs, gap=RESTED)
    if grown(_run_m(rested), state.reading.growth) >= _run_m(shared):
        return Way(rested, gap=RESTED)
    return Way(shared, close=close)


def _run_m(drawn: State) -> int:
    """Running metres of the last week of a draft."""
    return drawn.weeks[-1].run_m


def _allowed_next(state: State, following: int) -> int:
    """Running metres that the laws allow the week that starts on `following` if nothing is run from here on until then."""
    last = state.ledger.last_run(following)
    if last is None:
        return 0
    gap = following - last - 1
    if gap < 7:
        return grown(state.ledger.run_sum(following - 7, following - 1), state.reading.growth)
    return int(share_after(gap) * state.ledger.run_sum(last - 6, last))
