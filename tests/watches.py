"""Random runs for watches, and the expected results, for the tests of FIT files and workout text."""

from __future__ import annotations

from typing import NamedTuple

from attrs import evolve
from hypothesis import strategies as st

from planner.model import Plan, Session
from planner.steps import Group, Step, Steps
from tests.plans import sample_plan

KINDS = ("warm-up", "run", "walk", "cool-down")
KIND_OF = {"warmup": "warm-up", "active": "run", "recovery": "walk", "cooldown": "cool-down"}


class Counted(NamedTuple):
    """A step as it is counted down: its kind and its seconds."""

    kind: str
    seconds: int


timed = st.tuples(st.sampled_from(KINDS), st.integers(0, 7300)).map(lambda both: Step(kind=both[0], seconds=both[1]))
nested = st.recursive(
    timed, lambda inner: st.builds(Group, repeat=st.integers(1, 3), steps=st.lists(inner, max_size=3).map(tuple)), max_leaves=5
)
on_foot = st.lists(nested, min_size=1, max_size=5).map(lambda steps: (*steps, Step(kind="run", seconds=60)))
"""Steps on foot, groups in groups among them, that end with a minute of running."""
dressed = st.tuples(on_foot, st.lists(st.text(max_size=9).map(lambda text: Step(kind="note", text=text)), max_size=2)).map(
    lambda both: (*both[1], *both[0], *both[1], Step(kind="stretch", seconds=60))
)
"""The same with notes around them and a stretch at the end, which no watch counts down."""


def opened(steps: Steps) -> list[Counted]:
    """Every step on foot that takes time, in the order in which it is done, repetitions repeated."""
    found: list[Counted] = []
    for step in steps:
        if isinstance(step, Group):
            found += step.repeat * opened(step.steps)
        elif step.seconds and step.kind in KINDS:
            found.append(Counted(step.kind, step.seconds))
    return found


def plan_with(steps: Steps, tags: tuple[str, ...] = ("run",)) -> Plan:
    """A plan of a week with one run, which has these steps."""
    plan = sample_plan(weeks=1)
    first = evolve(runs(plan)[0], steps=steps, tags=tags)
    return evolve(plan, weeks=(evolve(plan.weeks[0], sessions=(first,)),))


def runs(plan: Plan) -> list[Session]:
    """The runs of a plan."""
    return [session for session in plan.sessions if session.run_s]
