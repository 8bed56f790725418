"""The Monday list: which athletes a coach should look at first and why, at most one line each."""

from __future__ import annotations

import csv
import json
from datetime import date
from textwrap import shorten
from typing import TYPE_CHECKING, NamedTuple, TextIO

from planner.quantities import distance
from planner.render.csv import harmless
from planner.roster.facts import FINE_PAIN, PAINKILLER, SIGNS_LIKE_PAIN
from planner.roster.files import settle, writing_to
from planner.roster.job import PARTS
from planner.roster.long_log import NOBODY
from planner.roster.outcome import FAILED
from planner.roster.scratch import scratch, storable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.roster.facts import LogFacts, PlanFacts
    from planner.roster.job import BatchJob
    from planner.roster.outcome import Outcome
    from planner.roster.strangers import Sighting

TEXT, TABLE = "monday.txt", "monday.csv"
REASONS = (
    *("red_flag", "no_plan", "swelling_limp", "pain_up", "pain_still", "painkiller", "log_later", "no_entry", "missed"),
    *("goal_slipped", "finished", "shoes_due", "changed", "not_in_roster"),
)
"""Worst first; `not_in_roster` never stands alone. `no_plan` ranks high because an unreadable row may hide anything. Swelling and a limp
rank above pain, as table of evidence 3a (row 2) counts them like pain above 5; a painkiller hides pain (MED-01).
"""
COLUMNS = ("place", "id", "name", *REASONS)
SILENT_DAYS = 7
MISSED_RUNS = 2
MUCH_MORE = 2
"""A relevant change in pain, in points (OUT-02)."""
MUCH_PAIN = 5
"""Pain above this stops a run at once (table of evidence 3a), so it is listed however much it has fallen."""
WEEK_DAYS = 7
MOST_TEXT = 160
BLOCK_OVER = "the weeks before the first run are over: enter what was still to be answered, and a new start"
_TOOK, _IN_LATER = "took a painkiller", "in a row dated later than today"


class Line(NamedTuple):
    """Why an athlete is on the list: the words for each of `REASONS` ("" for none), and the worst recent pain (-1 if not reported)."""

    words: tuple[str, ...]
    pain: int

    @property
    def weight(self) -> int:
        """Sort key, higher is worse: any reason outweighs all later ones together. 0 means not on the list."""
        return sum(1 << place for place, words in enumerate(reversed(self.words)) if words)


def line_of(outcome: Outcome) -> Line:
    """Return an athlete's line; all words are empty if nothing needs attention."""
    plan, log, last = outcome.plan, outcome.log, outcome.last
    slipped = _slipped(plan, last)
    words = (
        _red_flag(outcome),
        shorten(outcome.error, MOST_TEXT, placeholder=" ...") if outcome.status in FAILED else "",
        _swelling_limp(log),
        _pain_up(log),
        _pain_still(log),
        _painkiller(log),
        _log_later(log),
        _no_entry(log),
        f"{plan.missed} runs missed" if plan and plan.missed >= MISSED_RUNS else "",
        slipped,
        (BLOCK_OVER if plan.before_running else "the plan is over") if plan and not plan.weeks else "",
        f"shoes due {plan.shoes}" if plan and plan.shoes else "",
        "; ".join(_changed(plan, last, slipped=bool(slipped))) if plan and last else "",
        "",
    )
    return Line(words, -1 if log is None or log.pain is None else log.pain)


def stranger_line(seen: Sighting) -> Line:
    """Return the line of an id in the logs that is not in the roster."""
    words = {
        "red_flag": f"the log names {', '.join(seen.signs)}" if seen.signs else "",
        "no_plan": f"cannot be read: {shorten(seen.error, MOST_TEXT, placeholder=' ...')}" if seen.error else "",
        "swelling_limp": ", ".join(sign for sign in SIGNS_LIKE_PAIN if sign in seen.knee),
        "pain_up": "" if seen.pain is None else f"pain {seen.pain}",
        "painkiller": _TOOK if PAINKILLER in seen.knee else "",
        "not_in_roster": seen.place,
    }
    return Line(tuple(words.get(reason, "") for reason in REASONS), -1 if seen.pain is None else seen.pain)


def _red_flag(outcome: Outcome) -> str:
    if outcome.status == "stop":
        return f"STOP: {shorten(outcome.error, MOST_TEXT, placeholder=' ...')}"
    if outcome.signs:
        return f"{outcome.status}, and names {', '.join(outcome.signs)}"
    log = outcome.log
    if log is None or not log.later_signs:
        return f"the log names {', '.join(log.signs)}" if log and log.signs else ""
    if log.signs:
        return f"the log names {', '.join(log.signs)}; {_IN_LATER} it names {log.later_signs}"
    return f"{_IN_LATER} the log names {log.later_signs}"


def _swelling_limp(log: LogFacts | None) -> str:
    if log is None:
        return ""
    now, later = (", ".join(sign for sign in SIGNS_LIKE_PAIN if sign in known) for known in (log.knee, log.later_knee.split(", ")))
    return "; ".join(filter(None, (now, f"{later} {_IN_LATER}" if later else "")))


def _painkiller(log: LogFacts | None) -> str:
    if log is None:
        return ""
    if PAINKILLER in log.knee:
        return _TOOK
    return f"{_TOOK} {_IN_LATER}" if PAINKILLER in log.later_knee.split(", ") else ""


def _pain_up(log: LogFacts | None) -> str:
    """Report pain that is higher than before and either above 2 or up by at least 2 points."""
    if log is None or log.pain is None:
        return ""
    before = log.pain_before
    if before is None:
        return f"pain {log.pain}, nothing to compare it with" if log.pain > FINE_PAIN else ""
    up = log.pain > before and (log.pain > FINE_PAIN or log.pain >= before + MUCH_MORE)
    return f"pain up from {before} to {log.pain}" if up else ""


def _pain_still(log: LogFacts | None) -> str:
    """Report pain above 2 that is not up and has not fallen by 2 points; pain above 5 is reported even if it has."""
    if log is None or log.pain is None or log.pain_before is None or log.pain <= FINE_PAIN or log.pain > log.pain_before:
        return ""
    if log.pain <= MUCH_PAIN and log.pain_before - log.pain >= MUCH_MORE:
        return ""
    return f"pain still {log.pain}" if log.pain == log.pain_before else f"pain still {log.pain}, was {log.pain_before}"


def _log_later(log: LogFacts | None) -> str:
    """Report rows dated after today, often a typing mistake: they do not count until that day."""
    if log is None or not log.later:
        return ""
    if log.later == 1:
        return f"a row of the log is dated later than today: {log.first_later}"
    return f"{log.later} rows of the log are dated later than today, the first {log.first_later}"


def _no_entry(log: LogFacts | None) -> str:
    silent = log.silent_days if log else None
    return f"no entry for {silent} days" if silent is not None and silent >= SILENT_DAYS else ""


def _slipped(plan: PlanFacts | None, last: PlanFacts | None) -> str:
    """Report a goal that is a week or more later than last time, or no longer reached."""
    if plan is None or last is None or not last.goal_date:
        return ""
    if not plan.goal_date:
        return f"goal out of sight, was {last.goal_date}"
    weeks = (date.fromisoformat(plan.goal_date) - date.fromisoformat(last.goal_date)).days // WEEK_DAYS
    return f"goal slipped by {weeks} week{'s' * (weeks > 1)} to {plan.goal_date}" if weeks > 0 else ""


def _changed(plan: PlanFacts, last: PlanFacts, *, slipped: bool) -> Iterator[str]:
    """Yield the other changes since last time: the goal date, this week's distance and its decision."""
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
    """Writes `monday.txt` and `monday.csv` in DIR; lines are collected in a scratch database, so memory is bounded."""

    def __init__(self, job: BatchJob) -> None:
        """Start with an empty list; `strangers` is the number of ids on it that are not in the roster."""
        self.strangers = 0
        self._job, self._base = job, scratch()
        self._base.execute("CREATE TABLE lines (weight INTEGER, pain INTEGER, number INTEGER, id TEXT, name TEXT, words TEXT)")

    def add(self, outcome: Outcome) -> None:
        """Put an athlete on the list if there is a reason to."""
        line = line_of(outcome)
        if line.weight:
            self._put(line, outcome.number, outcome.id or f"row {outcome.number}", outcome.name)

    def add_stranger(self, seen: Sighting) -> None:
        """Put an id on the list that is in the logs, but not in the roster; `seen` is what it reports."""
        self.strangers += 1
        self._put(stranger_line(seen), self.strangers, seen.name or NOBODY, "")

    def _put(self, line: Line, number: int, who: str, name: str) -> None:
        row = (line.weight, line.pain, number, _line(who), _line(name), json.dumps(line.words))
        self._base.execute("INSERT INTO lines VALUES (?, ?, ?, ?, ?, ?)", row)

    def finish(self, athletes: int) -> int:
        """Write both files and return how many of the `athletes` are on the list. Raises `OutputError`."""
        count: int = self._base.execute("SELECT count(*) FROM lines").fetchone()[0] - self.strangers
        folder, parts = self._job.folder, self._job.folder / PARTS
        with writing_to(folder / TEXT):
            page = (parts / TEXT).open("w", encoding="utf-8", errors="backslashreplace", newline="\n")
            table = (parts / TABLE).open("w", encoding="utf-8", errors="backslashreplace", newline="")
            with page, table:
                self._write(page, table, f"{count} of {athletes} athletes to look at{self._others()}")
                settle(page, folder / TEXT)
                settle(table, folder / TABLE)
        return count

    def _others(self) -> str:
        """A phrase on the ids that are not in the roster."""
        some = "1 name that is" if self.strangers == 1 else f"{self.strangers} names that are"
        return f", and {some} not in the roster" if self.strangers else ""

    def close(self) -> None:
        """Discard the collected lines."""
        self._base.close()

    def _write(self, page: TextIO, table: TextIO, counted: str) -> None:
        page.write(f"Monday list of {self._job.group_day}: {counted}, worst first.\n\n")
        rows = csv.writer(table, lineterminator="\r\n")
        rows.writerow(COLUMNS)
        asked = "SELECT id, name, words FROM lines ORDER BY weight DESC, pain DESC, number"
        for place, (who, name, told) in enumerate(self._base.execute(asked), 1):
            words: list[str] = json.loads(told)
            *reasons, where = words
            named = f" (not in the roster: {where})" if where else f" ({name})" if name else ""
            page.write(f"{who}{named}: {'; '.join(filter(None, reasons))}\n")
            rows.writerow([place, *(harmless(text) for text in (who, name, *words))])


def _line(text: str) -> str:
    return " ".join(storable(text).split())
