"""Commitments carry the rule on pain and three doses."""

import re
from datetime import timedelta
from decimal import Decimal

from planned_runs import TEMPLATES, clock_of, kms, plan_of
from tests.properties import strategies as some

from planner import Host, build_plan
from planner.athlete import Absence, Athlete, Availability, Commitment, Running
from planner.briefing import make_brief
from planner_pillars import assessment, progression

CLUB = Commitment(name="Club run", km=Decimal(3), on="tue")
RACE = Commitment(name="Race", km=Decimal(5), kind="race", date=some.START + timedelta(days=19))


def standing(plan):
    return [s for s in plan.sessions if "commitment" in s.tags]


def test_a_run_that_stands_anyway_carries_the_rule_on_pain_and_three_doses():
    plan = plan_of(weeks=4, of_athlete={"commitments": (CLUB, RACE)}, **kms("6"))
    found = standing(plan)
    assert [s.key for s in found] == ["club-run", "club-run", "club-run", "race", "club-run"]
    for session in found:
        said = [step.text for step in session.steps[1:]]
        assert [text.split(",")[0].split(":")[0] for text in said] == ["GREEN", "AMBER", "RED", "Note it by hand"]
        assert "3-5: walk home" in session.details
        assert "PAIN-01" in [why.source for why in session.why]
        assert said[3].endswith("any limp, swelling, safety sign or painkiller.")
        most = re.search(r"run no more than ([\d:]+ (?:min|s)) of it in all", said[1])
        assert 0 < clock_of(most[1]) < session.run_s
    assert "Run slowly" not in found[3].details, "a race is not easy running"
    assert "warm-up" not in [step.kind for s in found for step in s.steps], "its time is not the plan's"


def test_where_running_begins_again_amber_of_such_a_run_is_a_walk():
    (club,) = standing(plan_of(weeks=1, of_athlete={"commitments": (CLUB,)}))
    assert "walk all of it, no running" in club.steps[2].text


def test_in_the_block_before_the_first_run_such_a_run_is_to_be_walked():
    athlete = Athlete(id="a", start=some.START, weeks=4, running=Running(easy_pace=400, **kms("6")), commitments=(CLUB,))
    brief = make_brief(athlete, TEMPLATES["walk-run"], as_of=some.AS_OF, issued=some.ISSUED)
    found = standing(build_plan(brief, Host.of(progression, assessment)))
    assert len(found) == 2
    for session in found:
        green, amber = session.steps[1:3]
        assert "the plan has no running this week, so walk" in green.text
        assert "walk all of it, no running" in amber.text


def test_a_race_while_away_carries_them_too():
    away = Availability(away=(Absence(first=some.START + timedelta(days=14), last=some.START + timedelta(days=20)),))
    plan = plan_of(weeks=4, of_athlete={"commitments": (RACE,), "availability": away}, **kms("6"))
    assert [s.key for s in plan.weeks[2].sessions] == ["race"]
    assert any(step.text.startswith("AMBER") for step in plan.weeks[2].sessions[0].steps)
