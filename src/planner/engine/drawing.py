"""Draw one week: open it, collect and size runs, collect sessions, place everything, shrink runs to their dates, record the week."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from attrs import evolve

from planner.engine.arranging import arranged, events_of
from planner.engine.close import too_long
from planner.engine.commitments import fixed_events
from planner.engine.events import (
    Event,
    frozen_session,
    shortened,
)
from planner.engine.fixed import own
from planner.engine.opening import open_week, view_of, wanted_runs
from planner.engine.overrides import marked, overridden
from planner.engine.past import named_apart
from planner.engine.running import RunningWeek, seconds_of_place
from planner.engine.sizing import Sized, provisional
from planner.language import _
from planner.laws import Bound, most_runs
from planner.model import Done, Session, Week
from planner.offers import LOAD_TAGS, REST_DAY
from planner.quantities import grown
from planner.views import RunView
from planner.zones import zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.engine.opening import Opening
    from planner.engine.state import State
    from planner.ledger import Ledger
    from planner.offers import Proposal
    from planner.placement import Placed
    from planner.views import WeekView

Close: TypeAlias = frozenset[tuple[str, int]]
NONE_CLOSE: Close = frozenset()
DAY_ORDER = {"run": 0, "strength": 1}
"""Sort rank of sessions that clock times do not order (SCHED-04); any other tag ranks last."""


def drawn_once(before: State, number: int, runs: int, *, gap: int = 1, close: Close = NONE_CLOSE, cramped: bool = False) -> State:
    """A copy of the draft with week `number` added, holding at most `runs` runs on dates at least `gap` days apart.

    Runs in `close` are capped at the length allowed on neighbouring days. Where placement finds days for fewer runs than were sized, the
    week is drawn again with that many, and `cramped` set.
    """
    state = before.copy()
    opening = open_week(state, number, runs=runs, gap=max(gap, state.reading.run_gap_days))
    state.restart = opening.restart
    view = view_of(state, opening)
    sized: list[Sized] = []
    if opening.running:
        wanted = wanted_runs(state, opening, state.talk.runs(view), close)
        sized = provisional(opening.law, opening.own, wanted, _opened(state, opening), state.reading)
    decision = opening.law.decision if sized or opening.committed else "off"
    view = evolve(view, runs=tuple(_run_view(s) for s in sized), decision=decision)
    is_open = state.open_days(opening.first, frozenset())
    proposals = state.talk.sessions(view) if is_open or opening.committed else []
    standing = fixed_events(state, number, proposals)
    proposals = proposals if is_open else []
    placed = arranged(state, opening, [*events_of(sized, proposals), *standing])
    found = sum(event.run is not None for event, _ in placed)
    if found < len(sized):
        return drawn_once(before, number, found, gap=gap, close=close, cramped=True)
    state.close_runs = too_long(state, opening.first, placed)
    _tell_missing(state, opening, found, runs, cramped=cramped)
    if opening.answers is not None:
        state.answers[number] = opening.answers
    placed, homes = overridden(state, opening, placed)
    sessions, held = _sessions(state, opening, placed)
    taken = state.past_log.taken.get(opening.first, frozenset())
    notes = marked(state, number, _notes(opening, proposals, sessions))
    _close(state, held, view, named_apart([*sessions, *notes], taken, state.past_log.ahead))
    state.homes.update(homes)
    return state


def _tell_missing(state: State, opening: Opening, found: int, runs: int, *, cramped: bool) -> None:
    """Record as a cut, with its reason, how many of the athlete's runs the week lacks: `found` of at most `runs` were placed."""
    asked = state.runs_asked(opening.number)
    if found >= asked or not (found or cramped or (runs and opening.shared and opening.week.metres)):
        return
    no_day = runs < asked or most_runs(state.open_run_days(opening.first), state.run_gap) < asked
    if cramped and not found:
        why = _("your days leave no room for a run")
    elif state.run_gap != state.reading.run_gap_days:
        why = _("runs keep a day between them in this week")
    elif no_day:
        why = _("your days leave no room for more")
    else:
        why = _("the week's commitments leave too little for them")
    if no_day or opening.shared:
        state.cut(opening.number, _runs_of(asked - found, asked), why)


def _runs_of(missing: int, asked: int) -> str:
    return _("{n} of {asked} runs", n=missing, asked=asked)


def _opened(state: State, opening: Opening) -> Ledger:
    """The ledger as of the week's first run: an opening week starts a new block, and law 2 ignores everything before it."""
    if opening.law.dose_s is None:
        return state.ledger
    ledger = state.ledger.copy()
    ledger.opened = opening.first
    return ledger


def _run_view(run: Sized) -> RunView:
    return RunView(
        pillar=run.wanted.pillar,
        key=run.wanted.proposal.key,
        ordinal=run.wanted.ordinal,
        run_s=run.shape.run_s,
        longest_stretch_s=run.shape.longest_s,
        new_level=run.wanted.shape.new_level,
        tags=("run", *run.wanted.proposal.tags),
    )


def _sessions(state: State, opening: Opening, placed: Sequence[tuple[Event, Placed]]) -> tuple[list[Session], Opening]:
    """Turn placed events into sessions, runs in date order so that each is checked against what precedes it.

    Also returns the week's opening as revised by its first run.
    """
    runs = sorted((x for x in placed if x[0].run is not None or x[0].fixed is not None), key=lambda x: x[1].day)
    if opening.law.dose_s is not None and runs:
        state.ledger.opened = opening.first
    others = [(event, place) for event, place in placed if event.run is None and event.fixed is None]
    behind: list[Session] = []
    for event, place in others:
        if opening.first + place.day < state.past_log.ahead:
            behind += _other_session(state, opening, event, place, on_foot=None)
    week = RunningWeek(state, opening, runs)
    for number, (event, place) in enumerate(runs, 1):
        if event.fixed is None:
            coming = sum(later.run.run_m(state.reading.paces) for later, _ in runs[number:] if later.run is not None)
            week.add(event, place, coming)
        else:
            week.stand(event, event.fixed, place.start)
    sessions = week.finish()
    on_foot = week.held.on_foot if sessions or week.began else opening.foot_limit
    sessions += behind
    for event, place in others:
        if opening.first + place.day >= state.past_log.ahead:
            sessions += _other_session(state, opening, event, place, on_foot=on_foot)
    return sessions, week.held


def _other_session(state: State, opening: Opening, event: Event, place: Placed, *, on_foot: Bound | None) -> Iterable[Session]:
    """Yield the session of an event that is not a run; nothing, and a cut recorded, where the week has no room on foot for its walking."""
    day = opening.first + place.day
    event, dropped = shortened(event, seconds_of_place(event, place))
    for title in dropped:
        state.cut(opening.number, title, _("the day is too short for it"))
    local = zone(state.brief.athlete.timezone)
    session = frozen_session(event, opening.number, day, place.start, local, state.reading.paces, None)
    if day < state.past_log.ahead:
        yield _past_session(state, session, opening.first)
        return
    if session.walk_s:
        if not _walk_fits(state, opening, session, on_foot):
            state.cut(opening.number, event.title, _("its walking would be more on foot than the week may hold"))
            return
        state.ledger.add(day, run_s=0, run_m=0, foot_m=session.foot_m)
    yield session


def _past_session(state: State, session: Session, first: int) -> Session:
    """A past session that is not a run, marked done where a log row of its week names it.

    Walking that no row names counts as planned, because athletes are not asked to log it.
    """
    past = state.past_log
    named = session.id in past.named(first)
    if past.kept and session.walk_s and not named:
        state.do(Done(date=session.date, run_m=0, foot_m=session.foot_m))
    return evolve(session, status="done") if past.kept and named else session


def _walk_fits(state: State, opening: Opening, session: Session, on_foot: Bound | None) -> bool:
    """Whether the week, and under `rolling = "enforce"` every seven-date window, has room on foot for a session with walking."""
    first, day, growth = opening.first, session.date.toordinal(), state.reading.growth
    foot_m = state.ledger.foot_so_far(first, first + 6) + session.foot_m
    if on_foot is not None and foot_m > on_foot.metres:
        return False
    before, run_m = state.ledger.foot_sum(first - 7, first - 1), state.ledger.run_so_far(first, first + 6)
    if before is not None and foot_m > grown(before, growth):
        law = opening.law.run
        # Restored running (`missed`) leaves room for the week's own walks, but running beyond what was restored does not.
        if not run_m or (law is not None and law.by == "missed" and run_m > law.metres):
            return False
    if state.reading.rolling == "enforce":
        room = state.ledger.rolling_room(day, growth, on_foot=True)
        return room is None or session.foot_m <= room
    return True


def _notes(opening: Opening, proposals: Iterable[tuple[str, Proposal]], sessions: Sequence[Session]) -> list[Session]:
    """All-day notes, each on its own date or, for `REST_DAY`, on every date of the week without run, strength or cross-training."""
    loaded = {s.date.toordinal() for s in sessions if not LOAD_TAGS.isdisjoint(s.tags)}
    week = range(opening.first, opening.first + 7)
    notes: list[Session] = []
    for pillar, proposal in proposals:
        if not proposal.note:
            continue
        if proposal.on == REST_DAY:
            days = [d for d in week if d not in loaded]
        else:
            days = [proposal.on.toordinal()] if isinstance(proposal.on, date) and proposal.on.toordinal() in week else []
        notes += [_note(pillar, proposal, opening.number, day, n) for n, day in enumerate(days, 1)]
    return notes


def _note(pillar: str, proposal: Proposal, number: int, day: int, ordinal: int) -> Session:
    return Session(
        week=number,
        pillar=pillar,
        key=proposal.key,
        ordinal=ordinal,
        date=date.fromordinal(day),
        start=None,
        duration_s=0,
        title=proposal.title,
        steps=proposal.steps,
        tags=proposal.tags,
        details=proposal.details,
        why=proposal.why,
        transparent=True,
    )


def _close(state: State, opening: Opening, view: WeekView, sessions: Sequence[Session]) -> None:
    """Sum up the week and append it to the draft."""
    runs = [s for s in sessions if s.run_s]
    foot = opening.law.foot
    state.close(
        Week(
            number=opening.number,
            start=view.first_day,
            stage=view.stage,
            decision=opening.law.decision if runs else "off",
            run_s=sum(s.run_s for s in runs),
            run_m=sum(s.run_m for s in runs),
            foot_m=sum(s.foot_m for s in sessions),
            ceiling_run_m=opening.week.metres,
            ceiling_foot_m=None if foot is None else foot.metres,
            bound_by=opening.week.by,
            sessions=tuple(sorted(sessions, key=_when)),
            done_run_m=state.done_in(opening.first),
        ),
        {s.ordinal: s.run_s for s in runs if own(s)},
    )


def _when(session: Session) -> tuple[date, bool, int, int, str, str, int]:
    """Sort key: date, sessions before notes, clock time, then runs before strength before the rest."""
    minute = session.start.hour * 60 + session.start.minute if session.start else 0
    rank = min([DAY_ORDER.get(tag, 2) for tag in session.tags], default=2)
    return (session.date, session.transparent, minute, rank, session.pillar, session.key, session.ordinal)
