"""The published table of what an arrangement costs.

docs/reference/placement.md says the same in words; a test compares the two. Every term belongs to one job and its day, to two jobs and
the days between them, or to one date and its jobs. Between two jobs, days are counted around the week (day 6 is next to day 0), because
the next week should look like this one.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from planner.placement.days import FREE_DAY, place_in_day
from planner.placement.shape import (
    CROSS_TRAINING,
    LONG_RUN,
    NEW_LEVEL,
    NEW_STAGE,
    RACE,
    RUN,
    STRENGTH,
    VIGOROUS,
    Job,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planner.placement.days import Hours
    from planner.placement.shape import Window

POINTS: dict[str, int] = {
    "run moved to another day": 300,
    "strength moved to another day": 75,
    "session moved to another day": 20,
    "on a day to avoid": 100,
    "not on a preferred day": 30,
    "runs on neighbouring days": 150,
    "runs two days apart": 20,
    "strength twice on a day": 120,
    "strength on neighbouring days": 60,
    "strength two days apart": 10,
    "cross-training twice on a day": 60,
    "cross-training on neighbouring days": 15,
    "cross-training two days apart": 5,
    "strength on a run day": 30,
    "strength on a race's day": 200,
    "strength the day before the long run": 120,
    "cross-training the day before the long run": 10,
    "hard sessions on neighbouring days": 100,
    "cross-training on a strength day": 30,
    "cross-training on a run day": 35,
    "cross-training on the long run's day": 200,
    "light session with a run or strength": 1,
    "light session with cross-training": 2,
    "two light sessions on a day": 4,
    "light session on a rest day": 3,
    "five minutes shorter": 10,
}
"""Points of each term, for every time it applies."""
LEAST_SHARED = min(
    POINTS[term]
    for term in (
        "strength twice on a day",
        "cross-training twice on a day",
        "strength on a run day",
        "cross-training on a strength day",
        "cross-training on a run day",
    )
)
"""Lower bound of what two training sessions cost on one date."""
BESIDE_LIGHT = POINTS["two light sessions on a day"]
RESTING = POINTS["light session on a rest day"]
LEAST_LIGHT = min(RESTING, POINTS["light session with a run or strength"], POINTS["light session with cross-training"])
"""Lower bound of what a light session costs, wherever it is."""
HARD = frozenset({LONG_RUN, NEW_LEVEL, RACE, VIGOROUS, NEW_STAGE})
"""Tags of hard sessions, which should not be on neighbouring days (SCHED-06)."""
APART = {
    RUN: {1: "runs on neighbouring days", 2: "runs two days apart"},
    STRENGTH: {0: "strength twice on a day", 1: "strength on neighbouring days", 2: "strength two days apart"},
    CROSS_TRAINING: {
        0: "cross-training twice on a day",
        1: "cross-training on neighbouring days",
        2: "cross-training two days apart",
    },
}
TOGETHER = (
    (STRENGTH, RUN, "strength on a run day"),
    (STRENGTH, RACE, "strength on a race's day"),
    (CROSS_TRAINING, STRENGTH, "cross-training on a strength day"),
    (CROSS_TRAINING, RUN, "cross-training on a run day"),
    (CROSS_TRAINING, LONG_RUN, "cross-training on the long run's day"),
)
LOADED = frozenset({RUN, STRENGTH, CROSS_TRAINING})
"""Tags of training sessions; all others are light (SCHED-08)."""


def moved(tags: frozenset[str]) -> str:
    """The term for a job with these tags that is not on its home day."""
    if RUN in tags:
        return "run moved to another day"
    return "strength moved to another day" if STRENGTH in tags else "session moved to another day"


def between(one: frozenset[str], other: frozenset[str], ahead: int) -> Iterator[str]:
    """The terms of two jobs, the second `ahead` days (0 to 6, around the week) after the first; symmetric in the two jobs."""
    apart = min(ahead, 7 - ahead)
    for tag, terms in APART.items():
        if tag in one and tag in other and apart in terms:
            yield terms[apart]
    if apart == 0:
        yield from _same_day(one, other)
    if apart == 1:
        eve, day = (one, other) if ahead == 1 else (other, one)
        for tag in (STRENGTH, CROSS_TRAINING):
            if tag in eve and LONG_RUN in day:
                yield f"{tag} the day before the long run"
        if not HARD.isdisjoint(one) and not HARD.isdisjoint(other):
            yield "hard sessions on neighbouring days"


def _same_day(one: frozenset[str], other: frozenset[str]) -> Iterator[str]:
    for tag, host, term in TOGETHER:
        if (tag in one and host in other) or (tag in other and host in one):
            yield term
    loaded = [tags for tags in (one, other) if not LOADED.isdisjoint(tags)]
    if not loaded:
        yield "two light sessions on a day"
    elif len(loaded) == 1:
        kept = RUN in loaded[0] or STRENGTH in loaded[0]
        yield "light session with a run or strength" if kept else "light session with cross-training"


@lru_cache(maxsize=4096)
def kernel(one: frozenset[str], other: frozenset[str]) -> tuple[int, ...]:
    """Points of two jobs, indexed by how many days (0 to 6, around the week) the second is after the first."""
    return tuple(sum(POINTS[term] for term in between(one, other, ahead)) for ahead in range(7))


def beside_light(tags: frozenset[str]) -> int:
    """Points of a light session that shares a date with a training session with these tags."""
    return kernel(tags, frozenset())[0]


def hours_of(windows: tuple[Window, ...] | None) -> Hours:
    """A day's windows as plain numbers; `FREE_DAY` where it is free all day."""
    return FREE_DAY if windows is None else windows


def day_order(jobs: Iterable[Job]) -> list[Job]:
    """One date's jobs in the order of the day: run, strength, others, mobility; then by name and ordinal."""
    return sorted(jobs, key=lambda j: (place_in_day(j.tags), j.name, j.ordinal))
