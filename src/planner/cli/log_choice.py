"""Chooses the log row for an answer: a new one, one that it completes, or one that it corrects."""

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
KNEE = frozenset({"pain_before", "pain_during", "pain_after", "pain_next_morning", "swelling", "limp", "painkiller", "red_flag"})
"""The answers about the knee, which call for advice."""
"""Fields that say something was done, so that answers with one of them get a new row."""
MORNING = "pain_next_morning"
KNEES = frozenset({"left", "right"})
MORNING_DAYS = 7
"""How many days back a run may lie for its next morning to be answered."""


class Answers(NamedTuple):
    """The answers about one day: values by `Entry` field name (None empties a cell), and whether they correct a row."""

    day: date
    today: date
    values: Mapping[str, Value | None]
    correcting: bool = False


class Written(NamedTuple):
    """A row as it is now, whether it was added, and whether an answer about the knee was given."""

    entry: Entry
    new: bool
    knee: bool = False


def write_answers(log: OpenLog, answers: Answers) -> list[Written]:
    """Write answers to the rows they belong to. Raises `InputError`, with nothing written, if that is ambiguous."""
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
    """The latest run in the `MORNING_DAYS` before today, or the latest row of any kind if none is a run; None without rows.

    With a `side`, the row that the run has for that knee, if any.
    """
    recent = [entry for entry in entries if 0 < (today - entry.date).days <= MORNING_DAYS]
    runs = [entry for entry in recent if is_run(entry)]
    last = next(reversed(runs or recent), None)
    of_knee = [row for row in _of_run(entries, last) if row.side == side] if last is not None and side else []
    return next(reversed(of_knee), last)


def open_mornings(entries: Sequence[Entry], today: date) -> list[tuple[Entry, str]]:
    """The run before today, once for each knee whose next morning is still unknown; with its row's side if that is not one knee."""
    run = run_before(entries, today)
    if run is None:
        return []
    rows = _of_run(entries, run)
    known = {row.side for row in rows if row.pain_next_morning is not None}
    sides = sorted({row.side for row in rows})
    knees = [side for side in sides if side in KNEES] or ([] if known else sides)
    return [(run, side) for side in knees if side not in known]


def _of_run(entries: Sequence[Entry], run: Entry) -> list[Entry]:
    """All rows about the same run as `run`: itself, the other knee's, and separate rows for the next morning."""
    same_day = [entry for entry in entries if entry.date == run.date and (not run.session or entry.session in ("", run.session))]
    return [entry for entry in same_day if entry is run or (is_run(entry) and is_run(run)) or only_next_morning(entry)]


def is_run(entry: Entry) -> bool:
    """Whether a row is about a run: it has a distance above 0 or, without any distance, a pain rating during it."""
    return entry.run_m > 0 if entry.run_m is not None else entry.pain_during is not None


def _morning(log: OpenLog, today: date, morning: Value, asked: str, side: str) -> Written:
    """Write a next-morning answer to the run before today, or to the session `asked` for. Raises `InputError` if there is none."""
    run = run_before([row for row in log.entries if asked in ("", row.session)], today, side)
    if run is None:
        found = f"no row of the {MORNING_DAYS} days before {today} that this next morning could belong to"
        raise InputError("--morning", found, "a run that it comes after", "Say which day's it is with --date.")
    return _put(log, _of_run(log.entries, run), run, {MORNING: morning, **({"side": side} if side else {})})


def _filled(log: OpenLog, rows: Sequence[Entry], values: Mapping[str, Value | None]) -> Written:
    """Add answers to the day's row; of several, to the one for that knee, and of those to a run. Raises `InputError`."""
    side = values.get("side")
    runs = [entry for entry in rows if is_run(entry)]
    of_knee = [entry for entry in rows if side and entry.side == side]
    same = [entry for entry in of_knee if is_run(entry)]
    same = same or [entry for entry in of_knee if not only_next_morning(entry) or values.keys() == {MORNING, "side"}]
    others = [entry for entry in runs or rows if not side or entry.side not in KNEES]
    row = _only(same or others) if same or others else (runs or rows)[-1]
    return _put(log, _of_run(rows, row), row, values)


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
