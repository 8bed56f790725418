"""Events: runs and proposals combined with their attachments, shortened to fit their day, and turned into sessions."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from planner.caching import cached_by_identity
from planner.engine.sizing import Sized
from planner.intervals import intervals, steps_of, tidy
from planner.language import _, cached
from planner.laws import Bound
from planner.model import Session, Why
from planner.offers import CADENCE, LEVEL
from planner.placement.shape import LONG_RUN, NEW_LEVEL, RUN
from planner.quantities import metres_run
from planner.steps import Group, Step, seconds_of
from planner.zones import local_span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from zoneinfo import ZoneInfo

    from planner.engine.commitment_runs import Fixed
    from planner.model import Paces
    from planner.offers import Attachment, Proposal
    from planner.quantities import Weekday
    from planner.steps import Steps

LEAST_RUN_S = 300
"""To fit a day, a run with its walks is not shortened below this many seconds or half its length, whichever is longer."""


class Part(NamedTuple):
    """An attachment: its steps, and what it adds to the event's texts."""

    steps: Steps
    seconds: int
    droppable: bool
    title: str
    details: str
    why: tuple[Why, ...]
    tags: tuple[str, ...] = ()


class Event(NamedTuple):
    """A session before it has a date. A run has its size in `run` and no `steps` until it is frozen; `fixed` is its commitment, if any.

    `core_s` are its seconds without attachments, `least_s` what those can shrink to (0: not at all), `extra_s` those of the attachments.
    """

    pillar: str
    key: str
    ordinal: int
    title: str
    tags: tuple[str, ...]
    importance: int
    core_s: int
    steps: Steps = ()
    run: Sized | None = None
    extra_s: int = 0
    before: tuple[Part, ...] = ()
    after: tuple[Part, ...] = ()
    details: str = ""
    why: tuple[Why, ...] = ()
    least_s: int = 0
    prefers: tuple[Weekday, ...] = ()
    avoids: tuple[Weekday, ...] = ()
    fixed: Fixed | None = None

    @property
    def name(self) -> str:
        """`pillar/key`."""
        return f"{self.pillar}/{self.key}"

    @property
    def seconds(self) -> int:
        """Seconds of the whole event."""
        return self.core_s + self.extra_s

    @property
    def shortest_s(self) -> int:
        """The least seconds it can take, with droppable attachments dropped and the rest shrunk."""
        needed = sum([p.seconds for p in (*self.before, *self.after) if not p.droppable])
        if self.run is None:
            return needed + min(self.core_s, self.least_s or self.core_s)
        running = self.run.shape.run_s + self.run.shape.total_walk_s
        return needed + self.core_s - running + min(running, max(LEAST_RUN_S, running // 2))


def run_event(run: Sized, *, longest: bool) -> Event:
    """The event of a sized run."""
    wanted = run.wanted
    proposal, shape = wanted.proposal, wanted.shape
    marks = [*([LONG_RUN] if longest else []), *([NEW_LEVEL] if shape.new_level else [])]
    marks += [f"{LEVEL}{shape.level}"] if shape.level else []
    return Event(
        pillar=wanted.pillar,
        key=proposal.key,
        ordinal=wanted.ordinal,
        title=proposal.title,
        tags=tuple(dict.fromkeys([RUN, *marks, *proposal.tags])),
        importance=wanted.importance,
        core_s=_core_s(run),
        run=run,
        details=proposal.details,
        why=proposal.why,
        prefers=proposal.prefers,
        avoids=proposal.avoids,
    )


def _core_s(run: Sized) -> int:
    proposal = run.wanted.proposal
    return proposal.warm_up_s + run.shape.run_s + run.shape.total_walk_s + proposal.cool_down_s


def resized(event: Event, run: Sized) -> Event:
    """The event of the same run at another size."""
    return event._replace(run=run, core_s=_core_s(run))


@cached_by_identity(2048)
def session_events(proposal: Proposal, pillar: str) -> tuple[Event, ...]:
    """One event for each of the proposal's `times_per_week`."""
    return tuple(_session_event(pillar, proposal, ordinal) for ordinal in range(1, proposal.times_per_week + 1))


def _session_event(pillar: str, proposal: Proposal, ordinal: int) -> Event:
    return Event(
        pillar=pillar,
        key=proposal.key,
        ordinal=ordinal,
        title=proposal.title,
        tags=proposal.tags,
        importance=proposal.importance[min(ordinal, len(proposal.importance)) - 1],
        core_s=seconds_of(proposal.steps),
        steps=proposal.steps,
        details=proposal.details,
        why=proposal.why,
        least_s=proposal.can_shrink_to or 0,
        prefers=proposal.prefers,
        avoids=proposal.avoids,
    )


def attach(events: Sequence[Event], proposals: Iterable[tuple[str, Proposal]]) -> list[Event]:
    """The events with each attachment that asks for one of their tags, most important first, then by name."""
    offered = [(pillar, p) for pillar, p in proposals if p.attach is not None]
    offered.sort(key=lambda o: (-o[1].importance[0], o[0], o[1].key))
    parts = [(p.attach, _part(p)) for _, p in offered if p.attach is not None]
    asked = {to.tag for to, _ in parts}
    return [event if asked.isdisjoint(event.tags) else _with_parts(event, parts) for event in events]


def _with_parts(event: Event, offered: Sequence[tuple[Attachment, Part]]) -> Event:
    tags, ordinal = event.tags, event.ordinal
    before: list[Part] = []
    after: list[Part] = []
    for to, part in offered:
        if to.tag in tags and (to.ordinals is None or ordinal in to.ordinals):
            (before if to.where == "before" else after).append(part)
    extra_s = sum([part.seconds for part in before]) + sum([part.seconds for part in after])
    return event._replace(before=tuple(before), after=tuple(after), extra_s=extra_s)


@cached_by_identity(2048)
def _part(proposal: Proposal) -> Part:
    """A proposal as an attachment."""
    return Part(
        steps=proposal.steps,
        seconds=seconds_of(proposal.steps),
        droppable=proposal.can_drop,
        title=proposal.title,
        details=proposal.details,
        why=proposal.why,
        tags=tuple(tag for tag in proposal.tags if tag.startswith(CADENCE)),
    )


def shortened(event: Event, seconds: int) -> tuple[Event, list[str]]:
    """The event shortened towards `seconds`, and the titles of the attachments left off.

    Droppable attachments go first, then, unless it is a run, its last steps.
    """
    dropped: list[str] = []
    if event.seconds <= seconds:
        return event, dropped
    for part in (*reversed(event.after), *reversed(event.before)):
        if event.seconds > seconds and part.droppable and part.seconds:
            before, after = _but(event.before, part), _but(event.after, part)
            event = event._replace(extra_s=event.extra_s - part.seconds, before=before, after=after)
            dropped.append(part.title)
    if event.run is None:
        while event.seconds > seconds and len(event.steps) > 1:
            event = event._replace(steps=event.steps[:-1], core_s=seconds_of(event.steps[:-1]))
    return event, dropped


def _but(parts: tuple[Part, ...], left_off: Part) -> tuple[Part, ...]:
    return tuple(p for p in parts if p is not left_off)


def run_bound_of_time(event: Event, seconds: int, paces: Paces) -> Bound | None:
    """The most running metres that a run event can hold within `seconds`; None where all of it fits, or it is not a run."""
    run = event.run
    if run is None or event.seconds <= seconds:
        return None
    room = seconds - (event.seconds - run.shape.run_s - run.shape.total_walk_s)
    run_s = run.shape.run_s
    while run_s > 0:
        shape = intervals(run_s, run.wanted.shape.stretch_s, run.wanted.shape.walk_s)
        total = shape.run_s + shape.total_walk_s
        if total <= room:
            break
        in_proportion = min(run_s - 1, run_s * max(room, 0) // total)  # where it is walks, mostly, that take the time
        run_s = tidy(max(run_s - max(1, (total - room) // 2), in_proportion))
    return Bound(metres=metres_run(max(run_s, 0), paces.run), by="availability")


def frozen_session(
    event: Event, week: int, day: int, start_minute: int | None, zone: ZoneInfo, paces: Paces, bound: Bound | None
) -> Session:
    """The finished session on day number `day`; `start_minute` counts from midnight, `bound` is what limited a run."""
    on = date.fromordinal(day)
    steps, why, details = _words(event, bound)
    duration, tags = event.seconds, event.tags
    for part in event.before:
        tags += part.tags
    run_s = walk_s = run_m = 0
    title = event.title
    if event.run is not None:
        shape = event.run.shape
        run_s, walk_s, run_m = shape.run_s, shape.total_walk_s, event.run.run_m(paces)
        whole = event.run.wanted.proposal.unbroken if not walk_s else ""
        title = f"{whole or title}: {shape.dose}"
    else:
        walk_s = seconds_of(steps, "walk")
    return Session(
        week=week,
        pillar=event.pillar,
        key=event.key,
        ordinal=event.ordinal,
        date=on,
        start=_start(zone, on, start_minute, duration),
        duration_s=duration,
        title=title,
        steps=steps,
        tags=tags,
        run_s=run_s,
        walk_s=walk_s,
        run_m=run_m,
        foot_m=run_m + metres_run(walk_s, paces.walk),
        ceiling_m=bound.metres if bound else 0,
        bound_by=bound.by if bound else "",
        details=details,
        why=why,
    )


def _words(event: Event, bound: Bound | None) -> tuple[Steps, tuple[Why, ...], str]:
    run, parts = event.run, (*event.before, *event.after)
    if run is None and not parts:
        return event.steps, event.why, event.details
    steps: list[Step | Group] = []
    steps += () if run is None else _walk("warm-up", run.wanted.proposal.warm_up_s)
    for part in event.before:
        steps += part.steps
    steps += event.steps if run is None else steps_of(run.shape, run.wanted.rpe)
    steps += () if run is None else _walk("cool-down", run.wanted.proposal.cool_down_s)
    for part in event.after:
        steps += part.steps
    why = [bound.why()] if bound else []
    why += event.why
    for part in parts:
        why += part.why
    details = [event.details, *[part.details for part in parts]]
    return tuple(steps), tuple(dict.fromkeys(why)), "\n\n".join(filter(None, details))


@cached(128)
def _walk(kind: Literal["warm-up", "cool-down"], seconds: int) -> Steps:
    """The walk before or after a run; empty for 0 seconds."""
    text = _("walk briskly") if kind == "warm-up" else _("walk easily")
    return (Step(kind=kind, seconds=seconds, text=text),) if seconds else ()


def _start(zone: ZoneInfo, on: date, minute: int | None, seconds: int) -> datetime | None:
    """The local start, one or two hours later where the clock skips or repeats it; None without a time, or where neither helps."""
    if minute is None:
        return None
    for later in (0, 60, 120):
        if minute + later < 24 * 60:
            span = local_span(zone, on, minute + later, seconds)
            if span is not None:
                return span[0]
    return None
