"""Foam rolling: some minutes a day, after the run where there is one (MOB-07, MOB-08).

An example of a pillar, with one of everything: settings, a limit, a session, a part of other sessions, a finding. It says of its benefit
what is known, which is little: range of motion, and weak evidence.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from attrs import field, frozen

from planner import Attachment, Finding, Pillar, Proposal, Spacing, Step, Why, about, hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner import Brief, Plan, WeekView

NAME = "foam_rolling"
TAG = "foam-rolling"
ROLLER = "foam-roller"
MUSCLES = ("front of the thigh", "back of the thigh", "outer side of the thigh", "calf")
WHY = Why(limit="content", text="rolling makes the thigh more supple for a while; no more is known of it (weak evidence)", source="MOB-08")
WEEKS_TO_CHANGE = 4
"""Range of motion that stays took longer than this in studies (MOB-07)."""


@frozen(kw_only=True)
class Settings:
    """`[pillars.foam_rolling]` of the athlete file."""

    days_per_week: int = field(default=7, metadata=about("days a week with rolling", unit="days", least=1, most=7))
    minutes: int = field(default=6, metadata=about("length of one rolling: 1 to 2 minutes a muscle (MOB-07)", unit="min", least=4, most=16))


@hookimpl
def planner_pillar() -> Pillar:
    """The pillar of foam rolling."""
    summary = "some minutes on the foam roller a day, after the run where there is one"
    return Pillar(name=NAME, summary=summary, settings=Settings, sources=("MOB-07", "MOB-08"))


@hookimpl
def planner_limits() -> Iterable[Spacing]:
    """Once a day is enough: never twice on one date, nor on the date of a run, which has its own."""
    why = "rolling once a day is enough"
    return tuple(Spacing(after=tag, before=TAG, days=1, why=why, source="MOB-07") for tag in (TAG, "run"))


@hookimpl
def planner_sessions(brief: Brief, week: WeekView, settings: Settings) -> Iterable[Proposal]:
    """Rolling after the week's runs, and on its own on as many other days as are left; nothing without a roller."""
    if ROLLER not in brief.athlete.equipment.have:
        return ()
    followed = tuple(run.ordinal for run in week.runs)[: settings.days_per_week]
    alone = settings.days_per_week - len(followed)
    proposals = [after_runs(settings.minutes, followed)] if followed else []
    return [*proposals, on_its_own(settings.minutes, alone)] if alone else proposals


@hookimpl
def planner_findings(plan: Plan) -> Iterable[Finding]:
    """What may be expected of it; or why there is none of it."""
    dates = {session.date for session in plan.sessions if any(step.kind == "roll" for step in session.steps if isinstance(step, Step))}
    if not dates:
        message = f"No foam rolling: write {ROLLER} under [equipment] if there is one."
    else:
        slow = " A change that stays takes more than four weeks." if len(plan.weeks) <= WEEKS_TO_CHANGE else ""
        message = f"Foam rolling on {len(dates)} days. It is for range of motion only; the evidence is weak.{slow}"
    return (Finding(rule="ROLL-01", severity="info", message=message, source="MOB-08"),)


@lru_cache(maxsize=64)
def after_runs(minutes: int, ordinals: tuple[int, ...]) -> Proposal:
    """Rolling as a part of the runs with these ordinals. Kept, as the planner looks at a record that comes back only once."""
    return Proposal(
        key="after-run",
        title="Foam rolling",
        steps=rolling(minutes),
        attach=Attachment(where="after", tag="run", ordinals=ordinals),
        why=(WHY,),
    )


@lru_cache(maxsize=64)
def on_its_own(minutes: int, times: int) -> Proposal:
    """Rolling on days without a run; the first to give way when a day is full."""
    return Proposal(
        key="roll",
        title="Foam rolling",
        steps=rolling(minutes),
        times_per_week=times,
        tags=(TAG,),
        importance=(5,),
        details="Slowly, 2 to 4 seconds from one end of the muscle to the other. It may press, not hurt; never on the kneecap.",
        why=(WHY,),
    )


def rolling(minutes: int) -> tuple[Step, ...]:
    """The four muscles one after the other, with the same time for each."""
    seconds = minutes * 60 // len(MUSCLES)
    return tuple(Step(kind="roll", seconds=seconds, text=f"roll the {muscle}", sets=1, side="each") for muscle in MUSCLES)
