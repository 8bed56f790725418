"""Commitments as sessions: the event of each, what it was allowed, and findings where it holds more."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from attrs import evolve

from planner.engine.commitment_runs import COMMITMENT_TAG, beyond, first_weekly
from planner.engine.events import Event, attach, frozen_session
from planner.engine.plugin_limits import barring
from planner.findings import Finding
from planner.language import N_, _
from planner.model import COMMITMENTS, Why
from planner.quantities import clock, distance
from planner.steps import RUNNING, Step, seconds_of
from planner.zones import by_the_clock, zone

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.athlete import Override
    from planner.engine.commitment_runs import Fixed
    from planner.engine.state import State
    from planner.laws import Bound
    from planner.model import Session
    from planner.offers import Proposal

EASY_RPE, RACE_RPE = 4, 8
LAWS = frozenset({"weekly", "on-foot", "session", "entry", "time-off", "missed"})
"""Caps for which the audit itself reports a commitment."""
STANDS = N_("you fixed it on this date; the plan is made around it")
DETAILS = {
    False: N_("One of your commitments. Run it easily, and walk where the knee asks for it."),
    True: N_("One of your races. It is not easy running; whether it is wise now is up to you and whoever treats the knee."),
}
STEP = {False: N_("run easily"), True: N_("race")}
UNADVISED_STEP = {False: N_("your own run, against the plan's advice"), True: N_("your own race, against the plan's advice")}
UNADVISED = {
    False: N_(
        "One of your commitments. The plan has no running in this week, so to run it goes against the plan's advice: walk it, or leave it "
        "out. It is your decision, and what you run counts."
    ),
    True: N_(
        "One of your races. The plan has no running in this week, so to run it goes against the plan's advice: leave it out, or ask "
        "whoever treats the knee first. It is your decision, and what you run counts."
    ),
}
"""The details of a commitment in a week that plugins leave no running."""
BEFORE = N_("{name} is not in the plan: its date is before the plan's weeks, {first} to {last}.")
AFTER = N_("{name} is not in the plan: its date is after the plan's weeks, {first} to {last}.")
ENDED = N_("{name} is not in the plan: it ends before its first day in the plan's weeks, {first} to {last}.")
LOGGED = N_("Runs before the start belong in the log, or in {weeks}.")


def fixed_events(state: State, number: int, proposals: Iterable[tuple[str, Proposal]]) -> list[Event]:
    """The commitments of week `number` as events, with the texts that `proposals` add; a dropped one is recorded as a cut."""
    if not state.commitments:
        return []
    said = [(pillar, p) for pillar, p in proposals if p.attach is not None and not seconds_of(p.steps)]
    advised = not any(barring(state, state.first_day(number)))
    events: list[Event] = []
    for fixed in state.commitments.of_week(number):
        state.heed(*fixed.asked)
        if fixed.dropped:
            by = next(change.by for change in fixed.asked if change.drop)
            state.cut(number, fixed.name, _("{by} asked for it", by=by))
        else:
            for change in fixed.asked:
                if change.shorten is not None and 60 * change.shorten > fixed.run_s:
                    state.refuse(short_enough(fixed.name, fixed.run_s, change))
            events.append(_with_words(_event(fixed, miles=state.brief.athlete.miles, advised=advised), said))
    return events


def _with_words(event: Event, said: Iterable[tuple[str, Proposal]]) -> Event:
    """The event with the texts attached to commitments, or to this one by name; text only, as its time is not the plan's to change.

    Attachments to runs are for the plan's own runs: a warm-up, a cadence or a stretch is no part of a club's run.
    """
    (full,) = attach([event._replace(tags=(COMMITMENT_TAG, event.name))], said)
    return full._replace(tags=event.tags)


def _event(fixed: Fixed, *, miles: bool, advised: bool) -> Event:
    text = _((STEP if advised else UNADVISED_STEP)[fixed.race])
    changed = [asked_why(moved_words(change.by)) for change in fixed.asked if change.move is not None]
    changed += [asked_why(_shortened(one.by, one.shorten)) for one in fixed.asked if one.shorten and 60 * one.shorten == fixed.run_s]
    changed += [asked_why(note_words(change.by)) for change in fixed.asked if change.note]
    notes = [note_from(change.by, change.note) for change in fixed.asked if change.note]
    return Event(
        pillar=COMMITMENTS,
        key=fixed.key,
        ordinal=1,
        title=f"{fixed.name}: {distance(fixed.run_m, miles=miles)}",
        tags=fixed.tags,
        importance=0,
        core_s=fixed.seconds,
        steps=(Step(kind=RUNNING, seconds=fixed.run_s, text=text, rpe=RACE_RPE if fixed.race else EASY_RPE),),
        details="\n\n".join([_((DETAILS if advised else UNADVISED)[fixed.race]), *notes]),
        why=(Why(limit="commitment", text=_(STANDS)), *changed),
        fixed=fixed,
    )


def asked_why(words: str) -> Why:
    """An override as a reason; `words` say who did what."""
    return Why(limit="override", text=words)


def moved_words(by: str) -> str:
    """Text that says who moved a session to its date."""
    return _("{by} moved it here", by=by)


def note_words(by: str) -> str:
    """Text that says who left a note on a session."""
    return _("{by} left a note", by=by)


def _shortened(by: str, minutes: int) -> str:
    return _("{by} shortened it to {minutes} minutes", by=by, minutes=minutes)


def short_enough(name: str, seconds: int, asked: Override) -> Finding:
    """A finding that a session is already within the length asked for, so that nothing was shortened."""
    message = _(
        "{session} takes {time}, which is within the {minutes} minutes that {by} asked for: nothing was shortened.",
        session=name,
        time=clock(seconds),
        minutes=asked.shorten,
        by=asked.by,
    )
    return Finding(rule="override", severity="info", where=str(asked.date), message=message)


def note_from(by: str, note: str) -> str:
    """A note as shown in a session's details."""
    return _("Note from {by}: {note}", by=by, note=note)


def fixed_session(state: State, event: Event, fixed: Fixed, number: int, start: int | None, bound: Bound) -> Session:
    """A commitment as a session of week `number`; `bound` is what it was allowed, and gives a reason where it holds more."""
    minute = start if fixed.time is None else fixed.time.start
    why = (bound.why(), *event.why) if fixed.run_m > bound.metres else event.why
    local = zone(state.brief.athlete.timezone)
    timed = None if minute is None or minute < 0 else minute
    session = frozen_session(event._replace(why=why), number, fixed.day, timed, local, state.reading.paces, None)
    if fixed.time is not None:
        begins, seconds = by_the_clock(local, session.date, fixed.time.start, fixed.time.end)
        session = evolve(session, start=begins, duration_s=max(fixed.run_s, seconds))
    return evolve(session, run_s=fixed.run_s, run_m=fixed.run_m, foot_m=fixed.run_m, ceiling_m=bound.metres, bound_by=bound.by)


def commitment_findings(state: State) -> list[Finding]:
    """Warnings on commitments without a day in the plan, and on future ones that exceed their time, or a bound other than a law.

    The audit reports those beyond a law.
    """
    miles, found = state.brief.athlete.miles, [*_without_a_day(state), *_too_short_a_time(state)]
    for session in (s for week in state.weeks for s in week.sessions):
        if not beyond(session) or session.status != "planned" or session.bound_by in LAWS or session.date < _ahead(state):
            continue
        allowed, text = distance(session.ceiling_m, miles=miles), next((w.text for w in session.why if w.limit == session.bound_by), "")
        message = _(
            "{session} is more than the {allowed} allowed on this day: {reason}. It stays because you fixed it.",
            session=session.title,
            allowed=allowed,
            reason=text.removesuffix("."),
        )
        found.append(Finding(rule="commitment", severity="warning", where=str(session.date), message=message, source="PROG-15"))
    return found


def _too_short_a_time(state: State) -> Iterable[Finding]:
    """Warn once of each commitment that takes longer at easy pace than its `time`; its calendar entry is then as long as the running."""
    told: set[str] = set()
    for fixed in (f for week in state.weeks for f in state.commitments.of_week(week.number)):
        given = None if fixed.time is None else 60 * (fixed.time.end - fixed.time.start)
        if given is None or fixed.run_s <= given or fixed.dropped or fixed.key in told or fixed.day < state.past_log.ahead:
            continue
        told.add(fixed.key)
        message = _(
            "{session} takes {time} at your easy pace, but the time set for it is {given}. Its calendar entry is as long as the running. "
            "Check its distance and its time.",
            session=fixed.name,
            time=clock(fixed.run_s),
            given=clock(given),
        )
        where = str(date.fromordinal(fixed.day))
        yield Finding(rule="commitment-time", severity="warning", where=where, message=message, source="PROG-15")


def _without_a_day(state: State) -> Iterable[Finding]:
    """Warn of each commitment that has no day in the plan's weeks; a weekly one whose days are all away only pauses."""
    athlete = state.brief.athlete
    first, last = athlete.start, date.fromordinal(state.first_day(len(state.weeks) + 1) - 1)
    for one in athlete.commitments:
        if one.date is not None:
            day, text = one.date, BEFORE if one.date < first else AFTER
            outside = not first <= day <= last
        elif one.on is not None and one.until is not None:
            day, text = one.until, ENDED
            outside = day.toordinal() < first_weekly(athlete, one.on)
        else:
            continue
        if outside:
            message = _(text, name=one.name, first=first, last=last)
            if day < first:
                message = f"{message} {_(LOGGED, weeks=f'recent_weeks_{athlete.units}')}"
            yield Finding(rule="commitment-date", severity="warning", where=str(day), message=message)


def _ahead(state: State) -> date:
    return date.fromordinal(state.past_log.ahead)
