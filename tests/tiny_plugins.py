"""Throw-away plugins, and a brief to call them with."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import ModuleType
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from planner import Brief, Ceiling, Pillar, Proposal, RunProposal, RunShape, Step, Template, about, hookimpl
from planner.athlete import Athlete, Running
from planner.briefing import make_brief
from planner.host import Host
from planner.limits import Limits
from planner.week_view import Room, WeekView
from planner_templates import planner_templates
from tests.plans import sample_plan

if TYPE_CHECKING:
    from collections.abc import Callable

START = date(2027, 1, 4)
"""A Monday."""
TEMPLATES = {t.name: t for t in planner_templates()}
PLAN_HOOKS = ("planner_screening", "planner_limits", "planner_runs", "planner_sessions", "planner_findings")


@frozen(kw_only=True)
class Own:
    """`[pillars.tiny]`."""

    times: int = field(default=1, metadata=about("a week", least=1, most=3))


def module(name: str, *, settings: type | None = None, pillar: object = None, **hooks: Callable[..., object]) -> ModuleType:
    """A module called `name` with a pillar of that name, and `hooks` by what follows `planner_`."""
    made = ModuleType(f"somewhere.{name}")

    def planner_pillar() -> object:
        return pillar or Pillar(name=name, summary="for tests", settings=settings)

    made.planner_pillar = hookimpl(planner_pillar)
    for hook, function in hooks.items():
        setattr(made, f"planner_{hook}", hookimpl(function))
    return made


@frozen(kw_only=True)
class Tiny:
    """A frozen plugin that always gives the same answers."""

    name: str = "tiny"
    limits: tuple = ()
    runs: tuple = ()
    sessions: tuple = ()
    screening: tuple = ()
    findings: tuple = ()
    templates: tuple[Template, ...] = ()

    @hookimpl
    def planner_pillar(self) -> Pillar:
        return Pillar(name=self.name, summary="for tests")

    @hookimpl
    def planner_limits(self) -> tuple:
        return self.limits

    @hookimpl
    def planner_runs(self) -> tuple:
        return self.runs

    @hookimpl
    def planner_sessions(self) -> tuple:
        return self.sessions

    @hookimpl
    def planner_screening(self) -> tuple:
        return self.screening

    @hookimpl
    def planner_findings(self) -> tuple:
        return self.findings

    @hookimpl
    def planner_templates(self) -> tuple[Template, ...]:
        return self.templates


def brief_of(
    template: Template | str = "walk-run", *, weeks: int = 4, running: dict[str, object] | None = None, **athlete: object
) -> Brief:
    """A brief for an athlete who starts on `START` and runs 1 km in 400 s."""
    made = Athlete(**{"id": "ana", "start": START, "weeks": weeks, "running": Running(**{"easy_pace": 400, **(running or {})}), **athlete})
    found = TEMPLATES[template] if isinstance(template, str) else template
    return make_brief(made, found, as_of=START - timedelta(days=2), issued=datetime(2027, 1, 2, 9, tzinfo=UTC))


def week_of(number: int = 1) -> WeekView:
    """A week to ask about."""
    room = Room(week_m=6000, run_m=2500, run_s=1000, runs=3, bound_by="weekly")
    return WeekView(
        number=number, first_day=START + timedelta(days=7 * number - 7), stage="ladder", decision="progress", limits=Limits(), room=room
    )


def asked(plugin: object, hook: str, brief: Brief | None = None) -> object:
    """What the host makes of a plugin's answer to one hook of a plan."""
    talk = Host.of(plugin).conversation(brief or brief_of())
    return {
        "planner_screening": talk.screening,
        "planner_limits": talk.limits,
        "planner_runs": lambda: talk.runs(week_of()),
        "planner_sessions": lambda: talk.sessions(week_of()),
        "planner_findings": lambda: talk.findings(sample_plan()),
    }[hook]()


def run_proposal(key: str = "run", *, shares: tuple[int, ...] = (100,), **more: object) -> RunProposal:
    return RunProposal(key=key, title="Run", runs=tuple(RunShape(share=s) for s in shares), **more)


def exercise(key: str = "squats", *, seconds: int = 600, **more: object) -> Proposal:
    return Proposal(**{"key": key, "title": key.title(), "steps": (Step(kind="exercise", seconds=seconds, text=key),), **more})


def ceiling(at_most: int, of: str = "week-run-m", **more: object) -> Ceiling:
    return Ceiling(**{"of": of, "at_most": at_most, "why": f"{of} at most {at_most}", **more})


def with_pillars(brief: Brief, **tables: object) -> Brief:
    return evolve(brief, athlete=evolve(brief.athlete, pillars=tables))
