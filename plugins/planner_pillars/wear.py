"""What shoes carried in the weeks so far: read from the plan's own sessions, a week at a time, and remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planner_pillars.past import over_weeks, run_of

if TYPE_CHECKING:
    from planner import Session, Week
    from planner_pillars.past import Over

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
    run = run_of(session)
    named = [note for note in run.notes if note.startswith(leads)]
    which = next(n for n, lead in enumerate(leads) if named[-1].startswith(lead)) if named else 0
    return which, session.foot_m + 1000 * run.around_s // walk_pace


def past_wear(pace: int, leads: tuple[str, ...]) -> Over[Past]:
    """What weeks add up to for pairs with these leads, at this pace of walking."""
    none = (0,) * len(leads)

    def add(past: Past, week: Week) -> Past:
        carried, beside, walked, runs = _week(week, pace, leads)
        keys = [s.key for s in week.sessions if s.pillar == "footwear"]
        return Past(
            metres=tuple(map(sum, zip(past.metres, carried, beside, strict=True))),
            last=tuple(carried) if runs else past.last,
            weeks=tuple([so_far + (metres > 0) for so_far, metres in zip(past.weeks, carried, strict=True)]),
            walk_m=walked // runs if runs else past.walk_m,
            notes={**past.notes, **dict.fromkeys(keys, week.number)} if keys else past.notes,
        )

    return over_weeks(add, Past(none, none, none, 1000 * WALK_GUESS_S // pace, {}))


def _week(week: Week, pace: int, leads: tuple[str, ...]) -> tuple[list[int], list[int], int, int]:
    """One week: metres by pair on runs and beside them, metres walked around its runs, its runs."""
    carried, beside, walked, runs = [0] * len(leads), [0] * len(leads), 0, 0
    for session in week.sessions:
        if session.foot_m:
            which, put_on = worn(session, pace, leads)
            if leads:
                (carried if session.run_s else beside)[which] += put_on
            if session.run_s:
                walked, runs = walked + put_on - session.run_m, runs + 1
    return carried, beside, walked, runs
