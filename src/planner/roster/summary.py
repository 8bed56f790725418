"""The summary: one page on a batch with the counts and the athletes who need attention."""

from __future__ import annotations

from collections import Counter
from textwrap import shorten
from typing import TYPE_CHECKING

from planner.roster.long_log import NOBODY
from planner.roster.outcome import FAILED, STATUSES
from planner.roster.standing_calendars import calendar_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.roster.long_log import Stranger
    from planner.roster.outcome import Outcome, Status

MOST_NAMES = 20
MOST_TEXT = 200
MOST_GROUPS = 200
"""Maximum number of separate groups of findings: a plugin with a rule per athlete must not fill the memory."""
_COUNTED: dict[Status, str] = {
    "made": "made",
    "unchanged": "unchanged",
    "stop": "stopped",
    "refused": "refused",
    "impossible": "impossible",
    "plugin-fault": "kept by a plugin's fault",
    "bug": "kept by a bug",
    "killed": "killed",
    "vanished": "no longer in the roster",
}
_HEADINGS: dict[Status, str] = {
    "stop": "Stopped: must see a professional first; no plan",
    "refused": "Refused: something in the row is wrong",
    "impossible": "Impossible: limits contradict each other",
    "plugin-fault": "A plugin is at fault",
    "bug": "A bug in the planner: please report it",
    "killed": "Crashed the process that planned it",
    "vanished": "No longer in the roster; their files are left as they were",
}
TAKEN_BACK = "No longer in the roster; what was to come is cancelled"
STRANGERS = "In the logs, but not in the roster; they changed nothing"
NO_LOG = "The row names a log that is not there; it counts as empty"
SHARED = "Several rows have the same log, and each plan follows all of it; correct the rows if these are different people"
SIGNS = "No plan, but a red flag in the row or the log: call them"
BROKEN = "Careful: the past in the calendar and the coming weeks break a law together; make these weeks shorter than planned"
OVER = "The plan is over: give them another start, or take them out of the roster"
BLOCK_OVER = "The weeks before the first run are over: enter what was still to be answered (their plans name it), and a new start"
GOAL = "The goal does not fit into the plan's weeks"
_RUN_AGAIN = "An older plan is still there; correct the row and run it again"
_AS_IT_WAS = "An older plan is still there as it was"
_OTHER_FORMAT = "An older plan is still there in a format that this run does not make; make that format too (-f), or delete it"
_STANDING: dict[Status, str] = {
    "made": _OTHER_FORMAT,
    "unchanged": _OTHER_FORMAT,
    "stop": "An older plan is still in files that cannot show that it is stopped; delete them",
    "refused": _RUN_AGAIN,
    "impossible": _RUN_AGAIN,
    "plugin-fault": f"{_AS_IT_WAS}; fix the plugin and run it again",
    "bug": f"{_AS_IT_WAS}; report the bug, and run it again once it is fixed",
    "killed": f"{_AS_IT_WAS}; fix the plugin, or free some memory, and run it again",
}
"""What to do about an older plan, by the status of the row: it is wrong to follow after a stop or beside a newer plan."""
_LOGS = (STRANGERS, NO_LOG, SHARED)
_ORDER = (SIGNS, *_HEADINGS.values(), TAKEN_BACK, BROKEN, *_LOGS, *dict.fromkeys(_STANDING.values()), GOAL, BLOCK_OVER, OVER)
"""The headings in the order of the page."""


class Group:
    """Athletes with the same remark: their number, and the first few with details."""

    def __init__(self) -> None:
        """Start an empty group."""
        self.count, self.first = 0, list[tuple[str, str]]()

    def add(self, who: str, text: str = "") -> None:
        """Add an athlete."""
        self.count += 1
        if len(self.first) < MOST_NAMES:
            self.first.append((" ".join(who.split()), shorten(text, MOST_TEXT, placeholder=" ...")))

    @property
    def more(self) -> int:
        """How many athletes are not among the first."""
        return self.count - len(self.first)


def _remarks(outcome: Outcome) -> Iterator[tuple[str, str]]:
    """Yield further remarks on a row, whatever its status: headings with details."""
    if outcome.log and outcome.log.missing:
        yield NO_LOG, outcome.log.missing
    if outcome.signs:
        yield SIGNS, ", ".join(outcome.signs)
    if outcome.warnings:
        yield SHARED, "; ".join(outcome.warnings)
    if outcome.breaks:
        yield BROKEN, "; ".join(outcome.breaks)
    if outcome.plan and not outcome.plan.weeks:
        yield BLOCK_OVER if outcome.plan.before_running else OVER, ""


class Summary:
    """Counts outcomes as they come in; its size does not depend on the number of athletes."""

    def __init__(self, *, went_on: bool = False) -> None:
        """Start with no counts; `went_on` is whether the run continues an interrupted one. `notes` are sentences about the whole run,
        `listed` is the number of athletes on the Monday list, `listed_strangers` that of the names on it that are not in the roster.
        """
        self.went_on = went_on
        self.notes: list[str] = []
        self.listed = 0
        self.listed_strangers = 0
        self.counts: Counter[Status] = Counter()
        self._groups: dict[str, Group] = {}
        self._findings: dict[tuple[str, str], Group] = {}

    @property
    def failed(self) -> int:
        """The number of rows without a plan for a reason that somebody should correct. Stopped athletes are not included."""
        return sum(self.counts[status] for status in FAILED)

    @property
    def athletes(self) -> int:
        """The number of rows."""
        return self.counts.total() - self.counts["vanished"]

    def add(self, outcome: Outcome) -> None:
        """Count a row."""
        self.counts[outcome.status] += 1
        who = outcome.id or f"row {outcome.number}"
        if outcome.status in _HEADINGS:
            gone = outcome.status == "vanished" and outcome.taken_back
            self._group(TAKEN_BACK if gone else _HEADINGS[outcome.status]).add(who, outcome.error)
        if outcome.status == "stop":
            left = [facts.name for facts in outcome.standing if facts.name != calendar_of(outcome.id)]  # the calendar itself shows the stop
            if left:
                self._group(_STANDING["stop"]).add(who, ", ".join(left))
        elif outcome.standing and outcome.status in _STANDING:
            names = ", ".join(facts.name for facts in outcome.standing) if outcome.status in ("made", "unchanged") else ""
            self._group(_STANDING[outcome.status]).add(who, names)
        for heading, text in _remarks(outcome):
            self._group(heading).add(who, text)
        if not outcome.goal_fits:
            week = f"in week {outcome.goal_week}; the plan has {outcome.weeks}" if outcome.goal_week else "not within 60 weeks"
            self._group(GOAL).add(who, week)
        for said in outcome.findings:
            if said.by and ((said.by, said.rule) in self._findings or len(self._findings) < MOST_GROUPS):
                self._findings.setdefault((said.by, said.rule), Group()).add(who)

    @property
    def strangers(self) -> int:
        """The number of athletes in the logs who are not in the roster."""
        return self._groups[STRANGERS].count if STRANGERS in self._groups else 0

    def add_stranger(self, stranger: Stranger) -> None:
        """Count an athlete in the logs who is not in the roster."""
        rows = f"{stranger.rows} row{'s' * (stranger.rows > 1)}, the first on line {stranger.line}" if stranger.line else ""
        self._group(STRANGERS).add(stranger.name or NOBODY, rows)

    def _group(self, heading: str) -> Group:
        return self._groups.setdefault(heading, Group())

    def counted(self) -> str:
        """A phrase such as `40 athletes: 38 made, 1 stopped, 1 refused`."""
        parts = [f"{self.counts[status]} {_COUNTED[status]}" for status in STATUSES if self.counts[status]]
        return f"{self.athletes} athlete{'' if self.athletes == 1 else 's'}: {', '.join(parts)}"

    def text(self) -> str:
        """The summary page."""
        return "\n".join([f"{self.counted()}.", *self.notes, *self._sections(), ""])

    def _sections(self) -> Iterator[str]:
        for heading in _ORDER:
            group = self._groups.get(heading)
            if group:
                yield f"\n{heading} ({group.count})"
                yield from (f"  {who}: {text}" if text else f"  {who}" for who, text in group.first)
                if group.more:
                    yield f"  and {group.more} more: see report.csv"
        if self._findings:
            yield "\nWhat the pillars say"
        for (by, rule), group in sorted(self._findings.items()):
            more = f", and {group.more} more: see report.csv" if group.more else ""
            yield f"  {by}, {rule} ({group.count}): {', '.join(who for who, _ in group.first)}{more}"

    def data(self) -> dict[str, object]:
        """The page as data for other programs, with the first few athletes of each group."""
        return {
            "athletes": self.athletes,
            "notes": self.notes,
            "monday": self.listed,
            "monday_strangers": self.listed_strangers,
            "counts": {status: self.counts[status] for status in STATUSES},
            "groups": [
                {"about": heading, "count": group.count, "first": [{"id": who, "text": text} for who, text in group.first]}
                for heading, group in self._groups.items()
            ],
            "findings": [
                {"by": by, "rule": rule, "count": group.count, "first": [who for who, _ in group.first]}
                for (by, rule), group in sorted(self._findings.items())
            ],
        }
