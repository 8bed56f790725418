"""What ends planning before a week is drawn: a stop that the log calls for, or an answer that names a sign and that nobody heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from planner.engine.past import Heard, past_of
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
"""The rule of a finding that tells of a sign which a clearance lifted."""


def refuse_stop(state: State, said: Iterable[Finding]) -> None:
    """Raise `StopError` where the log calls for a professional in other words than a sign of the safety questions (rows 3 and 12 of 3a), or
    the answers to them name a sign and nothing was `said` of any: no pillar was there to hear it.
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
    """The brief with the signs that stand in the log among the answers to the safety questions, so that they are worded as those are; with
    those that a clearance lifted too, so that it is named. One that stands was noted after any clearance that names it.
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
    """The signs among these `signs` of the log that a clearance lifted by today."""
    if clearance is None or answered is None or not answered <= clearance.date <= today:
        return ()
    return (sign for sign in clearance.for_ if sign in signs)
