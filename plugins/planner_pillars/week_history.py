"""What earlier weeks held: a run read once for all pillars, and sums over weeks gone on with from one week of a plan to the next."""

from __future__ import annotations

from operator import is_
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeVar

from planner import Group, Step, cached_by_identity

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner import Session, Week

P = TypeVar("P")
LADDER = "progression"
"""The pillar whose runs climb the ladder."""
Over: TypeAlias = "Callable[[tuple[Week, ...]], P]"
"""What some weeks, the earliest first, add up to."""
Runs: TypeAlias = "tuple[tuple[tuple[Session, int], ...], ...]"
"""Week by week the runs, each with the rung that it stood on, by its tag `level-N`; commitments are left out."""


class PastRun(NamedTuple):
    """A run by its steps: what its notes say, and seconds of the walks around it, of its longest stretch and its longest walk between."""

    notes: tuple[str, ...]
    around_s: int
    stretch_s: int
    walk_s: int


@cached_by_identity(64)
def run_of(session: Session) -> PastRun:
    """A session read as a run. Of a kind of step the first before or after it is the engine's walk; another pillar's drills may follow."""
    notes: list[str] = []
    within: list[Step] = []
    around: dict[str, int] = {}
    for step in session.steps:
        if isinstance(step, Group):
            within += [inner for inner in step.steps if isinstance(inner, Step)]
        elif step.kind == "note":
            notes.append(step.text)
        elif step.kind in ("run", "walk"):
            within.append(step)
        else:
            around.setdefault(step.kind, step.seconds)
    return PastRun(
        notes=tuple(notes),
        around_s=around.get("warm-up", 0) + around.get("cool-down", 0),
        stretch_s=max([step.seconds for step in within if step.kind == "run"], default=0),
        walk_s=max([step.seconds for step in within if step.kind == "walk"], default=0),
    )


def over_weeks(add: Callable[[P, Week], P], start: P) -> Over[P]:
    """From a pure function of a sum and one more week the sum over any weeks, which is `start` over none.

    The sum that was asked for last is kept: where the same weeks come again, as each week of a plan brings them, only those behind
    them are added. Weeks are frozen records, so the same ones are known by their identity.
    """
    kept: tuple[tuple[Week, ...], P] = (), start

    def over(weeks: tuple[Week, ...]) -> P:
        nonlocal kept
        known, total = kept
        if len(known) > len(weeks) or not all(map(is_, known, weeks)):
            known, total = (), start
        for week in weeks[len(known) :]:
            total = add(total, week)
        kept = weeks, total
        return total

    return over


def _and_runs(past: Runs, week: Week) -> Runs:
    runs = [s for s in week.sessions if s.run_s and "commitment" not in s.tags]
    return (*past, tuple([(session, _rung(session)) for session in runs]))


def _rung(run: Session) -> int:
    """The rung of a run of the ladder's own; other pillars' runs have no rung of it, and count as its first."""
    own = run.tags if run.pillar == LADDER else ()
    return next((int(tag[6:]) - 1 for tag in own if tag.startswith("level-")), 0)


runs_of_weeks: Over[Runs] = over_weeks(_and_runs, ())
"""The runs of some weeks."""
