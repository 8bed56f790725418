"""What a strength session holds: the exercises and doses of table 5a for an athlete's kit, time and knee."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias, cast

from planner import InputError, cached
from planner_pillars.content import content
from planner_pillars.exercises import Exercise, exercises
from planner_pillars.stages import stage_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Half: TypeAlias = Literal["A", "B"]
Work: TypeAlias = tuple[Exercise, int, int]
"""An exercise, its sets, and its amount per set (reps, or seconds if timed)."""

HALVES: tuple[Half, Half] = ("A", "B")
WARM_UP_S = 120
_ITEM = re.compile(r"(?P<id>[a-z0-9-]+) (?P<sets>\d+)x(?P<amount>\d+)s?")


class Means(NamedTuple):
    """What shapes a session: equipment, minutes, whether stage 1 avoids loaded knee bending (`gentle`), the pain from which running waits
    (`over`; PAIN-01, SITE-02), and whether stage 1 `stays` until the knee hurts less.
    """

    kit: frozenset[str] = frozenset()
    minutes: int = 30
    gentle: bool = False
    over: int = 3
    stays: bool = False


@cached(512)
def works(number: int, half: Half, means: Means) -> tuple[Work, ...]:
    """The exercises of half of programme week `number` (1 to 9): its hip and its thigh exercise, then as many others as fit the time."""
    chosen = [_choose(item, means.kit, gentle=means.gentle and stage_of(number) == 1) for item in _items(number, half)]
    room = means.minutes * 60 - WARM_UP_S
    core = chosen[:2]
    while _seconds(core) > room and any(sets > 1 for _, sets, _ in core):
        core = [(exercise, max(1, sets - 1), amount) for exercise, sets, amount in core]
    for work in chosen[2:]:
        if _seconds([*core, work]) <= room:
            core.append(work)
    return tuple(core)


def _items(number: int, half: Half) -> list[str]:
    weeks = cast("Mapping[str, Mapping[str, list[str]]]", content("strength")["weeks"])
    return weeks[str(number)][half]


def _choose(item: str, kit: frozenset[str], *, gentle: bool) -> Work:
    """The gentler replacement of an item if `gentle` and there is one, else its first alternative that the equipment allows."""
    softer = _gentle().get(item.partition(" ")[0]) if gentle else None
    if softer:
        return _work(softer)
    alternatives = [_work(alternative) for alternative in item.split(" or ")]
    return next((work for work in alternatives if kit.issuperset(work[0].needs)), alternatives[-1])


@cached(256)
def _work(item: str) -> Work:
    found = _ITEM.fullmatch(item)
    if found is None or found["id"] not in exercises():
        raise InputError("content/strength.toml", f'"{item}"', 'an exercise with its dose, like "clamshell 2x12"')
    return exercises()[found["id"]], int(found["sets"]), int(found["amount"])


def _seconds(done: Iterable[Work]) -> int:
    return sum(exercise.seconds(sets, amount) for exercise, sets, amount in done)


def _gentle() -> Mapping[str, str]:
    return cast("Mapping[str, str]", content("strength")["gentle"])
