"""What shoes carried in the weeks so far: read from the plan's own sessions, a week at a time, and remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planner import Step, by_identity

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


def past_wear(earlier: tuple[Week, ...], pace: int, leads: tuple[str, ...]) -> Past:
    """The weeks so far, added up."""
    metres, last, weeks = [0] * len(leads), (0,) * len(leads), [0] * len(leads)
    walk_m, notes = 1000 * WALK_GUESS_S // pace, dict[str, int]()
    for week in earlier:
        carried, beside, walked, runs, keys = _week(week, pace, leads)
        for n, (on_runs, others) in enumerate(zip(carried, beside, strict=True)):
            metres[n] += on_runs + others
            weeks[n] += on_runs > 0
        if runs:
            last, walk_m = carried, walked // runs
        notes.update(dict.fromkeys(keys, week.number))
    return Past(tuple(metres), last, tuple(weeks), walk_m, notes)


@by_identity(64)
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
