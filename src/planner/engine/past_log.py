"""What was actually done: log rows by day, and the runs among them with the metres that count."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from attrs import evolve

from planner.entry import may_be_run
from planner.quantities import metres_run
from planner.steps import seconds_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planner.entry import Entry
    from planner.model import Brief, Reading, Session
    from planner.response import Rolling, Standing, Terms

HEARD_DAYS = 365
"""How many days before the start rows are read: a sign that stops training does not expire by itself."""


class PastLog(NamedTuple):
    """The athlete's log as a plan follows it.

    `kept`: there is a log. `follows`: past runs are known, from the log or else from the plan's existing calendar. `ahead` is the first
    day number that counts as planned: today, or tomorrow where today's run is recorded; the start where nothing is followed, as past
    sessions then count as done as planned. `today` is the day of planning. `rows` are the rows from the start on by day number, `before`
    the earlier ones; `terms` are what their answers are judged by, None without a log. `taken` maps the first day number of a week to the
    session ids of its past sessions in the existing calendar, which no session to come may reuse.
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
        """Ids of the sessions that rows of the seven days from day number `first` name."""
        return frozenset(row.session for day in range(first, first + 7) for row in self.rows.get(day, ()) if row.session)

    def on(self, day: int) -> PastLog:
        """What was known on the morning of day number `day`, where that is past; else unchanged."""
        if not self.follows or self.ahead <= day:
            return self
        rows = {at: told for at, told in self.rows.items() if at < day}
        return self._replace(ahead=day, today=min(day, self.today), rows=rows)


class Restart(NamedTuple):
    """A restart of running in the week from day number `first`, after `days_off` dates without a run, seven or more (law 5)."""

    first: int
    days_off: int
    after_pain: bool


def past_of(brief: Brief, reading: Reading, running: frozenset[str] = frozenset()) -> PastLog:
    """A brief's log, sorted for a plan; `running` are the pillars that propose runs."""
    start, today = brief.start.toordinal(), brief.as_of.toordinal()
    told = brief.stood if brief.log is None else brief.log
    if told is None:
        return PastLog(kept=False, follows=False, ahead=start, today=today, rows={}, before=(), terms=None, taken={})
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
    return PastLog(kept=kept, follows=True, ahead=ahead, today=today, rows=rows, before=earlier, terms=terms, taken=taken)


def _may_be_of(row: Entry, running: frozenset[str]) -> bool:
    """Whether a row without metres may be a run: of one of the `running` pillars, or naming no session."""
    return row.session.partition("/")[0] in running if row.session else may_be_run(row)


def _taken(stood: Iterable[Entry], start: int) -> dict[int, frozenset[str]]:
    names: dict[int, frozenset[str]] = {}
    for row in stood:
        first = row.date.toordinal() - (row.date.toordinal() - start) % 7
        names[first] = names.get(first, frozenset()) | {row.session}
    return names


def named_apart(sessions: Sequence[Session], taken: frozenset[str], ahead: int) -> list[Session]:
    """The sessions of a week; those to come whose id is `taken` by a past session of the existing calendar get a free ordinal."""
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
        levels_m=tuple(metres_run(level.total_s, reading.paces.run) for level in template.levels) if reading.ladder else (),
        clearance=athlete.clearance,
        screening=athlete.screening,
    )


def as_told(rows: Sequence[Entry], planned: Mapping[str, Session], day: int) -> list[Entry]:
    """The rows of one day, with metres for the runs among them; walking that is not recorded is taken from the planned run.

    A planned run whose rows have no metres counts once, cut to the time recorded. Beside a row with metres they only add answers: rows for
    each knee, or for the evening and the next morning, are one run.
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
    """`planned` where a row of day number `day` may be about that run, else None.

    Rows of a walk or a strength session on its day are not, nor is a next morning recorded on its own date.
    """
    if planned is None or row.run_m == 0 or (row.session and not row.session.startswith(f"{planned.pillar}/")):
        return None
    if row.only_next_morning and planned.date.toordinal() != day:
        return None
    return planned if row.session or row.run_m or may_be_run(row) else None


def _measured(row: Entry, planned: Session, rows: Sequence[Entry]) -> Entry:
    """The row with metres from all `rows` about one planned run, none of which has any: as planned, cut to the longest time recorded."""
    whole = max(seconds_of(planned.steps), 1)
    part = min(max([each.seconds for each in rows if each.seconds is not None], default=whole), whole)
    run_m = planned.run_m * part // whole
    walked = max([each.foot_m for each in rows if each.foot_m is not None], default=planned.foot_m * part // whole)
    return evolve(row, run_m=run_m, foot_m=max(walked, run_m))


class Heard:
    """The log rows taken in so far, and the ids of the planned runs that they may name."""

    def __init__(self, past: PastLog) -> None:
        """Begin with the rows before the start."""
        self._past, self._rows, self._runs = past, past.before, frozenset[str]()
        self._rolling: Rolling | None = None

    def copy(self, past: PastLog) -> Heard:
        """An independent copy that follows `past`; the cache of judged dates is shared."""
        twin = object.__new__(Heard)
        twin.__dict__.update(self.__dict__, _past=past)
        return twin

    def take(self, rows: Iterable[Entry], runs: Iterable[Session]) -> None:
        """Take in the rows of one date, in date order, and the planned `runs` that they may name."""
        self._rows = (*self._rows, *rows)
        self._runs |= {run.id for run in runs}

    def standing(self, day: int) -> Standing:
        """The standing on day number `day`, or tomorrow where that is earlier."""
        if self._rolling is None:
            from planner.response import Rolling, Terms  # noqa: PLC0415  (a plan without a log does not need it)

            self._rolling = Rolling(self._past.terms or Terms())
        return self._rolling.on(date.fromordinal(min(day, self._past.today + 1)), self._rows, self._runs)
