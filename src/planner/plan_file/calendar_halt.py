"""What keeps the plan in a calendar from going on: a stop, a pause of runs, or that the whole plan was taken back.

A stop is an event that `planner.render.calendar_stop` wrote; that a plan was taken back is a line of the calendar's own.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from icalendar import vDDDTypes

from planner.language import _
from planner.plan_file.calendar_words import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from icalendar import Component

    from planner.plan_file.calendar_words import Members

_STOP_UID = re.compile(r"([0-9]{8})\.stop\..*@return-to-run", re.DOTALL)


def halts(calendar: Component, start: date, as_of: str) -> list[Members]:
    """What halts the plan from `start` that was made on the date `as_of`, as findings: `stop`, `taken-back`. Where says since when.

    A stop from before that day was over by then: the plan was made again.
    """
    found = [stop for event in calendar.walk("VEVENT") if (stop := _stop(event, start)) and str(stop["where"]) >= as_of]
    found.sort(key=lambda stop: str(stop["where"]))
    since = " ".join(words_of(calendar, "TAKEN-BACK"))
    if since or str(calendar.get("METHOD", "")).upper() == "CANCEL":
        message = _("The plan was cancelled. Run `planner make` on your athlete file to bring it back.")
        found.append({"rule": "taken-back", "severity": "stop", "where": since or as_of, "message": message})
    return found


def _stop(event: Component, start: date) -> Members | None:
    """The stop that an event says, None where it says none, was cancelled, or is of another plan."""
    named, first = _STOP_UID.fullmatch(str(event.get("UID", ""))), event.get("DTSTART")
    if named is None or named[1] != f"{start:%Y%m%d}" or str(event.get("STATUS", "")).upper() == "CANCELLED":
        return None
    day = first.dt if isinstance(first, vDDDTypes) else None
    if not isinstance(day, date):
        return None
    since = day.date() if isinstance(day, datetime) else day
    message = "\n\n".join(filter(None, (str(event.get("SUMMARY", "")), str(event.get("DESCRIPTION", "")))))
    return {"rule": "stop", "severity": "stop", "where": since.isoformat(), "message": message}


def without_prospect(weeks: Sequence[Members], halted: Sequence[Members]) -> None:
    """Weeks from then on that hold no run any more: they are off, whatever they were to be."""
    since = min(str(halt["where"]) for halt in halted)
    for week in weeks:
        if str(week["start"]) >= since and not week["run_s"]:
            week["decision"] = "off"


def without_dates(goal: Members) -> Members:
    """A goal that is wished for and not promised."""
    return {**goal, "first_run": None, "every_run": None, "foreseen": None, "latest": None}
