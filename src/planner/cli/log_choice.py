"""Which row of a log an answer belongs to: a new one, one with a gap that it fills, or one that is corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planner.entry import only_next_morning
from planner.errors import InputError
from planner.journal.log_file import entry_of, entry_values

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from planner.entry import Entry
    from planner.journal.log_cells import Value
    from planner.journal.log_file import OpenLog

DONE = frozenset({"session", "run_m", "foot_m", "seconds", "sets_done"})
"""Whoever says one of these says that something was done: that is a row of its own."""
MORNING = "pain_next_morning"
KNEES = frozenset({"left", "right"})
MORNING_DAYS = 7
"""Longer ago nobody remembers which morning it was."""


class Answers(NamedTuple):
    """What was said about a day: values by the names of `Entry`'s fields, None to empty a cell; whether a row is to be corrected."""

    day: date
    today: date
    values: Mapping[str, Value | None]
    correcting: bool = False


class Written(NamedTuple):
    """A row as it is now, and whether it is a new one."""

    entry: Entry
    new: bool


def write_answers(log: OpenLog, answers: Answers) -> list[Written]:
    """Put answers where they belong. Raises `InputError`, with nothing written, where that is not clear."""
    written: list[Written] = []
    values = dict(answers.values)
    if answers.correcting:
        return [Written(_corrected(log, answers), new=False)]
    morning = values.get(MORNING)
    if morning is not None and answers.day == answers.today:
        side = str(values.get("side") or "")
        alone = values.keys() <= {MORNING, "session", "side"}
        asked = str(values.get("session") or "") if alone else ""
        written.append(_morning(log, answers.today, morning, asked, side))
        values = {} if alone else values
        values.pop(MORNING, None)
    if not values:
        return written
    rows = [entry for entry in log.entries if entry.date == answers.day]
    if values.keys() & DONE or not rows:
        _refuse_twice(rows, values.get("session"), values.get("side"))
        if values.keys() == {"side"}:
            raise InputError("--side", f"found it alone, and no row of {answers.day}", "what was done, or how that knee felt")
        return [*written, _added(log, {"date": answers.day, **values})]
    return [*written, _filled(log, rows, values)]


def run_before(entries: Sequence[Entry], today: date, side: str = "") -> Entry | None:
    """The row that the last run before today, of the last days, has for a knee; its last row where that knee has none of its own.

    The last row of any kind where no run is among them.
    """
    recent = [entry for entry in entries if 0 < (today - entry.date).days <= MORNING_DAYS]
    runs = [entry for entry in recent if is_run(entry)]
    last = next(reversed(runs or recent), None)
    of_knee = [row for row in _of_run(entries, last) if row.side == side] if last is not None and side else []
    return next(reversed(of_knee), last)


def open_mornings(entries: Sequence[Entry], today: date) -> list[tuple[Entry, str]]:
    """The run before today with each knee whose next morning is not known yet; "" for a run whose row names no knee."""
    run = run_before(entries, today)
    if run is None:
        return []
    rows = _of_run(entries, run)
    known = {row.side for row in rows if row.pain_next_morning is not None}
    sides = sorted({row.side for row in rows})
    knees = [side for side in sides if side in KNEES] or ([] if known else sides)
    return [(run, side) for side in knees if side not in known]


def _of_run(entries: Sequence[Entry], run: Entry) -> list[Entry]:
    """The rows about the run of this row: itself, those of the other knee, and next mornings in rows of their own."""
    same_day = [entry for entry in entries if entry.date == run.date and (not run.session or entry.session in ("", run.session))]
    return [entry for entry in same_day if entry is run or (is_run(entry) and is_run(run)) or only_next_morning(entry)]


def is_run(entry: Entry) -> bool:
    """Whether a row is about a run, as far as it says."""
    return entry.run_m > 0 if entry.run_m is not None else entry.pain_during is not None


def _morning(log: OpenLog, today: date, morning: Value, asked: str, side: str) -> Written:
    """The run before today with its next morning, or the session `asked` for: today's next morning is not known yet."""
    run = run_before([row for row in log.entries if asked in ("", row.session)], today, side)
    if run is None:
        found = f"no row of the {MORNING_DAYS} days before {today} that this next morning could belong to"
        raise InputError("--morning", found, "a run that it comes after", "Say which day's it is with --date.")
    return _put(log, _of_run(log.entries, run), run, {MORNING: morning, **({"side": side} if side else {})})


def _filled(log: OpenLog, rows: Sequence[Entry], values: Mapping[str, Value | None]) -> Written:
    """The day's row with answers that it had not; where it has several, the one of that knee, and of those the one that is a run."""
    side = values.get("side")
    runs = [entry for entry in rows if is_run(entry)]
    of_knee = [entry for entry in rows if side and entry.side == side]
    same = [entry for entry in of_knee if is_run(entry)]
    same = same or [entry for entry in of_knee if not only_next_morning(entry) or values.keys() == {MORNING, "side"}]
    others = [entry for entry in runs or rows if not side or entry.side not in KNEES]
    row = _only(same or others) if same or others else (runs or rows)[-1]
    return _put(log, _of_run(rows, row), row, values)


def _put(log: OpenLog, rows: Sequence[Entry], row: Entry, values: Mapping[str, Value | None]) -> Written:
    """Answers in their row, one of `rows`, which are all about the same; in a new one for a knee that has none.

    Where the row is that of the other knee, the new one is of the same run. A next morning of one knee leaves a row without a side as it
    is, which is about every knee.
    """
    side = values.get("side")
    if not side and {each.side for each in rows} >= KNEES:
        _only(rows)
    of_other = side in KNEES and row.side in KNEES - {side}
    if of_other or (side and row.side != side and values.keys() == {MORNING, "side"}):
        said = {"date": row.date, "session": row.session or None, "run_m": row.run_m if of_other else None}
        return _added(log, {**said, **values})
    old = entry_values(row)
    taken = [name for name, value in values.items() if old.get(name, value) != value]
    if taken:
        raise _taken(log, row, taken)
    return Written(log.correct(row, values), new=False)


def _added(log: OpenLog, values: Mapping[str, Value | None]) -> Written:
    entry = entry_of({name: value for name, value in values.items() if value is not None})
    return Written(log.add([entry])[0], new=True)


def _corrected(log: OpenLog, answers: Answers) -> Entry:
    rows = [entry for entry in log.entries if entry.date == answers.day]
    session = answers.values.get("session")
    if not rows:
        days = ", ".join(str(day) for day in sorted({entry.date for entry in log.entries})[-3:])
        raise InputError("--correct", f"no row of {answers.day}", f"one of the log's days{f' (the last: {days})' if days else ''}")
    if answers.values.get(MORNING) is not None and answers.day == answers.today:
        raise InputError("--morning", "found it for today", "a day whose next morning has come", "Say which day's it is with --date.")
    named = [row for row in rows if session and row.session == session]
    found = named or [row for row in rows if not session or not row.session] or rows
    row = _only([row for row in found if row.side == answers.values.get("side")] or found)
    if session and row.session not in ("", session):
        raise InputError("--session", f"found {session}, but line {row.line} of that day is {row.session}", "one of the day's sessions")
    return log.correct(row, answers.values)


def _only(rows: Sequence[Entry]) -> Entry:
    if len(rows) > 1:
        lines = " and ".join(str(row.line) for row in rows)
        named = "--side" if len({row.side for row in rows}) == len(rows) else "--session"
        advice = f"Say which with {named}, or change it in the file."
        raise InputError("--date", f"several rows of {rows[0].date}, on lines {lines}", "one", advice)
    return rows[0]


def _refuse_twice(rows: Sequence[Entry], session: Value | None, side: Value | None) -> None:
    for row in rows:
        if session and row.session == session and {row.side, side} != KNEES:
            found = f"{session} of {row.date} is already on line {row.line}"
            raise InputError("--session", found, "each planned session once", "To change that row add --correct.")


def _taken(log: OpenLog, row: Entry, names: Sequence[str]) -> InputError:
    said = ", ".join(name.replace("_", " ") for name in names)
    found = f"the row of {row.date} already says something else about {said}"
    knee = f" --side {row.side}" if row.side else ""
    return InputError(f"{log.path}, line {row.line}", found, "an open answer", f"To change it add --correct --date {row.date}{knee}.")
