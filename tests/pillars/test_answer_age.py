"""How long answers stay valid: 28 days up to the first day, or up to today if nobody has run since (evidence 4c)."""

from __future__ import annotations

import pytest
from assessed import OPEN, asked, block, ceilings, screened
from attrs import evolve
from helpers import START
from logbook import row

from planner.model import DAY


def answered(days, *, on=0, **changes):
    """Answers `days` old on the plan's first day, planned `on` days after it."""
    return asked(screening=evolve(OPEN, answered=START - days * DAY), as_of=START + on * DAY, **changes)


def waits(about):
    """Whether running waits for new answers."""
    held = ceilings(about).get("week-run-m")
    return held is not None and held.at_most == 0 and held.source == "RED-01"


@pytest.mark.parametrize(("days", "expected"), [(27, False), (28, False), (29, True), (200, True)])
@pytest.mark.parametrize("on", [-40, -29, -2, -1, 0, 1, 13, 14, 60])
def test_without_a_log_answers_are_measured_on_the_first_day(days, expected, on):
    assert waits(answered(days, on=on)) is expected


@pytest.mark.parametrize(
    ("days", "on", "expected"), [(2, 25, False), (2, 26, False), (2, 27, True), (28, 0, False), (28, 1, True), (29, 0, True)]
)
@pytest.mark.parametrize("rows", [(), (row(-40, run_m=2000),), (row(3, run_m=0),), (row(2, "hip_strength/a#1", sets_done=9),)])
@pytest.mark.parametrize("kept", ["log", "stood"])
def test_where_the_past_is_known_they_are_measured_today_until_a_run(kept, rows, days, on, expected):
    assert waits(answered(days, on=on, **{kept: rows})) is expected


@pytest.mark.parametrize(
    "done",
    [row(1, run_m=900), row(2, "progression/walk-run#1"), row(3, "commitments/club#1"), row(4, pain_during=1), row(5, seconds=1200)],
)
@pytest.mark.parametrize("kept", ["log", "stood"])
def test_a_run_since_ends_the_wait_and_one_dated_ahead_does_not(kept, done):
    assert not waits(answered(2, on=60, **{kept: (done,)}))
    if kept == "log":
        assert waits(answered(40, on=-1, log=(done,)))


def test_who_answers_again_while_running_keeps_running():
    assert not waits(asked(screening=evolve(OPEN, answered=START + 20 * DAY), as_of=START + 60 * DAY, log=(row(9, run_m=900),)))


def test_a_walk_is_no_run():
    assert waits(answered(2, on=60, log=(row(4, foot_m=3000, seconds=1800), row(5, sets_done=9, pain_during=1))))


def test_the_reason_says_whether_the_answers_are_old_or_will_be():
    assert "more than 28 days ago" in screened(answered(29))["pre-run"].message
    assert "On 2027-01-04 the answers of 2026-12-06 will be" in screened(answered(29, on=-2))["pre-run"].message
    assert block(answered(29, on=-2))["answer-questions"].on == START


def test_a_block_that_is_over_asks_for_a_new_start_and_names_no_past_date():
    assert "test again on 2027-01-18" in screened(answered(29, on=13))["pre-run"].message
    over = screened(answered(29, on=14))["pre-run"].message
    assert "a new `start`" in over
    assert "2027-01-18" not in over
