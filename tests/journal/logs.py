"""Helpers that edit a log in one step, and random logs as people write them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hypothesis import strategies as st

from planner.journal.log_file import editing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from planner.entry import Entry
    from planner.journal.log_cells import Value


def add(path: Path, entries: Iterable[Entry], *, miles: bool = False, today: date | None = None) -> tuple[Entry, ...]:
    """Rows added in one go; the entries with their lines."""
    with editing(path, miles=miles, today=today) as log:
        return log.add(entries)


def correct(path: Path, entry: Entry, changes: Mapping[str, Value | None], *, today: date | None = None) -> Entry:
    """One row corrected in one go."""
    with editing(path, today=today) as log:
        return log.correct(entry, changes)


class Given(NamedTuple):
    """Somebody's log: its text, and the texts of its rows in order, line ends left out."""

    text: str
    rows: tuple[str, ...]
    delimiter: str


CELLS = {
    "run_km": st.sampled_from(["", "3", "0", "12"]),
    "minutes": st.sampled_from(["", "35", "35:30", "0:35:30"]),
    "pain_before": st.sampled_from(["", "0", "3"]),
    "limp": st.sampled_from(["", "n", "X"]),
    "note": st.sampled_from(["", "easy", '"a ""b"""', '"one, two; three"', '"# no comment"']),
}
OWN = st.sampled_from(["", "sun", "5.2", '"a, b; c"', '""', '"he said ""x"""', "x'y", "50%"])
SPACE = st.sampled_from(["", "", " ", "\t", "  "])
OTHER_LINES = st.sampled_from(["", "   ", "# mine", '  # "half a quote', "#,;#", "#"])


@st.composite
def logs(draw: st.DrawFn) -> Given:
    """Logs as people keep them: comments, columns of their own, odd spaces, quotes, any line end, with or without the last one."""
    delimiter, end = draw(st.sampled_from(",;")), draw(st.sampled_from(["\n", "\r\n", "\r"]))
    known = draw(st.lists(st.sampled_from(sorted(CELLS)), unique=True))
    own = draw(st.lists(st.sampled_from(["weather", "route", "mood 1-5", ""]), unique=True, max_size=3))
    names = draw(st.permutations(["date", *known, *own]))

    def written(cells: list[str]) -> str:
        return delimiter.join(draw(SPACE) + cell + draw(SPACE) for cell in cells)

    others = st.lists(OTHER_LINES, max_size=2)
    lines = [*draw(others), written([name.upper() if draw(st.booleans()) else name for name in names])]
    days = draw(st.lists(st.integers(1, 9), unique=True, max_size=5))
    rows = []
    for day in days:
        cells = [f"2027-01-0{day}" if name == "date" else draw(CELLS.get(name, OWN)) for name in names]
        rows.append(written(cells))
        lines += [*draw(others), rows[-1]]
    lines += draw(others)
    return Given(draw(st.sampled_from(["", "\ufeff"])) + end.join(lines) + draw(st.sampled_from(["", end])), tuple(rows), delimiter)


VALUES = {
    "run_m": st.integers(0, 40_000),
    "seconds": st.integers(0, 10_000),
    "pain_before": st.integers(0, 10),
    "pain_next_morning": st.integers(0, 10),
    "limp": st.booleans(),
    "side": st.sampled_from(["left", "right", "both"]),
    "red_flag": st.sampled_from(["RED-01", "RED-09b"]),
    "note": st.text("ab ,;\"#'=\n", max_size=20).map(lambda text: " ".join(text.split())),
}
CHANGES = st.dictionaries(st.sampled_from(sorted(VALUES)), st.none(), max_size=4).flatmap(
    lambda names: st.fixed_dictionaries({name: VALUES[name] for name in names})
)
