"""Past weeks as pillars need them: runs parsed once for all pillars, and incremental folds over weeks."""

from __future__ import annotations

from operator import is_
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeVar

from planner import Group, Step, cached_by_identity

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner import Session, Week

P = TypeVar("P")
LADDER = "progression"
"""The pillar whose runs are on the ladder."""
Over: TypeAlias = "Callable[[tuple[Week, ...]], P]"
"""A fold over weeks, earliest first."""
Runs: TypeAlias = "tuple[tuple[tuple[Session, int], ...], ...]"
"""The runs of each week with their rungs, by the tag `level-N`; without commitments."""


class PastRun(NamedTuple):
    """A run's note texts, and the seconds of its warm-up plus cool-down, its longest stretch and its longest walk between stretches."""

    notes: tuple[str, ...]
    around_s: int
    stretch_s: int
    walk_s: int


@cached_by_identity(64)
def run_of(session: Session) -> PastRun:
    """A session parsed as a run. The first warm-up and cool-down steps are the engine's walks; later ones are other pillars' drills."""
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
    """The fold of a pure function over weeks, from `start`.

    The last result is cached: if its weeks are a prefix of the next ones, as they are from week to week of a plan, only the rest is added.
    Weeks are frozen records, so they are compared by identity.
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
    """The rung of a ladder run (0-based); runs of other pillars count as the first rung."""
    own = run.tags if run.pillar == LADDER else ()
    return next((int(tag[6:]) - 1 for tag in own if tag.startswith("level-")), 0)


runs_of_weeks: Over[Runs] = over_weeks(_and_runs, ())
"""The fold of weeks into their runs."""
