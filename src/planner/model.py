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
"""What gave a ceiling: a word of `planner.laws.WORDS` (weekly, session, pain ...), override, or plugin:NAME."""
Status: TypeAlias = Literal["planned", "done", "missed", "cancelled"]
COMMITMENTS = "commitments"
"""The pillar's name of runs that stand whatever the laws say, `[[commitments]]` of the athlete file: no plugin may have it."""
OURS = "return-to-run"
"""The distribution whose plugins keep their names: of two plugins with one name the other is at fault."""
DAY = timedelta(days=1)
WEEK = timedelta(days=7)


@frozen(kw_only=True, eq=False, repr=False)
class Done(Record):
    """Running on a past date. `foot_m` is None where the walking is not known; `longest_m` is a longer run known to lie no later than
    this date (the athlete's longest of the last 30 days); `allowed_m` what the laws allowed when it was planned, None before any plan.
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
    """A reason for a session's size, place or content. `limit` is what decided (a `Cap`, or `content`), `source` an evidence id."""

    __slots__ = ()

    def __new__(cls, *, limit: str, text: str, source: str = "") -> Self:
        """The reason, as it is given."""
        return tuple.__new__(cls, (limit, text, source))


@frozen(kw_only=True, eq=False, repr=False, slots=False)
class Session(Record):
    """One dated session.

    `pillar`, `key` and `ordinal` (from 1, within its week) with the week number are its identity: they stay when it moves. `start` is an
    aware local time, None for an all-day session. `duration_s` is the whole session, attachments included. `run_s`, `walk_s` are the
    sums of its `run` and `walk` steps; `run_m`, `foot_m` follow from them and the paces. `ceiling_m` is the most running metres that
    laws and limits allowed, `bound_by` what gave that; both are 0 and "" without running. `transparent` does not block time.
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
        """By identity within a plan and its date: cheap, so that hooks can remember what they read of a session."""
        return hash((self.week, self.pillar, self.key, self.ordinal, self.date, self.run_s))


@frozen(kw_only=True, eq=False, repr=False, slots=False)
class Week(Record):
    """Seven dates from `start`. `run_s`, `run_m`, `foot_m` are sums over its sessions; the ceilings are what the laws allowed the week
    (`ceiling_foot_m` None: no on-foot reference), `bound_by` what gave the running ceiling; `done_run_m` None until it is past.
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
        """By number, date and sums: cheap, so that hooks can remember what they read of a week."""
        return hash((self.number, self.start, self.run_s, self.run_m, self.foot_m))


@frozen(kw_only=True, eq=False, repr=False)
class Paces(Record):
    """Seconds per kilometre, running easily and walking briskly."""

    run: int
    walk: int


@frozen(kw_only=True, eq=False, repr=False)
class Reading(Record):
    """How the laws are read for one plan, for the audit. `explicit_growth`: asked for; `close_run_s`: WR-09's bound in seconds, 0: none."""

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
    """`minutes` of continuous running in every run of a week, or `week_m` metres a week. `first_run` is the date of the first single run
    that holds the minutes, `every_run` the first date of the first week in which every run does (or that holds `week_m`); None: not within
    the plan. `foreseen` is the week number in which it would be reached, beyond the plan's end too; None where it cannot be said. `latest`
    is that number if every third week that is still ahead were a hold, never less than `foreseen`; None likewise, and where no log is kept.
    """

    minutes: int | None = None
    week_m: int | None = None
    first_run: date | None = None
    every_run: date | None = None
    foreseen: int | None = None
    latest: int | None = None


@frozen(kw_only=True, eq=False, repr=False)
class Contributor(Record):
    """A plugin that took part: its name, its distribution and version."""

    name: str
    distribution: str
    version: str


@frozen(kw_only=True, eq=False, repr=False)
class Brief(Record):
    """What a plan is to be made for; the one thing a hook is told about the athlete.

    `athlete.pillars` holds only the asked plugin's own settings. `history` is past running, oldest first. `as_of` is the day of planning,
    `issued` the moment that stands in the calendar (UTC). `log` is what was written down so far, oldest first; None where no log is kept.
    `stood` is the past of a calendar of this plan that stands, session by session: where no log is kept it counts as done, and its names
    stay taken. None where none stands.
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
        """How many weeks were asked for."""
        return self.athlete.weeks

    def week_start(self, number: int) -> date:
        """The first date of week `number`, counted from 1."""
        return self.start + (number - 1) * WEEK


@frozen(kw_only=True, eq=False, repr=False)
class Plan(Record):
    """A finished plan: what the outputs write and the audit checks.

    `ahead_from` is the first date that counts as it is planned; what lies before it counts as it was run, by `history`. None where no log
    is kept: then all of the plan counts as planned. `log` are the rows that the plan knows of, oldest first; None where no log is kept.
    `language` is the code of the language that its texts are in.
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
