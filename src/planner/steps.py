"""Steps: the parts of a session, in order, each with its dose."""

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
    """One thing to do. `kind`: warm-up, cool-down, walk, run, exercise, stretch, roll, ride, swim, note ... (the laws count `run` and
    `walk`; a `note` takes no time). `seconds` is the total time, sets and rests included; `rpe` is effort on 0-10.
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
        """Raises `TypeError` or `ValueError` for seconds that are not a whole number, 0 or more."""
        if type(seconds) is not int or seconds < 0:
            _refuse("seconds", seconds, 0)
        return _made(cls, (kind, seconds, text, sets, reps, side, rpe))


class _Group(NamedTuple):
    repeat: int
    steps: tuple[Step | Group, ...]


class Group(Value, _Group):
    """Steps that are done `repeat` times; doses inside are per repetition."""

    __slots__ = ()

    def __new__(cls, *, repeat: int, steps: tuple[Step | Group, ...]) -> Self:
        """Raises `TypeError` or `ValueError` for a `repeat` that is not a whole number, 1 or more."""
        if type(repeat) is not int or repeat < 1:
            _refuse("repeat", repeat, 1)
        return _made(cls, (repeat, steps))


def _refuse(name: str, number: object, least: int) -> None:
    """Raise `TypeError` for a value that is no `int`, `ValueError` for one below `least`; subclasses of `int` are accepted."""
    if not isinstance(number, int) or number < least:
        kind = ValueError if isinstance(number, int) else TypeError
        raise kind(f"{name}: found {shown(number)}; expected a whole number, {least} or more")


Steps: TypeAlias = tuple[Step | Group, ...]


def seconds_of(steps: Steps, kind: str | None = None) -> int:
    """The seconds of all steps of `kind` (None: of every kind), times their repetitions."""
    total = 0
    for step in steps:
        if isinstance(step, Group):
            total += step.repeat * seconds_of(step.steps, kind)
        elif kind is None or step.kind == kind:
            total += step.seconds
    return total


def each_step(steps: Iterable[Step | Group]) -> Iterator[Step]:
    """Every step once, groups flattened without their repetitions."""
    for step in steps:
        if isinstance(step, Group):
            yield from each_step(step.steps)
        else:
            yield step
