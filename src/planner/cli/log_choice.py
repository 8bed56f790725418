"""Chooses the log row for an answer: a new one, one that it completes, or one that it corrects."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planner.cli.run_rows import KNEES, MORNING_DAYS, RunRows
from planner.errors import InputError
from planner.journal.log_file import entry_of, entry_values

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence, Set
    from datetime import date

    from planner.entry import Entry
    from planner.journal.log_cells import Value
    from planner.journal.log_file import OpenLog

DONE = frozenset({"session", "run_m", "foot_m", "seconds", "sets_done"})
"""Fields that say something was done, so that answers with one of them get a new row."""
MORNING = "pain_next_morning"
SIGNS = frozenset({"swelling", "limp", "painkiller", "red_flag"})
"""Answers that count for their date, whichever of its rows has them, so that they never have to wait for a row to be named."""
KNEE = SIGNS | {"pain_before", "pain_during", "pain_after", MORNING}
"""The answers about the knee, which call for advice."""


class Answers(NamedTuple):
    """The answers about one day: values by `Entry` field name (None empties a cell), and whether they correct a row."""

    day: date
    today: date
    values: Mapping[str, Value | None]
    correcting: bool = False


class Written(NamedTuple):
    """A row as it is now, whether it was added, whether an answer about the knee was given, and the row of another run of that day."""

    entry: Entry
    new: bool
    knee: bool = False
    other: Entry | None = None


def write_answers(log: OpenLog, answers: Answers, planned_runs: Set[str]) -> list[Written]:
    """Write answers to the rows they belong to; `planned_runs` are the names of planned runs.

    Raises `InputError`, with nothing written, if that is ambiguous.
    """
    written: list[Written] = []
    values = dict(answers.values)
    if answers.correcting:
        return [Written(_corrected(log, answers), new=False)]
    morning = values.get(MORNING)
    if morning is not None and answers.day == answers.today:
        side = str(values.get("side") or "")
        alone = values.keys() <= {MORNING, "session", "side"}
        asked = str(values.get("session") or "") if alone else ""
        named = RunRows([row for row in log.entries if asked in ("", row.session)], planned_runs)
        written.append(_morning(log, named, answers.today, {MORNING: morning, **({"side": side} if side else {})}))
        values = {} if alone else values
        values.pop(MORNING, None)
    if not values:
        return written
    known = RunRows(log.entries, planned_runs)
    rows = known.on(answers.day)
    if values.keys() & DONE or not rows:
        _refuse_twice(rows, values.get("session"), values.get("side"))
        if values.keys() == {"side"}:
            raise InputError("--side", f"found it alone, and no row of {answers.day}", "what was done, or how that knee felt")
        other = next((row for row in rows if row.run_m and {row.side, values.get("side")} != KNEES), None) if values.get("run_m") else None
        return [*written, _added(log, {"date": answers.day, **values})._replace(other=other)]
    return [*written, _filled(log, known, answers.day, values)]


def _morning(log: OpenLog, named: RunRows, today: date, values: Mapping[str, Value]) -> Written:
    """Write a next morning, and its side if given, to the last run of the `named` rows. Raises `InputError` if there is none."""
    run = named.before(today, str(values.get("side") or ""))
    if run is None:
        found = f"no row of the {MORNING_DAYS} days before {today} that this next morning could belong to"
        raise InputError("--morning", found, "a run that it comes after", "Say which day's it is with --date.")
    return _put(log, RunRows(log.entries, named.planned_runs).of_run(run), run, values)


def _filled(log: OpenLog, known: RunRows, day: date, values: Mapping[str, Value | None]) -> Written:
    """Add answers to the day's row; of several, to the one for that knee, and of those to a run. Raises `InputError`.

    Signs get a row of their own if several rows could have them.
    """
    side, rows = values.get("side"), known.on(day)
    runs = [entry for entry in rows if known.is_run(entry)]
    of_knee = [entry for entry in rows if side and entry.side == side]
    same = [entry for entry in of_knee if known.is_run(entry)]
    same = same or [entry for entry in of_knee if not entry.only_next_morning or values.keys() == {MORNING, "side"}]
    others = [entry for entry in runs or rows if not side or entry.side not in KNEES]
    if values.keys() <= SIGNS | {"side", "note"} and len(same or others) > 1:
        return _added(log, {"date": day, **values})
    row = _only(same or others) if same or others else (runs or rows)[-1]
    return _put(log, known.of_run(row), row, values)


def _put(log: OpenLog, rows: Sequence[Entry], row: Entry, values: Mapping[str, Value | None]) -> Written:
    """Write answers to `row`, or to a new row for a knee that has none; `rows` are all the rows about the same run.

    A new row beside the other knee's repeats its session and distance. The next morning of one knee gets its own row too if `row` has no
    side, as that one is about every knee. Raises `InputError`.
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
    if taken == ["red_flag"] and values.keys() <= SIGNS | {"side", "note"} and values["red_flag"] is not None:
        return _added(log, {"date": row.date, **values})  # a second sign of one day
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
