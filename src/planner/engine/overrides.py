"""Overrides: manual changes of single sessions, applied to the placed week before its runs are sized for their dates.

They stay within the laws and limits: a session moves only to a date where placement's rules allow it beside all others, and it only gets
shorter. An override that is not applied becomes a finding with the reason.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from attrs import evolve

from planner.engine.commitment_placement import closed_by
from planner.engine.commitments import asked_why, moved_words, note_from, note_words, short_enough
from planner.engine.events import resized, run_bound_of_time, shortened
from planner.engine.sizing import fit
from planner.engine.week_placement import pinned
from planner.findings import Finding
from planner.language import _
from planner.laws import Bound
from planner.model import COMMITMENTS
from planner.quantities import clock
from planner.steps import Step, seconds_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.athlete import Override
    from planner.engine.events import Event
    from planner.engine.state import State
    from planner.engine.week_budget import WeekBudget
    from planner.model import Session
    from planner.placement import Placed

Spot = tuple["Event", "Placed"]
Name = tuple[str, int]
"""An event's identity within a week: name and ordinal."""


def overridden(state: State, budget: WeekBudget, placed: Sequence[Spot]) -> tuple[list[Spot], dict[Name, int]]:
    """The placed week with overrides applied, and for each session to be moved the day of the week that placement gave it."""
    kept: list[Spot] = []
    moves: list[tuple[Name, Override]] = []
    for spot in placed:
        changes = _of(state, budget, spot[0])
        state.heed(*changes)
        changed = _changed(state, budget, spot, changes)
        if changed is not None:
            moves += [(_name(spot), one) for one in changes if one.move is not None]
            kept.append(changed)
    return _moved(state, budget, kept, moves) if moves else (kept, {})


def _name(spot: Spot) -> Name:
    return spot[0].name, spot[0].ordinal


def _of(state: State, budget: WeekBudget, event: Event) -> tuple[Override, ...]:
    """The overrides of an event; none for commitments, where they are already applied."""
    if not state.asked or event.pillar == COMMITMENTS:
        return ()
    return state.asked.get((budget.number, f"{event.name}#{event.ordinal}"), ())


def _changed(state: State, budget: WeekBudget, spot: Spot, changes: Iterable[Override]) -> Spot | None:
    """An event with its notes, shortened as asked; None where it was dropped, or nothing is left of it."""
    event, place = spot
    for one in changes:
        if one.drop:
            state.cut(budget.number, event.title, _("{by} asked for it", by=one.by))
            return None
        if one.note:
            details = "\n\n".join(filter(None, (event.details, note_from(one.by, one.note))))
            event = event._replace(details=details, why=(*event.why, asked_why(note_words(one.by))))
        if one.shorten is not None:
            if 60 * one.shorten >= event.seconds:
                state.refuse(short_enough(event.title, event.seconds, one))
            shorter = _shorter(state, event, 60 * one.shorten, one)
            if shorter is None:
                least = _("nothing is left of it in the {minutes} minutes that {by} asked for", minutes=one.shorten, by=one.by)
                state.cut(budget.number, event.title, least)
                return None
            event = shorter._replace(why=(*shorter.why, asked_why(_at_most(one))))
            place = place._replace(minutes=min(place.minutes, -(-event.seconds // 60)))
    return event, place


def _shorter(state: State, event: Event, seconds: int, asked: Override) -> Event | None:
    """The event in at most `seconds`: droppable attachments go first, then running or its last steps; None where nothing is left."""
    event, _ = shortened(event, seconds)
    if event.seconds <= seconds:
        return event
    if event.run is not None:
        within = run_bound_of_time(event, seconds, state.reading.paces)
        bound = Bound(0 if within is None else within.metres, "override", _at_most(asked))
        sized = fit(event.run.wanted, bound, None, state.reading.paces)
        return None if sized is None else resized(event, sized)
    last = event.steps[-1] if event.steps else None
    left = seconds - (event.seconds - last.seconds) if isinstance(last, Step) else 0
    if not isinstance(last, Step) or left <= 0:
        return None
    steps = (*event.steps[:-1], last._replace(seconds=left))
    return event._replace(steps=steps, core_s=seconds_of(steps))


def _at_most(one: Override) -> str:
    return _("{by} asked for at most {time}", by=one.by, time=clock(60 * (one.shorten or 0)))


def _moved(
    state: State, budget: WeekBudget, placed: list[Spot], moves: Sequence[tuple[Name, Override]]
) -> tuple[list[Spot], dict[Name, int]]:
    """Apply the moves, all at once where placement allows it, else one by one; also the days that those sessions had before."""
    moved = {name for name, _ in moves}
    homes = {_name(spot): spot[1].day for spot in placed if _name(spot) in moved}
    together = _try(state, budget, placed, moves)
    if together is not None:
        return together, homes
    for name, one in moves:
        alone = _try(state, budget, placed, [(name, one)])
        if alone is None:
            state.refuse(_refusal(state, budget, placed, name, one))
        placed = placed if alone is None else alone
    return placed, homes


def _try(state: State, budget: WeekBudget, placed: Sequence[Spot], moves: Sequence[tuple[Name, Override]]) -> list[Spot] | None:
    """The week with these moves, its hours found anew; None where placement does not allow it."""
    days = {name: _target(budget, one) for name, one in moves}
    events = [
        spot[0]._replace(why=(*spot[0].why, *(asked_why(moved_words(one.by)) for name, one in moves if name == _name(spot))))
        for spot in placed
    ]
    wanted = [days.get(_name(spot), spot[1].day) for spot in placed]
    return pinned(state, budget, events, wanted)


def _target(budget: WeekBudget, one: Override) -> int:
    return (one.date if one.move is None else one.move).toordinal() - budget.first


def _refusal(state: State, budget: WeekBudget, placed: Sequence[Spot], name: Name, one: Override) -> Finding:
    """The finding on why a session was not moved."""
    event, place = next(spot for spot in placed if _name(spot) == name)
    stays = date.fromordinal(budget.first + place.day)
    message = _(
        "{session} stays on {day}: {by} asked for {other_day}, but {obstacle}.",
        session=event.title,
        day=stays,
        by=one.by,
        other_day=one.move,
        obstacle=_obstacle(state, budget, placed, event, one),
    )
    return Finding(rule="override", severity="warning", where=str(one.date), message=message, source="WR-02")


def _obstacle(state: State, budget: WeekBudget, placed: Sequence[Spot], event: Event, one: Override) -> str:
    """What prevents a move, in words: the day's availability, a session too close, the rest day, or the hours."""
    day = _target(budget, one)
    tags = frozenset(event.tags)
    if not state.open_days(budget.first, tags) >> day & 1:
        reach = budget.first + 6 + max(rule.days for rule in state.timetable.rules)
        fixed = state.commitments.between(budget.first, reach)
        near = [one for one in fixed if closed_by([one], state.timetable.rules, budget.first, tags) >> day & 1]
        if near:
            return _("that is too close to {session}", session=near[0].name)
        return _("your days, or a plugin, leave no time for it there")
    for other, place in placed:
        if other is event:
            continue
        for rule in state.timetable.rules:
            one_way = rule.after in other.tags and rule.before in tags and 0 <= day - place.day < rule.days
            back = rule.after in tags and rule.before in other.tags and 0 <= place.day - day < rule.days
            if one_way or back:
                on = date.fromordinal(budget.first + place.day)
                return _("that is too close to {session} on {day}", session=other.title, day=on)
    for offset, before in state.timetable.recent(budget.first):
        if any(rule.after in before and rule.before in tags and day - offset < rule.days for rule in state.timetable.rules):
            return _("that is too close to what comes before this week")
    return _("the day has no room for it, or the week would lose its rest day")


def marked(state: State, number: int, notes: Iterable[Session]) -> list[Session]:
    """All-day notes of a week with overrides applied: they can be dropped and written on, not moved or shortened."""
    kept: list[Session] = []
    for note in notes:
        changes = state.asked.get((number, note.id), ()) if state.asked else ()
        state.heed(*changes)
        for one in changes:
            if one.move is not None or one.shorten is not None:
                message = _("{note} is an all-day note, which cannot be moved or shortened; {by} asked for it.", note=note.title, by=one.by)
                state.refuse(Finding(rule="override", severity="warning", where=str(one.date), message=message))
        written = [one for one in changes if one.note]
        details = "\n\n".join(filter(None, (note.details, *(note_from(one.by, one.note) for one in written))))
        if not any(one.drop for one in changes):
            why = (*note.why, *(asked_why(note_words(one.by)) for one in written))
            kept.append(evolve(note, details=details, why=why) if written else note)
    return kept


def override_findings(state: State) -> list[Finding]:
    """Findings on overrides that were not applied, and on those that matched no session."""
    found = list(state.refused)
    for one in state.brief.athlete.override:
        if one not in state.heeded:
            message = _(
                "{session} is not in the week of {day}, so the change that {by} asked for was not made.",
                session=one.session,
                day=one.date,
                by=one.by,
            )
            found.append(Finding(rule="override", severity="warning", where=str(one.date), message=message))
    return found
