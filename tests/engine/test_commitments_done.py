"""Past commitments count for what was allowed then; beside one, pain limits walking too."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from attrs import evolve

from planner import Host, build_plan
from planner.athlete import Athlete, Availability, Commitment, Knee, Running, Screening
from planner.audit import audit
from planner.briefing import make_brief
from planner.entry import Entry
from planner_pillars import assessment, cross_training, progression
from tests.engine.drawn import NINE, day, plan_of
from tests.engine.test_log_fold import DAY, START, WALK_RUN
from tests.tiny_plugins import Tiny, brief_of, ceiling

CLUB = Commitment(name="Club run", km=Decimal(3), on="tue")


def test_a_past_commitment_counts_as_no_more_than_a_plugin_allowed_it() -> None:
    limit = Tiny(name="limit", limits=(ceiling(1000, "run-m"),))
    brief = brief_of(weeks=3, running=NINE, commitments=(CLUB,))
    row = Entry(date=day(1), session="commitments/club-run#1", run_m=3000, pain_before=0, pain_during=0, pain_next_morning=0)
    for today in (4, 7, 11):
        plan = plan_of(evolve(brief, as_of=day(today), log=(row,)), limit)
        assert [(done.run_m, done.allowed_m) for done in plan.history if done.date == day(1)] == [(3000, 1000)]


def test_beside_a_commitment_in_a_week_that_pain_keeps_from_opening_walking_is_held_as_after_time_off() -> None:
    club = Commitment(name="Club", km=Decimal(3), on="thu")
    knee = Knee(site="kneecap", pain_walk_30=0, pain_stairs=0, stairs_days_clean=5, pain_next_morning=0)
    athlete = Athlete(
        id="ana",
        start=START,
        running=Running(easy_pace=307),
        knee=knee,
        screening=Screening(answered=START, red_flags=()),
        availability=Availability(thu=()),
        commitments=(club,),
    )
    rows = (Entry(date=START + DAY, run_m=798), Entry(date=START + 12 * DAY, pain_before=5))
    brief = make_brief(athlete, WALK_RUN, as_of=START + 13 * DAY, issued=datetime(2027, 1, 2, tzinfo=UTC), log=rows)
    plan = build_plan(brief, Host.of(progression, cross_training, assessment))
    assert [finding for finding in audit(plan) if finding.severity == "error"] == []
