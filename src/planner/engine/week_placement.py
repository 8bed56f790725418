"""Translate a week's events into placement jobs, with days, lengths and homes under the spacing rules, and back."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from planner.caching import cached_by_identity
from planner.engine.commitment_placement import around, fixed_job, hours_with, is_fixed, standing
from planner.engine.events import Event, attach, run_event, session_events
from planner.engine.plugin_limits import named, source_of, touching, unlimited
from planner.language import _
from planner.placement import Job, Placed, WeekShape, arrange, lengthened
from planner.placement.shape import LONG_RUN
from planner.quantities import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.engine.sizing import Sized
    from planner.engine.state import State
    from planner.engine.week_budget import WeekBudget
    from planner.limits import Limit
    from planner.offers import Proposal

LATE_DAYS = 0b1100000
"""Mask of a week's last two days, which the longest run prefers: it brings the new level, after the shorter runs repeated the old one."""


def events_of(sized: Sequence[Sized], proposals: Sequence[tuple[str, Proposal]]) -> list[Event]:
    """The week's runs and sessions as events, with the attachments proposed for them."""
    longest = max(sized, key=lambda s: (s.shape.run_s, -s.wanted.ordinal), default=None)
    events = [run_event(run, longest=run is longest) for run in sized]
    for pillar, proposal in proposals:
        if proposal.attach is None and not proposal.note:
            events += session_events(proposal, pillar)
    return attach(events, proposals)


def arranged(state: State, budget: WeekBudget, events: Sequence[Event]) -> list[tuple[Event, Placed]]:
    """The events with the day, time and minutes that placement gave them; what it dropped is recorded as a cut."""
    if state.talk.mute:
        kept = _kept(state, budget, events)
        if kept is not None:
            return kept
    shape = _shape(state, budget, events)
    by_job = {(job.name, job.ordinal): event for job, event in zip(shape.jobs, events, strict=True)}
    arrangement = arrange(around(shape))
    placed = lengthened(shape, arrangement)
    dropped = {job: by_job[job.name, job.ordinal].title for job in arrangement.dropped if not is_fixed(job)}
    if dropped:
        _cut(state, budget, events, dropped)
    return [(by_job[p.job.name, p.job.ordinal], p) for p in (*placed, *standing(shape.jobs, placed))]


def _cut(state: State, budget: WeekBudget, events: Sequence[Event], dropped: Mapping[Job, str]) -> None:
    """Record the jobs that placement dropped, with their titles and how many sessions of that title the week should have had."""
    spared = _placed_without_limits(state, budget, events)
    asked, missing = Counter(event.title for event in events), Counter(dropped.values())
    for job, title in dropped.items():
        limits = touching(state, budget.first, job.tags) if (job.name, job.ordinal) in spared else ()
        why = named(limits) if limits else _("the week has no room for it")
        what = title if asked[title] == 1 else _("{title} ({n} of {asked})", title=title, n=missing[title], asked=asked[title])
        state.cut(budget.number, what, why, source_of(limits))


def crowding(state: State, budget: WeekBudget, events: Sequence[Event], found: int) -> tuple[Limit, ...]:
    """The plugins' limits without which more than `found` of the runs among `events` would have a day; nothing where that is not so."""
    runs = [event for event in events if event.run is not None]
    spared = _placed_without_limits(state, budget, events)
    if sum((event.name, event.ordinal) in spared for event in runs) <= found:
        return ()
    return touching(state, budget.first, {tag for event in runs for tag in event.tags})


def _placed_without_limits(state: State, budget: WeekBudget, events: Sequence[Event]) -> frozenset[tuple[str, int]]:
    """Names and ordinals of the events that would be placed without plugins' spacings and absences; empty where there are none."""
    if not state.limits.spacings and not state.limits.absences:
        return frozenset()
    arrangement = arrange(around(_shape(unlimited(state), budget, events)))
    return frozenset((placed.job.name, placed.job.ordinal) for placed in arrangement.placed)


def pinned(state: State, budget: WeekBudget, events: Sequence[Event], days: Sequence[int]) -> list[tuple[Event, Placed]] | None:
    """The events on the given days of the week, at times that placement finds there; None where a rule or the hours forbid it."""
    shape = _shape(state, budget, events)
    jobs = tuple([job._replace(days=job.days & 1 << day) for job, day in zip(shape.jobs, days, strict=True)])
    arrangement = arrange(around(shape._replace(jobs=jobs, latest_first_run=None)))
    if any(not is_fixed(job) for job in arrangement.dropped):
        return None
    by_job = {(job.name, job.ordinal): event for job, event in zip(jobs, events, strict=True)}
    placed = lengthened(shape, arrangement)
    return [(by_job[p.job.name, p.job.ordinal], p) for p in (*placed, *standing(jobs, placed))]


def _kept(state: State, budget: WeekBudget, events: Sequence[Event]) -> list[tuple[Event, Placed]] | None:
    """Shortcut for weeks drawn ahead with runs only: each event on last week's day, where all have one with time for it; else None."""
    if state.timetable.run_gap != state.reading.run_gap_days:
        return None
    jobs = _jobs(state, events, budget.first)
    windows = state.timetable.windows(budget.first)
    placed: list[tuple[Event, Placed]] = []
    for event, job in zip(events, jobs, strict=True):
        if job.home is None or not job.days >> job.home & 1:
            return None
        day = windows[job.home]
        if day is not None and event.fixed is None and all(w.end - w.start < job.minutes for w in day):
            return None
        placed.append((event, Placed(job=job, day=job.home, start=None, minutes=job.minutes)))
    return placed if len({p.day for _, p in placed}) == len(placed) else None


def _shape(state: State, budget: WeekBudget, events: Sequence[Event]) -> WeekShape:
    first, windows = budget.first, state.timetable.windows(budget.first)
    last = state.ledger.last_run(first)
    latest = None if last is None or first - last > 7 else last + 7 - first
    fixed = [event.fixed for event in events if event.fixed is not None]
    return WeekShape(
        days=hours_with(windows, fixed, first) if fixed else windows,
        jobs=_jobs(state, events, first),
        rules=state.timetable.rules,
        earlier=state.timetable.recent(first),
        latest_first_run=latest,
    )


def _jobs(state: State, events: Sequence[Event], first: int) -> tuple[Job, ...]:
    """The events as jobs of the week from day number `first`."""
    weekday, open_days = (first - 1) % 7, dict[frozenset[str], int]()
    jobs: list[Job] = []
    longest_s = max((event.run.shape.run_s for event in events if event.run is not None), default=0)
    for event in events:
        if event.fixed is not None:
            jobs.append(fixed_job(event.fixed, first, longest=event.fixed.run_s > longest_s))
            continue
        wish = _wish(event, weekday) if event.run or event.extra_s else _remembered_wish(event, weekday)
        name, minutes, least, tags, prefers, avoids = wish
        if tags not in open_days:
            open_days[tags] = state.open_days(first, tags)
        home = state.run_home(name, event.ordinal) if event.run else state.timetable.homes.get((name, event.ordinal))
        jobs.append(Job(name, event.ordinal, minutes, least, tags, event.importance, open_days[tags], prefers, avoids, home))
    return tuple(jobs)


def _wish(event: Event, weekday: int) -> tuple[str, int, int, frozenset[str], int, int]:
    """An event's fields as a job (name, minutes, least minutes, tags, preferred and avoided days) in a week that starts on `weekday`.

    0 is Monday.
    """
    tags = _tag_set(event.tags)
    late = LATE_DAYS if LONG_RUN in tags else 0
    prefers = _mask(event.prefers, weekday) if event.prefers else late
    avoids = _mask(event.avoids, weekday) if event.avoids else 0
    return event.name, -(-event.seconds // 60), -(-event.shortest_s // 60), tags, prefers, avoids


_remembered_wish = cached_by_identity(2048)(_wish)


@lru_cache(maxsize=1024)
def _tag_set(tags: tuple[str, ...]) -> frozenset[str]:
    """One shared set for equal tags, so that its hash is computed once."""
    return frozenset(tags)


def _mask(weekdays: Sequence[str], start: int) -> int:
    return sum([1 << (n - start) % 7 for n, weekday in enumerate(WEEKDAYS) if weekday in weekdays])
