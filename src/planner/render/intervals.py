"""Workouts for intervals.icu, in the text format of its workout builder: one part per upcoming run, under its date.

The format: a step is a line `- name time`, `6x` before a block repeats it, blank lines end a block, and repeats cannot be nested.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.language import _
from planner.render.words import day_words
from planner.render.workout import Repeat, step_name, strides, workouts, written_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.model import Plan
    from planner.render import Options
    from planner.render.workout import Phase, WatchStep, Workout

DEEPEST = 1
_EFFORTS: dict[Phase, str] = {
    "warm-up": "warmup",
    "drills": "warmup",
    "run": "active",
    "walk": "recovery",
    "pause": "rest",
    "cool-down": "cooldown",
}
_HEADINGS: dict[Phase, str] = {"warm-up": "Warmup", "drills": "Warmup", "cool-down": "Cooldown"}
"""Keywords of the workout builder, which are not translated."""


def render(plan: Plan, options: Options) -> bytes:  # noqa: ARG001  (all renderers share this signature)
    """Return the upcoming runs as UTF-8 text, each under a line with its date and name."""
    parts = ["\n".join(_part(workout)) for workout in workouts(plan)]
    return ("\n\n\n".join(parts) + "\n").encode() if parts else (_("No run is ahead.") + "\n").encode()


def _part(workout: Workout) -> Iterator[str]:
    """Yield the lines of a run: its heading, then blocks separated by blank lines."""
    session = workout.session
    hour = f" {session.start:%H:%M}" if session.start else ""
    yield f"{day_words(session.date, year=True)}{hour} - {workout.name}"
    block = None
    for step in written_out(workout.steps, DEEPEST):
        repeats = isinstance(step, Repeat)
        heading = "" if isinstance(step, Repeat) else _HEADINGS.get(step.phase, "")
        if repeats or heading != block:
            yield ""
            yield from [heading] if heading else []
        if isinstance(step, Repeat):
            yield f"{step.times}x"
            yield from (_line(inner) for inner in step.steps if not isinstance(inner, Repeat))
        else:
            yield _line(step)
        block = None if repeats else heading


def _line(step: WatchStep) -> str:
    cadence = "" if step.cadence is None else "{}-{}rpm ".format(*strides(step.cadence))
    return f"- {step_name(step.phase)} {_time(step.seconds)} {cadence}intensity={_EFFORTS[step.phase]}"


def _time(seconds: int) -> str:
    """Format a duration for the workout builder: `5m`, `1m30s`, `1h5m`."""
    parts = zip((seconds // 3600, seconds // 60 % 60, seconds % 60), "hms", strict=True)
    return "".join(f"{number}{unit}" for number, unit in parts if number)
