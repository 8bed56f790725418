"""Finds out whether the plan in a calendar has been halted: by a stop, a pause of runs, or a cancellation of the whole plan.

A stop is an event written by `planner.render.calendar_stop`; a cancellation is a line or METHOD of the calendar itself.
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
    """Return what halts the plan that starts on `start` and was made on `as_of`, as findings `stop` and `taken-back` whose `where` is the
    first date.

    A stop from before `as_of` is ignored: it was over when the plan was made again.
    """
    found = [stop for event in calendar.walk("VEVENT") if (stop := _stop(event, start)) and str(stop["where"]) >= as_of]
    found.sort(key=lambda stop: str(stop["where"]))
    since = " ".join(words_of(calendar, "TAKEN-BACK"))
    if since or str(calendar.get("METHOD", "")).upper() == "CANCEL":
        message = _("The plan was cancelled. Run `planner make` on your athlete file to bring it back.")
        found.append({"rule": "taken-back", "severity": "stop", "where": since or as_of, "message": message})
    return found


def _stop(event: Component, start: date) -> Members | None:
    """Return an event's stop as a finding; None if it is no stop, was cancelled, or belongs to another plan."""
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
    """Set the decision to "off" for weeks that start on or after the first halt and contain no run."""
    since = min(str(halt["where"]) for halt in halted)
    for week in weeks:
        if str(week["start"]) >= since and not week["run_s"]:
            week["decision"] = "off"


def without_dates(goal: Members) -> Members:
    """Return the goal without its expected dates, which a halted plan cannot promise."""
    return {**goal, "first_run": None, "every_run": None, "foreseen": None, "latest": None}
