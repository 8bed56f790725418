"""What became of a simulated runner, in a few words and numbers: small enough to come from another process by the hundred thousand."""

from __future__ import annotations

from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from planner.errors import AuditError, PlannerError

if TYPE_CHECKING:
    from datetime import date

Trouble: TypeAlias = Literal["law", "refused", "bug"]
"""A law that broke; a plan that was refused (by an input, a contradiction, a plugin); an exception that nobody expected."""
MOST_WORDS = 600


class Fault(NamedTuple):
    """Something that must not happen to a simulated runner: whose number, on which day of planning, and what."""

    number: int
    as_of: str
    trouble: Trouble
    words: str


class Life(NamedTuple):
    """One runner's story in numbers.

    `plans` counts plans made; `goal_week` is the first week whose planned runs were all done, felt good and held the goal (None: not
    within the weeks); `holds` and `regressions` are weeks decided so; `over` counts runs beyond what was allowed; `stops` and `referrals`
    are stops of all training and of running alone.
    """

    number: int
    kind: str
    template: str
    plans: int = 0
    goal_week: int | None = None
    holds: int = 0
    regressions: int = 0
    done: int = 0
    missed: int = 0
    over: int = 0
    stops: int = 0
    referrals: int = 0
    faults: tuple[Fault, ...] = ()


def fault_of(number: int, day: date, error: Exception) -> Fault:
    """The fault that an exception of planning is."""
    if isinstance(error, AuditError):
        return law_fault(number, day, error.breaks)
    if isinstance(error, PlannerError):
        return Fault(number, day.isoformat(), "refused", _short(str(error)))
    last = extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}, line {last.lineno}"
    return Fault(number, day.isoformat(), "bug", _short(f"{type(error).__name__}: {error} ({place})"))


def law_fault(number: int, day: date, breaks: tuple[str, ...]) -> Fault:
    """The fault that broken laws are, in the audit's sentences."""
    return Fault(number, day.isoformat(), "law", _short("; ".join(breaks)))


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= MOST_WORDS else f"{line[: MOST_WORDS - 4]} ..."
