"""Choose how to draw the next week: try each permitted way and keep the one that gives the most running, now or in the week after."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planner.engine.adjacent_runs import RESTED
from planner.engine.drawing import NONE_CLOSE, Close, drawn_once
from planner.language import _
from planner.laws import share_after
from planner.quantities import grown

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.engine.state import State
    from planner.host.conversation import Conversation

MAKE_UP_WEEKS = 4
"""Weeks after an absence in which the running that a run-free week allows must make up for what the week would have held."""
LOOK_ON_WEEKS = 5
"""How many weeks after a week cut short to look for the first one that begins at home; from four weeks off all weeks are alike (law 4)."""


class Way(NamedTuple):
    """A draft with one more week, and how it was drawn: run dates at least `gap` days apart, runs in `close` cut short for neighbours."""

    drawn: State
    gap: int = 1
    close: Close = NONE_CLOSE


def draw_week(state: State, number: int) -> State:
    """A copy of the draft with week `number` added.

    A week cut short by `away` is also tried run-free, unless it has a commitment; run-free wins where it allows more running once the
    athlete is back (law 5).
    """
    return _drawn(state, number, state.talk.running_only)


def _drawn(state: State, number: int, talk: Callable[[], Conversation] | None) -> State:
    """`draw_week`; `talk` gives the conversation for weeks drawn ahead to compare, None where weeks are drawn ahead already."""
    drawn = _fullest(state, number, state.runs_asked(number))
    first, following = state.first_day(number), state.first_day(number + 1)
    if not state.timetable.away_between(first, following - 1) or state.commitments.between(first, following - 1):
        return drawn
    if not _better_free(state, drawn, number, talk):
        return drawn
    free = drawn_once(state, number, 0)
    free.cut(number, _("runs"), _("you are away: leaving the week run-free allows more running afterwards than a few short runs would"))
    return free


def _better_free(state: State, drawn: State, number: int, talk: Callable[[], Conversation] | None) -> bool:
    """Whether leaving week `number` run-free allows so much more running than `drawn`, the draft that has its runs, in the first week
    after the absence that `MAKE_UP_WEEKS` weeks of it make up for what is not run until then.

    A week that has begun is judged as on its first day: in hindsight, missed runs would make run-free look better, and a week left
    run-free would look no worse with runs that were never planned.
    """
    first = state.first_day(number)
    if first < state.past_log.ahead:
        state = state.copy(state.past_log.on(first))
        drawn = _fullest(state, number, state.runs_asked(number))
    back = _week_back(state, number)
    free = state
    if back > number + 1:
        free = drawn_once(state, number, 0)
        free, drawn = (_drawn_on(draft, number + 1, back, talk) for draft in (free, drawn))
    gained = _allowed_from(free, state.first_day(back)) - _allowed_from(drawn, state.first_day(back))
    lost = _run_since(drawn, number) - _run_since(free, number)
    return gained > 0 and MAKE_UP_WEEKS * gained > lost


def _week_back(state: State, number: int) -> int:
    """The first week after week `number` on whose first day the athlete is not away, at most `LOOK_ON_WEEKS` later."""
    weeks = range(number + 1, number + LOOK_ON_WEEKS)
    return next((n for n in weeks if not state.timetable.away_between(state.first_day(n), state.first_day(n))), number + LOOK_ON_WEEKS)


def _drawn_on(state: State, number: int, until: int, talk: Callable[[], Conversation] | None) -> State:
    """The draft with runs of weeks `number` to before `until` added; where `talk` is given, these may be left run-free too."""
    ahead = state.copy()
    if talk is not None:
        ahead.talk = talk()
    for week in range(number, until):
        if not ahead.open_run_days(ahead.first_day(week)):
            ahead = drawn_once(ahead, week, 0)
        else:
            ahead = _fullest(ahead, week, ahead.runs_asked(week)) if talk is None else _drawn(ahead, week, None)
    return ahead


def _run_since(state: State, number: int) -> int:
    """Running metres of the draft's weeks from week `number` on."""
    return sum(week.run_m for week in state.weeks[number - 1 :])


def _fullest(state: State, number: int, runs: int) -> State:
    """The draft with the week drawn the way that holds the most running. A week that has begun keeps the way chosen on its first day."""
    first = state.first_day(number)
    if not state.reading.close_run_s or first >= state.past_log.ahead:
        return _fullest_way(state, number, runs).drawn
    way = _fullest_way(state.copy(state.past_log.on(first)), number, runs)
    return drawn_once(state, number, runs, gap=way.gap, close=way.close)


def _fullest_way(state: State, number: int, runs: int) -> Way:
    """The way to draw the week that holds the most running, where runs on neighbouring days must stay short (WR-09).

    Either the runs on neighbouring days are cut down and the others take up what they leave, or fewer runs keep a day between them all.
    The latter have room to grow, so they win where one week's growth makes up for the running they hold less.
    """
    shared, close = drawn_once(state, number, runs), NONE_CLOSE
    if not shared.close_runs:
        return Way(shared)
    for _again in range(runs):  # pillars see the sizes, so cut runs before placement rather than on their dates
        if shared.close_runs:
            close |= shared.close_runs
            shared = drawn_once(state, number, runs, close=close)
    rested = drawn_once(state, number, runs, gap=RESTED)
    if grown(_run_m(rested), state.reading.growth) >= _run_m(shared):
        return Way(rested, gap=RESTED)
    return Way(shared, close=close)


def _run_m(drawn: State) -> int:
    """Running metres of the draft's last week."""
    return drawn.weeks[-1].run_m


def _allowed_from(state: State, following: int) -> int:
    """Running metres that laws 1 and 5 allow the week starting on day number `following` if nothing more is run before it."""
    last = state.ledger.last_run(following)
    if last is None:
        return 0
    gap = following - last - 1
    if gap < 7:
        return grown(state.ledger.run_sum(following - 7, following - 1), state.reading.growth)
    return int(share_after(gap) * state.ledger.run_sum(last - 6, last))
