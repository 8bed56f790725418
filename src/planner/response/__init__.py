"""What the knee's answers decide: the decision table of evidence 3a, with the changes of 4d, folded over the log.

`Rolling` folds the rows of a log up to a date into a `Standing`: each date's `Verdict`, the stops that stand, the rest that is due, and
the levels, share and ceiling that remain. `week_decision` is what a past week's runs decide together. All of it only lowers what the
laws allow.
"""

from __future__ import annotations

from planner.response.answers import Answers
from planner.response.days import Day
from planner.response.rolling import Rolling
from planner.response.signs import Stop, Urgency, answered_stops
from planner.response.standing import Standing
from planner.response.table import TABLE, DecisionRow, called_for
from planner.response.terms import Terms
from planner.response.verdict import Outcome, Verdict
from planner.response.weeks import AS_IF_ANSWERED_WELL, WeekVerdict, week_decision

__all__ = [
    "AS_IF_ANSWERED_WELL",
    "TABLE",
    "Answers",
    "Day",
    "DecisionRow",
    "Outcome",
    "Rolling",
    "Standing",
    "Stop",
    "Terms",
    "Urgency",
    "Verdict",
    "WeekVerdict",
    "answered_stops",
    "called_for",
    "week_decision",
]
