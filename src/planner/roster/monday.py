"""The Monday list: whom a coach looks at first, and why, in a line an athlete at most."""

from __future__ import annotations

import csv
import json
from datetime import date
from textwrap import shorten
from typing import TYPE_CHECKING, NamedTuple, TextIO

from planner.quantities import distance
from planner.render.csv import harmless
from planner.roster.facts import PAINKILLER, SIGNS_LIKE_PAIN
from planner.roster.files import settle, writing_to
from planner.roster.job import PARTS
from planner.roster.outcome import FAILED
from planner.roster.scratch import scratch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.roster.facts import LogFacts, PlanFacts
    from planner.roster.job import BatchJob
    from planner.roster.outcome import Outcome

TEXT, TABLE = "monday.txt", "monday.csv"
REASONS = (
    *("red_flag", "no_plan", "swelling_limp", "pain_up", "pain_still", "painkiller", "log_later", "no_entry", "missed"),
    *("goal_slipped", "finished", "shoes_due", "changed"),
)
"""Worst first. `no_plan` stands so high because nobody knows what a row that could not be read would have said.
Swelling and a limp go before pain, as the table of evidence 3a counts them like pain above 5 (row 2); a painkiller hides pain (MED-01)."""
COLUMNS = ("place", "id", "name", *REASONS)
SILENT_DAYS = 7
MISSED_RUNS = 2
FINE_PAIN = 2
"""PAIN-01."""
MUCH_MORE = 2
"""OUT-02."""
MUCH_PAIN = 5
"""Above it a run is to be stopped at once, by the table of evidence 3a: no fall from there makes it good."""
WEEK_DAYS = 7
MOST_TEXT = 160


class Line(NamedTuple):
    """Why somebody is on the list: the words of each of `REASONS`, "" for none, and the worst pain lately (-1 where none was said)."""

    words: tuple[str, ...]
    pain: int

    @property
    def weight(self) -> int:
        """For sorting: the more, the worse. Any reason weighs more than all those after it together."""
        return sum(1 << place for place, words in enumerate(reversed(self.words)) if words)


def line_of(outcome: Outcome) -> Line:
    """What there is to say of an athlete; no words at all where everything goes on as it did."""
    plan, log, last = outcome.plan, outcome.log, outcome.last
    slipped = _slipped(plan, last)
    words = (
        _red_flag(outcome),
        shorten(outcome.error, MOST_TEXT, placeholder=" ...") if outcome.status in FAILED else "",
        ", ".join(sign for sign in SIGNS_LIKE_PAIN if log and sign in log.knee),
        _pain_up(log),
        _pain_still(log),
        "took a painkiller" if log and PAINKILLER in log.knee else "",
        _log_later(log),
        _no_entry(log),
        f"{plan.missed} runs missed" if plan and plan.missed >= MISSED_RUNS else "",
        slipped,
        "the plan is over" if plan and not plan.weeks else "",
        f"shoes due {plan.shoes}" if plan and plan.shoes else "",
        "; ".join(_changed(plan, last, slipped=bool(slipped))) if plan and last else "",
    )
    return Line(words, -1 if log is None or log.pain is None else log.pain)


def _red_flag(outcome: Outcome) -> str:
    if outcome.status == "stop":
        return f"STOP: {shorten(outcome.error, MOST_TEXT, placeholder=' ...')}"
    if outcome.signs:
        return f"{outcome.status}, and names {', '.join(outcome.signs)}"
    return f"the log names {', '.join(outcome.log.signs)}" if outcome.log and outcome.log.signs else ""


def _pain_up(log: LogFacts | None) -> str:
    """Pain is up where the worst answer is more than 2 and more than before, or 2 points more than before."""
    if log is None or log.pain is None:
        return ""
    before = log.pain_before
    if before is None:
        return f"pain {log.pain}, nothing to compare it with" if log.pain > FINE_PAIN else ""
    up = log.pain > before and (log.pain > FINE_PAIN or log.pain >= before + MUCH_MORE)
    return f"pain up from {before} to {log.pain}" if up else ""


def _pain_still(log: LogFacts | None) -> str:
    """Pain is still there where it is more than 2, not up, and has not fallen by 2 points; above 5 it is, however it has fallen."""
    if log is None or log.pain is None or log.pain_before is None or log.pain <= FINE_PAIN or log.pain > log.pain_before:
        return ""
    if log.pain <= MUCH_PAIN and log.pain_before - log.pain >= MUCH_MORE:
        return ""
    return f"pain still {log.pain}" if log.pain == log.pain_before else f"pain still {log.pain}, was {log.pain_before}"


def _log_later(log: LogFacts | None) -> str:
    """Rows that do not count yet, often by a slip of the pen: what they say of the knee is not heard until then."""
    if log is None or not log.later:
        return ""
    if log.later == 1:
        return f"a row of the log is dated later than today: {log.first_later}"
    return f"{log.later} rows of the log are dated later than today, the first {log.first_later}"


def _no_entry(log: LogFacts | None) -> str:
    silent = log.silent_days if log else None
    return f"no entry for {silent} days" if silent is not None and silent >= SILENT_DAYS else ""


def _slipped(plan: PlanFacts | None, last: PlanFacts | None) -> str:
    """Whether the goal is reached a week later than the last time, or more."""
    if plan is None or last is None or not last.goal_date:
        return ""
    if not plan.goal_date:
        return f"goal out of sight, was {last.goal_date}"
    weeks = (date.fromisoformat(plan.goal_date) - date.fromisoformat(last.goal_date)).days // WEEK_DAYS
    return f"goal slipped by {weeks} week{'s' * (weeks > 1)} to {plan.goal_date}" if weeks > 0 else ""


def _changed(plan: PlanFacts, last: PlanFacts, *, slipped: bool) -> Iterator[str]:
    """What else this plan says otherwise than the last time: the goal's week, this week's load and its decision."""
    if plan.goal_date != last.goal_date and not slipped:
        yield f"goal {plan.goal_date}, was {last.goal_date or 'out of sight'}"
    now = next(iter(plan.weeks), None)
    was = next((week for week in last.weeks if now and week.start == now.start), None)
    if now is None or was is None:
        return
    if now.run_m != was.run_m:
        yield f"this week {distance(now.run_m, miles=plan.miles)}, was {distance(was.run_m, miles=plan.miles)}"
    if now.decision != was.decision:
        yield f"this week {now.decision}, was {was.decision}"


class Monday:
    """`monday.txt` and `monday.csv` in DIR; lines wait in a nameless database, so that memory stays the same."""

    def __init__(self, job: BatchJob) -> None:
        """Nobody is on the list yet."""
        self._job, self._base = job, scratch()
        self._base.execute("CREATE TABLE lines (weight INTEGER, pain INTEGER, number INTEGER, id TEXT, name TEXT, words TEXT)")

    def add(self, outcome: Outcome) -> None:
        """Put an athlete on the list, if there is anything to say."""
        line = line_of(outcome)
        if line.weight:
            who = outcome.id or f"row {outcome.number}"
            row = (line.weight, line.pain, outcome.number, *(_storable(text) for text in (who, outcome.name)), json.dumps(line.words))
            self._base.execute("INSERT INTO lines VALUES (?, ?, ?, ?, ?, ?)", row)

    def finish(self, athletes: int) -> int:
        """Write both files; how many athletes of so many are on the list. Raises `OutputError`."""
        count: int = self._base.execute("SELECT count(*) FROM lines").fetchone()[0]
        folder, parts = self._job.folder, self._job.folder / PARTS
        with writing_to(folder / TEXT):
            page = (parts / TEXT).open("w", encoding="utf-8", errors="backslashreplace", newline="\n")
            table = (parts / TABLE).open("w", encoding="utf-8", errors="backslashreplace", newline="")
            with page, table:
                self._write(page, table, f"{count} of {athletes}")
                settle(page, folder / TEXT)
                settle(table, folder / TABLE)
        return count

    def close(self) -> None:
        """Forget everything."""
        self._base.close()

    def _write(self, page: TextIO, table: TextIO, counted: str) -> None:
        day = self._job.as_of or self._job.issued.date()
        page.write(f"Monday list of {day}: {counted} athletes to look at, worst first.\n\n")
        rows = csv.writer(table, lineterminator="\r\n")
        rows.writerow(COLUMNS)
        asked = "SELECT id, name, words FROM lines ORDER BY weight DESC, pain DESC, number"
        for place, (who, name, told) in enumerate(self._base.execute(asked), 1):
            words: list[str] = json.loads(told)
            named = f" ({name})" if name else ""
            page.write(f"{who}{named}: {'; '.join(filter(None, words))}\n")
            rows.writerow([place, *(harmless(text) for text in (who, name, *words))])


def _storable(text: str) -> str:
    """A name on one line; what no database takes (a lone half of a character) as it is written in files."""
    return " ".join(text.encode("utf-8", "backslashreplace").decode().split())
