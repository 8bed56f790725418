"""Sessions that are not runs: shortened to their place, counted where they walk, and left out where the week has no room for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from planner.engine.events import frozen_session, shortened
from planner.engine.running import seconds_of_place
from planner.language import _
from planner.quantities import grown
from planner.zones import zone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.engine.events import Event
    from planner.engine.running import RunningWeek
    from planner.engine.state import State
    from planner.engine.week_budget import WeekBudget
    from planner.laws import Bound
    from planner.model import Session
    from planner.placement import Placed


def no_room_to_walk(state: State, budget: WeekBudget, event: Event) -> None:
    """Record that a walk was left out because the week has no room on foot for it."""
    state.cut(budget.number, event.title, _("with its walking, the week would hold more on foot than is allowed"))


def shortened_session(state: State, budget: WeekBudget, event: Event, place: Placed) -> Session:
    """The session of an event that is not a run, shortened to its place; what is left off is recorded as a cut."""
    event, dropped = shortened(event, seconds_of_place(event, place))
    for title in dropped:
        state.cut(budget.number, title, _("the day is too short for it"))
    local = zone(state.brief.athlete.timezone)
    return frozen_session(event, budget.number, budget.first + place.day, place.start, local, state.reading.paces, None)


def session_to_come(state: State, budget: WeekBudget, event: Event, place: Placed, *, on_foot: Bound | None) -> Iterable[Session]:
    """Yield the session of an event that is not a run; nothing, and a cut recorded, if the week has no room on foot for its walking."""
    session = shortened_session(state, budget, event, place)
    if session.walk_s:
        if not _walk_fits(state, budget, session, on_foot):
            no_room_to_walk(state, budget, event)
            return
        state.ledger.add(session.date.toordinal(), run_s=0, run_m=0, foot_m=session.foot_m)
    yield session


def past_session(state: State, week: RunningWeek, session: Session) -> Session:
    """A past session that is not a run, marked done if a log row of its week names it.

    Walking that no row names counts as planned, because athletes are not asked to log it.
    """
    past = state.past_log
    named = session.id in past.named(week.held.first)
    if past.kept and session.walk_s and not named:
        week.walk(session)
    return evolve(session, status="done") if past.kept and named else session


def _walk_fits(state: State, budget: WeekBudget, session: Session, on_foot: Bound | None) -> bool:
    """Whether the week, and under `rolling = "enforce"` every seven-date window, has room on foot for a session with walking."""
    first, day, growth = budget.first, session.date.toordinal(), state.reading.growth
    foot_m = state.ledger.foot_so_far(first, first + 6) + session.foot_m
    if on_foot is not None and foot_m > on_foot.metres:
        return False
    before, run_m = state.ledger.foot_sum(first - 7, first - 1), state.ledger.run_so_far(first, first + 6)
    if before is not None and foot_m > grown(before, growth):
        law = budget.law.run
        # Restored running (`missed`) leaves room for the week's own walks, but running beyond what was restored does not.
        if not state.ledger.run_sum(first, first + 6) or (law is not None and law.by == "missed" and run_m > law.metres):
            return False
    if state.reading.rolling == "enforce":
        room = state.ledger.rolling_room(day, growth, on_foot=True)
        return room is None or session.foot_m <= room
    return True
