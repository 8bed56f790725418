"""Checks a foreign plan against the laws of load, as far as the file's content allows."""

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
"""How many dates before a week (laws 2 and 3: before a date) affect the bound of each law."""


class Held(NamedTuple):
    """One law's margin at one place, in the plan's own units if `scaled`; `what` and `because` describe it in words."""

    margin: Margin
    scaled: bool
    what: str
    because: str


class Judgement(NamedTuple):
    """The verdict: each judged law at the place with its smallest margin, and every break as a finding. `unjudged` counts places skipped
    because their bound depends on unreadable entries. In `open_weeks`, too little is known of the 28 dates before to say whether they
    start from nothing, and so which law bounds them.
    """

    held: tuple[Held, ...]
    findings: tuple[Finding, ...]
    unjudged: int = 0
    open_weeks: tuple[int, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether no law is broken; warnings do not count."""
        return not any(finding.severity == "error" for finding in self.findings)


def judge(entries: Entries, counted: Counted, scale: Scale) -> Judgement:
    """Check laws 1 to 6. Growth is judged only where the running before is known; law 7 needs efforts, which plans seldom give."""
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
    """Every margin that can be checked, and whether it is in the plan's own units.

    The kind of each week and law 4 are derived from seconds; laws 1, 2, 3 and 5 from lengths. Law 1 is skipped where the seven dates
    before a week are unknown, law 4 where the 28 before are.
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
    """Opening weeks that may not start from nothing, as the 28 dates before are not all known; without the first if no past is known."""
    weeks = facts_of_weeks(counted.times, read(counted.times))
    known, start = counted.known_from.toordinal(), counted.lengths.start.toordinal()
    found = [week.number for week in weeks if week.kind == "opening" and week.first - REACH["law-4"] < known]
    return tuple(found[1:] if known >= start else found)


def _judged(margin: Margin, start: int, unread: list[int]) -> bool:
    """Whether all entries behind the margin's bound could be read; `unread` holds the days of those that could not, sorted."""
    reach = REACH.get(margin.law, 0)
    first = margin.day if margin.law in ("law-2", "law-3") else start + 7 * ((margin.day - start) // 7 if margin.day else margin.week - 1)
    at = bisect_left(unread, first - reach)
    return at == len(unread) or unread[at] >= first


def _held(margin: Margin, scaled: bool, scale: Scale, titles: dict[str, str]) -> Held:  # noqa: FBT001  (a field of the record)
    said = scale.said if scaled else str
    return Held(margin, scaled, _titled(said(margin.what), titles), said(margin.because))


def _finding(margin: Margin, counted: Counted, own: Scale | None, scale: Scale, titles: dict[str, str]) -> Finding:
    """A break in the plan's own units and titles, with its margin in metres at the plan's paces if it is scaled."""
    if own is None:
        finding = as_finding(margin, counted.times.reading)
        return evolve(finding, message=_titled(finding.message, titles))
    finding = as_finding(margin, counted.lengths.reading)
    return evolve(finding, message=_titled(own.said(finding.message), titles), margin_m=scale.metres(margin.margin))


def _titled(sentence: str, titles: dict[str, str]) -> str:
    """A sentence with the internal id of a session replaced by its title in the file."""
    for word in sentence.split():
        name = word.rstrip(";,.:")
        if name in titles:
            return sentence.replace(name, f'"{titles[name]}"' if titles[name] else "this run")
    return sentence
