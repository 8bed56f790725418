"""Refuse a plan over stops: those in the log that have not been lifted, and signs in the safety answers that no pillar reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from planner.engine.past_log import Heard, past_of
from planner.errors import StopError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence, Set
    from datetime import date

    from planner.athlete import Clearance
    from planner.engine.state import State
    from planner.errors import Pause
    from planner.findings import Finding
    from planner.model import Brief
    from planner.response import Stop

CLEARED = "CLEAR-01"
"""The rule of a finding on a sign that a clearance lifted."""


def refuse_stop(state: State, said: Iterable[Finding]) -> None:
    """Raise `StopError` where the log holds a stop not lifted, or the safety answers name a sign that no finding in `said` reports.

    Pillars report signs, those in the log included (`heard_signs`); what is left are the series of runs of rows 3 and 12 of 3a, and signs
    where no pillar asks about them.
    """
    stops = [*_of_log(state), *_unheard(state.brief, said)]
    if not stops:
        return
    from planner.response import called_for  # noqa: PLC0415  (few plans meet a stop)

    pause: Pause = "runs" if all(stop.halts == "running" for stop in stops) else "training"
    raise StopError((f"{stop.sign}: {called_for(stop)}" for stop in stops), pause=pause)


def _of_log(state: State) -> Sequence[Stop]:
    standing = state.standing_tonight() if state.past_log.kept else None
    return () if standing is None or standing.stop is None else standing.stops


def _unheard(brief: Brief, said: Iterable[Finding]) -> Sequence[Stop]:
    asked = brief.athlete.screening
    if not asked.red_flags or any(finding.rule == CLEARED or finding.rule in asked.red_flags for finding in said):
        return ()
    from planner.response import Terms, answered_stops  # noqa: PLC0415  (few athletes name a sign)

    return answered_stops(Terms(clearance=brief.athlete.clearance, screening=asked), brief.as_of)


def heard_signs(brief: Brief) -> Brief:
    """The brief with the log's standing signs added to the safety answers, so that pillars report them alike.

    Signs that a clearance lifted are added too, so that the clearance is named. A sign that still stands was noted after any clearance
    for it, which is therefore disregarded.
    """
    if not brief.log:
        return brief
    past = past_of(brief, brief.reading)
    heard = Heard(past)
    heard.take((row for day in sorted(past.rows) for row in past.rows[day]), ())
    signs = {row.red_flag for row in brief.log if row.date <= brief.as_of}
    standing = {stop.sign: stop.since for stop in heard.standing(past.today + 1).stops if stop.sign in signs}
    asked, clearance = brief.athlete.screening, brief.athlete.clearance
    if clearance is not None and asked.answered is not None and not standing.keys().isdisjoint(clearance.for_):
        others = tuple(sign for sign in clearance.for_ if sign not in standing)
        if others:
            clearance = evolve(clearance, for_=others)
        else:
            asked = evolve(asked, answered=max(asked.answered, *standing.values()))
    named = [*standing, *_lifted(clearance, asked.answered, signs - standing.keys(), brief.as_of)]
    flags = tuple(dict.fromkeys([*(asked.red_flags or ()), *named]))
    if not named:
        return brief
    return evolve(brief, athlete=evolve(brief.athlete, screening=evolve(asked, red_flags=flags), clearance=clearance))


def _lifted(clearance: Clearance | None, answered: date | None, signs: Set[str], today: date) -> Iterable[str]:
    """Those of the log's `signs` that the clearance has lifted by `today`."""
    if clearance is None or answered is None or not answered <= clearance.date <= today:
        return ()
    return (sign for sign in clearance.for_ if sign in signs)
