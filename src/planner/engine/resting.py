"""Why a day of the week takes no run: the rest after answers, and the rest of a week with a stop."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from planner.language import _
from planner.quantities import DAYS_OF_WEEK

if TYPE_CHECKING:
    from planner.response import Standing


def why_resting(standing: Standing | None, day: int, first: int) -> str:
    """Why day number `day` of the week from day number `first` is within the rest that answers call for; "" where it is not.

    After a stop, even one since lifted, the rest of its week has no running.
    """
    if standing is None:
        return ""
    rest = standing.earliest_run
    called = [verdict.date for verdict in standing.verdicts if verdict.decision == "stop" and first <= verdict.date.toordinal()]
    called += [stop.since for stop in standing.stops]
    if called:
        over = date.fromordinal(first + DAYS_OF_WEEK)
        until = over if rest is None else max(over, rest)
        return _("after the stop of {day} there is no running until {until}", day=max(called), until=until)
    if rest is not None and day < rest.toordinal():
        return _("after the last run the knee rests until {day}", day=rest)
    return ""
