"""What became of one row: small, plain, and all that a worker sends back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from planner.roster.facts import LogFacts, PlanFacts, WeekFacts

if TYPE_CHECKING:
    from datetime import date, datetime

    from planner.journal.form import Told
    from planner.roster.rows import Row

Status: TypeAlias = Literal["made", "unchanged", "stop", "refused", "impossible", "plugin-fault", "bug", "killed", "vanished"]
STATUSES: tuple[Status, ...] = ("made", "unchanged", "stop", "refused", "impossible", "plugin-fault", "bug", "killed", "vanished")
"""In the order in which they are told. A row is `refused` for its input, `impossible` where its limits contradict each other; `killed`
took the process down that planned it; `vanished` is an athlete of an earlier run whom the roster no longer has."""
FAILED: frozenset[Status] = frozenset(("refused", "impossible", "plugin-fault", "bug", "killed"))
"""What makes a batch end with exit code 1. A `stop` does not: the referral is what that athlete's answers ask for."""
SETTLED: frozenset[Status] = frozenset(("made", "unchanged", "stop", "impossible"))
"""What the same input gives again, so that it need not be tried again."""


class FileFacts(NamedTuple):
    """A file as it was written: its name, the SHA-256 of its bytes, its size in bytes and its time of change in nanoseconds."""

    name: str
    digest: str
    size: int
    mtime_ns: int


class Said(NamedTuple):
    """A finding, without its words: its rule, how bad, who said it (`""`: the planner itself), and how often in this plan."""

    rule: str
    severity: str
    by: str
    times: int


class Before(NamedTuple):
    """An athlete's plan of an earlier run: for when it was made, and which of its files still stand as they were written.

    `names` are those of all its files, whatever became of them since; `last` is what the plan said the last time (see `Outcome`); `logged`
    says whether it followed a log with rows.
    """

    as_of: date
    issued: datetime
    files: tuple[FileFacts, ...]
    names: tuple[str, ...] = ()
    last: PlanFacts | None = None
    logged: bool = False


class Asked(NamedTuple):
    """A row to plan, what stands from before, what the long log holds of the athlete (None: there is no long log), and the names of their
    files in the folder of logs (see `LogFolder.named`).
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

    `files` are the plan's, `standing` those of an older plan that still lie there: this row has none now, or has them in other formats.
    Dates are ISO text, "" where there is none: `day` the day of planning, `as_of` and `issued` (UTC) what stands in the files, `goal_date`
    the first date of the week that reaches the goal (`goal_week`, which may lie beyond the `weeks` of the plan; 0 weeks: no running yet).
    `margin` is the least room in metres that a week or a run has left, `law` what bounds it there. `error` is the whole sentence, `field`
    the key or column that it is about. `wrote`: this run wrote files of theirs; `taken_back`: what stands says that it is not to be
    followed. For the Monday list there is what the plan (`plan`) and the log (`log`) say, and what the plan said the last time (`last`):
    the last run on another day. `breaks` are sentences about laws that the past of the standing calendar and the coming weeks break
    together. `signs` are the ids of signs that a row without a plan names all the same (see `named_signs`).
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

    @property
    def all_files(self) -> tuple[FileFacts, ...]:
        """Those of the plan, and those of an older one that still lie there."""
        return (*self.files, *self.standing)

    @property
    def goal_fits(self) -> bool:
        """Whether the goal is reached within the plan's weeks; true where nothing is known of it."""
        return not self.weeks or (self.goal_week is not None and self.goal_week <= self.weeks)


class Chunk(NamedTuple):
    """Some rows next to each other: for each the digest of its input and its outcome, None where it is among the `asked` (in order)."""

    rows: list[tuple[str, Outcome | None]]
    asked: list[Asked]

    def outcomes(self, planned: list[Outcome]) -> list[Outcome]:
        """Each row's outcome, once the asked have theirs."""
        rest = iter(planned)
        return [outcome or next(rest) for _, outcome in self.rows]

    def settled(self, planned: list[Outcome]) -> list[tuple[str, Outcome]]:
        """What is new and need not be tried again, each with the digest of its input."""
        digests = (digest for digest, outcome in self.rows if outcome is None)
        return [(digest, outcome) for digest, outcome in zip(digests, planned, strict=True) if outcome.status in SETTLED]


def packed(outcome: Outcome) -> str:
    """An outcome as one line of text for the manifest."""
    return json.dumps(outcome, ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str, number: int) -> Outcome:
    """The outcome that `packed` wrote, for the row that has the number now."""
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
    )


def _log_facts(values: LogFacts | None) -> LogFacts | None:
    """What `packed` made of log facts, as they were."""
    if values is None:
        return None
    plain = LogFacts(*values)
    return plain._replace(signs=tuple(plain.signs), knee=tuple(plain.knee))


def _plan_facts(values: PlanFacts | None) -> PlanFacts | None:
    """What `packed` made of plan facts, as they were."""
    if values is None:
        return None
    plain = PlanFacts(*values)
    return plain._replace(weeks=tuple(WeekFacts(*week) for week in plain.weeks))
