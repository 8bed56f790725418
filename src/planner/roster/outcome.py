"""The outcome of one row: small, plain data, and all that a worker sends back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from planner.roster.facts import LogFacts, PlanFacts, WeekFacts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from planner.errors import OutputError
    from planner.journal.form import Told
    from planner.roster.rows import Row

Status: TypeAlias = Literal["made", "unchanged", "stop", "refused", "impossible", "plugin-fault", "bug", "killed", "vanished"]
STATUSES: tuple[Status, ...] = ("made", "unchanged", "stop", "refused", "impossible", "plugin-fault", "bug", "killed", "vanished")
"""In reporting order. `refused`: the input is wrong; `impossible`: limits contradict each other; `killed`: the row crashed the process that
planned it; `vanished`: an athlete of an earlier run who is no longer in the roster.
"""
FAILED: frozenset[Status] = frozenset(("refused", "impossible", "plugin-fault", "bug", "killed"))
"""Statuses that make a batch exit with code 1. A `stop` does not: the referral is the right answer for that athlete."""
SETTLED: frozenset[Status] = frozenset(("made", "unchanged", "stop", "impossible"))
"""Statuses that the same input gives again, so that the row need not be planned again."""


STILL_SHOWN = "The calendar still shows what was planned."
"""Ends the `error` of a stop that could not be written into the calendar."""
_MUST_STOP = " must stop. "


class FileFacts(NamedTuple):
    """A file as it was written: its name, the SHA-256 of its bytes, its size in bytes and its modification time in nanoseconds."""

    name: str
    digest: str
    size: int
    mtime_ns: int


class Said(NamedTuple):
    """A finding without its text: the rule, the severity, who reported it ("" for the planner itself), and how often in this plan."""

    rule: str
    severity: str
    by: str
    times: int


class Before(NamedTuple):
    """An athlete's plan of an earlier run: its planning date and timestamp, and those of its files that are still as they were written.

    `names` are those of all its files, unchanged or not; `last` is what the plan said last time (see `Outcome`); `logged` is whether it
    followed a log with rows; `is_news` whether it was made since the last completed run, by one that was interrupted.
    """

    as_of: date
    issued: datetime
    files: tuple[FileFacts, ...]
    names: tuple[str, ...] = ()
    last: PlanFacts | None = None
    logged: bool = False
    is_news: bool = False


class Asked(NamedTuple):
    """A row to plan: what is left of an earlier run, the athlete's rows in the long log (None without a long log), and the names of the
    athlete's files in the folder of logs (see `LogFolder.named`).
    """

    row: Row
    before: Before | None = None
    told: Told | None = None
    logs: tuple[str, ...] = ()

    @property
    def logged(self) -> bool:
        """Whether the athlete's plan of an earlier run followed a log with rows."""
        return self.before is not None and self.before.logged


class Outcome(NamedTuple):
    """What became of one row.

    `files` are the plan's files, `standing` those of an older plan that are still there because this row has no plan now or other formats.
    Dates are ISO text, "" for none: `day` is the day of planning, `as_of` and `issued` (UTC) are what the files contain, `goal_date` is the
    first date of the week that reaches the goal (`goal_week`, possibly after the plan's `weeks`; 0 weeks: no running yet). `margin` is the
    smallest margin of a week or run in metres, `law` what sets it. `error` is the full sentence, `field` the key or column at fault.
    `wrote`: this run wrote files; `taken_back`: every standing file shows that it must not be followed. For the Monday list, `plan` and
    `log` are the facts of the plan and the log, `last` those of the plan of the last run on another day. `breaks` are sentences on laws
    that the standing calendar's past and the coming weeks break together. `signs` are the ids of red flags in a row without a plan (see
    `named_signs`). `run` is the number of the run that planned the row, set in the manifest.
    `warnings` are sentences on the row in this roster, never in the manifest. `referrals` are the sentences of a stop, one for each sign.
    """

    number: int
    id: str
    status: Status
    name: str = ""
    files: tuple[FileFacts, ...] = ()
    standing: tuple[FileFacts, ...] = ()
    zone: str = ""
    day: str = ""
    as_of: str = ""
    issued: str = ""
    weeks: int = 0
    goal_date: str = ""
    goal_week: int | None = None
    margin: int | None = None
    law: str = ""
    findings: tuple[Said, ...] = ()
    error: str = ""
    field: str = ""
    wrote: bool = False
    taken_back: bool = False
    plan: PlanFacts | None = None
    log: LogFacts | None = None
    last: PlanFacts | None = None
    breaks: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    run: int = 0
    warnings: tuple[str, ...] = ()
    referrals: tuple[str, ...] = ()

    @property
    def all_files(self) -> tuple[FileFacts, ...]:
        """The plan's files and those left of an older one."""
        return (*self.files, *self.standing)

    @property
    def goal_fits(self) -> bool:
        """Whether the goal is reached within the plan's weeks; also true if there is no plan or no running."""
        return not self.weeks or (self.goal_week is not None and self.goal_week <= self.weeks)


class Chunk(NamedTuple):
    """Consecutive rows: the input digest of each with its outcome, or with None if the row is among the `asked` (in order)."""

    rows: list[tuple[str, Outcome | None]]
    asked: list[Asked]

    def outcomes(self, planned: list[Outcome]) -> list[Outcome]:
        """Return every row's outcome, given those of the asked rows."""
        rest = iter(planned)
        return [outcome or next(rest) for _, outcome in self.rows]

    def settled(self, planned: list[Outcome]) -> list[tuple[str, Outcome]]:
        """Return the new outcomes that need not be planned again, each with its input digest."""
        digests = (digest for digest, outcome in self.rows if outcome is None)
        return [(digest, outcome) for digest, outcome in zip(digests, planned, strict=True) if outcome.status in SETTLED]


def packed(outcome: Outcome) -> str:
    """Serialize an outcome to one line of JSON for the manifest."""
    return json.dumps(outcome, ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str, number: int) -> Outcome:
    """Restore an outcome from `packed`, with the row's current number."""
    _, *values = json.loads(text)
    plain = Outcome(number, *values)
    return plain._replace(
        files=tuple(FileFacts(*facts) for facts in plain.files),
        standing=tuple(FileFacts(*facts) for facts in plain.standing),
        findings=tuple(Said(*said) for said in plain.findings),
        plan=_plan_facts(plain.plan),
        log=_log_facts(plain.log),
        last=_plan_facts(plain.last),
        breaks=tuple(plain.breaks),
        signs=tuple(plain.signs),
        warnings=tuple(plain.warnings),
        referrals=tuple(plain.referrals),
    )


def _log_facts(values: LogFacts | None) -> LogFacts | None:
    """Restore log facts from their JSON values."""
    if values is None:
        return None
    plain = LogFacts(*values)
    return plain._replace(signs=tuple(plain.signs), knee=tuple(plain.knee))


def _plan_facts(values: PlanFacts | None) -> PlanFacts | None:
    """Restore plan facts from their JSON values."""
    if values is None:
        return None
    plain = PlanFacts(*values)
    return plain._replace(weeks=tuple(WeekFacts(*week) for week in plain.weeks))


class Stops:
    """Who must stop: the ids for each referral, as many athletes have the same sign."""

    def __init__(self) -> None:
        """Start with nobody."""
        self._ids: dict[str, list[str]] = {}

    def add(self, outcomes: Iterable[Outcome]) -> None:
        """Add the stopped ones of these outcomes."""
        for outcome in outcomes:
            if outcome.status != "stop":
                continue
            for referral in outcome.referrals or (outcome.error,):
                self._ids.setdefault(referral, []).append(outcome.id)
            if outcome.referrals and outcome.error.endswith(STILL_SHOWN):
                self._ids.setdefault(STILL_SHOWN, []).append(outcome.id)

    def note(self, error: OutputError) -> None:
        """Add them to an error that ends the batch, as no page can say so any more: a note for each referral, with the ids first.

        Notes that the error brings from a worker are joined with these.
        """
        ids = {referral: list(who) for referral, who in self._ids.items()}
        for note in getattr(error, "__notes__", ()):
            who, _, referral = note.partition(_MUST_STOP)
            ids.setdefault(referral, []).append(who)
        last = {STILL_SHOWN: ids.pop(STILL_SHOWN)} if STILL_SHOWN in ids else {}
        error.__notes__ = [f"{', '.join(who)}{_MUST_STOP}{referral}" for referral, who in (ids | last).items()]
