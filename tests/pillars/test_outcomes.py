"""Outcome scores from the log: changes that matter, and what follows if there is none by week 6, 8 or 12."""

from __future__ import annotations

import pytest
from assessed import KNEE, OPEN, RECENT, SETTINGS, offers
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from logbook import kept, row

from planner_pillars import assessment
from planner_pillars.assessment import Settings
from planner_pillars.outcomes import Changes, scores, told, trend

CHANGES = Changes(10, 2, (6, 8, 12))
WEEK_6, WEEK_8, WEEK_12 = 42, 56, 84
"""The last days of these weeks."""
START_ROW = row(1, akps=60, knee_worst=5)


def about(*rows, day):
    return kept(*rows, day=day, knee=KNEE, screening=OPEN, running=RECENT)


def findings(*rows, day, settings=SETTINGS):
    """What the screening says of scores: what it rests on, severity, place and message."""
    told = assessment.planner_screening(about(*rows, day=day), settings)
    assert {f.rule for f in told if f.source.startswith("OUT-0")} <= {"OUT-06", "OUT-08", "OUT-09"}
    return [(f.source, f.severity, f.where, f.message) for f in told if f.rule in ("OUT-06", "OUT-08")]


def note(*rows, day, week, settings=SETTINGS):
    """The lines of the check-up after week `week`."""
    found = offers(about(*rows, day=day), week, settings)
    return [step.text for key in ("check-in", "referral") if key in found for step in found[key].steps]


@pytest.mark.parametrize(
    ("later", "how"),
    [
        ({"akps": 70}, "better"),
        ({"akps": 69}, "same"),
        ({"knee_worst": 3}, "better"),
        ({"knee_worst": 4}, "same"),
        ({"akps": 69, "knee_worst": 4}, "same"),
        ({"akps": 50}, "worse"),
        ({"akps": 51}, "same"),
        ({"knee_worst": 7}, "worse"),
        ({"akps": 80, "knee_worst": 7}, "worse"),
        ({"note": "no score"}, "open"),
    ],
)
def test_a_change_matters_from_the_points_of_the_evidence(later, how):
    at = about(START_ROW, row(40, **later), day=41)
    assert trend(scores(at, CHANGES, at.as_of)) == how


@pytest.mark.parametrize(
    ("day", "week", "what"),
    [
        (WEEK_6, 6, "Make an appointment with a doctor or physiotherapist."),
        (WEEK_8 - 1, 6, "Make an appointment"),
        (WEEK_8, 8, "See a doctor or physiotherapist now"),
        (WEEK_12, 12, "about what comes next"),
        (100, 12, "about what comes next"),
    ],
)
def test_no_important_change_by_week_6_8_12_is_told(day, week, what):
    ((rule, severity, where, message),) = findings(START_ROW, row(35, akps=64, knee_worst=4), day=day)
    assert (rule, severity, where) == ("OUT-08", "warning", f"week {week}")
    assert f"No important change by week {week}: AKPS 60 on 2027-01-04, 64 on 2027-02-07 (better by 4)" in message
    assert "worst pain 5 of 10 on 2027-01-04, 4 on 2027-02-07 (better by 1)" in message
    assert "10 points of AKPS (OUT-01) or 2 of worst pain (OUT-02)" in message
    assert what in message


def test_before_week_6_nobody_is_sent_for_no_change():
    ((rule, severity, _, message),) = findings(START_ROW, row(20, akps=60), day=WEEK_6 - 1)
    assert (rule, severity) == ("OUT-06", "info")
    assert "No important change so far: AKPS 60 on 2027-01-04 and on 2027-01-23" in message
    assert "physiotherapist" not in message


@pytest.mark.parametrize(("day", "rules"), [(30, ["OUT-06"]), (WEEK_6, ["OUT-08"])])
def test_worse_by_an_important_amount_is_told_at_once(day, rules):
    found = findings(START_ROW, row(25, knee_worst=8), day=day)
    assert [rule for rule, *_ in found] == rules
    assert found[0][1] == "warning"
    assert "(worse by 3)" in found[0][3]
    assert "physiotherapist" in found[0][3]


@pytest.mark.parametrize(("later", "rule"), [({"akps": 75}, "OUT-01"), ({"knee_worst": 2}, "OUT-02")])
def test_better_is_told_with_numbers_and_without_a_promise(later, rule):
    for day in (30, WEEK_6, WEEK_8 - 1):
        ((found, severity, _, message),) = findings(START_ROW, row(28, **later), day=day)
        assert (found, severity) == (rule, "info")
        assert "Better than at the start by a change that matters" in message
        assert ("75 on 2027-01-31 (better by 15)" in message) or ("2 on 2027-01-31 (better by 3)" in message)
        assert not any(word in message for word in ("cure", "recovered", "will"))


def test_better_and_then_standing_still_is_told_in_the_last_week():
    still = [START_ROW, row(50, akps=75), row(80, akps=77)]
    assert [rule for rule, *_ in findings(*still, day=WEEK_12 - 1)] == ["OUT-01"]
    rules = findings(*still, day=WEEK_12)
    assert [rule for rule, *_ in rules] == ["OUT-01", "OUT-08"]
    assert "at a standstill by week 12" in rules[1][3]
    assert [rule for rule, *_ in findings(START_ROW, row(50, akps=75), row(80, akps=85), day=WEEK_12)] == ["OUT-01"]
    well = [START_ROW, row(50, akps=92), row(80, akps=93)]
    assert [rule for rule, *_ in findings(*well, day=WEEK_12)] == ["OUT-01"], "there is no room for another ten points"


@pytest.mark.parametrize(
    ("day", "week", "what"),
    [
        (WEEK_8, 8, "See a doctor or physiotherapist now"),
        (WEEK_12, 12, "about what comes next"),
        (97, 12, "about what comes next"),
    ],
)
def test_a_better_score_from_before_the_last_referral_week_is_too_old(day, week, what):
    better, old = findings(START_ROW, row(29, akps=75, knee_worst=2), day=day)
    assert better[:3] == ("OUT-01", "info", ""), "of that week nobody knows"
    assert old[:3] == ("OUT-08", "warning", f"week {week}")
    assert f"Week {week} is over, and the log has no newer score to show that the knee is still better: AKPS 60 on" in old[3]
    assert "No better any more? See a doctor or physiotherapist" in old[3]
    assert what in old[3]
    fresh = findings(START_ROW, row(29, akps=75, knee_worst=2), row(day, akps=90, knee_worst=1), day=day)
    assert [rule for rule, *_ in fresh] == ["OUT-01"]


def test_a_newer_score_that_is_not_better_does_not_stand_in_for_one_that_was():
    rows = [START_ROW, row(29, akps=75), row(WEEK_8, knee_worst=5)]
    assert [rule for rule, *_ in findings(*rows, day=WEEK_8)] == ["OUT-01", "OUT-08"]
    assert [rule for rule, *_ in findings(*rows, row(WEEK_8, akps=75), day=WEEK_8)] == ["OUT-01"]


def test_the_next_check_up_still_asks_if_the_better_score_is_old():
    rows = [START_ROW, row(29, akps=75)]
    lines = note(*rows, day=50, week=8)
    assert any("So far, by your log: AKPS 60 on 2027-01-04, 75 on 2027-02-01" in line for line in lines)
    assert lines[-1].startswith("Still no change that matters")
    assert "Still no change" not in str(note(*rows, row(50, akps=76), day=50, week=8))


def test_scores_that_are_missing_are_asked_for_and_never_good():
    assert findings(day=WEEK_6 - 1) == []
    for rows in ([], [START_ROW], [START_ROW, row(90, akps=90)]):
        ((rule, severity, where, message),) = findings(*rows, day=WEEK_6)
        assert (rule, severity, where) == ("OUT-08", "warning", "week 6")
        assert "does not have two scores to compare" in message
    assert findings(row(-60, akps=10), row(20, akps=60), day=30) == [], "a score of long ago is no beginning"
    assert [rule for rule, *_ in findings(row(-20, akps=40), row(20, akps=60), day=30)] == ["OUT-01"]


def test_without_a_log_nothing_is_said():
    plain = evolve(about(day=WEEK_12), log=None)
    assert [f.rule for f in assessment.planner_screening(plain, SETTINGS) if f.rule == "OUT-08"] == []
    before = [step.text for step in offers(evolve(about(day=1), log=None), 6, SETTINGS)["referral"].steps]
    assert len(before) == 1
    assert before[0].startswith("No better than at the start")


def test_the_next_check_up_says_how_it_stands_and_what_follows():
    rows = [START_ROW, row(35, akps=64)]
    lines = note(*rows, day=36, week=6)
    assert "So far, by your log, no important change: AKPS 60 on 2027-01-04, 64 on 2027-02-07 (better by 4)" in lines[0]
    assert lines[1:] == ["Make an appointment with a doctor or physiotherapist."]
    better = note(START_ROW, row(35, akps=72), day=36, week=6)
    assert len(better) == 1
    assert "That is a change that matters" in better[0]
    later = note(*rows, day=36, week=8)
    assert "At the start, by your log: AKPS 60 on 2027-01-04; worst pain 5 of 10 on 2027-01-04." in later
    assert any(line.startswith("Still no change that matters") for line in later), "that is for then to say"


def test_a_check_up_asks_where_there_is_nothing_to_compare():
    assert note(START_ROW, day=36, week=6)[0].startswith("Your log has these to compare with: AKPS 60")
    assert note(day=36, week=6)[0].startswith("Your log has no score yet")
    assert note(START_ROW, day=36, week=6)[1].startswith("No better than at the start")


def test_past_check_ups_saw_what_was_known_then():
    rows = [START_ROW, row(20, akps=62), row(50, akps=80)]
    assert "no important change" in note(*rows, day=60, week=4)[2]
    assert "a change that matters" in note(*rows, day=60, week=8)[2]
    assert note(*rows, day=60, week=8)[3:] == []


def test_todays_scores_are_in_todays_check_up():
    rows = [START_ROW, row(WEEK_6, akps=72)]
    assert "72 on 2027-02-14" in note(*rows, day=WEEK_6, week=6)[0]


def test_the_points_and_the_weeks_are_settings():
    rows = [START_ROW, row(28, akps=68, knee_worst=4)]
    mild = Settings(akps_change=8, referral_weeks=(3, 5))
    assert [rule for rule, *_ in findings(*rows, day=29, settings=mild)] == ["OUT-01"]
    strict = Settings(akps_change=9, referral_weeks=(3,))
    assert "by week 3" in findings(*rows, day=29, settings=strict)[0][3]
    assert findings(*rows, day=WEEK_12, settings=Settings(referral_weeks=()))[0][0] == "OUT-06"


def test_of_two_scores_on_a_day_the_worse_counts():
    at = about(START_ROW, row(40, akps=75, knee_worst=1), row(40, akps=66, knee_worst=4), day=41)
    assert "AKPS 60 on 2027-01-04, 66 on 2027-02-12 (better by 6)" in told(scores(at, CHANGES, at.as_of))
    assert trend(scores(at, CHANGES, at.as_of)) == "same"


@given(st.lists(st.tuples(st.integers(1, 100), st.integers(0, 100)), min_size=1, max_size=8), st.integers(1, 100))
def test_better_is_only_said_of_ten_points_more_than_the_first(told_on, day):
    rows = [row(on, akps=akps) for on, akps in told_on]
    found = findings(*rows, day=day)
    known = sorted(on_akps for on_akps in told_on if on_akps[0] <= day)
    better = [rule for rule, *_ in found if rule == "OUT-01"]
    if better:
        first = min(akps for on, akps in known if on == known[0][0])
        last = min(akps for on, akps in known if on == known[-1][0])
        assert last - first >= 10
    elif day >= WEEK_6:
        assert [rule for rule, *_ in found] == ["OUT-08"]


def early(weeks_of_pain, *rows, day=1):
    at = kept(*rows, day=day, knee=evolve(KNEE, weeks_of_pain=weeks_of_pain), screening=OPEN, running=RECENT)
    return [f.message for f in assessment.planner_screening(at, SETTINGS) if f.rule == "OUT-09"]


def test_more_than_two_months_of_pain_with_a_low_score_suggest_somebody_early():
    (said,) = early(9, row(1, akps=69))
    assert said.startswith("The knee has hurt for more than two months, and the last AKPS in your log is below 70 (69 on 2027-01-04).")
    assert "make an appointment with a physiotherapist early on" in said


@pytest.mark.parametrize(
    ("weeks_of_pain", "scores_told", "day"),
    [
        (8, (row(1, akps=69),), 1),
        (9, (row(1, akps=70),), 1),
        (None, (row(1, akps=50),), 1),
        (9, (row(1, knee_worst=8),), 1),
        (9, (row(1, akps=60), row(20, akps=75)), 20),
        (9, (row(5, akps=60),), 1),
    ],
)
def test_either_alone_or_a_score_that_is_no_longer_low_or_yet_to_come_does_not(weeks_of_pain, scores_told, day):
    assert early(weeks_of_pain, *scores_told, day=day) == []


def test_more_than_a_year_is_told_once_whatever_the_score():
    (said,) = early(53, row(1, akps=50))
    assert said.startswith("The knee has hurt for more than a year.")
