"""Plans that consist only of runs, and durations parsed from their texts."""

from datetime import timedelta
from decimal import Decimal

from tests.properties import strategies as some

from planner import Host, build_plan
from planner.athlete import Athlete, Running
from planner.athlete import Progression as Wishes
from planner.briefing import make_brief
from planner_pillars import progression
from planner_templates import planner_templates

TEMPLATES = {t.name: t for t in planner_templates()}


def plan_of(template="walk-run", weeks=16, of_athlete=None, **running):
    wishes = {"running": Running(easy_pace=400, **running), "progression": Wishes()} | (of_athlete or {})
    athlete = Athlete(id="a", start=some.START, weeks=weeks, **wishes)
    return build_plan(make_brief(athlete, TEMPLATES[template], as_of=some.AS_OF, issued=some.ISSUED), Host.of(progression))


def kms(km):
    return {"recent_weeks_km": (Decimal(km),) * 4, "last_run": some.START - timedelta(days=2)}


def clock_of(words):
    number, unit = words.split()
    if unit == "s":
        return int(number)
    minutes, _, seconds = number.partition(":")
    return 60 * int(minutes) + int(seconds or 0)
