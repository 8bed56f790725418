"""What shoes carried in the weeks so far: read from the plan's own sessions and, where one is kept, from the log, a week at a time.

With a log what was really run and walked counts on dates that are past, in the pair that the row names; what is planned counts from today.
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
"""Walking within and around one run, in seconds, as long as no week of the plan shows it."""


class WearHistory(NamedTuple):
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


def past_wear(pace: int, leads: tuple[str, ...], brief: Brief | None = None) -> Over[WearHistory]:
    """What weeks add up to for pairs with these leads, at this pace of walking; `brief` is given where its log says what was done."""
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
    """Sessions as they are planned: metres by pair on runs and beside them, metres walked around the runs, the runs."""
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
    """What one row of the log put on a pair: metres in all, and metres run."""

    metres: int
    run_m: int


def _lived(week: Week, pace: int, leads: tuple[str, ...], brief: Brief) -> tuple[list[int], list[int], int, int]:
    """The same of a week as the log has it: rows up to today, and what is planned from today on that no row tells of.

    Planned walks count where no row names them, as they do in the plan itself: nobody is asked to log them.
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
    """The rows that may have worn shoes, one for each run: with both knees sore there is a row for each, and that of the longer way counts.

    A row without metres adds answers to another of its session or date, where there is one.
    """
    far = [row for row in rows if row.run_m or row.foot_m]
    found = [row for row in far if not any(_twin(row, other) for other in far)]
    measured = {row.session or row.date for row in far} | {row.date for row in far if row.run_m}
    bare = [row for row in rows if row.run_m is None and row.foot_m is None and (row.session or _says_how(row))]
    first = {row.session or row.date: row for row in reversed(bare)}
    return sorted([*found, *(row for key, row in first.items() if measured.isdisjoint({key, row.date}))], key=lambda row: row.date)


def _says_how(row: Entry) -> bool:
    """Whether a row that names no session and no metres is of something done that may have been the day's run."""
    return row.sets_done is None and (row.seconds is not None or row.pain_during is not None)


def _is_run(row: Entry) -> bool:
    """Whether a row that names no session may be a run: it says metres run, or no metres at all."""
    return bool(row.run_m) or (row.run_m is None and row.foot_m is None)


def _twin(row: Entry, other: Entry) -> bool:
    """Whether `other` is the same run told for the other knee, and the one to count."""
    if row.date != other.date or row.session != other.session or {row.side, other.side} != {"left", "right"}:
        return False
    return (other.run_m or 0, other.foot_m or 0, other.side) > (row.run_m or 0, row.foot_m or 0, row.side)


def _matched(rows: Sequence[Entry], planned: Sequence[Session]) -> list[tuple[Session | None, Session | None]]:
    """For each row the planned session that it tells of, by name or as the run of its date, and the one whose shoes it wears: that one,
    else, for a run on another date, the week's next of which nothing is told.
    """
    told = [
        next((s for s in planned if s.id == row.session or (not row.session and s.run_s and s.date == row.date and _is_run(row))), None)
        for row in rows
    ]
    spare = iter([session for session in planned if session.run_s and session not in told])
    return [(of, of if of or not row.run_m else next(spare, None)) for row, of in zip(rows, told, strict=True)]


def _worn(row: Entry, of: Session | None, pace: int) -> Worn:
    """What a row put on a pair. All that is on foot wears a shoe (SHOE-05); walking that nobody told is the planned session's."""
    whole = 0 if of is None else worn(of, pace)[1]
    if row.run_m is None and row.foot_m is None and of is not None:
        length = max(seconds_of(of.steps), 1)
        part = length if row.seconds is None else min(row.seconds, length)
        return Worn(whole * part // length, of.run_m * part // length)
    run_m = row.run_m or 0
    walks = 0 if of is None else whole - of.run_m
    return Worn(run_m + walks if row.foot_m is None else max(run_m, row.foot_m), run_m)


def worn_this_week(brief: Brief, runs: Mapping[int, tuple[str, int, int]], walk_m: int, *, first_day: date) -> dict[int | None, int]:
    """Metres by pair in a week that has begun, as far as they are known: what its rows tell, and its planned runs that no row stands for.

    `runs` are the planned ones by ordinal, in their order: id, index of the pair, metres; once the week is over none of them is to come.
    `walk_m` is what is walked with a run where a row does not tell.
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
    """The index of the pair of this name; capitals count only where two pairs differ in nothing else. None: there is no such pair."""
    names = [pair.name for pair in brief.athlete.shoes]
    if name in names:
        return names.index(name)
    plain: Mapping[str, int] = {known.strip().casefold(): n for n, known in reversed(list(enumerate(names)))}
    return plain.get(name.strip().casefold())
