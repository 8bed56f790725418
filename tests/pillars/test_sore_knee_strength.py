"""Strength for a knee that hurts on stairs or when walking: stage 1 stays, and nothing in it bends the knee under load."""

from __future__ import annotations

import pytest
from helpers import brief
from logbook import kept, placed, row, weeks

from planner.athlete import Knee
from planner_pillars.hip_strength import Settings, planner_sessions

SORE, FINE = Knee(pain_stairs=5), Knee(pain_stairs=3, pain_walk_30=0)
GOOD = {"sets_done": 50, "pain_before": 0, "pain_during": 2, "pain_next_morning": 0}
STAYS = "Stage 1 stays for as long as stairs or walking hurt more than 3 of 10"


def firsts(knee, number, *rows, day=1, settings=None):
    """The first strength session of weeks 1 to `number`, planned on day `day` of the plan; no log is kept without `rows`."""
    about = kept(*rows, day=day, knee=knee) if rows else brief(knee=knee)
    offered = weeks(about, planner_sessions, settings or Settings(), number, lambda n, proposals: placed(n, "hip_strength", proposals))
    return [proposals[0] for proposals in offered]


def stages(sessions):
    return "".join(session.title.split()[-1][0] for session in sessions)


def logged(number, **said):
    """Three sessions of a week of the plan, in the log."""
    return [row(7 * (number - 1) + 2 * n - 1, f"hip_strength/strength-{n}#1", **(GOOD | said)) for n in (1, 2, 3)]


@pytest.mark.parametrize(("knee", "expected"), [(SORE, "111111"), (Knee(pain_walk_30=4), "111111"), (FINE, "112233"), (Knee(), "112233")])
def test_the_first_stage_stays_while_stairs_or_walking_hurt_more_than_three(knee, expected):
    offered = firsts(knee, 6)
    assert stages(offered) == expected
    assert [STAYS in session.details for session in offered] == [expected == "111111"] * 6


def test_without_bending_under_load_the_warm_up_has_no_knee_bends():
    assert "knee bends" in firsts(FINE, 1)[0].steps[0].text
    for session in firsts(SORE, 5):
        assert session.steps[0].text.startswith("march on the spot")
        assert not any("knee bends" in step.text or "quat" in step.text for step in session.steps)
        assert "do the Wall squat" in session.details


def test_a_block_that_was_asked_for_from_a_later_stage_begins_there():
    assert stages(firsts(SORE, 3, settings=Settings(first_week=3))) == "223"


def test_the_first_stage_stays_although_the_log_has_all_of_its_sets():
    rows = [*logged(1), *logged(2), *logged(3), *logged(4)]
    held, free = (firsts(knee, 6, *rows, day=29) for knee in (SORE, FINE))
    assert (stages(held), stages(free)) == ("111111", "112233")
    assert all("so on from there" not in session.details and "Stage 3 comes once" not in session.details for session in held)


def test_a_session_begun_with_more_than_three_does_not_open_the_next_stage_once_the_knee_is_better():
    rows = [line for n in (1, 2, 3, 4) for line in logged(n, pain_before=5, pain_next_morning=5)]
    assert stages(firsts(FINE, 5, *rows, day=29)) == "11111"
