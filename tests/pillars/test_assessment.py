"""The assessment pillar: who waits two weeks, with what dose running starts, and what is asked along the way."""

from __future__ import annotations

import re

import pytest
from assessed import ALL_TESTS, KEEP, KNEE, OPEN, PASSED, RUNS_NOW, SETTINGS, asked, block, ceilings, flagged, offers, screened
from attrs import evolve
from helpers import CONTINUOUS, LADDER, START, past_week, week

from planner import seconds_of
from planner.athlete import Knee, Screening
from planner.model import DAY, Session
from planner_pillars import assessment, readiness, screening
from planner_pillars.content import content

BANNED = re.compile(r"\b(cure[sd]?|permanent(ly)?|safe(ly)?|guarantee[sd]?|prevent(s|ed|ion)?|lawful(ly)?)\b", re.IGNORECASE)


@pytest.mark.parametrize(
    "changes",
    [
        {"screening": evolve(OPEN, answered=None)},
        {"screening": evolve(OPEN, red_flags=None)},
        {"knee": evolve(KNEE, site=None)},
        {"knee": Knee(), "screening": Screening()},
    ],
)
def test_unanswered_is_not_none(changes):
    about = asked(**changes)
    assert ceilings(about)["week-run-m"].at_most == 0
    assert ceilings(about)["weeks"].at_most == 2
    note = block(about)["answer-questions"]
    assert (note.note, note.on) == (True, START)
    assert "RED-01:" in note.details
    assert screened(about)["pre-run"].severity == "warning"
    assert "2027-01-18" in screened(about)["pre-run"].message


@pytest.mark.parametrize(
    ("knee", "tests"),
    [
        (evolve(KNEE, pain_walk_30=3), "brisk walk (ENT-01)"),
        (evolve(KNEE, pain_next_morning=2), "brisk walk (ENT-01)"),
        (evolve(KNEE, pain_stairs=3), "stairs (ENT-02)"),
        (evolve(KNEE, stairs_days_clean=2), "stairs (ENT-02)"),
        (evolve(KNEE, swelling=True), "swelling and bend (ENT-03)"),
        (evolve(KNEE, full_bend=False), "swelling and bend (ENT-03)"),
        (evolve(KNEE, pain_walk_30=None), "brisk walk (ENT-01)"),
        (evolve(KNEE, pain_next_morning=None), "brisk walk (ENT-01)"),
        (evolve(KNEE, stairs_days_clean=None), "stairs (ENT-02)"),
    ],
)
def test_a_knee_that_is_not_ready_gets_the_block(knee, tests):
    about = asked(knee=knee)
    assert ceilings(about)["week-run-m"].at_most == 0
    assert tests in ceilings(about)["week-run-m"].why
    assert block(about, 2)["retest"].on == START + 13 * DAY
    assert "2027-01-18" in block(about, 2)["retest"].title


@pytest.mark.parametrize(
    ("tests", "starts"),
    [
        ({}, True),
        ({"single_leg_squats": 9}, False),
        ({"step_downs": 9}, False),
        ({"hops": 9}, False),
        ({"jog_on_spot_s": 59}, False),
        ({"single_leg_squats": 10, "step_downs": 10, "hops": 10, "jog_on_spot_s": 60}, True),
    ],
)
def test_later_tests_block_only_when_failed(tests, starts):
    assert ("week-run-m" not in ceilings(asked(screening=evolve(OPEN, **tests)))) is starts


@pytest.mark.parametrize(
    ("changes", "runs"),
    [
        ({"template": KEEP, "history": RUNS_NOW}, True),
        ({"template": KEEP}, False),
        ({"template": CONTINUOUS, "history": RUNS_NOW, "knee": evolve(PASSED, pain_run_worst=2, pain_stairs=None)}, True),
        ({"template": CONTINUOUS, "history": RUNS_NOW}, False),
        ({"template": LADDER, "history": RUNS_NOW, "knee": evolve(PASSED, pain_run_worst=0, pain_stairs=None)}, False),
        ({"template": KEEP, "history": RUNS_NOW, "knee": evolve(PASSED, swelling=True)}, False),
        ({"template": KEEP, "history": RUNS_NOW, "knee": evolve(PASSED, pain_run_worst=6)}, False),
        ({"template": KEEP, "history": RUNS_NOW, "knee": evolve(PASSED, pain_run_worst=5)}, True),
        ({"template": KEEP, "history": RUNS_NOW, "knee": evolve(PASSED, pain_stairs=6)}, False),
        ({"template": KEEP, "history": RUNS_NOW, "knee": evolve(PASSED, pain_walk_30=6)}, False),
        ({"template": KEEP, "history": RUNS_NOW, "knee": evolve(PASSED, pain_stairs=5, pain_walk_30=5)}, True),
        ({"template": CONTINUOUS, "history": RUNS_NOW, "knee": evolve(PASSED, pain_run_worst=2, pain_stairs=8)}, False),
    ],
)
def test_who_runs_already_needs_no_entry_tests(changes, runs):
    """ENT-10, but not with a swollen knee or at pain above 5."""
    about = asked(**({"knee": evolve(KNEE, pain_stairs=None)} | changes))
    assert ("week-run-m" not in ceilings(about)) is runs


def test_running_on_a_sore_knee_is_told():
    def told(knee):
        return screened(asked(template=KEEP, history=RUNS_NOW, knee=knee)).get("WR-08")

    assert told(evolve(KNEE, pain_run_worst=2)) is None
    assert "pain 3 of 10" in told(evolve(KNEE, pain_run_worst=3)).message
    assert "worse next morning" in told(evolve(KNEE, pain_run_worst=1, pain_next_morning=2)).message


def test_a_runner_whose_stairs_hurt_is_warned_that_most_runs_may_fall_away():
    """3a row 4: nobody runs at pain 3 or more before the run, stairs included."""

    def told(**pain):
        return screened(asked(template=KEEP, history=RUNS_NOW, knee=evolve(PASSED, **pain))).get("PAIN-05")

    assert told(pain_stairs=2, pain_walk_30=2) is None
    for pain in ({"pain_stairs": 4}, {"pain_walk_30": 4}):
        found = told(**pain)
        assert found.severity == "warning"
        assert "hurt 4 of 10" in found.message


def test_the_block_starts_with_tests_and_walks_and_ends_with_a_retest():
    about = asked(knee=Knee(), screening=Screening())
    first, second = block(about), block(about, 2, earlier=(past_week(1, stage="pre-run", sessions=held(3)),))
    tests = first["readiness"]
    assert tests.prefers == ("tue", "wed")
    assert [step.text[:15] for step in tests.steps] == [f"Test {n} (ENT-0{n})" for n in range(1, 8)]
    assert all("Passed " in step.text for step in tests.steps)
    assert all(test in tests.details for test in readiness.TESTS)
    assert first["walk"].times_per_week + 1 == second["walk"].times_per_week == 3
    assert seconds_of(first["walk"].steps, "walk") == seconds_of(tests.steps, "walk") == 1800
    assert "readiness" not in second
    assert all(test in second["retest"].details for test in readiness.TESTS)


def held(times):
    """So many walking sessions of a past week."""
    plain = {"week": 1, "pillar": "assessment", "key": "walk", "start": None, "duration_s": 1800, "title": "Walk", "steps": ()}
    return tuple(Session(ordinal=n, date=START + n * DAY, tags=("walk",), **plain) for n in range(1, times + 1))


def test_walking_does_not_jump_in_the_second_week():
    about = asked(knee=Knee(), screening=Screening())
    assert block(about, 2, earlier=(past_week(1, stage="pre-run", sessions=held(2)),))["walk"].times_per_week == 2
    assert "walk" not in block(about, 2, earlier=(past_week(1, stage="pre-run"),))


def test_a_failed_knee_walks_less_and_tests_again_after_two_weeks_only():
    found = block(asked(knee=evolve(KNEE, pain_walk_30=5)))
    assert seconds_of(found["walk"].steps, "walk") == 900
    assert "readiness" not in found


def test_after_three_failed_tries_somebody_looks_at_the_knee():
    about = asked(screening=evolve(OPEN, failed_tests=3, hops=2))
    assert screened(about)["ENT-11"].severity == "warning"
    assert ceilings(about)["week-run-m"].at_most == 0
    assert block(about)["failed-tests"].on == START
    assert "failed-tests" not in block(asked(screening=evolve(OPEN, failed_tests=2, hops=2)))
    assert "ENT-11" not in screened(asked(screening=evolve(ALL_TESTS, failed_tests=3)))


def test_after_three_failed_tries_nothing_asks_for_another_one_before_the_knee_was_seen():
    about = asked(screening=evolve(OPEN, failed_tests=3, hops=2))
    message = screened(about)["pre-run"].message
    assert "only after a doctor or physiotherapist has looked at the knee" in message
    assert "2027-01-18" not in message
    again = block(about, 2)["retest"]
    assert again.title == "Readiness tests only after you have been seen"
    assert not any("you get two more weeks" in step.text or "2027-01-18" in step.text for step in again.steps)
    assert "readiness" not in block(asked(knee=Knee(), screening=evolve(OPEN, failed_tests=3)))
    assert "test again on 2027-01-18" in screened(asked(screening=evolve(OPEN, failed_tests=2, hops=2)))["pre-run"].message


def test_after_a_birth_running_waits_for_pelvic_health():
    about = flagged("PREG-02")
    assert ceilings(about)["week-run-m"].source == "PREG-02"
    found = block(about)
    assert found["pelvic-health"].on == START
    assert "readiness" not in found
    assert "retest" not in block(about, 2)


def test_open_tests_are_offered_in_the_first_week_only():
    about = asked(screening=evolve(OPEN, hops=12))
    tests = offers(about)["readiness"]
    assert [step.text[:15] for step in tests.steps] == [f"Test {n} (ENT-0{n})" for n in (3, 4, 5, 7)]
    assert "readiness" not in offers(about, 2)
    assert "readiness" not in offers(asked(knee=PASSED, screening=ALL_TESTS))
    assert "8 min" in screened(about)["ENT-12"].message


def test_check_ins_and_referrals_stand_on_the_last_day_of_their_week():
    about = asked()
    found = {n: offers(about, n) for n in range(1, 21)}
    assert found[1]["baseline"].on == START
    assert [n for n in found if "check-in" in found[n]] == [4, 8, 12, 20]
    assert [n for n in found if "referral" in found[n]] == [6]
    assert all(found[n]["check-in"].on == START + (7 * n - 1) * DAY for n in (4, 8, 12, 20))
    assert all(p.note and p.on for n in found for key, p in found[n].items() if key in ("check-in", "baseline", "referral"))


def test_referral_prompts_grow_firmer():
    about = asked()
    prompts = [offers(about, n)[key].steps[-1].text for n, key in ((6, "referral"), (8, "check-in"), (12, "check-in"))]
    assert prompts[0].startswith("No better than at the start (10 AKPS points, or 2 points of pain)?")
    assert prompts[1].startswith("Still no change")
    assert prompts[2].startswith("Better, but at a standstill")


def test_settings_move_the_check_ins():
    settings = assessment.Settings(check_in_weeks=(1,), referral_weeks=(2,), akps_change=8, pain_change=3)
    first = offers(asked(), 1, settings)
    assert "baseline" not in first
    assert "8 points more" in first["check-in"].steps[0].text
    assert "3 points less" in first["check-in"].steps[1].text
    assert "referral" in offers(asked(), 2, settings)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"knee": evolve(KNEE, weeks_of_pain=53)}, "OUT-09"),
        ({"knee": evolve(KNEE, side="both")}, "BOTH-01"),
        ({"birth_year": 1972}, "AGE-03"),
    ],
)
def test_words_of_care(changes, rule):
    assert screened(asked(**changes))[rule].severity == "info"
    assert rule not in screened(asked(knee=evolve(KNEE, weeks_of_pain=52), birth_year=1973))


def texts(value):
    """Every piece of text in a table."""
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from texts(inner)


@pytest.mark.parametrize("name", ["assessment", "red-flags"])
def test_words_for_athletes(name):
    found = [text for text in texts(content(name)) if BANNED.search(text)]
    assert found == []


def test_every_placeholder_is_filled():
    abouts = [asked(), flagged("PREG-02"), asked(knee=Knee(), screening=Screening()), asked(screening=evolve(OPEN, failed_tests=3, hops=1))]
    for about in abouts:
        said = [f.message for f in assessment.planner_screening(about, SETTINGS)]
        for number in range(1, 13):
            for p in assessment.planner_sessions(about, week(number, stage="pre-run"), SETTINGS):
                said += [p.title, p.details, *(s.text for s in p.steps), *(w.text for w in p.why)]
        assert [text for text in said if "{" in text] == []


def test_every_week_names_its_sources():
    known = {"RED", "ENT", "OUT", "SITE", "PREG"}
    for number in range(1, 13):
        for p in assessment.planner_sessions(asked(knee=Knee()), week(number), SETTINGS):
            assert p.why
            assert {w.source.split("-")[0] for w in p.why} <= known


def test_the_safety_questions_list_each_sign_once_by_urgency():
    listed = readiness.questions()
    for flag in screening.flags().values():
        asked_elsewhere = flag.id == "RED-09" or flag.id.startswith("SITE-")
        assert listed.count(f"- {flag.id}: ") == (0 if asked_elsewhere else 1), flag.id
    assert listed.index("Now:") < listed.index("Today:") < listed.index("Within days:") < listed.index("Within two weeks:")


def test_a_check_in_says_which_weeks_are_a_trials_and_calls_no_change_chance():
    (why,) = offers(asked(), 12)["check-in"].why
    assert why.source == "OUT-06"
    assert "One trial looked again after 4, 8 and 20 weeks; other weeks are our own choice." in why.text
    assert "chance" not in why.text
