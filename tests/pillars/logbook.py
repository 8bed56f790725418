"""Logs for pillars' tests: rows by day of the plan, and weeks as they were lived."""

from __future__ import annotations

from attrs import evolve
from helpers import START, brief, past_week, week

from planner import Entry, Session, Step, Week
from planner.model import DAY


def row(day, session="", **said):
    """A row of day `day` of the plan, 1 on its first."""
    return Entry(date=START + (day - 1) * DAY, session=session, **said)


def kept(*rows, day, **changes):
    """The brief of an athlete with this log, planned on day `day`."""
    return brief(log=rows, as_of=START + (day - 1) * DAY, **changes)


def placed(number, pillar, proposals, *, days=(0, 2, 4), **fields):
    """Proposals of one pillar as sessions of week `number`."""
    return tuple(
        Session(
            week=number,
            pillar=pillar,
            key=p.key,
            ordinal=1,
            date=p.on or START + (7 * (number - 1) + days[n]) * DAY,
            start=None,
            duration_s=0,
            title=p.title,
            steps=p.steps,
            tags=p.tags,
            details=p.details,
            transparent=p.note,
            **fields,
        )
        for n, p in enumerate(proposals)
    )


def ran(number, *, days=(1, 3, 5), run_s=1200, run_m=3000, notes=(), **fields):
    """The runs of week `number`, each between walks of 5 minutes, with notes on all of them."""
    walks = [Step(kind=kind, seconds=300) for kind in ("warm-up", "cool-down")]
    steps = (walks[0], *notes, Step(kind="run", seconds=run_s), walks[1])
    return tuple(
        Session(
            week=number,
            pillar="progression",
            key="run",
            ordinal=n,
            date=START + (7 * (number - 1) + day) * DAY,
            start=None,
            duration_s=run_s + 600,
            title="Easy run",
            steps=steps,
            tags=("run",),
            run_s=run_s,
            run_m=run_m,
            foot_m=run_m,
            **fields,
        )
        for n, day in enumerate(days, 1)
    )


def lived(number, sessions) -> Week:
    """Week `number` with these sessions."""
    return evolve(past_week(number, sessions=tuple(sessions)), run_s=sum(s.run_s for s in sessions))


def weeks(about, hook, settings, number, sessions_of):
    """What a pillar offers in weeks 1 to `number`, each week having seen those before it as `sessions_of` places them."""
    earlier, offered = (), []
    for n in range(1, number + 1):
        view = week(n, earlier=earlier)
        offered.append(list(hook(about, view, settings)))
        earlier = (*earlier, lived(n, sessions_of(n, offered[-1])))
    return offered
