"""What shoes carried in the weeks so far: read from the plan's own sessions, a week at a time, and remembered."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from planner import Step

if TYPE_CHECKING:
    from planner import Session, Week

WALKS_AROUND = frozenset({"warm-up", "cool-down"})
"""The first step of each kind is the engine's walk; another pillar's drills may follow under the same name."""
WALK_GUESS_S = 900
"""Walking within and around one run, in seconds, as long as no week of the plan shows it."""


class Past(NamedTuple):
    """What earlier weeks held, by pair: metres, those of the last week of running, weeks in which it ran.

    `walk_m` are metres walked with one run, `notes` the week of each of this pillar's notes.
    """

    metres: tuple[int, ...]
    last: tuple[int, ...]
    weeks: tuple[int, ...]
    walk_m: int
    notes: dict[str, int]


def worn(session: Session, walk_pace: int, leads: tuple[str, ...] = ()) -> tuple[int, int]:
    """The index of the pair that a session wears, by the lead of its note (0 without one), and the metres that it puts on it.

    Metres are those on foot and, with a run, those of the walks before and after it, which no law counts (SHOE-05).
    """
    if not session.run_s:
        return 0, session.foot_m
    which, around, kinds = 0, 0, set(WALKS_AROUND)
    for step in session.steps:
        if isinstance(step, Step):
            if step.kind in kinds:
                kinds.discard(step.kind)
                around += step.seconds
            elif step.kind == "note" and step.text.startswith(leads):
                which = next(n for n, lead in enumerate(leads) if step.text.startswith(lead))
    return which, session.foot_m + 1000 * around // walk_pace


@lru_cache(maxsize=256)
def past_wear(earlier: tuple[Week, ...], pace: int, leads: tuple[str, ...]) -> Past:
    """The weeks before the last, remembered, and the last."""
    if not earlier:
        return Past((0,) * len(leads), (0,) * len(leads), (0,) * len(leads), 1000 * WALK_GUESS_S // pace, {})
    past = past_wear(earlier[:-1], pace, leads)
    carried, beside, walked, runs, keys = _week(earlier[-1], pace, leads)
    return Past(
        metres=tuple(m + c + b for m, c, b in zip(past.metres, carried, beside, strict=True)),
        last=carried if runs else past.last,
        weeks=tuple(n + bool(c) for n, c in zip(past.weeks, carried, strict=True)),
        walk_m=walked // runs if runs else past.walk_m,
        notes={**past.notes, **dict.fromkeys(keys, earlier[-1].number)},
    )


@lru_cache(maxsize=256)
def _week(week: Week, pace: int, leads: tuple[str, ...]) -> tuple[tuple[int, ...], tuple[int, ...], int, int, tuple[str, ...]]:
    """One week: metres by pair on runs and beside them, metres walked around its runs, its runs, this pillar's keys in it."""
    carried, beside, walked, runs = [0] * len(leads), [0] * len(leads), 0, 0
    for session in week.sessions:
        if session.foot_m:
            which, put_on = worn(session, pace, leads)
            if leads:
                (carried if session.run_s else beside)[which] += put_on
            if session.run_s:
                walked, runs = walked + put_on - session.run_m, runs + 1
    keys = tuple(s.key for s in week.sessions if s.pillar == "footwear")
    return tuple(carried), tuple(beside), walked, runs, keys
