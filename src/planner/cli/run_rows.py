"""Which rows of a log are about a run, which about the same run, and whose next morning is still open."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planner.entry import may_be_run
from planner.response.days import is_run

if TYPE_CHECKING:
    from collections.abc import Sequence, Set
    from datetime import date

    from planner.entry import Entry

KNEES = frozenset({"left", "right"})
MORNING_DAYS = 7
"""How many days back a run may lie for its next morning to be answered."""


class RunRows(NamedTuple):
    """A log's rows by date, and the names of planned runs as the calendar beside the athlete file has them (empty without one)."""

    entries: Sequence[Entry]
    planned_runs: Set[str]

    def is_run(self, entry: Entry) -> bool:
        """Whether a row is about a run, as the plan reads it; without a calendar, a session's pain may be that of a run."""
        perhaps = not self.planned_runs and entry.run_m is None and entry.pain_during is not None and may_be_run(entry)
        return perhaps or is_run(entry, self.planned_runs)

    def on(self, day: date) -> list[Entry]:
        """The rows of a date."""
        return [entry for entry in self.entries if entry.date == day]

    def before(self, today: date, side: str = "") -> Entry | None:
        """The latest run in the `MORNING_DAYS` before today, or the latest row of any kind if none is a run; None without rows.

        With a `side`, the row that the run has for that knee, if any.
        """
        recent = [entry for entry in self.entries if 0 < (today - entry.date).days <= MORNING_DAYS]
        runs = [entry for entry in recent if self.is_run(entry)]
        last = next(reversed(runs or recent), None)
        of_knee = [row for row in self.of_run(last) if row.side == side] if last is not None and side else []
        return next(reversed(of_knee), last)

    def open_mornings(self, today: date) -> list[tuple[Entry, str]]:
        """The run before today, once for each knee whose next morning is still unknown; with its row's side if that is not one knee."""
        run = self.before(today)
        if run is None:
            return []
        rows = self.of_run(run)
        known = {row.side for row in rows if row.pain_next_morning is not None}
        sides = sorted({row.side for row in rows})
        knees = [side for side in sides if side in KNEES] or ([] if known else sides)
        return [(run, side) for side in knees if side not in known]

    def of_run(self, run: Entry) -> list[Entry]:
        """All rows about the same run as `run`: itself, the other knee's, and separate rows for the next morning."""
        same_day = [entry for entry in self.on(run.date) if not run.session or entry.session in ("", run.session)]
        runs = self.is_run(run)
        return [entry for entry in same_day if entry is run or (runs and self.is_run(entry)) or entry.only_next_morning]
