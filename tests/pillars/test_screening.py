"""The safety questions: who is referred first, how urgently, and what lifts it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from assessed import ANSWERED, KEEP, KNEE, RUNS_NOW, SETTINGS, asked, ceilings, flagged, offers, screened, stops
from attrs import evolve
from helpers import START

from planner import Host, InputError, build_plan
from planner.athlete import Clearance, Commitment, Knee, Screening
from planner.model import DAY
from planner.steps import each_step
from planner_pillars import assessment, progression, screening

STOPPING = [f.id for f in screening.flags().values() if f.severity == "stop" and not f.id.startswith(("RED-09", "SITE-06"))]


@pytest.mark.parametrize("flag", STOPPING)
def test_each_stopping_sign_says_what_how_urgently_and_what_to_do(flag):
    found = screened(flagged(flag))[flag]
    entry = screening.flags()[flag]
    assert found.severity == "stop"
    assert entry.sign in found.message
    assert f"{entry.when}: {entry.do}" in found.message
    assert "No running and none of these exercises until you have been seen." in found.message
    assert found.where == "screening.red_flags[1]"


def test_every_answerable_id_of_the_evidence_is_known():
    known = set(screening.flags())
    assert {f"RED-{n:02d}" for n in range(1, 13)} <= known
    assert {f"SITE-{n:02d}" for n in range(1, 8)} <= known
    assert {"RED-09b", "AGE-01", "AGE-02", "AGE-03", "PREG-01", "PREG-02", "HEART-01", "MED-01", "MED-02", "MED-03"} <= known
    assert {"SURG-01", "BOTH-01"} <= known
    for flag in sorted(known):
        assessment.planner_screening(flagged(flag, guardian_ok=True), SETTINGS)


@pytest.mark.parametrize(("given", "near"), [("RED-5", "RED-05"), ("red-01", "RED-01"), ("HEART01", "HEART-01")])
def test_an_unknown_id_names_the_nearest(given, near):
    with pytest.raises(InputError, match=f"`{near}`") as error:
        assessment.planner_screening(flagged("RED-04", given), SETTINGS)
    assert error.value.where == "screening.red_flags[2]"


def test_an_unknown_id_in_a_clearance_is_refused_too():
    clearance = Clearance(by="Dr Kim", date=ANSWERED, for_=("knee",))
    with pytest.raises(InputError, match=r"clearance\.for\[1\]"):
        assessment.planner_screening(asked(clearance=clearance), SETTINGS)


@pytest.mark.parametrize(
    ("flags", "stopped"),
    [
        (("RED-09",), True),
        (("RED-09-spot",), True),
        (("RED-09b",), False),
        (("RED-09b", "RED-09-worse"), False),
        (("RED-09b", "RED-09-worse", "RED-09-night"), True),
        (("RED-09b", "RED-09-past", "RED-09-periods"), True),
        (("RED-09-past", "RED-09-periods"), False),
        (("RED-09-worse", "RED-09-past"), True),
        (("RED-09-night",), False),
        (("RED-09b", "RED-09-low-energy"), False),
    ],
)
def test_a_hop_that_hurts_counts_only_in_company(flags, stopped):
    assert stops(flagged(*flags)) == ({"RED-09"} if stopped else set())


def test_bone_hints_that_do_not_stop_are_told():
    found = screened(flagged("RED-09b", "RED-09-night"))
    assert found["RED-09b"].severity == "info"
    assert found["RED-09-night"].severity == "warning"


@pytest.mark.parametrize(
    ("site", "rules"),
    [
        ("below-kneecap", {"SITE-03"}),
        ("joint-line", {"SITE-05"}),
        ("shin-or-thigh", {"RED-09"}),
        ("groin", {"RED-09"}),
        ("kneecap", set()),
        ("outer", set()),
        ("behind", set()),
        ("other", set()),
    ],
)
def test_where_it_hurts_decides(site, rules):
    assert stops(asked(knee=evolve(KNEE, site=site))) == rules


def test_outer_side_runs_only_at_0_to_1_and_is_looked_at_first():
    about = asked(knee=evolve(KNEE, site="outer"))
    assert "0 to 1 of 10" in screened(about)["SITE-02"].message
    first = offers(about)
    assert first["site"].on == START
    assert first["outer-side"].attach is not None
    assert first["outer-side"].attach.tag == "run"
    assert not first["outer-side"].can_drop


@pytest.mark.parametrize("site", ["behind", "other"])
def test_other_places_are_told(site):
    found = screened(asked(knee=evolve(KNEE, site=site)))
    assert {f.severity for f in found.values() if f.where == "knee.site"} == {"warning"}


def test_kneecap_pain_that_nothing_brings_on_is_told():
    assert "SITE-01" in screened(asked(knee=evolve(KNEE, sore_with=("sitting",))))
    assert "you named none" in screened(asked(knee=evolve(KNEE, sore_with=())))["SITE-01"].message
    assert "SITE-01" not in screened(asked())


def test_what_nobody_said_about_soreness_is_open_and_not_none():
    told = screened(asked(knee=evolve(KNEE, sore_with=None)))["SITE-01"]
    assert (told.severity, told.where) == ("warning", "knee.sore_with")
    assert "have not said what makes" in told.message
    assert "named none" not in told.message
    young = screened(asked(birth_year=2010, guardian_ok=True, knee=evolve(KNEE, sore_with=None)))["AGE-02"]
    assert (young.severity, young.where) == ("stop", "knee.sore_with")
    assert "have not said what makes" in young.message


@pytest.mark.parametrize(
    ("born", "changes", "rules"),
    [
        (2012, {"guardian_ok": True}, {"AGE-01"}),
        (2011, {"guardian_ok": True}, {"AGE-01"}),
        (2010, {}, {"AGE-02"}),
        (2010, {"guardian_ok": True}, set()),
        (2009, {}, {"AGE-02"}),
        (2008, {}, set()),
        (2010, {"guardian_ok": True, "knee": evolve(KNEE, site="outer")}, {"AGE-02"}),
        (2010, {"guardian_ok": True, "knee": evolve(KNEE, sore_with=())}, {"AGE-02"}),
        (2010, {"guardian_ok": True, "knee": evolve(KNEE, site="below-kneecap")}, {"AGE-02", "SITE-04"}),
        (2010, {"guardian_ok": True, "knee": evolve(KNEE, site="groin")}, {"AGE-02", "RED-09", "RED-11"}),
        (2010, {"guardian_ok": True, "knee": Knee()}, set()),
    ],
)
def test_young_athletes(born, changes, rules):
    """The year of birth leaves two ages open: the younger one counts."""
    assert stops(asked(birth_year=born, **changes)) == rules


def test_under_18_runs_three_times_a_week_at_most_and_never_on_days_in_a_row():
    young = {"birth_year": 2010, "guardian_ok": True}
    assert ceilings(asked(**young))["runs"].at_most == 3
    assert "runs" not in ceilings(asked(birth_year=1988))
    with pytest.raises(InputError, match=r"template: found .keep-running"):
        assessment.planner_screening(asked(template=KEEP, history=RUNS_NOW, **young), SETTINGS)


def test_a_stop_is_not_hidden_by_the_wrong_programme():
    assert stops(flagged("RED-01", birth_year=2010, guardian_ok=True, template=KEEP)) == {"RED-01"}


def clearance(*flags, on=ANSWERED):
    return Clearance(by="Dr Kim", date=on, for_=flags)


def test_a_clearance_lifts_a_stop():
    about = flagged("RED-05", clearance=clearance("RED-05"))
    assert stops(about) == set()
    assert "Dr Kim" in screened(about)["CLEAR-01"].message


@pytest.mark.parametrize(
    ("flag", "returns"),
    [("RED-05", True), ("HEART-01", True), ("SURG-01", False), ("RED-12", False), ("AGE-01", False), ("AGE-03", False), ("MED-02", False)],
)
def test_only_a_complaint_can_come_back_after_a_clearance(flag, returns):
    message = screened(flagged(flag, clearance=clearance(flag)))["CLEAR-01"].message
    assert ("If it comes back, stop and ask again." in message) is returns
    assert ("If anything gets worse, stop and ask again." in message) is not returns


@pytest.mark.parametrize("flag", ["RED-01", "RED-03", "RED-10"])
def test_a_clearance_never_lifts_an_emergency(flag):
    assert stops(flagged(flag, clearance=clearance(flag))) == {flag}


def test_a_clearance_that_is_older_than_the_answers_or_not_yet_given_lifts_nothing():
    older = flagged("RED-05", clearance=clearance("RED-05", on=ANSWERED - DAY))
    assert "older than the answers" in screened(older)["RED-05"].message
    assert stops(flagged("RED-05", clearance=clearance("RED-05", on=START + DAY))) == {"RED-05"}
    assert stops(flagged("RED-05", clearance=clearance("RED-06"))) == {"RED-05"}
    undated = asked(screening=Screening(red_flags=("RED-05",)), clearance=clearance("RED-05"))
    assert stops(undated) == {"RED-05"}


def test_a_bony_place_is_lifted_by_its_own_id_or_by_red_09_and_not_while_hints_remain():
    knee = evolve(KNEE, site="groin")
    assert stops(asked(knee=knee, clearance=clearance("SITE-06"))) == set()
    assert stops(asked(knee=knee, clearance=clearance("RED-09"))) == set()
    hints = flagged("RED-09-night", "RED-09-worse", knee=knee, clearance=clearance("SITE-06"))
    assert stops(hints) == {"RED-09"}


def texts_of(session):
    return [session.details, *(step.text for step in each_step(session.steps) if step.kind == "note")]


@pytest.mark.parametrize("site", ["outer", "other"])
def test_where_less_pain_is_fine_every_text_of_a_run_and_the_weekly_check_say_so(site):
    about = asked(knee=evolve(KNEE, site=site))
    plan = build_plan(evolve(about, athlete=evolve(about.athlete, weeks=4)), Host.of(assessment, progression))
    runs = [s for s in plan.sessions if s.run_s]
    assert runs
    for session in runs:
        said = "\n".join(texts_of(session))
        for part in (
            "only while pain stays at 0 to 1 of 10",
            "0-1 while running is fine",
            "2-5: walk home",
            "GREEN, knee 0-1",
            "RED, 2 or more",
        ):
            assert part in said
        assert "0-2" not in said
        assert "RED, 3" not in said
    check = next(s for s in plan.sessions if s.key == "weekly-check")
    assert "0-2" not in check.details
    assert "above 2" not in check.details


def test_where_it_hurts_elsewhere_or_a_sign_says_so_a_pain_of_2_is_too_much():
    kneecap, outer, other = (asked(knee=evolve(KNEE, site=site)).athlete for site in ("kneecap", "outer", "other"))
    assert [athlete.most_pain(START) for athlete in (kneecap, outer, other, flagged("SITE-02").athlete)] == [2, 1, 1, 1]


def test_a_clearance_gives_the_usual_limit_back_in_words_and_in_judgement():
    outer = asked(knee=evolve(KNEE, site="outer"), clearance=clearance("SITE-02"))
    other = asked(knee=evolve(KNEE, site="other"), clearance=clearance("SITE-01"))
    assert [about.athlete.most_pain(START) for about in (outer, other)] == [2, 2]
    assert outer.athlete.most_pain(ANSWERED - DAY) == 1, "not before it was given"
    assert not {"outer-side", "other-place"} & {*offers(outer), *offers(other)}


@pytest.mark.parametrize(("year", "runs", "told"), [(2010, 4, True), (2010, 3, False), (1990, 4, False)])
def test_under_18_more_than_three_commitments_a_week_are_told(year, runs, told):
    clubs = tuple(Commitment(name=f"Club {day}", km=Decimal(1), on=day) for day in ("mon", "wed", "fri", "sun")[:runs])
    found = screened(asked(birth_year=year, guardian_ok=True, commitments=clubs))
    assert ("AGE-02" in found) is told
    if told:
        assert "the week from 2027-01-04 has 4 commitments" in found["AGE-02"].message
        ended = tuple(evolve(club, until=START - DAY) for club in clubs)
        assert "AGE-02" not in screened(asked(birth_year=year, guardian_ok=True, commitments=ended))


def test_the_year_of_birth_is_named_only_where_it_is_known():
    assert "year of birth" not in screened(flagged("AGE-02"))["AGE-02"].message
    assert "year of birth" in screened(asked(birth_year=2010))["AGE-02"].message
