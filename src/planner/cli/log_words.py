"""The output of `planner log`: a row as a line, and the log as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from planner.journal.log_cells import COLUMNS, distance_text, header
from planner.journal.log_file import ENTRY_FIELDS, entry_values
from planner.quantities import clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.entry import Entry
    from planner.journal.log_cells import Value

HEADINGS = {
    "run_km": "km",
    "run_mi": "mi",
    "foot_km": "km on foot",
    "foot_mi": "mi on foot",
    "pain_before": "before",
    "pain_during": "worst",
    "pain_after": "after",
    "pain_next_morning": "morning",
    "red_flag": "sign",
    "sets_done": "sets",
    "knee_worst": "knee worst",
}
_WORDS = {
    "session": "{}",
    "run_m": "{}",
    "foot_m": "{} on foot",
    "seconds": "{}",
    "pain": "pain {}",
    "side": "knee {}",
    "swelling": "{}",
    "limp": "{}",
    "painkiller": "{}",
    "red_flag": "{}",
    "rpe": "RPE {}",
    "sets_done": "{} sets",
    "cadence": "{} steps/min",
    "shoes": "shoes {}",
    "akps": "AKPS {}",
    "knee_worst": "knee at worst {}",
    "note": '"{}"',
}
"""How each field of a row is written, in this order."""
_PAIN = {"pain_before": "before", "pain_during": "worst", "pain_after": "after", "pain_next_morning": "next morning"}


def entry_words(entry: Entry, *, miles: bool) -> str:
    """A row as a line: `2027-01-05: 5.2 km, 35:30 min, pain 0 before, 2 worst`."""
    return f"{entry.date}: {', '.join(_parts(entry, miles=miles)) or 'nothing but the day'}"


def _parts(entry: Entry, *, miles: bool) -> Iterator[str]:
    values = entry_values(entry)
    pain = ", ".join(f"{values[field]} {when}" for field, when in _PAIN.items() if field in values)
    for field, words in _WORDS.items():
        if field == "pain" and pain:
            yield words.format(pain)
        elif field in values:
            yield words.format(_shown(field, values[field], miles=miles))


def _shown(field: str, value: Value, *, miles: bool) -> str:
    if isinstance(value, bool):
        return field if value else f"no {field}"
    if field in ("run_m", "foot_m"):
        return f"{distance_text(cast('int', value), miles=miles)} {'mi' if miles else 'km'}"
    return clock(cast("int", value)) if field == "seconds" else str(value)


def table(entries: Sequence[Entry], *, miles: bool) -> list[str]:
    """The log as the aligned lines of a table, without columns that are empty throughout."""
    said = [entry_values(entry) for entry in entries]
    names = [name for name in header(miles=miles) if any(COLUMNS[name].field in values for values in said)]
    rows = [["line", *(HEADINGS.get(name, name) for name in names)]]
    for entry, values in zip(entries, said, strict=True):
        cells = ((COLUMNS[name], values.get(COLUMNS[name].field)) for name in names)
        rows.append([str(entry.line), *("" if value is None else column.write(value) for column, value in cells)])
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def data(entry: Entry) -> dict[str, object]:
    """A row as JSON data: metres, seconds, null for what was not answered."""
    values = entry_values(entry)
    said = {name: values.get(name) for name in ENTRY_FIELDS}
    return {"line": entry.line, **said, "date": str(entry.date)}


def stray_columns(names: Sequence[str]) -> Iterator[str]:
    """A hint for each unknown column that looks like a misspelt one; such columns are kept but not read."""
    from difflib import get_close_matches  # noqa: PLC0415  (only for unknown columns)

    for name in names:
        close = get_close_matches(name, COLUMNS, n=1, cutoff=0.8)
        if close:
            yield f"The column `{name}` is kept, but the planner does not read it. Did you mean `{close[0]}`?"
