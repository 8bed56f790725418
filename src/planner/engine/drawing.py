"""Draw one week: open it, collect and size runs, collect sessions, place everything, shrink runs to their dates, record the week."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from attrs import evolve

from planner.engine.adjacent_runs import too_long
from planner.engine.commitment_runs import own
from planner.engine.commitments import fixed_events
from planner.engine.goal_check import keeps
from planner.engine.other_sessions import no_room_to_walk, past_session, session_to_come, shortened_session
from planner.engine.overrides import marked, overridden
from planner.engine.past_log import named_apart
from planner.engine.plugin_limits import closing, named, source_of
from planner.engine.retelling import retold
from planner.engine.running import RunningWeek
from planner.engine.sizing import Sized, provisional
from planner.engine.week_budget import budget_of_week, view_of, wanted_runs
from planner.engine.week_placement import arranged, crowding, events_of
from planner.language import _
from planner.laws import most_runs
from planner.model import Session, Week
from planner.offers import LOAD_TAGS, REST_DAY
from planner.placement.shape import RUN
from planner.steps import WALKING, seconds_of
from planner.week_view import RunView

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.engine.events import Event
    from planner.engine.state import State
    from planner.engine.week_budget import WeekBudget
    from planner.ledger import Ledger
    from planner.limits import Limit
    from planner.offers import Proposal
    from planner.placement import Placed
    from planner.week_view import WeekView

Close: TypeAlias = frozenset[tuple[str, int]]
NONE_CLOSE: Close = frozenset()
DAY_ORDER = {"run": 0, "strength": 1}
"""Sort rank of sessions that clock times do not order (SCHED-04); any other tag ranks last."""


def drawn_once(
    before: State,
    number: int,
    runs: int,
    *,
    gap: int = 1,
    close: Close = NONE_CLOSE,
    cramped: bool = False,
    limited: tuple[Limit, ...] = (),
) -> State:
    """A copy of the draft with week `number` added, holding at most `runs` runs on dates at least `gap` days apart.

    Runs in `close` are capped at the length allowed on neighbouring days. Where placement finds days for fewer runs than were sized, the
    week is drawn again with that many, and `cramped` set; `limited` are the plugins' limits without which it would have found more.
    """
    state = before.copy()
    budget = budget_of_week(state, number, runs=runs, gap=max(gap, state.reading.run_gap_days))
    state.restart = budget.restart
    view = view_of(state, budget)
    sized: list[Sized] = []
    if budget.running:
        wanted = wanted_runs(state, budget, state.talk.runs(view), close)
        sized = provisional(budget.law, budget.own, wanted, _opened(state, budget), state.reading)
    decision = budget.law.decision if sized or budget.committed else "off"
    view = evolve(view, runs=tuple(_run_view(s) for s in sized), decision=decision)
    is_open = state.timetable.has_hours(budget.first)
    proposals = state.talk.sessions(view) if is_open or budget.committed else []
    standing = fixed_events(state, number, proposals)
    proposals = proposals if is_open else []
    events = [*events_of(sized, proposals), *standing]
    placed = arranged(state, budget, events)
    found = sum(event.run is not None for event, _ in placed)
    if found < len(sized):
        limited = limited or crowding(state, budget, events, found)
        return drawn_once(before, number, found, gap=gap, close=close, cramped=True, limited=limited)
    state.close_runs = too_long(state, budget.first, placed)
    _tell_missing(state, budget, found, runs, cramped=cramped, limited=limited)
    if budget.answers is not None:
        state.answers[number] = budget.answers
    placed, homes = overridden(state, budget, placed)
    sessions, held = _sessions(state, budget, placed)
    sessions = retold(state, view, proposals, sessions)
    taken = state.past_log.taken.get(budget.first, frozenset())
    notes = marked(state, number, _notes(budget, proposals, sessions))
    _close(state, held, view, named_apart([*sessions, *notes], taken, state.past_log.ahead))
    state.timetable.homes.update(homes)
    return state


def _tell_missing(state: State, budget: WeekBudget, found: int, runs: int, *, cramped: bool, limited: tuple[Limit, ...]) -> None:
    """Record as a cut, with its reason, how many of the athlete's runs the week lacks: `found` of at most `runs` were placed.

    Where plugins' limits (`limited`) leave no day for a run, they are named before anything else is.
    """
    asked = state.runs_asked(budget.number)
    limits = limited or (closing(state, budget.first, asked) if found < min(asked, runs) and budget.week.metres else ())
    if found < asked and limits:
        state.cut(budget.number, _runs_of(asked - found, asked), named(limits), source_of(limits))
        return
    if found >= asked or not (found or cramped or (runs and budget.shared and budget.week.metres)):
        return
    no_day = runs < asked or most_runs(state.open_run_days(budget.first), state.timetable.run_gap) < asked
    if cramped and not found:
        why = _("your days leave no room for a run")
    elif state.timetable.run_gap != state.reading.run_gap_days:
        why = _("runs keep a day between them in this week")
    elif no_day:
        why = _("your days leave no room for more")
    else:
        why = _("the week's commitments leave too little for them")
    if no_day or budget.shared:
        state.cut(budget.number, _runs_of(asked - found, asked), why)


def _runs_of(missing: int, asked: int) -> str:
    return _("{n} of {asked} runs", n=missing, asked=asked) if asked > 1 else _("Your run besides the commitments")


def _opened(state: State, budget: WeekBudget) -> Ledger:
    """The ledger as of the week's first run: an opening week starts a new block, and law 2 ignores everything before it."""
    if budget.law.dose_s is None:
        return state.ledger
    ledger = state.ledger.copy()
    ledger.opened = budget.first
    return ledger


def _run_view(run: Sized) -> RunView:
    return RunView(
        pillar=run.wanted.pillar,
        key=run.wanted.proposal.key,
        ordinal=run.wanted.ordinal,
        run_s=run.shape.run_s,
        longest_stretch_s=run.shape.longest_s,
        new_level=run.wanted.shape.new_level,
        tags=(RUN, *run.wanted.proposal.tags),
    )


def _sessions(
    state: State, budget: WeekBudget, placed: Sequence[tuple[Event, Placed]], *, decided: bool = False
) -> tuple[list[Session], WeekBudget]:
    """Turn placed events into sessions, runs in date order so that each is checked against what precedes it.

    Also returns the week's opening as revised by its first run. `decided`: all past walks among the events take place.
    """
    runs = sorted((x for x in placed if _is_run(x[0])), key=lambda x: x[1].day)
    if budget.law.dose_s is not None and runs:
        state.ledger.opened = budget.first
    others = [x for x in placed if not _is_run(x[0])]
    if state.past_log.kept and not decided:
        others = _walks_as_planned(state, budget, runs, others)
    behind = [x for x in others if budget.first + x[1].day < state.past_log.ahead]
    week = RunningWeek(state, budget, runs)
    passed: list[Session] = []
    for event, place in sorted([*behind, *runs], key=lambda x: (x[1].day, _is_run(x[0]))):
        if event.fixed is not None:
            week.stand(event, event.fixed, place.start)
        elif event.run is not None:
            later = (other.run for other, at in runs if at.day > place.day and other.run is not None)
            week.add(event, place, sum(run.run_m(state.reading.paces) for run in later))
        else:
            passed.append(past_session(state, week, shortened_session(state, budget, event, place)))
    sessions = week.finish()
    on_foot = week.held.on_foot if sessions or week.began else budget.foot_limit
    sessions += passed
    for event, place in others:
        if budget.first + place.day >= state.past_log.ahead:
            sessions += session_to_come(state, budget, event, place, on_foot=on_foot)
    return sessions, week.held


def _is_run(event: Event) -> bool:
    """Whether an event is a run, the plan's own or a commitment."""
    return event.run is not None or event.fixed is not None


def _walks_as_planned(
    state: State, budget: WeekBudget, runs: Sequence[tuple[Event, Placed]], others: Sequence[tuple[Event, Placed]]
) -> list[tuple[Event, Placed]]:
    """`others` without the past walks for which the week had no room beside its runs.

    Each is decided as on the morning of its own date, with the runs that were still to come, because runs missed since then make no room
    for it in hindsight. A walk that a log row names took place.
    """
    past, named = state.past_log, state.past_log.named(budget.first)
    kept: list[tuple[Event, Placed]] = []
    left_out: list[Event] = []
    for event, place in sorted(others, key=lambda x: x[1].day):
        day, name = budget.first + place.day, f"{event.name}#{event.ordinal}"
        if day >= past.ahead or not seconds_of(event.steps, WALKING):
            continue
        if name not in named:
            sessions, _ = _sessions(state.copy(past.on(day)), budget, [*runs, *kept, (event, place)], decided=True)
            if name not in {session.id for session in sessions}:
                no_room_to_walk(state, budget, event)
                left_out.append(event)
                continue
        kept.append((event, place))
    return [x for x in others if not any(x[0] is event for event in left_out)]


def _notes(budget: WeekBudget, proposals: Iterable[tuple[str, Proposal]], sessions: Sequence[Session]) -> list[Session]:
    """All-day notes, each on its own date or, for `REST_DAY`, on every date of the week without run, strength or cross-training."""
    loaded = {s.date.toordinal() for s in sessions if not LOAD_TAGS.isdisjoint(s.tags)}
    week = range(budget.first, budget.first + 7)
    notes: list[Session] = []
    for pillar, proposal in proposals:
        if not proposal.note:
            continue
        if proposal.on == REST_DAY:
            days = [d for d in week if d not in loaded]
        else:
            days = [proposal.on.toordinal()] if isinstance(proposal.on, date) and proposal.on.toordinal() in week else []
        notes += [_note(pillar, proposal, budget.number, day, n) for n, day in enumerate(days, 1)]
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


def _close(state: State, budget: WeekBudget, view: WeekView, sessions: Sequence[Session]) -> None:
    """Sum up the week and append it to the draft."""
    runs = [s for s in sessions if s.run_s]
    foot = budget.law.foot
    week = Week(
        number=budget.number,
        start=view.first_day,
        stage=view.stage,
        decision=budget.law.decision if runs else "off",
        run_s=sum(s.run_s for s in runs),
        run_m=sum(s.run_m for s in runs),
        foot_m=sum(s.foot_m for s in sessions),
        ceiling_run_m=budget.week.metres,
        ceiling_foot_m=None if foot is None else foot.metres,
        bound_by=budget.week.by,
        sessions=tuple(sorted(sessions, key=_when)),
        done_run_m=state.done_in(budget.first),
    )
    if week.stage == "goal" and not keeps(state.brief.goal, week):  # a step back has taken it away: it is on its way there once more
        week = evolve(week, stage="ladder" if state.reading.ladder else "continuous")
    state.close(week, {s.ordinal: s.run_s for s in runs if own(s)})


def _when(session: Session) -> tuple[date, bool, int, int, str, str, int]:
    """Sort key: date, sessions before notes, clock time, then runs before strength before the rest."""
    minute = session.start.hour * 60 + session.start.minute if session.start else 0
    rank = min([DAY_ORDER.get(tag, 2) for tag in session.tags], default=2)
    return (session.date, session.transparent, minute, rank, session.pillar, session.key, session.ordinal)
