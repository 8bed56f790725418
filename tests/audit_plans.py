"""Small plans for the audit's tests, built from records alone; at the default paces one second of running is one metre."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from attrs import evolve

from planner.audit import audit, margins
from planner.findings import Finding
from planner.model import COMMITMENTS, Decision, Done, Goal, Paces, Plan, Reading, Session, Status, Week
from planner.steps import Group, Step, Steps, seconds_of

START = date(2027, 1, 4)
ONE_TO_ONE = Paces(run=1000, walk=1000)


def on(day: int) -> date:
    """The date `day` days after the start."""
    return START + timedelta(days=day)


def run(
    day: int,
    run_s: int,
    walk_s: int = 0,
    *,
    rpe: int | None = 3,
    tags: tuple[str, ...] = ("run",),
    steps: Steps | None = None,
    status: Status = "planned",
    allowed_m: int | None = None,
) -> Session:
    """A session on `day` with `run_s` seconds of running and `walk_s` of walking; without running it is a walk.

    With `allowed_m` it is a commitment that says it was allowed so many metres.
    """
    given: list[Step | Group] = [Step(kind="warm-up", seconds=300)]
    if run_s:
        given.append(Step(kind="run", seconds=run_s, rpe=rpe))
    if walk_s:
        given.append(Step(kind="walk", seconds=walk_s))
    return Session(
        week=0,
        pillar="progression" if allowed_m is None else COMMITMENTS,
        key="run",
        ordinal=0,
        ceiling_m=allowed_m or 0,
        date=on(day),
        start=None,
        duration_s=0,
        title="a run",
        steps=tuple(given) if steps is None else steps,
        tags=tags,
        status=status,
    )


EXERCISE = Step(kind="exercise", seconds=600)


def other(day: int, *tags: str, steps: Steps = (EXERCISE,)) -> Session:
    """A session without running, tagged `tags`."""
    return evolve(run(day, 0, steps=steps, tags=tags), pillar="strength", key="lift")


def past(day: int, run_m: int, foot_m: int | None = None, *, longest_m: int | None = None, allowed_m: int | None = None) -> Done:
    """Running done on `day` (negative: before the start)."""
    return Done(date=on(day), run_m=run_m, foot_m=foot_m, longest_m=longest_m, allowed_m=allowed_m)


SOUND_PAST = (past(-7, 2000), past(-5, 2000), past(-3, 2000))
"""A week before the start with 6,000 m in three runs of 2,000 m."""


def make(
    sessions: Iterable[Session],
    *,
    history: Iterable[Done] = SOUND_PAST,
    weeks: int | None = None,
    decisions: Mapping[int, Decision] | None = None,
    paces: Paces = ONE_TO_ONE,
    ahead: int | None = None,
    **reading: object,
) -> Plan:
    """A plan whose stored sums follow from its steps. `decisions` by week number (default: progress); `reading` is the `Reading`'s.

    It is a ladder's unless runs may follow each other. `ahead` is the day from which on what is planned counts; None: no log is kept.
    """
    ordered = sorted(sessions, key=lambda s: s.date)
    reading = {"ladder": reading.get("run_gap_days", 2) > 1, **reading}
    last = max((s.date - START).days // 7 + 1 for s in ordered) if ordered else 1
    number = last if weeks is None else weeks
    filled = [_week(index + 1, ordered, (decisions or {}).get(index + 1, "progress"), paces) for index in range(number)]
    return Plan(
        athlete_id="ana",
        athlete_name="Ana",
        timezone="UTC",
        units="km",
        start=START,
        as_of=START,
        issued=datetime(2027, 1, 2, 9, tzinfo=UTC),
        template="walk-run",
        reading=evolve(Reading(paces=paces), **reading),
        goal=Goal(),
        plugins=(),
        history=tuple(history),
        weeks=tuple(filled),
        ahead_from=None if ahead is None else on(ahead),
    )


def _week(number: int, sessions: Iterable[Session], decision: Decision, paces: Paces) -> Week:
    first = on(7 * (number - 1))
    mine = [s for s in sessions if 0 <= (s.date - first).days < 7]
    counted = tuple(_counted(s, number, ordinal, paces) for ordinal, s in enumerate(mine, start=1))
    return Week(
        number=number,
        start=first,
        stage="ladder",
        decision=decision,
        run_s=sum(s.run_s for s in counted),
        run_m=sum(s.run_m for s in counted),
        foot_m=sum(s.foot_m for s in counted),
        ceiling_run_m=0,
        ceiling_foot_m=None,
        bound_by="weekly",
        sessions=counted,
    )


def _counted(session: Session, week: int, ordinal: int, paces: Paces) -> Session:
    run_s, walk_s = seconds_of(session.steps, "run"), seconds_of(session.steps, "walk")
    run_m = 1000 * run_s // paces.run
    return evolve(
        session,
        week=week,
        ordinal=ordinal,
        duration_s=seconds_of(session.steps),
        run_s=run_s,
        walk_s=walk_s,
        run_m=run_m,
        foot_m=run_m + 1000 * walk_s // paces.walk,
    )


def breaks(plan: Plan, rule: str) -> list[tuple[str, int | None]]:
    """Where `rule` is broken and by how much, as the audit says."""
    return [(f.where, f.margin_m) for f in audit(plan) if f.rule == rule]


def broken(plan: Plan) -> set[str]:
    """The rules that the audit finds broken, warnings included."""
    return {f.rule for f in audit(plan)}


def only(plan: Plan, rule: str) -> Finding:
    """The one finding of `rule`."""
    found = [f for f in audit(plan) if f.rule == rule]
    assert len(found) == 1, found
    return found[0]


def tightest(plan: Plan, law: str) -> tuple[str, int, int, int]:
    """Where, allowed, found and margin of the tightest place of `law`."""
    (found,) = [m for m in margins(plan) if m.law == law]
    return found.where, found.allowed, found.found, found.margin


FIVE_PERCENT = Fraction(1, 20)
