"""Recognises the planner's other files, so that `planner check` can name them instead of reading them as somebody's table of runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planner.cli.common import quoted
from planner.errors import InputError
from planner.foreign.columns import is_date
from planner.foreign.text_file import PLANS
from planner.journal.log_cells import COLUMNS
from planner.roster.columns import column
from planner.roster.sources import LINES
from planner.text_decoding import decode_any

if TYPE_CHECKING:
    from pathlib import Path

_HEAD_BYTES = 64_000
_OF_LOGS = frozenset(name for name in COLUMNS if name.startswith("pain_"))
"""Columns that a log has and no plan."""


def refuse_other_file(path: Path) -> None:
    """Raise `InputError`, which says what to do, for an athlete file, a programme, a roster or a log."""
    suffix = path.suffix.lower()
    if not path.is_file():
        return
    if suffix == ".toml":
        raise _of_toml(path)
    names = set() if suffix in LINES else _column_names(path)
    if suffix in LINES or _is_roster(names):
        advice = f"Make their plans with `planner batch {quoted(path)} -o DIR`, then check the calendars in DIR."
        raise InputError(str(path), "this is a roster of athletes, not a plan", PLANS, advice)
    if "date" in names and names & _OF_LOGS:
        advice = "Check the plan that follows it, or give it as --recent-file with a plan from elsewhere."
        raise InputError(str(path), "this is a log of what was done, not a plan", PLANS, advice)


def _of_toml(path: Path) -> InputError:
    if re.search(r"^[ \t]*\[\[[ \t]*levels[ \t]*\]\]", _head(path), re.MULTILINE):
        advice = "Name it in an athlete file (template = ...), and make a plan from that with `planner make`."
        return InputError(str(path), "this is a programme, not a plan", PLANS, advice)
    name = quoted(path)
    advice = f"Make its plan with `planner make {name}` (`planner show {name}` prints it), then check the calendar that this writes."
    return InputError(str(path), "this is an athlete file, not a plan", PLANS, advice)


def _is_roster(names: set[str]) -> bool:
    """Whether these are the columns of a roster: an id, no date, and mostly keys of an athlete file."""
    known = [name for name in names if column(name) is not None]
    return "id" in names and 2 * len(known) > len(names) and not any(map(is_date, names))


def _column_names(path: Path) -> set[str]:
    """The cells of the first row, in lower case; comments above it are skipped."""
    lines = (line for line in _head(path).splitlines() if line.strip() and not line.startswith("#"))
    first = next((line for line in lines if not line.lower().startswith("sep=")), "")
    return {name.strip(' "').casefold() for name in re.split(r"[,;\t]", first)}


def _head(path: Path) -> str:
    """The beginning of a file as text; empty if it is not readable text, as the actual reader reports why."""
    try:
        with path.open("rb") as file:
            text, _ = decode_any(file.read(_HEAD_BYTES), expected="")
    except (OSError, InputError):
        return ""
    return text
