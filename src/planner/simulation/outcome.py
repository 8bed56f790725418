"""The outcome of a simulated runner, small enough to be sent between processes by the hundred thousand."""

from __future__ import annotations

from pathlib import Path
from traceback import extract_tb
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from planner.errors import AuditError, PlannerError

if TYPE_CHECKING:
    from datetime import date

Trouble: TypeAlias = Literal["law", "refused", "bug"]
"""A broken law; a plan that was refused (because of input, a contradiction or a plugin); or an unexpected exception."""
MOST_WORDS = 600


class Fault(NamedTuple):
    """Something that must not happen to a simulated runner: the runner's number, the planning date, its kind and a message."""

    number: int
    as_of: str
    trouble: Trouble
    words: str


class Life(NamedTuple):
    """The outcome of one runner in numbers.

    `plans` counts plans made; `goal_week` is the first week whose planned runs were all done, were clean and held the goal (None: not
    reached); `holds` and `regressions` count weeks with these decisions; `over` counts runs beyond what was allowed; `stops` and
    `referrals` count stops of all training and of running alone.
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
    """Convert an exception from planning to a fault."""
    if isinstance(error, AuditError):
        return law_fault(number, day, error.breaks)
    if isinstance(error, PlannerError):
        return Fault(number, day.isoformat(), "refused", _short(str(error)))
    last = extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}, line {last.lineno}"
    return Fault(number, day.isoformat(), "bug", _short(f"{type(error).__name__}: {error} ({place})"))


def law_fault(number: int, day: date, breaks: tuple[str, ...]) -> Fault:
    """Return the fault for broken laws, with the audit's messages."""
    return Fault(number, day.isoformat(), "law", _short("; ".join(breaks)))


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= MOST_WORDS else f"{line[: MOST_WORDS - 4]} ..."
