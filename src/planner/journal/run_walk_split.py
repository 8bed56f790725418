"""Splits one activity into running and walking, using its samples.

The thresholds are a design default, based on two studies of the walk-run transition on a treadmill: a cadence of 135 to 140 steps per
minute separates the two in 9 of 10 cases (doi 10.1016/j.humov.2023.103117; for young people PMC8629136), a speed of 1.9 to 2.0 m/s in 8 of
10. Cadence therefore decides if it is known, otherwise speed. A tired or climbing runner is slower than that, but hardly anybody walks
faster than briskly, so the speed threshold is halfway between the transition and the brisk walking pace. Between the two ends of a range,
the previous gait continues (hysteresis).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from attrs import frozen

from planner.journal.activity import Split
from planner.records import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.journal.activity import Sample

Gait: TypeAlias = Literal["run", "walk", "still"]
RUN_CADENCE, WALK_CADENCE = 140, 135
"""Steps per minute: running from the first on, walking below the second."""
USUAL_CHANGE, USUAL_WALK = 513, 630
"""Seconds per kilometre: the mean of 1.9 and 2.0 m/s, and brisk walking."""
BAND = 13
"""Hysteresis around the threshold, in seconds per kilometre: faster than this is running, slower is walking."""
STILL = 2000
"""Seconds per kilometre. Slower (0.5 m/s) is standing, with movement due to noise of the receiver."""
NEVER_RUNNING, NEVER_WALKING = 1250, 357
"""Seconds per kilometre. The cadence is ignored if the pace is slower than the first (0.8 m/s) or faster than the second (2.8 m/s)."""
REACH = 5
"""Seconds before and after over which speed is averaged, as positions jump."""
GAP = 20
"""Seconds. A longer interval between two samples is a pause or a gap, which is classified on its own."""
SHORTEST = 10
"""Seconds. A shorter stretch joins its neighbour; no programme has runs under 15 s."""


@frozen(kw_only=True, eq=False, repr=False)
class Change(Record):
    """The pace, in seconds per kilometre, at which a person changes from walking to running."""

    pace: int = (USUAL_CHANGE + USUAL_WALK) // 2


class Stretch(NamedTuple):
    """A stretch of one gait, from the index of its `first` sample to that of its last one (`end`)."""

    gait: Gait
    first: int
    end: int


def change_of(easy_pace: int, walk_pace: int) -> Change:
    """Return the change pace for these paces: halfway between the walking pace and the usual transition, or the easy pace if slower."""
    return Change(pace=(max(USUAL_CHANGE, easy_pace) + walk_pace) // 2)


def tell_apart(records: Sequence[Sample], change: Change | None = None) -> Split:
    """Split `records`, sorted by time (see `activity.tidy`), into running and walking, which together contain all metres.

    Changes of gait are found to within a few seconds.
    """
    seen = _without_short(records, _stretches(_gaits(records, change or Change())))
    stretches = _without_short(records, _stretches(_each(_sharpened(records, seen))))
    metres = {"run": 0, "walk": 0, "still": 0}
    seconds = dict(metres)
    for stretch in stretches:
        metres[stretch.gait] += records[stretch.end][1] - records[stretch.first][1]
        seconds[stretch.gait] += records[stretch.end][0] - records[stretch.first][0]
    return Split(
        run_m=metres["run"],
        walk_m=metres["walk"] + metres["still"],
        run_s=seconds["run"],
        walk_s=seconds["walk"],
        cadence=_cadence(records, stretches),
    )


def _cadence(records: Sequence[Sample], stretches: Sequence[Stretch]) -> int | None:
    """The mean cadence while running, weighted by time and rounded down; None if unknown."""
    known = [
        (records[n + 1][0] - records[n][0], cadence)
        for stretch in stretches
        if stretch.gait == "run"
        for n in range(stretch.first, stretch.end)
        if (cadence := records[n + 1][2])
    ]
    return sum(length * cadence for length, cadence in known) // sum(length for length, _ in known) if known else None


def _each(stretches: Sequence[Stretch]) -> list[Gait]:
    return [stretch.gait for stretch in stretches for _ in range(stretch.first, stretch.end)]


def _gaits(records: Sequence[Sample], change: Change) -> list[Gait]:
    """Classify each interval between samples. Starts with walking; an undecided interval continues the previous gait."""
    gaits: list[Gait] = []
    before: Gait = "walk"
    first = 0
    last = -1
    low = high = 0
    for n in range(len(records) - 1):
        if n > last:
            first, last = n, _end_of_block(records, n)
            low, high = n, n + 1
        while low < n and (low < first or records[n][0] - records[low][0] > REACH):
            low += 1
        high = max(high, n + 1)
        while high <= last and records[high + 1][0] - records[n + 1][0] <= REACH:
            high += 1
        seconds, metres = records[high][0] - records[low][0], records[high][1] - records[low][1]
        gait = _gait(seconds, metres, records[n + 1][2], change) or before
        before = before if gait == "still" else gait
        gaits.append(gait)
    return gaits


def _end_of_block(records: Sequence[Sample], n: int) -> int:
    """The last interval of the block from `n` on that contains no gap, or `n` if it is a gap itself."""
    if records[n + 1][0] - records[n][0] > GAP:
        return n
    while n + 2 < len(records) and records[n + 2][0] - records[n + 1][0] <= GAP:
        n += 1
    return n


def _gait(seconds: int, metres: int, cadence: int | None, change: Change) -> Gait | None:
    """Classify `metres` in `seconds`; None if undecided. Compares paces without division."""
    if metres * STILL < 1000 * seconds:
        return "still"
    if metres * NEVER_RUNNING < 1000 * seconds:
        return "walk"
    if metres * NEVER_WALKING >= 1000 * seconds:
        return "run"
    if cadence:
        return "run" if cadence >= RUN_CADENCE else "walk" if cadence < WALK_CADENCE else None
    if metres * (change.pace - BAND) >= 1000 * seconds:
        return "run"
    return "walk" if metres * (change.pace + BAND) < 1000 * seconds else None


def _stretches(gaits: Sequence[Gait]) -> list[Stretch]:
    found: list[Stretch] = []
    for n, gait in enumerate(gaits):
        if found and found[-1].gait == gait:
            found[-1] = found[-1]._replace(end=n + 1)
        else:
            found.append(Stretch(gait, n, n + 1))
    return found


def _without_short(records: Sequence[Sample], stretches: Sequence[Stretch]) -> list[Stretch]:
    """Merge stretches under `SHORTEST` seconds into the previous one, and a short first stretch into the next."""
    kept: list[Stretch] = []
    for stretch in stretches:
        short = records[stretch.end][0] - records[stretch.first][0] < SHORTEST
        if kept and (short or kept[-1].gait == stretch.gait):
            kept[-1] = kept[-1]._replace(end=stretch.end)
        elif len(kept) == 1 and records[kept[0].end][0] - records[0][0] < SHORTEST:
            kept[0] = Stretch(stretch.gait, 0, stretch.end)
        else:
            kept.append(stretch)
    return kept


def _sharpened(records: Sequence[Sample], stretches: Sequence[Stretch]) -> list[Stretch]:
    """Move each change of gait to where the speed changes: where the distance curve is farthest from a straight line through its
    surroundings.

    Otherwise changes would be some seconds off, always in favour of the gait that is farther from the threshold.
    """
    found = list(stretches)
    for n in range(len(found) - 1):
        one, other = found[n], found[n + 1]
        if "still" in (one.gait, other.gait):
            continue
        low = high = one.end
        while low > one.first and records[one.end][0] - records[low - 1][0] <= 2 * REACH:
            low -= 1
        while high < other.end and records[high + 1][0] - records[one.end][0] <= 2 * REACH:
            high += 1
        seconds, metres = records[high][0] - records[low][0], records[high][1] - records[low][1]
        sign = 1 if other.gait == "run" else -1
        bend = [
            sign * ((records[k][1] - records[low][1]) * seconds - (records[k][0] - records[low][0]) * metres) for k in range(low, high + 1)
        ]
        change = low + min(range(len(bend)), key=lambda k: (bend[k], abs(low + k - one.end)))
        found[n], found[n + 1] = one._replace(end=change), other._replace(first=change)
    return [stretch for stretch in found if stretch.first < stretch.end]
