"""Readiness: open tests that prevent running are named, and the block's walks are the only walking in it."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest
from assessed import KNEE, OPEN, asked, ceilings
from attrs import evolve
from tests.tiny_plugins import brief_of

from planner import Host, build_plan
from planner.athlete import Commitment, Equipment
from planner_pillars import assessment, cross_training, progression


@pytest.mark.parametrize(
    ("open_keys", "told"),
    [
        (("pain_next_morning",), "Not answered yet: pain_next_morning under [knee], for the test brisk walk (ENT-01)."),
        (("pain_walk_30",), "Not answered yet: pain_walk_30 under [knee], for the test brisk walk (ENT-01)."),
        (("stairs_days_clean",), "Not answered yet: stairs_days_clean under [knee], for the test stairs (ENT-02)."),
        (("pain_walk_30", "pain_next_morning"), "Not tested yet: brisk walk (ENT-01)."),
        (("pain_stairs", "stairs_days_clean"), "Not tested yet: stairs (ENT-02)."),
        (
            ("pain_walk_30", "pain_next_morning", "pain_stairs", "stairs_days_clean"),
            "Not tested yet: brisk walk (ENT-01), stairs (ENT-02).",
        ),
    ],
)
def test_a_test_that_is_answered_in_part_is_told_by_the_key_that_is_open(open_keys, told):
    about = asked(knee=evolve(KNEE, **dict.fromkeys(open_keys)))
    assert ceilings(about)["week-run-m"].why == told


CLUB = Commitment(name="Club run", km=Decimal(1), on="tue")


@pytest.mark.parametrize("commitments", [(), (CLUB,)])
def test_on_a_day_of_the_block_there_is_one_walk(commitments):
    plan = build_plan(brief_of(weeks=4, commitments=commitments), Host.of(assessment, cross_training))
    assert len(plan.weeks) == 2
    walks = [s for s in plan.sessions if s.walk_s]
    assert {s.pillar for s in walks} == {"assessment"}
    assert len(walks) >= 3
    assert set(Counter(s.date for s in walks).values()) == {1}


def test_training_without_walking_stays_in_the_block_and_walks_come_back_after_it():
    host = Host.of(assessment, cross_training)
    bike = build_plan(brief_of(weeks=4, equipment=Equipment(have=("bike",))), host)
    assert "bike" in {s.key for s in bike.sessions}
    ready = brief_of(weeks=4, knee=KNEE, screening=OPEN)
    assert "walk" in {s.key for s in build_plan(ready, host).sessions if s.pillar == "cross_training"}


def test_what_stands_on_a_rest_day_is_allowed_by_its_words():
    about = brief_of(weeks=2, knee=evolve(KNEE, pain_walk_30=None), screening=OPEN)
    plan = build_plan(about, Host.of(assessment, progression))
    rests = {session.date: session.details for session in plan.sessions if session.key == "rest-day"}
    resting = {session.key: rests[session.date] for session in plan.sessions if session.date in rests and not session.transparent}
    assert set(resting) == {"readiness", "walk"}, "no run, no strength, no cross-training (law 6)"
    assert "readiness tests that are due" in resting["readiness"]
    assert "A walk" in resting["walk"]
    assert "easy walk" not in resting["walk"], "those of the block are brisk"
