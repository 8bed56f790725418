"""The laws of load held against somebody else's plan: what can be judged from what the file says, and nothing else."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from attrs import evolve

from planner.audit.ledger import read
from planner.audit.load import load_margins
from planner.audit.margin import LAWS, Margin, as_finding
from planner.audit.shape import shape_margins
from planner.audit.timeoff import time_off_margins
from planner.audit.weeks import facts_of_weeks
from planner.findings import ordered
from planner.foreign.records import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.findings import Finding
    from planner.foreign.counting import Counted
    from planner.foreign.records import Entries
    from planner.foreign.scale import Scale


ON_FOOT = "on foot"
REACH = {"law-1": 7, "law-2": 19, "law-3": 30, "law-4": 28, "law-5": 35}
"""From how many dates before a week (laws 2 and 3: a date) the bound of a law comes."""


class Held(NamedTuple):
    """One law at one place: numbers in the plan's own units where `scaled` says so, and both phrases in words."""

    margin: Margin
    scaled: bool
    what: str
    because: str


class Judgement(NamedTuple):
    """For each law that could be judged the place with the least room, and every break as a finding. `unjudged` counts the places whose
    bound comes from entries that could not be read. `open_weeks` may start from nothing or may not: too little is known of the 28 dates
    before them to say which law bounds them.
    """

    held: tuple[Held, ...]
    findings: tuple[Finding, ...]
    unjudged: int = 0
    open_weeks: tuple[int, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether no law is broken, warnings aside."""
        return not any(finding.severity == "error" for finding in self.findings)


def judge(entries: Entries, counted: Counted, scale: Scale) -> Judgement:
    """Laws 1 to 6 against a plan. Growth is judged where what it grows from is known; law 7 asks for efforts, which plans seldom say."""
    titles = {session.id: session.title for session in counted.lengths.sessions}
    walks = any(run.dose.walk != NOTHING for run in entries.runs)
    unread = sorted([entry.day.toordinal() for entry in entries.not_read if entry.day])
    start = counted.lengths.start.toordinal()
    everywhere = [(m, scaled) for m, scaled in _margins(counted) if walks or ON_FOOT not in (*m.facts, m.measured)]
    found = [(m, scaled) for m, scaled in everywhere if _judged(m, start, unread)]
    tightest: dict[str, tuple[Margin, bool]] = {}
    for margin, scaled in found:
        if margin.law not in tightest or margin.margin < tightest[margin.law][0].margin:
            tightest[margin.law] = (margin, scaled)
    held = tuple(_held(*tightest[law], scale, titles) for law in LAWS if law in tightest)
    breaks = [_finding(margin, counted, scale if scaled else None, scale, titles) for margin, scaled in found if margin.margin < 0]
    return Judgement(held, ordered(breaks), len(everywhere) - len(found), _open_weeks(counted))


def _margins(counted: Counted) -> Iterator[tuple[Margin, bool]]:
    """Every place where a law can be held against the plan, and whether its numbers are the plan's own units.

    What kind of week each is, and law 4, follow from seconds; laws 1, 2, 3 and 5 from lengths. A week whose past is not known is not
    compared with it: law 1 asks for the seven dates before, law 4 for 28.
    """
    times, lengths = read(counted.times), read(counted.lengths)
    weeks = facts_of_weeks(counted.times, times)
    known = counted.known_from.toordinal()
    for margin in load_margins(counted.lengths.reading, lengths, weeks):
        if margin.law != "law-1" or weeks[margin.week - 1].first - REACH["law-1"] >= known:
            yield margin, True
    for margin in time_off_margins(times, weeks):
        first = weeks[(margin.day - times.start) // 7 if margin.day else margin.week - 1].first
        if margin.law == "law-4" and first - REACH["law-4"] >= known:
            yield margin, False
    for margin in time_off_margins(lengths, weeks):
        if margin.law == "law-5":
            yield margin, True
    for margin in shape_margins(counted.lengths, lengths):
        if margin.law == "law-6":
            yield margin, False


def _open_weeks(counted: Counted) -> tuple[int, ...]:
    """The weeks of which nobody can say whether they start from nothing; without the first, where nothing before it is known."""
    weeks = facts_of_weeks(counted.times, read(counted.times))
    known, start = counted.known_from.toordinal(), counted.lengths.start.toordinal()
    found = [week.number for week in weeks if week.kind == "opening" and week.first - REACH["law-4"] < known]
    return tuple(found[1:] if known >= start else found)


def _judged(margin: Margin, start: int, unread: list[int]) -> bool:
    """Whether every entry that the margin's bound comes from could be read; `unread` are the days of those that could not, in order."""
    reach = REACH.get(margin.law, 0)
    first = margin.day if margin.law in ("law-2", "law-3") else start + 7 * ((margin.day - start) // 7 if margin.day else margin.week - 1)
    at = bisect_left(unread, first - reach)
    return at == len(unread) or unread[at] >= first


def _held(margin: Margin, scaled: bool, scale: Scale, titles: dict[str, str]) -> Held:  # noqa: FBT001  (a field of the record)
    said = scale.said if scaled else str
    return Held(margin, scaled, _titled(said(margin.what), titles), said(margin.because))


def _finding(margin: Margin, counted: Counted, own: Scale | None, scale: Scale, titles: dict[str, str]) -> Finding:
    """A break in the plan's own words; its metres at the plan's paces."""
    if own is None:
        finding = as_finding(margin, counted.times.reading)
        return evolve(finding, message=_titled(finding.message, titles))
    finding = as_finding(margin, counted.lengths.reading)
    return evolve(finding, message=_titled(own.said(finding.message), titles), margin_m=scale.metres(margin.margin))


def _titled(sentence: str, titles: dict[str, str]) -> str:
    """A sentence with the session that it names called as in the file, not as we counted it."""
    for word in sentence.split():
        name = word.rstrip(";,.:")
        if name in titles:
            return sentence.replace(name, f'"{titles[name]}"' if titles[name] else "this run")
    return sentence
