"""The report on imported files: lines for people, JSON data for programs."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from planner.errors import InputError, sentence
from planner.quantities import distance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from planner.entry import Entry

Kind: TypeAlias = Literal["taken", "there", "same", "aside", "failed"]
"""Added to the log; in the log already; the same run as another one imported; not a run; unreadable."""
_COUNTED: dict[Kind, str] = {
    "taken": "taken",
    "there": "already there",
    "same": "the same as others",
    "aside": "no run",
    "failed": "not taken",
}


MOST_REASONS = 6


class Outcome(NamedTuple):
    """The outcome for one activity, or for a file that contains none.

    `file` is the file named on the command line, `name` the activity's own name, `why` the reason or a hint, `entry` its log row.
    """

    file: str
    name: str
    kind: Kind
    why: str = ""
    entry: Entry | None = None

    @property
    def there(self) -> bool:
        """Whether the run is in the log now."""
        return self.kind in ("taken", "there", "same")


class Line(NamedTuple):
    """A line for people, whether it reports a problem, and whether only `-v` shows it."""

    text: str
    wrong: bool
    detail: bool = False


def reason(error: InputError) -> str:
    """An error's message without its place and its final full stop."""
    return str(InputError("", error.found, error.expected, error.advice)).removeprefix(": ").removesuffix(".")


def failed(outcomes: Sequence[Outcome]) -> bool:
    """Whether something could not be read, or a file gave no run at all."""
    return any(
        any(outcome.kind == "failed" for outcome in group) or not any(outcome.there for outcome in group) for _, group in _by_file(outcomes)
    )


def lines(outcomes: Sequence[Outcome], *, miles: bool) -> Iterator[Line]:
    """A line for each file; for one with several activities also a line for each, a detail unless it failed."""
    for file, group in _by_file(outcomes):
        none = not any(outcome.there for outcome in group)
        if len(group) == 1:
            yield Line(_line(group[0], miles=miles), wrong=none)
            continue
        for outcome in group:
            yield Line(_line(outcome, miles=miles), wrong=outcome.kind == "failed", detail=outcome.kind != "failed")
        yield Line(f"{file}: {', '.join(_counts(group))}{_total(group, miles=miles)}.", none)


def _counts(group: Sequence[Outcome]) -> Iterator[str]:
    """Counts by outcome: `46 taken`, `14 no run (9 Walking, 5 Cycling)`."""
    for kind, words in _COUNTED.items():
        told = [outcome for outcome in group if outcome.kind == kind]
        reasons = Counter(outcome.why.removeprefix("no run: ") for outcome in told).most_common(MOST_REASONS) if kind == "aside" else []
        named = ", ".join(f"{number} {why}" for why, number in reasons)
        if told:
            yield f"{len(told)} {words}{f' ({named})' if named else ''}"


def _total(group: Sequence[Outcome], *, miles: bool) -> str:
    """The total of what was taken: `; 2027-01-05 to 2027-02-01, 31.0 km run, 12.0 km walked`."""
    entries = [outcome.entry for outcome in group if outcome.kind == "taken" and outcome.entry is not None]
    if not entries:
        return ""
    run_m, foot_m = sum(entry.run_m or 0 for entry in entries), sum(entry.foot_m or 0 for entry in entries)
    days = f"{min(entry.date for entry in entries)} to {max(entry.date for entry in entries)}"
    return f"; {days}, {distance(run_m, miles=miles)} run, {distance(foot_m - run_m, miles=miles)} walked"


def data(log: Path, outcomes: Sequence[Outcome]) -> dict[str, object]:
    """The report as JSON data, in metres and seconds."""
    return {
        "log": str(log),
        "taken": sum(outcome.kind == "taken" for outcome in outcomes),
        "failed": failed(outcomes),
        "files": [{"file": file, "activities": [_data(outcome) for outcome in group]} for file, group in _by_file(outcomes)],
    }


def _by_file(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, list[Outcome]]]:
    for file, group in groupby(outcomes, key=lambda outcome: outcome.file):
        yield file, list(group)


def _line(outcome: Outcome, *, miles: bool) -> str:
    if outcome.kind in ("failed", "aside"):
        return sentence(f"{outcome.name}: not taken: {outcome.why}")
    if outcome.kind == "taken" and outcome.entry is not None:
        return sentence(f"{outcome.name}: taken: {_words(outcome.entry, miles=miles)}{f'; {outcome.why}' if outcome.why else ''}")
    return sentence(f"{outcome.name}: already there: {outcome.why}")


def _words(entry: Entry, *, miles: bool) -> str:
    """A row as `2027-01-05, 3.1 km run, 1.2 km walked, line 4 of the log`, with the note's remarks before the line number."""
    run_m, foot_m = entry.run_m or 0, entry.foot_m or 0
    parts = [str(entry.date), f"{distance(run_m, miles=miles)} run", f"{distance(foot_m - run_m, miles=miles)} walked"]
    return ", ".join([*parts, *entry.note.split("; ")[1:], f"line {entry.line} of the log"])


def _data(outcome: Outcome) -> dict[str, object]:
    entry = outcome.entry
    return {
        "name": outcome.name,
        "outcome": {"taken": "taken", "there": "already there", "same": "same run", "aside": "no run", "failed": "not taken"}[outcome.kind],
        "why": outcome.why,
        "date": str(entry.date) if entry else None,
        "run_m": entry.run_m if entry else None,
        "foot_m": entry.foot_m if entry else None,
        "seconds": entry.seconds if entry else None,
        "line": entry.line if entry else None,
    }
