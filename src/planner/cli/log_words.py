"""The output of `planner log`: a row as a line, the log as a table, and urgent advice."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from planner.journal.log_cells import COLUMNS, distance_text, header
from planner.journal.log_file import ENTRY_FIELDS, entry_values
from planner.quantities import clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.cli.log_home import Home
    from planner.entry import Entry
    from planner.journal.log_cells import Value

MOST_PAIN = 5
"""A run ends when pain exceeds this rating (PAIN-02)."""
FLARE_DAYS = 7
FLARE = """\
Stop running for now: take at least two days off, and run again only when the knee is back to where it was before.
Such a flare-up is common and rarely means damage; the plan steps back, it does not start over.
Rate the knee without painkillers, and do not run to test it.
See a doctor or a physiotherapist if it keeps getting worse, or if it happens again within two weeks."""
"""The advice after pain above 5, a limp or new swelling (evidence 3a, row 2, and 4e)."""
UNKNOWN_SIGN = (
    "Your log names this sign: {words}. Stop: no running and none of these exercises until a doctor or a physiotherapist has seen you; "
    "today if it is bad or getting worse."
)
"""The message if no pillar reports on the sign."""
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


def care(entry: Entry, home: Home) -> list[str]:
    """The advice that a row calls for at once; changing the plan is left to the planner."""
    signs = sign_words(entry, home) if entry.red_flag else {}
    pain = [cast("int | None", getattr(entry, field)) for field in _PAIN]
    worst = max((rating for rating in pain if rating is not None), default=0)
    flare = worst > MOST_PAIN or bool(entry.limp) or bool(entry.swelling)
    lately = (home.today - entry.date).days <= FLARE_DAYS
    return [*signs, *([FLARE] if flare and lately and "stop" not in signs.values() else [])]


def sign_words(entry: Entry, home: Home) -> dict[str, str]:
    """The messages about a red-flag sign, each with its severity, from the pillar that asks the safety questions."""
    from planner.errors import PlannerError  # noqa: PLC0415  (only for a red-flag sign)

    try:
        found = _screened(entry, home)
    except PlannerError:  # a sign gets its answer even if no plan can be made
        found = {}
    if found:
        return found
    from planner.cli.new_text import SIGNS  # noqa: PLC0415

    return {UNKNOWN_SIGN.format(words=SIGNS.get(entry.red_flag, entry.red_flag)): "stop"}


def _screened(entry: Entry, home: Home) -> dict[str, str]:
    """The pillars' messages about this sign, with severities, for an athlete whose only safety answer it is."""
    from datetime import UTC, datetime  # noqa: PLC0415

    from attrs import evolve  # noqa: PLC0415

    from planner.athlete import Knee, Screening  # noqa: PLC0415
    from planner.athlete_file import athlete_of  # noqa: PLC0415
    from planner.briefing import make_brief  # noqa: PLC0415
    from planner.maker import Maker  # noqa: PLC0415
    from planner.toml_file import read_toml  # noqa: PLC0415

    folder = home.athlete_file.parent
    table = {key: value for key, value in read_toml(home.athlete_file).items() if key != "log"}
    athlete = athlete_of(table, name=home.athlete_file.stem)
    asked = evolve(athlete, knee=Knee(), screening=Screening(answered=entry.date, red_flags=(entry.red_flag,)))
    maker = Maker.installed()
    today = home.today
    issued = datetime(today.year, today.month, today.day, tzinfo=UTC)
    brief = make_brief(asked, maker.template(athlete.template, folder), as_of=today, issued=issued)
    found = maker.host.conversation(brief).screening()
    return {finding.message: finding.severity for finding in found if finding.where.startswith("screening.red_flags")}


def stray_columns(names: Sequence[str]) -> Iterator[str]:
    """A hint for each unknown column that looks like a misspelt one; such columns are kept but not read."""
    from difflib import get_close_matches  # noqa: PLC0415  (only for unknown columns)

    for name in names:
        close = get_close_matches(name, COLUMNS, n=1, cutoff=0.8)
        if close:
            yield f"The column `{name}` is kept, but the planner does not read it. Did you mean `{close[0]}`?"
