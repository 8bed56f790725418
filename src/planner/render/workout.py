"""Runs as timed steps and repeats, without text: shared by the renderers for watches and training apps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from planner.language import _
from planner.offers import CADENCE
from planner.quantities import clock
from planner.steps import RUNNING, WALKING, Group, each_step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planner.model import Plan, Session
    from planner.steps import Step, Steps

Phase: TypeAlias = Literal["warm-up", "drills", "run", "walk", "pause", "cool-down"]
CADENCE_TAG = re.compile(rf"{CADENCE}([1-9][0-9]{{1,2}})")
"""The tag of a run with a cadence target, in steps per minute, counting both feet."""
CADENCE_BAND = 3
"""How many strides per minute below the target still meet it, since a watch's reading fluctuates. None above: FORM-01 ends at 10%."""
_PHASES: dict[str, Phase] = {"warm-up": "warm-up", RUNNING: "run", WALKING: "walk", "cool-down": "cool-down"}
_OTHERS: tuple[Phase, ...] = ("drills", "pause")


class WatchStep(NamedTuple):
    """One step that the watch counts down: `seconds`, and `cadence` in steps per minute, None without a target."""

    phase: Phase
    seconds: int
    cadence: int | None = None


class Repeat(NamedTuple):
    """Steps done `times` times, 2 or more."""

    times: int
    steps: tuple[WatchStep | Repeat, ...]


WatchSteps: TypeAlias = tuple[WatchStep | Repeat, ...]


class Workout(NamedTuple):
    """A run session, with a name of at most 24 characters for the lists of a watch."""

    session: Session
    name: str
    steps: WatchSteps


def workouts(plan: Plan) -> Iterator[Workout]:
    """Yield the runs still ahead, in plan order; today's included unless it is no longer `planned`."""
    for session in plan.sessions:
        if session.date >= plan.as_of and session.status == "planned":
            steps = watch_steps(session)
            if any(step.phase == "run" for step in _each(steps)):
                yield Workout(session, _name(session), steps)


def watch_steps(session: Session) -> WatchSteps:
    """Return a session's steps up to the last one on foot: running, walking, drills and pauses. What follows is done without the watch.

    Notes and steps without a duration are left out; adjacent drills, and adjacent pauses, are merged.
    """
    tag = next((match for match in map(CADENCE_TAG.fullmatch, session.tags) if match), None)
    last = max((number for number, step in enumerate(session.steps) if _on_foot(step)), default=-1)
    return _joined(_made(session.steps[: last + 1], int(tag[1]) if tag else None))


def written_out(steps: Iterable[WatchStep | Repeat], most: int) -> WatchSteps:
    """Return the steps with repeats nested at most `most` deep; deeper ones are unrolled from the outside."""
    found: list[WatchStep | Repeat] = []
    for step in steps:
        if not isinstance(step, Repeat):
            found.append(step)
        elif _depth(step) > most:
            found += step.times * written_out(step.steps, most)
        else:
            found.append(step)
    return tuple(found)


def strides(cadence: int) -> tuple[int, int]:
    """Return the least and most strides per minute of one foot, FIT's unit, that meet a target of `cadence` steps."""
    return cadence // 2 - CADENCE_BAND, cadence // 2


def step_name(phase: Phase) -> str:
    """Return a step's name on a watch."""
    names = {
        "warm-up": _("Warm-up"),
        "drills": _("Drills"),
        "run": _("Run"),
        "walk": _("Walk"),
        "pause": _("Pause"),
        "cool-down": _("Cool-down"),
    }
    return names[phase]


def _name(session: Session) -> str:
    """Return `Wk 3 run 2: 16 min`: the run's week and ordinal, and its total running time."""
    minutes = clock(max(60, session.run_s // 60 * 60))
    return _("Wk {week} run {number}: {minutes}", week=session.week, number=session.ordinal, minutes=minutes)[:24].rstrip()


def _on_foot(step: Step | Group) -> bool:
    return any(inner.kind in _PHASES and inner.seconds for inner in each_step((step,)))


def _made(steps: Steps, cadence: int | None, *, begun: bool = False) -> list[WatchStep | Repeat]:
    """Convert the steps one by one; `begun` says whether there was running or walking before them."""
    made: list[WatchStep | Repeat] = []
    for step in steps:
        if isinstance(step, Group):
            inside = _joined(_made(step.steps, cadence, begun=begun))
            made += [Repeat(step.repeat, inside)] if inside and step.repeat > 1 else inside
        elif step.seconds:
            phase = _phase(step.kind, begun=begun)
            made.append(WatchStep(phase, step.seconds, cadence if phase == "run" else None))
        begun = begun or any(inner.kind in (RUNNING, WALKING) for inner in each_step((step,)))
    return made


def _phase(kind: str, *, begun: bool) -> Phase:
    return _PHASES.get(kind) or ("pause" if begun else "drills")


def _joined(steps: Iterable[WatchStep | Repeat]) -> WatchSteps:
    """Merge adjacent drills and adjacent pauses."""
    found: list[WatchStep | Repeat] = []
    for step in steps:
        before = found[-1] if found else None
        if isinstance(step, WatchStep) and isinstance(before, WatchStep) and step.phase == before.phase and step.phase in _OTHERS:
            found[-1] = before._replace(seconds=before.seconds + step.seconds)
        else:
            found.append(step)
    return tuple(found)


def _depth(step: WatchStep | Repeat) -> int:
    return 1 + max(_depth(inner) for inner in step.steps) if isinstance(step, Repeat) else 0


def _each(steps: Iterable[WatchStep | Repeat]) -> Iterator[WatchStep]:
    for step in steps:
        if isinstance(step, Repeat):
            yield from _each(step.steps)
        else:
            yield step
