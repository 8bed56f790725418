"""Steps: what is done inside a session, in order, with its dose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from planner.formatting import shown
from planner.records import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Self

Side: TypeAlias = Literal["", "each", "left", "right"]
WALKING = "walk"
RUNNING = "run"
_made = tuple.__new__


class _Step(NamedTuple):
    kind: str
    seconds: int
    text: str
    sets: int | None
    reps: int | None
    side: Side
    rpe: int | None


class Step(Value, _Step):
    """One thing to do. `kind`: warm-up, cool-down, walk, run, exercise, stretch, roll, ride, swim, note ... (`run` and `walk` are counted
    by the laws; a `note` takes no time). `seconds` is the time it takes in all, sets and rests included; `rpe` is effort on 0-10.
    """

    __slots__ = ()

    def __new__(
        cls,
        *,
        kind: str,
        seconds: int = 0,
        text: str = "",
        sets: int | None = None,
        reps: int | None = None,
        side: Side = "",
        rpe: int | None = None,
    ) -> Self:
        """Raises `TypeError` or `ValueError` for seconds that are no whole number, 0 or more."""
        if type(seconds) is not int or seconds < 0:
            _refuse("seconds", seconds, 0)
        return _made(cls, (kind, seconds, text, sets, reps, side, rpe))


class _Group(NamedTuple):
    repeat: int
    steps: tuple[Step | Group, ...]


class Group(Value, _Group):
    """Steps that are done `repeat` times; what stands inside is per repetition."""

    __slots__ = ()

    def __new__(cls, *, repeat: int, steps: tuple[Step | Group, ...]) -> Self:
        """Raises `TypeError` or `ValueError` for a `repeat` that is no whole number, 1 or more."""
        if type(repeat) is not int or repeat < 1:
            _refuse("repeat", repeat, 1)
        return _made(cls, (repeat, steps))


def _refuse(name: str, number: object, least: int) -> None:
    """Raise for what is no whole number of at least so many; one of a subclass of `int` is one."""
    if not isinstance(number, int) or number < least:
        kind = ValueError if isinstance(number, int) else TypeError
        raise kind(f"{name}: found {shown(number)}; expected a whole number, {least} or more")


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
