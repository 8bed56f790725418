"""The records that a plan is made of: what was run, what is planned, and why.

All frozen, all keyword-only. Metres and seconds are whole numbers; dates are the athlete's local dates.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from attrs import field, frozen

from planner.athlete import Athlete
from planner.entry import Entry
from planner.findings import Finding
from planner.language import ENGLISH
from planner.programme import Template
from planner.records import Record, Value
from planner.steps import Steps

if TYPE_CHECKING:
    from typing import Self

Decision: TypeAlias = Literal["entry", "progress", "hold", "easy", "regress", "off"]
Stage: TypeAlias = Literal["pre-run", "ladder", "continuous", "goal"]
Cap: TypeAlias = str
"""What set a ceiling: a key of `planner.laws.WORDS` (weekly, session, pain ...), `override`, or `plugin:NAME`."""
Status: TypeAlias = Literal["planned", "done", "missed", "cancelled"]
COMMITMENTS = "commitments"
"""The pillar name of runs from `[[commitments]]`, which stay whatever the laws say. No plugin may use it."""
OURS = "return-to-run"
"""Our own distribution. If another plugin uses the name of one of ours, the other is at fault."""
DAY = timedelta(days=1)
WEEK = timedelta(days=7)


@frozen(kw_only=True, eq=False, repr=False)
class Done(Record):
    """Running on a past date, in metres; 0 for a last run of unknown length. `foot_m` is None if the walking is not known. `longest_m` is
    a longer run that was run on this date or earlier (the athlete's longest of the last 30 days). `allowed_m` is what the laws allowed when
    the run was planned, None for running before the plan.
    """

    date: date
    run_m: int
    foot_m: int | None = None
    longest_m: int | None = None
    allowed_m: int | None = None
    estimated: bool = False


class _Why(NamedTuple):
    limit: str
    text: str
    source: str


class Why(Value, _Why):
    """A reason for a session's size, day or content. `limit` is what decided (a `Cap`, or `content`); `source` is an evidence id."""

    __slots__ = ()

    def __new__(cls, *, limit: str, text: str, source: str = "") -> Self:
        """Make a reason from keyword arguments only."""
        return tuple.__new__(cls, (limit, text, source))


@frozen(kw_only=True, eq=False, repr=False, slots=False)
class Session(Record):
    """One dated session.

    The week number with `pillar`, `key` and `ordinal` (from 1, within the week) identifies it, also after it moves. `start` is an aware
    local time, None for an all-day session. `duration_s` is the whole session, attachments included. `run_s` and `walk_s` are the sums of
    its `run` and `walk` steps; `run_m` and `foot_m` follow from them and the paces. `ceiling_m` is the most running metres that laws and
    limits allowed and `bound_by` what set it; without running they are 0 and "". A `transparent` session does not block time.
    """

    week: int
    pillar: str
    key: str
    ordinal: int
    date: date
    start: datetime | None
    duration_s: int
    title: str
    steps: Steps
    tags: tuple[str, ...]
    run_s: int = 0
    walk_s: int = 0
    run_m: int = 0
    foot_m: int = 0
    ceiling_m: int = 0
    bound_by: Cap = ""
    details: str = ""
    why: tuple[Why, ...] = ()
    transparent: bool = False
    status: Status = "planned"

    @property
    def id(self) -> str:
        """The session's name within its week: `pillar/key#ordinal`."""
        return f"{self.pillar}/{self.key}#{self.ordinal}"

    def __hash__(self) -> int:
        """Hash identity, date and running only: cheap enough for hooks to cache by session."""
        return hash((self.week, self.pillar, self.key, self.ordinal, self.date, self.run_s))


@frozen(kw_only=True, eq=False, repr=False, slots=False)
class Week(Record):
    """Seven dates from `start`. `run_s`, `run_m` and `foot_m` are sums over its sessions. The ceilings are what the laws allowed the week
    (`ceiling_foot_m` is None without an on-foot reference) and `bound_by` is what set the running ceiling. `done_run_m` is None until the
    week is past.
    """

    number: int
    start: date
    stage: Stage
    decision: Decision
    run_s: int
    run_m: int
    foot_m: int
    ceiling_run_m: int
    ceiling_foot_m: int | None
    bound_by: Cap
    sessions: tuple[Session, ...]
    done_run_m: int | None = None

    @property
    def last_day(self) -> date:
        """The seventh date."""
        return self.start + 6 * DAY

    def __hash__(self) -> int:
        """Hash number, date and sums only: cheap enough for hooks to cache by week."""
        return hash((self.number, self.start, self.run_s, self.run_m, self.foot_m))


@frozen(kw_only=True, eq=False, repr=False)
class Paces(Record):
    """Seconds per kilometre for easy running and brisk walking."""

    run: int
    walk: int


@frozen(kw_only=True, eq=False, repr=False)
class Reading(Record):
    """How one plan reads the laws; the audit uses the same record. `explicit_growth`: the athlete set the growth. `close_run_s`: the limit
    of WR-09 for runs on neighbouring days, in seconds; 0 for none.
    """

    paces: Paces
    run_gap_days: int = 2
    close_run_s: int = 0
    measure: Literal["running", "on-foot"] = "running"
    missed: Literal["resume", "strict"] = "resume"
    rolling: Literal["report", "enforce"] = "report"
    growth: Fraction = Fraction(1, 10)
    explicit_growth: bool = False
    easy_week_every: int = 4
    ladder: bool = True


@frozen(kw_only=True, eq=False, repr=False)
class Goal(Record):
    """`minutes` of continuous running in every run of a week, or `week_m` metres a week.

    `first_run` is the date of the first run that holds the minutes; `every_run` is the first date of the first week in which every run
    does, or that holds `week_m`. Both are None if the plan does not get there. `foreseen` is the number of the week that reaches the
    goal, which may lie beyond the plan; None if it cannot be said. `latest` is that number if every third week ahead were a hold, never
    less than `foreseen`; None as for `foreseen`, and without a log.
    """

    minutes: int | None = None
    week_m: int | None = None
    first_run: date | None = None
    every_run: date | None = None
    foreseen: int | None = None
    latest: int | None = None


@frozen(kw_only=True, eq=False, repr=False)
class Contributor(Record):
    """A plugin that took part: its name, distribution and version."""

    name: str
    distribution: str
    version: str


@frozen(kw_only=True, eq=False, repr=False)
class Brief(Record):
    """The input of one plan, and all that a hook learns about the athlete.

    `athlete.pillars` holds only the settings of the plugin that is asked. `history` is past running, oldest first. `as_of` is the day of
    planning and `issued` the moment that the calendar states (UTC). `log` holds the logged rows, oldest first; None without a log. `stood`
    is the past of this plan's existing calendar, session by session: without a log it counts as done, and its names stay taken. None
    without such a calendar.
    """

    athlete: Athlete
    template: Template
    reading: Reading
    goal: Goal
    as_of: date
    issued: datetime
    history: tuple[Done, ...] = ()
    log: tuple[Entry, ...] | None = None
    stood: tuple[Entry, ...] | None = None

    @property
    def start(self) -> date:
        """The first date of week 1."""
        return self.athlete.start

    @property
    def weeks(self) -> int:
        """The number of weeks asked for."""
        return self.athlete.weeks

    def week_start(self, number: int) -> date:
        """The first date of week `number`, counted from 1."""
        return self.start + (number - 1) * WEEK


@frozen(kw_only=True, eq=False, repr=False)
class Plan(Record):
    """A finished plan: what the outputs write and the audit checks.

    From `ahead_from` on, dates count as planned; earlier dates count as they were run, by `history`. None without a log: then the whole
    plan counts as planned. `log` holds the rows that the plan knows, oldest first; None without a log. `language` is the code of the
    language of its texts.
    """

    athlete_id: str
    athlete_name: str
    timezone: str
    units: Literal["km", "mi"]
    start: date
    as_of: date
    issued: datetime
    template: str
    reading: Reading
    goal: Goal
    plugins: tuple[Contributor, ...]
    history: tuple[Done, ...]
    weeks: tuple[Week, ...]
    findings: tuple[Finding, ...] = ()
    disclaimer: str = field(default="")
    ahead_from: date | None = None
    log: tuple[Entry, ...] | None = None
    language: str = ENGLISH

    @property
    def sessions(self) -> tuple[Session, ...]:
        """All sessions, by week, then date and time."""
        return tuple(s for w in self.weeks for s in w.sessions)
