"""What was really done: the rows of the log by day, and the runs among them as the laws count them."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from attrs import evolve

from planner.entry import may_be_run, only_next_morning
from planner.steps import seconds_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planner.entry import Entry
    from planner.model import Brief, Reading, Session
    from planner.response import Rolling, Standing, Terms

HEARD_DAYS = 365
"""How far before the start rows are heard: signs that stop have no end of their own."""


class Past(NamedTuple):
    """The athlete's log as a plan follows it.

    `ahead` is the first day number that counts as planned: today, or tomorrow where today's run is written down; the start where no log is
    `kept`, as past sessions then count as done as planned. Where a calendar of the plan stands, it `follows` its past runs in place of a
    log. `today` is the day of planning. `rows` are the rows from the start on by day number, `before` those before it; `terms` what the
    answers in them are judged by, None where no log is kept. `taken` are, by the first day number of a week, the names of its past sessions
    in a calendar that stands: no session to come may have one of them.
    """

    kept: bool
    follows: bool
    ahead: int
    today: int
    rows: Mapping[int, tuple[Entry, ...]]
    before: tuple[Entry, ...]
    terms: Terms | None
    taken: Mapping[int, frozenset[str]]

    def named(self, first: int) -> frozenset[str]:
        """The sessions that the rows of the seven days from `first` name."""
        return frozenset(row.session for day in range(first, first + 7) for row in self.rows.get(day, ()) if row.session)

    def on(self, day: int) -> Past:
        """What was known in the morning of day number `day`, where that is past."""
        if not self.follows or self.ahead <= day:
            return self
        rows = {at: told for at, told in self.rows.items() if at < day}
        return self._replace(ahead=day, today=min(day, self.today), rows=rows)


class Restart(NamedTuple):
    """The week from day number `first` in which running starts anew after `days_off` dates without a run, seven or more (law 5)."""

    first: int
    days_off: int
    after_pain: bool


def past_of(brief: Brief, reading: Reading, running: frozenset[str] = frozenset()) -> Past:
    """What a brief's log says, sorted for a plan; `running` are the pillars that propose runs."""
    start, today = brief.start.toordinal(), brief.as_of.toordinal()
    told = brief.stood if brief.log is None else brief.log
    if told is None:
        return Past(kept=False, follows=False, ahead=start, today=today, rows={}, before=(), terms=None, taken={})
    seen = sorted((row for row in told if start - HEARD_DAYS <= row.date.toordinal() <= today), key=lambda row: row.date)
    rows: dict[int, tuple[Entry, ...]] = {}
    for row in seen:
        day = row.date.toordinal()
        if day >= start:
            rows[day] = (*rows.get(day, ()), row)
    told_today = any(row.run_m or (row.run_m is None and _may_be_of(row, running)) for row in rows.get(today, ()))
    earlier = tuple(row for row in seen if row.date < brief.start)
    ahead, kept = max(start, today + told_today), brief.log is not None
    terms = _terms(brief, reading) if kept else None
    taken = _taken(brief.stood or (), start)
    return Past(kept=kept, follows=True, ahead=ahead, today=today, rows=rows, before=earlier, terms=terms, taken=taken)


def _may_be_of(row: Entry, running: frozenset[str]) -> bool:
    """Whether a row without metres may be a run of these pillars."""
    return row.session.partition("/")[0] in running if row.session else may_be_run(row)


def _taken(stood: Iterable[Entry], start: int) -> dict[int, frozenset[str]]:
    names: dict[int, frozenset[str]] = {}
    for row in stood:
        first = row.date.toordinal() - (row.date.toordinal() - start) % 7
        names[first] = names.get(first, frozenset()) | {row.session}
    return names


def named_apart(sessions: Sequence[Session], taken: frozenset[str], ahead: int) -> list[Session]:
    """The sessions of a week, those still to come with ordinals that no past session of a calendar that stands has (`taken`)."""
    if not taken:
        return list(sessions)
    used = {*taken, *(session.id for session in sessions)}
    named: list[Session] = []
    for session in sessions:
        if session.id in taken and session.date.toordinal() >= ahead:
            stem = session.id.rpartition("#")[0]
            ordinal = next(n for n in count(1) if f"{stem}#{n}" not in used)
            used.add(f"{stem}#{ordinal}")
            session = evolve(session, ordinal=ordinal)  # noqa: PLW2901  (the same session under another name)
        named.append(session)
    return named


def _terms(brief: Brief, reading: Reading) -> Terms:
    from planner.response import Terms  # noqa: PLC0415  (a plan without a log does not need it)

    athlete, template = brief.athlete, brief.template
    return Terms(
        clean_needed=template.clean_sessions,
        levels_per_week=template.levels_per_week,
        most_pain=athlete.most_pain(brief.as_of),
        growth=reading.growth,
        clearance=athlete.clearance,
        screening=athlete.screening,
    )


def as_told(rows: Sequence[Entry], planned: Mapping[str, Session], day: int) -> list[Entry]:
    """The rows of one day, runs among them with their metres; walking that nobody told is the planned one's.

    A planned run whose rows tell no metres was run once, shortened to the time it took. Beside a row that tells metres they only answer:
    rows for each knee, or for the evening and the morning after, are one run.
    """
    on_day = next((session for session in planned.values() if session.date.toordinal() == day), None)
    about = [_run_of(row, planned.get(row.session, on_day), day) for row in rows]
    told: list[Entry] = []
    measured = {row.session for row in rows if row.run_m == 0}
    if any(row.run_m for row in rows):
        measured |= {run.id for run in about if run is not None}
    for row, run in zip(rows, about, strict=True):
        if run is None:
            told.append(row)
        elif row.run_m:
            walked = run.foot_m - run.run_m
            told.append(evolve(row, foot_m=row.run_m + walked if row.foot_m is None else max(row.foot_m, row.run_m)))
        elif run.id in measured:
            told.append(evolve(row, foot_m=None))
        else:
            measured.add(run.id)
            told.append(_measured(row, run, [other for other, its in zip(rows, about, strict=True) if its is run]))
    return told


def _run_of(row: Entry, planned: Session | None, day: int) -> Session | None:
    """The planned run that a row of day number `day` is about, as far as it may be: `planned`, or none.

    A walk and a strength session on its day are not, nor is a next morning that is told on its own date.
    """
    if planned is None or row.run_m == 0 or (row.session and not row.session.startswith(f"{planned.pillar}/")):
        return None
    if only_next_morning(row) and planned.date.toordinal() != day:
        return None
    return planned if row.session or row.run_m or may_be_run(row) else None


def _measured(row: Entry, planned: Session, rows: Sequence[Entry]) -> Entry:
    """The first of the `rows` that are about one planned run, none of which tells its metres, with those of all."""
    whole = max(seconds_of(planned.steps), 1)
    part = min(max([each.seconds for each in rows if each.seconds is not None], default=whole), whole)
    run_m = planned.run_m * part // whole
    walked = max([each.foot_m for each in rows if each.foot_m is not None], default=planned.foot_m * part // whole)
    return evolve(row, run_m=run_m, foot_m=max(walked, run_m))


class Heard:
    """The rows of one plan's log that were taken in so far, and the planned runs that they may name."""

    def __init__(self, past: Past) -> None:
        """The rows before the start."""
        self._past, self._rows, self._runs = past, past.before, frozenset[str]()
        self._rolling: Rolling | None = None

    def copy(self, past: Past) -> Heard:
        """One of its own to take in more, of what is known by `past`; what was judged so far is shared."""
        twin = object.__new__(Heard)
        twin.__dict__.update(self.__dict__, _past=past)
        return twin

    def take(self, rows: Iterable[Entry], runs: Iterable[Session]) -> None:
        """Take the rows of one date in, those of the dates before it known."""
        self._rows = (*self._rows, *rows)
        self._runs |= {run.id for run in runs}

    def standing(self, day: int) -> Standing:
        """What they leave on day number `day`, as far as they are known today."""
        if self._rolling is None:
            from planner.response import Rolling, Terms  # noqa: PLC0415  (a plan without a log does not need it)

            self._rolling = Rolling(self._past.terms or Terms())
        return self._rolling.on(date.fromordinal(min(day, self._past.today + 1)), self._rows, self._runs)
