"""Three sore mornings in a row after strength: seven dates without it, the stage again, and a referral if it stays like that."""

from __future__ import annotations

from datetime import timedelta

import pytest
from helpers import START, brief, week
from logbook import kept, lived, placed, row, weeks
from planned_runs import TEMPLATES
from tests.properties import strategies as some

from planner import Host, build_plan
from planner.athlete import Athlete, Knee, Running
from planner.audit import audit
from planner.briefing import make_brief
from planner_pillars import hip_strength
from planner_pillars.hip_strength import Settings, planner_limits, planner_screening, planner_sessions

FINE = Knee(pain_stairs=1, pain_walk_30=0)
GOOD = {"sets_done": 50, "pain_before": 0, "pain_during": 2, "pain_next_morning": 0}
SORE = GOOD | {"pain_next_morning": 2}
NAME = "hip_strength"


def day(number):
    return START + timedelta(days=number - 1)


def strength(place, number=1, *, on=None, **said):
    """The row of session `place` of week `number`, on its day or on day `on`."""
    return row(on or 7 * (number - 1) + 2 * place - 1, f"{NAME}/strength-{place}#1", **(SORE | said))


THREE = [strength(place) for place in (1, 2, 3)]
"""Sore mornings after the sessions of days 1, 3 and 5, so none on days 6 to 12."""


def closed(*rows, on):
    """The days of the plan without strength."""
    absences = [limit for limit in planner_limits(kept(*rows, day=on, knee=FINE)) if hasattr(limit, "dates")]
    assert all((limit.tag, limit.source) == ("strength", "STR-10") for limit in absences)
    return sorted((one - START).days + 1 for limit in absences for one in limit.dates)


def said(*rows, on):
    """What the pillar warns of."""
    found = planner_screening(kept(*rows, day=on, knee=FINE))
    assert {(f.rule, f.severity, f.source) for f in found} <= {("STR-10", "warning", "STR-10")}
    return [f.message for f in found]


def offered(rows, on, number):
    """What is offered in weeks 1 to `number`."""
    about = kept(*rows, day=on, knee=FINE)
    return weeks(about, planner_sessions, Settings(), number, lambda n, proposals: placed(n, NAME, proposals))


def test_three_sore_mornings_in_a_row_close_the_next_seven_dates_to_strength():
    assert closed(*THREE, on=6) == list(range(6, 13))
    (message,) = said(*THREE, on=6)
    assert message.startswith("The knee was worse on the morning after each of the last 3 strength sessions")
    assert "no strength from 2027-01-09 to 2027-01-15" in message
    assert "Have a physiotherapist look at the knee if it stays like that" in message
    assert len(said(*THREE, on=12)) == 1
    assert said(*THREE, on=13) == [], "the pause is over"


@pytest.mark.parametrize("other", [{"pain_next_morning": 0}, {"pain_next_morning": None}, {"sets_done": 0}])
@pytest.mark.parametrize("place", [1, 2, 3])
def test_fewer_close_nothing(other, place):
    rows = [strength(n, **(other if n == place else {})) for n in (1, 2, 3)]
    assert closed(*rows, on=6) == []
    assert said(*rows, on=6) == []


def test_without_a_log_nothing_is_closed():
    assert len(list(planner_limits(brief(knee=FINE)))) == 1
    assert planner_screening(brief(knee=FINE)) == []


def test_a_limp_counts_and_a_morning_of_a_run_does_not():
    assert closed(*THREE[:2], strength(3, pain_next_morning=None, limp=True), on=6) == list(range(6, 13))
    rows = [strength(n, pain_next_morning=None) for n in (1, 2, 3)]
    mornings = [row(2 * n, pain_next_morning=3) for n in (1, 2, 3)]
    assert closed(*rows, *mornings, on=8) == [], "a morning that names no session is about the run"
    named = [row(2 * n, f"{NAME}/strength-{n}#1", pain_next_morning=3) for n in (1, 2, 3)]
    assert closed(*rows, *named, on=8) == list(range(6, 13))


def test_the_morning_after_a_sundays_session_is_about_that_session():
    sunday = strength(3, on=7, pain_next_morning=None)
    monday = row(8, f"{NAME}/strength-3#1", pain_next_morning=2)
    assert closed(*THREE[:2], sunday, monday, on=8) == list(range(8, 15))
    eased = offered([strength(1, pain_next_morning=0), sunday, monday], 8, 2)[-1][0]
    assert eased.steps[0].text.startswith("One set fewer")


def test_the_stage_starts_again_after_the_pause():
    rows = [strength(n, 1, pain_next_morning=0) for n in (1, 2, 3)] + [strength(n, 2) for n in (1, 2, 3)]
    assert [p.title[-2] for p in (proposals[0] for proposals in offered(rows, 13, 6))] == list("111122"), (
        "week 3 holds one day for strength"
    )
    third, fourth = (proposals[0] for proposals in offered(rows, 13, 4)[-2:])
    assert "after seven days without strength, stage 1 starts again" in third.details
    assert "week 1 of 8" in third.details
    assert {step.sets for step in third.steps if step.sets} == {2, 3}, "with all of its sets"
    assert "week 2 of 8" in fourth.details


def test_a_week_inside_the_pause_offers_none_and_the_stage_waits():
    rows = [strength(n, 1, pain_next_morning=0) for n in (1, 2, 3)] + [strength(1, 2), strength(2, 2), strength(3, 2, on=14)]
    found = offered(rows, 15, 5)
    assert [len(proposals) for proposals in found] == [3, 3, 0, 3, 3]
    assert "after seven days without strength, stage 1 starts again" in found[3][0].details
    assert ["week 1 of 8" in found[3][0].details, "week 2 of 8" in found[4][0].details] == [True, True]


def test_upkeep_goes_on_after_the_pause():
    about = kept(*THREE, day=6, knee=FINE)
    earlier = (lived(1, placed(1, NAME, planner_sessions(about, week(1), Settings(first_week=9)))),)
    (session, *_rest) = planner_sessions(about, week(2, earlier=earlier), Settings(first_week=9))
    assert "upkeep" in session.title
    assert "starts again" not in session.details
    assert "fewer" not in str(session.steps), "with all of its sets"


def test_worse_again_after_the_pause_is_a_referral_until_a_morning_is_not_worse():
    again = strength(1, 3)
    (message,) = said(*THREE, again, on=16)
    assert "no strength from 2027-01-09 to 2027-01-15, and since then" in message
    assert "have a physiotherapist look at the knee" in message
    assert closed(*THREE, again, on=16) == list(range(6, 13)), "the count begins anew"
    assert said(*THREE, again, strength(2, 3, pain_next_morning=None), on=18) == [message]
    assert said(*THREE, again, strength(2, 3, pain_next_morning=0), on=18) == []
    assert said(*THREE, strength(1, 3, pain_next_morning=0), strength(2, 3), on=18) == [], "it had settled in between"
    twice = [again, strength(2, 3), strength(3, 3)]
    assert closed(*THREE, *twice, on=20) == [*range(6, 13), *range(20, 27)]
    assert len(said(*THREE, *twice, on=20)) == 2


def test_strength_done_during_the_pause_makes_it_longer_if_the_knee_is_worse_again():
    assert closed(*THREE, strength(1, 2), on=9) == [6, 7, *range(9, 16)], "what was done stays on its date"
    assert closed(*THREE, strength(1, 2, pain_next_morning=0), on=9) == [6, 7, 9, 10, 11, 12]


@pytest.mark.parametrize("third", [5, 6, 7])
def test_a_plan_holds_no_strength_on_these_dates(third):
    rows = (*THREE[:2], strength(3, on=third))
    athlete = Athlete(id="a", start=START, weeks=6, knee=FINE, running=Running(easy_pace=400))
    about = make_brief(athlete, TEMPLATES["walk-run"], as_of=day(third + 1), issued=some.ISSUED, log=rows)
    plan = build_plan(about, Host.of(hip_strength))
    assert [f for f in audit(plan) if f.severity == "error"] == []
    days = sorted((s.date - START).days + 1 for s in plan.sessions if s.pillar == NAME)
    assert not set(days) & set(range(third + 1, third + 8))
    assert any(on > third + 7 for on in days)
    assert [f.rule for f in plan.findings if f.rule == "STR-10"] == ["STR-10"]
