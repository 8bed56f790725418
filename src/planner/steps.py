"""Steps: what is done inside a session, in order, with its dose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from attrs import field, frozen, validators

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Side: TypeAlias = Literal["", "each", "left", "right"]
WALKING = "walk"
RUNNING = "run"


@frozen(kw_only=True, cache_hash=True)
class Step:
    """One thing to do. `kind`: warm-up, cool-down, walk, run, exercise, stretch, roll, ride, swim, note ... (`run` and `walk` are counted
    by the laws; a `note` takes no time). `seconds` is the time it takes in all, sets and rests included; `rpe` is effort on 0-10.
    """

    kind: str
    seconds: int = field(default=0, validator=[validators.instance_of(int), validators.ge(0)])
    text: str = ""
    sets: int | None = None
    reps: int | None = None
    side: Side = ""
    rpe: int | None = None


@frozen(kw_only=True, cache_hash=True)
class Group:
    """Steps that are done `repeat` times; what stands inside is per repetition."""

    repeat: int = field(validator=[validators.instance_of(int), validators.ge(1)])
    steps: tuple[Step | Group, ...]


Steps: TypeAlias = tuple[Step | Group, ...]


def seconds_of(steps: Steps, kind: str | None = None) -> int:
    """Seconds of all steps of `kind` (None: of every kind), repetitions counted."""
    total = 0
    for step in steps:
        if isinstance(step, Group):
            total += step.repeat * seconds_of(step.steps, kind)
        elif kind is None or step.kind == kind:
            total += step.seconds
    return total


def each_step(steps: Iterable[Step | Group]) -> Iterator[Step]:
    """Every step once, groups opened, repetitions not repeated."""
    for step in steps:
        if isinstance(step, Group):
            yield from each_step(step.steps)
        else:
            yield step
