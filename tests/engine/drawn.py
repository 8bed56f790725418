"""Plans for one athlete with the runs of progression, and queries about them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from planner import Host, build_plan
from planner.athlete import Absence, Availability, Window
from planner.quantities import WEEKDAYS
from planner_pillars import progression
from tests.briefed import kms
from tests.tiny_plugins import START, brief_of

if TYPE_CHECKING:
    from datetime import date

    from planner import Brief, Plan, Session, Week

SHUT: dict[str, tuple[Window, ...]] = dict.fromkeys(WEEKDAYS, ())


NINE = {"recent_weeks_km": kms("9", "9", "9", "9"), "last_run": START - timedelta(days=2)}
"""Three runs of 3 km in each of the last four weeks, the last one on a Saturday."""


def plan_of(brief: Brief, *plugins: object) -> Plan:
    """The plan with progression and `plugins`."""
    return build_plan(brief, Host.of(progression, *plugins))


def drawn(*plugins: object, **brief: object) -> Plan:
    """The plan of `brief_of(**brief)` with progression and `plugins`."""
    return plan_of(brief_of(**brief), *plugins)


def away(first: int, last: int) -> Availability:
    """Away on these dates, by days from the start."""
    return Availability(away=(Absence(first=START + timedelta(days=first), last=START + timedelta(days=last)),))


def hours(start: int, end: int, *kept_for: str) -> tuple[Window, ...]:
    """One window of a day, in minutes from midnight."""
    return (Window(start=start, end=end, kept_for=kept_for),)


def runs(of: Plan | Week) -> list[Session]:
    """The sessions with running."""
    return [s for s in of.sessions if s.run_s]


def day(offset: int) -> date:
    """A date by days from the start."""
    return START + timedelta(days=offset)


def said(plan: Plan, rule: str) -> list[str]:
    """What the findings of one rule say, with their place where they have one."""
    return [f"{f.where}: {f.message}" if f.where else f.message for f in plan.findings if f.rule == rule]
