"""Distance on each pair of shoes, week by week, from the plan's sessions and, if there is one, from the log.

With a log, past dates count what was logged, on the pair that the row names; from today on, the plan counts.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from planner import seconds_of
from planner_pillars.log_weeks import rows_of_week
from planner_pillars.week_history import over_weeks, run_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from planner import Brief, Entry, Session, Week
    from planner_pillars.week_history import Over

WALK_GUESS_S = 900
"""Assumed seconds of walking within and around a run until a week of the plan shows it."""


class WearHistory(NamedTuple):
    """Wear in earlier weeks, by pair: total metres, metres on runs of the last week of running, and weeks with a run.

    `walk_m` is the metres walked with one run; `notes` maps the key of each of this pillar's notes to its last week.
    """

    metres: tuple[int, ...]
    last: tuple[int, ...]
    weeks: tuple[int, ...]
    walk_m: int
    notes: dict[str, int]


def worn(session: Session, walk_pace: int, leads: tuple[str, ...] = ()) -> tuple[int, int]:
    """The index of a session's pair, by the first words of its note (0 without one), and the metres that the session puts on it.

    For a run these include the walks before and after it, which no law counts (SHOE-05).
    """
    if not session.run_s:
        return 0, session.foot_m
    run = run_of(session)
    named = [note for note in run.notes if note.startswith(leads)]
    which = next(n for n, lead in enumerate(leads) if named[-1].startswith(lead)) if named else 0
    return which, session.foot_m + 1000 * run.around_s // walk_pace


def past_wear(pace: int, leads: tuple[str, ...], brief: Brief | None = None) -> Over[WearHistory]:
    """The fold of weeks into wear for pairs with these note leads, at a walking pace in s/km; by the log of `brief` if given."""
    none = (0,) * len(leads)

    def add(past: WearHistory, week: Week) -> WearHistory:
        carried, beside, walked, runs = _planned(week.sessions, pace, leads) if brief is None else _lived(week, pace, leads, brief)
        keys = [s.key for s in week.sessions if s.pillar == "footwear"]
        return WearHistory(
            metres=tuple(map(sum, zip(past.metres, carried, beside, strict=True))),
            last=tuple(carried) if runs else past.last,
            weeks=tuple([so_far + (metres > 0) for so_far, metres in zip(past.weeks, carried, strict=True)]),
            walk_m=walked // runs if runs else past.walk_m,
            notes={**past.notes, **dict.fromkeys(keys, week.number)} if keys else past.notes,
        )

    return over_weeks(add, WearHistory(none, none, none, 1000 * WALK_GUESS_S // pace, {}))


def _planned(sessions: Iterable[Session], pace: int, leads: tuple[str, ...]) -> tuple[list[int], list[int], int, int]:
    """Wear by planned sessions: metres by pair on runs and on walks, metres walked with the runs, and the number of runs."""
    carried, beside, walked, runs = [0] * len(leads), [0] * len(leads), 0, 0
    for session in sessions:
        if session.foot_m:
            which, put_on = worn(session, pace, leads)
            if leads:
                (carried if session.run_s else beside)[which] += put_on
            if session.run_s:
                walked, runs = walked + put_on - session.run_m, runs + 1
    return carried, beside, walked, runs


class Worn(NamedTuple):
    """What one log row puts on a pair: total metres, and metres run."""

    metres: int
    run_m: int


def _lived(week: Week, pace: int, leads: tuple[str, ...], brief: Brief) -> tuple[list[int], list[int], int, int]:
    """Wear as in `_planned`, by the log: rows up to today, and runs planned from today on that no row is about.

    Planned walks that no row names count as done, as they do in the plan, because nobody has to log them.
    """
    planned = [session for session in week.sessions if session.foot_m]
    rows = on_foot(rows_of_week(brief, week.start))
    told, ran = {row.session for row in rows}, {row.date for row in rows if row.run_m}
    waiting = [s for s in planned if s.id not in told and (not s.run_s or (s.date >= brief.as_of and s.date not in ran))]
    carried, beside, walked, runs = _planned(waiting, pace, leads)
    for row, (of, stands_in) in zip(rows, _matched(rows, planned), strict=True):
        worn_m = _worn(row, of, pace)
        which = pair_named(row.shoes, brief) if row.shoes else worn(stands_in, pace, leads)[0] if stands_in else 0
        if which is not None and leads:
            (carried if worn_m.run_m else beside)[which] += worn_m.metres
        if worn_m.run_m:
            walked, runs = walked + worn_m.metres - worn_m.run_m, runs + 1
    return carried, beside, walked, runs


def on_foot(rows: Iterable[Entry]) -> list[Entry]:
    """The rows that may have worn shoes, one per run, by date; of two rows for the two knees the longer distance counts.

    A row without metres is left out if another row of its session or date has them.
    """
    far = [row for row in rows if row.run_m or row.foot_m]
    found = [row for row in far if not any(_twin(row, other) for other in far)]
    measured = {row.session or row.date for row in far} | {row.date for row in far if row.run_m}
    bare = [row for row in rows if row.run_m is None and row.foot_m is None and (row.session or _says_how(row))]
    first = {row.session or row.date: row for row in reversed(bare)}
    return sorted([*found, *(row for key, row in first.items() if measured.isdisjoint({key, row.date}))], key=lambda row: row.date)


def _says_how(row: Entry) -> bool:
    """Whether a row without session and metres may still be the day's run: it has a duration or a pain score, and no sets."""
    return row.sets_done is None and (row.seconds is not None or row.pain_during is not None)


def _is_run(row: Entry) -> bool:
    """Whether a row without session may be a run: it has metres run, or no metres at all."""
    return bool(row.run_m) or (row.run_m is None and row.foot_m is None)


def _twin(row: Entry, other: Entry) -> bool:
    """Whether `other` is the same run logged for the other knee, and the one that counts."""
    if row.date != other.date or row.session != other.session or {row.side, other.side} != {"left", "right"}:
        return False
    return (other.run_m or 0, other.foot_m or 0, other.side) > (row.run_m or 0, row.foot_m or 0, row.side)


def _matched(rows: Sequence[Entry], planned: Sequence[Session]) -> list[tuple[Session | None, Session | None]]:
    """For each row the planned session that it is about, by name or as the run of its date, and the session whose pair it wears.

    The latter is the same session or, for a run that matches none, the week's next run without a row.
    """
    told = [
        next((s for s in planned if s.id == row.session or (not row.session and s.run_s and s.date == row.date and _is_run(row))), None)
        for row in rows
    ]
    spare = iter([session for session in planned if session.run_s and session not in told])
    return [(of, of if of or not row.run_m else next(spare, None)) for row, of in zip(rows, told, strict=True)]


def _worn(row: Entry, of: Session | None, pace: int) -> Worn:
    """What a row puts on a pair. All metres on foot count (SHOE-05); walking that is not logged is taken from the planned session."""
    whole = 0 if of is None else worn(of, pace)[1]
    if row.run_m is None and row.foot_m is None and of is not None:
        length = max(seconds_of(of.steps), 1)
        part = length if row.seconds is None else min(row.seconds, length)
        return Worn(whole * part // length, of.run_m * part // length)
    run_m = row.run_m or 0
    walks = 0 if of is None else whole - of.run_m
    return Worn(run_m + walks if row.foot_m is None else max(run_m, row.foot_m), run_m)


def worn_this_week(brief: Brief, runs: Mapping[int, tuple[str, int, int]], walk_m: int, *, first_day: date) -> dict[int | None, int]:
    """Metres by pair in a week that has begun: by its rows and, unless the week is over, by its planned runs without a row.

    `runs` maps the ordinals of the planned runs, in order, to id, index of the pair and metres. `walk_m` is the metres walked with a run
    for rows that do not say.
    """
    left = dict(runs)
    by_id = {name: ordinal for ordinal, (name, _, _) in runs.items()}
    found: dict[int | None, int] = {}
    for row in on_foot(rows_of_week(brief, first_day)):
        ordinal = by_id.get(row.session, 0) if row.session else next(iter(left), 0) if _is_run(row) else 0
        _, pair, planned_m = left.pop(ordinal, ("", 0, 0))
        run_m = row.run_m + walk_m if row.run_m else planned_m if row.run_m is None else 0
        which = pair_named(row.shoes, brief) if row.shoes else pair
        found[which] = found.get(which, 0) + (run_m if row.foot_m is None else row.foot_m)
    if first_day + timedelta(days=6) >= brief.as_of:
        for _, pair, metres in left.values():
            found[pair] = found.get(pair, 0) + metres
    return found


def pair_named(name: str, brief: Brief) -> int | None:
    """The index of the pair with this name, exact match first, then ignoring case and outer spaces; None if there is none."""
    names = [pair.name for pair in brief.athlete.shoes]
    if name in names:
        return names.index(name)
    plain: Mapping[str, int] = {known.strip().casefold(): n for n, known in reversed(list(enumerate(names)))}
    return plain.get(name.strip().casefold())
