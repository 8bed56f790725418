"""Telling running from walking inside one activity, from what was measured on the way.

The thresholds are our own design default, after two studies of where people change from walking to running on a treadmill: a cadence of
135 to 140 steps a minute tells the two apart in 9 of 10 cases (doi 10.1016/j.humov.2023.103117; for the young PMC8629136), a speed of
1.9 to 2.0 m/s in 8 of 10. So cadence decides where it is known. Else speed does: who is tired or goes uphill runs slower than that, but
nobody walks much faster than briskly, so running begins half way from there to the brisk walking pace. Between the two ends of a range what
was done before goes on.
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
"""Steps a minute from which it is running, and below which it is walking."""
USUAL_CHANGE, USUAL_WALK = 513, 630
"""Seconds per kilometre: the middle of 1.9 and 2.0 m/s; walking briskly."""
BAND = 13
"""So many seconds per kilometre faster it is running, slower walking."""
STILL = 2000
"""Slower than this (0.5 m/s) is standing, whatever moved the receiver."""
NEVER_RUNNING, NEVER_WALKING = 1250, 357
"""A cadence is not believed when the pace is slower (0.8 m/s) or faster (2.8 m/s) than this."""
REACH = 5
"""Speed is taken over so many seconds before and after, since a receiver jumps."""
GAP = 20
"""More seconds between two records are a pause or a hole, which is judged alone."""
SHORTEST = 10
"""A shorter stretch is part of the one before; no programme has shorter runs than 15 s."""


@frozen(kw_only=True, eq=False, repr=False)
class Change(Record):
    """The pace, in seconds per kilometre, at which a person changes from walking to running."""

    pace: int = (USUAL_CHANGE + USUAL_WALK) // 2


class Stretch(NamedTuple):
    """What is done from the record `first` to the record `end`."""

    gait: Gait
    first: int
    end: int


def change_of(easy_pace: int, walk_pace: int) -> Change:
    """Where somebody with these paces changes: half way from walking to the usual change, or to the easy pace if that is slower."""
    return Change(pace=(max(USUAL_CHANGE, easy_pace) + walk_pace) // 2)


def tell_apart(records: Sequence[Sample], change: Change | None = None) -> Split:
    """The running and the walking in `records`, which are in the order of time (see `activity.tidy`). All metres are in one or the other.

    A mistake at a change of gait is a few seconds long.
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
    """The mean cadence while running, rounded down."""
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
    """What is done between each record and the next; at first it is walking, and what is neither goes on as before."""
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
    """The last interval from `n` on before one that is a gap, or `n` where that is one itself."""
    if records[n + 1][0] - records[n][0] > GAP:
        return n
    while n + 2 < len(records) and records[n + 2][0] - records[n + 1][0] <= GAP:
        n += 1
    return n


def _gait(seconds: int, metres: int, cadence: int | None, change: Change) -> Gait | None:
    """What somebody does who covers `metres` in `seconds`; None where it may be either. Comparisons of paces, without division."""
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
    """Stretches without those under `SHORTEST` seconds: each goes to the one before it, the first to the one behind."""
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
    """Stretches that change where the speed does: there the way lies farthest from a straight line through what is around it.

    Without this a change would be seen some seconds off, always to the gain of the gait that the threshold is farther from.
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
