"""Which row of a log an answer belongs to: a new one, one with a gap that it fills, or one that is corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

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
        asked = str(values.pop("session") or "") if values.keys() == {MORNING, "session"} else ""
        written.append(Written(_morning(log, answers.today, morning, asked), new=False))
        values.pop(MORNING)
    if not values:
        return written
    rows = [entry for entry in log.entries if entry.date == answers.day]
    if values.keys() & DONE or not rows:
        _refuse_twice(rows, values.get("session"))
        entry = entry_of({"date": answers.day, **{name: value for name, value in values.items() if value is not None}})
        return [*written, Written(log.add([entry])[0], new=True)]
    return [*written, Written(_filled(log, rows, values), new=False)]


def run_before(entries: Sequence[Entry], today: date) -> Entry | None:
    """The last run before today, of the last days; the last row of any kind where no run is among them."""
    recent = [entry for entry in entries if 0 < (today - entry.date).days <= MORNING_DAYS]
    runs = [entry for entry in recent if is_run(entry)]
    return next(reversed(runs or recent), None)


def is_run(entry: Entry) -> bool:
    """Whether a row is about a run, as far as it says."""
    return entry.run_m > 0 if entry.run_m is not None else entry.pain_during is not None


def _morning(log: OpenLog, today: date, morning: Value, asked: str) -> Entry:
    """The run before today with its next morning, or the session `asked` for: today's next morning is not known yet."""
    run = run_before([row for row in log.entries if asked in ("", row.session)], today)
    if run is None:
        found = f"no row of the {MORNING_DAYS} days before {today} that this next morning could belong to"
        raise InputError("--morning", found, "a run that it comes after", "Say which day's it is with --date.")
    if run.pain_next_morning not in (None, morning):
        raise _taken(log, run, [MORNING])
    return log.correct(run, {MORNING: morning})


def _filled(log: OpenLog, rows: Sequence[Entry], values: Mapping[str, Value | None]) -> Entry:
    """The day's row with answers that it had not; where it has several, the one that is a run."""
    runs = [entry for entry in rows if is_run(entry)]
    row = _only(runs or rows)
    old = entry_values(row)
    taken = [name for name, value in values.items() if old.get(name, value) != value]
    if taken:
        raise _taken(log, row, taken)
    return log.correct(row, values)


def _corrected(log: OpenLog, answers: Answers) -> Entry:
    rows = [entry for entry in log.entries if entry.date == answers.day]
    session = answers.values.get("session")
    if not rows:
        days = ", ".join(str(day) for day in sorted({entry.date for entry in log.entries})[-3:])
        raise InputError("--correct", f"no row of {answers.day}", f"one of the log's days{f' (the last: {days})' if days else ''}")
    if answers.values.get(MORNING) is not None and answers.day == answers.today:
        raise InputError("--morning", "found it for today", "a day whose next morning has come", "Say which day's it is with --date.")
    named = [row for row in rows if session and row.session == session]
    row = _only(named or [row for row in rows if not session or not row.session] or rows)
    if session and row.session not in ("", session):
        raise InputError("--session", f"found {session}, but line {row.line} of that day is {row.session}", "one of the day's sessions")
    return log.correct(row, answers.values)


def _only(rows: Sequence[Entry]) -> Entry:
    if len(rows) > 1:
        lines = " and ".join(str(row.line) for row in rows)
        advice = "Say which with --session, or change it in the file."
        raise InputError("--date", f"several rows of {rows[0].date}, on lines {lines}", "one", advice)
    return rows[0]


def _refuse_twice(rows: Sequence[Entry], session: Value | None) -> None:
    for row in rows:
        if session and row.session == session:
            found = f"{session} of {row.date} is already on line {row.line}"
            raise InputError("--session", found, "each planned session once", "To change that row add --correct.")


def _taken(log: OpenLog, row: Entry, names: Sequence[str]) -> InputError:
    said = ", ".join(name.replace("_", " ") for name in names)
    found = f"the row of {row.date} already says something else about {said}"
    return InputError(f"{log.path}, line {row.line}", found, "an open answer", f"To change it add --correct --date {row.date}.")
