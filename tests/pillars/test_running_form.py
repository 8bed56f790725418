"""Running form: the arithmetic of a cadence target, who is offered one, and the text on each run."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from attrs import evolve
from helpers import START, brief, past_week, run, week

from planner.athlete import Running
from planner.errors import InputError
from planner.host import Host
from planner.model import Session
from planner.settings import structure
from planner.steps import RUNNING, Step
from planner_pillars import running_form
from planner_pillars.content import content
from planner_pillars.running_form import Settings, offered, planner_pillar, planner_sessions, target

CONTINUOUS_RUNS = tuple(run(n, run_s=s, longest_stretch_s=s) for n, s in ((1, 1560), (2, 1320), (3, 1080)))


def asked(cadence=None, view=None, **settings):
    """The pillar's answer for an athlete with this cadence."""
    view = view or week(decision="progress")
    return planner_sessions(brief(running=Running(easy_pace=400, cadence=cadence)), view, Settings(**settings))


def lived(proposals, number, runs=3):
    """The week after placement: each run with the notes that were attached to it."""
    sessions = []
    for ordinal in range(1, runs + 1):
        notes = [p.steps for p in proposals if p.attach and ordinal in p.attach.ordinals]
        sessions.append(
            Session(
                week=number,
                pillar="progression",
                key="run",
                ordinal=ordinal,
                date=START + timedelta(days=7 * (number - 1) + 2 * ordinal),
                start=None,
                duration_s=2400,
                title="Walk-run",
                steps=(*(s for note in notes for s in note), Step(kind=RUNNING, seconds=1200)),
                tags=("run",),
                run_s=1200,
            )
        )
    return evolve(past_week(number, sessions=tuple(sessions)), run_s=1200 * runs)


def season(cadence, weeks, runs=3, **settings):
    """What the pillar says week by week to somebody who has been running, each week having seen the ones before."""
    earlier, said = (), []
    for number in range(1, weeks + 1):
        view = week(number, earlier=earlier, runs=runs, decision="progress")
        proposals = asked(cadence, view, **settings)
        said.append(proposals)
        earlier = (*earlier, lived(proposals, number))
    return said


def keys(said):
    return [[p.key for p in proposals] for proposals in said]


def text_of(proposal):
    return proposal.steps[0].text


@pytest.mark.parametrize(
    ("own", "targets"), [(160, (168, 172, 176)), (165, (173, 177, 181)), (150, (157, 161, 165)), (240, (252, 258, 264))]
)
def test_targets_are_those_of_the_check_vectors(own, targets):
    assert tuple(target(own, rise) for rise in running_form.RISES) == targets


def test_a_target_is_at_least_four_more_and_never_above_ten_percent_more():
    for own in range(100, 241):
        steps = [target(own, rise) for rise in (25, *running_form.RISES)]
        assert own + 4 <= min(steps)
        assert 10 * max(steps) <= 11 * own
        assert steps == sorted(steps)


@pytest.mark.parametrize(
    ("own", "settings", "answer"),
    [
        (170, {}, True),
        (171, {}, False),
        (171, {"cadence_work": "yes"}, True),
        (179, {"cadence_work": "yes"}, True),
        (180, {"cadence_work": "yes"}, False),
        (150, {"cadence_work": "no"}, False),
        (150, {"calf_history": True}, False),
        (150, {"calf_history": True, "cadence_work": "yes"}, False),
    ],
)
def test_a_quicker_step_is_offered_by_form_03(own, settings, answer):
    assert offered(own, Settings(**settings)) is answer


def test_unknown_cadence_is_measured_first_with_the_whole_protocol():
    first, second, *_ = season(None, 3)
    assert [p.key for p in first] == ["measure"]
    measure = first[0]
    assert measure.attach.where == "before"
    assert measure.attach.tag == "run"
    assert measure.attach.ordinals == (1,)
    words = text_of(measure) + measure.details
    for part in ("first 5 minutes", "both feet", "30 seconds", "double", "Three counts", "average", "One foot for 60 seconds", "strides"):
        assert part in words
    assert "`cadence` under [running]" in words
    assert measure.why[0].source == "FORM-04"
    assert [p.key for p in second] == ["cue-under"]


def test_measuring_waits_for_five_minutes_of_running_in_stretches_that_can_be_counted():
    short = tuple(run(n, run_s=240) for n in (1, 2, 3))
    choppy = tuple(run(n, run_s=900, longest_stretch_s=30) for n in (1, 2, 3))
    assert asked(None, week(runs=short, decision="progress")) == []
    assert asked(None, week(runs=choppy, decision="progress")) == []
    enough = (run(1, run_s=300, longest_stretch_s=60), run(2, run_s=240))
    assert keys([asked(None, week(runs=enough, decision="progress"))]) == [["measure"]]


def test_a_first_week_back_from_nothing_holds_a_count_at_most():
    assert keys([asked(None, week(decision="entry"))]) == [["measure"]]
    assert asked(160, week(decision="entry")) == []
    assert keys([asked(174, week(decision="entry"))]) == [["ask"]]


def test_nothing_stands_on_the_run_of_a_new_level():
    runs = (run(1, new_level=True), run(2), run(3, new_level=True))
    for cadence in (None, 160, 185):
        assert {p.attach.ordinals for p in asked(cadence, week(runs=runs, decision="progress"))} == {(2,)}
    everywhere_new = tuple(run(n, new_level=True) for n in (1, 2, 3))
    assert asked(160, week(runs=everywhere_new, decision="progress")) == []
    twins = (run(1), run(1, key="other", new_level=True))
    assert asked(160, week(runs=twins, decision="progress")) == []


def test_targets_rise_by_two_weeks_each_and_then_make_room_for_cues():
    said = season(160, 12)
    assert keys(said)[:4] == [["cadence"]] * 4
    assert keys(said)[4] == ["recheck"]
    assert keys(said)[5:8] == [["cadence"], ["cadence"], ["cue-under"]]
    assert keys(said)[8] == ["recheck"]
    assert keys(said)[9:] == [["cue-under"], ["cue-tall"], ["cue-tall"]]
    titles = [p.title for proposals in said for p in proposals if p.key == "cadence"]
    assert titles == ["Cadence 168", "Cadence 168", "Cadence 172", "Cadence 172", "Cadence 176", "Cadence 176"]


def test_a_target_names_everything_that_a_runner_needs():
    (cadence,) = asked(165)
    assert text_of(cadence).startswith("Cadence today: 173 steps a minute (5 % above your 165)")
    assert "to 86" in cadence.details
    assert "go back to 169" in cadence.details
    assert "heel or forefoot, stays as it is" in cadence.details
    (force, pain) = cadence.why
    assert (force.source, "14 % less peak force" in force.text) == ("FORM-02", True)
    assert (pain.source, "very limited" in pain.text) == ("FORM-12", True)
    assert cadence.attach.ordinals == (2, 3)


def test_the_rise_stops_where_the_athlete_wants():
    titles = [p.title for said in season(160, 8, most_percent=Decimal("7.5")) for p in said if p.key == "cadence"]
    assert titles == ["Cadence 168", "Cadence 168", "Cadence 172", "Cadence 172"]


def test_between_171_and_179_the_plan_asks_once_and_changes_nothing():
    said = season(174, 5)
    assert keys(said)[0] == ["ask", "cue-under"]
    assert all("ask" not in k and "cadence" not in k and "recheck" not in k for k in keys(said)[1:])
    ask = said[0][0]
    assert ask.note
    assert ask.on == START
    assert 'cadence_work = "yes"' in ask.details
    assert keys([asked(174, None, cadence_work="yes")]) == [["cadence"]]
    assert keys([asked(174, None, cadence_work="no")]) == [["cue-under"]]
    new = tuple(run(n, new_level=True) for n in (1, 2, 3))
    assert keys([asked(174, week(runs=new, decision="progress"))]) == [["ask"]]


def test_from_180_on_there_are_cues_only():
    assert {k for ks in keys(season(180, 8)) for k in ks} == {"cue-under", "cue-tall", "cue-knees"}


def test_a_calf_history_leaves_out_cadence_and_whatever_changes_the_step_and_says_why():
    for cadence in (None, 150, 174):
        said = season(cadence, 10, calf_history=True)
        assert {k for ks in keys(said) for k in ks} == {"cue-tall", "cue-knees"}
        assert all("calf" in p.details for proposals in said for p in proposals)


def test_the_recheck_comes_four_weeks_after_the_last_count():
    unknown = keys(season(None, 10))
    assert [n for n, k in enumerate(unknown, 1) if k in (["measure"], ["recheck"])] == [1, 5, 9]
    assert [n for n, k in enumerate(keys(season(160, 10, recheck_weeks=3)), 1) if k == ["recheck"]] == [4, 7, 10]
    assert not any("recheck" in k for k in keys(season(160, 10, recheck_weeks=0)))
    recheck = season(160, 5)[4][0]
    assert "Your first number: 160" in text_of(recheck)
    assert "Leave `cadence` in the athlete file as it is" in recheck.details
    assert recheck.why[0].source == "FORM-07"


def test_one_thing_at_a_time():
    for said in season(160, 12) + season(None, 12) + season(160, 12, runs=CONTINUOUS_RUNS, faded_feedback=True):
        assert sum(p.attach is not None for p in said) <= 1


def test_the_faded_route_follows_the_runs_that_there_are():
    said = season(160, 5, runs=CONTINUOUS_RUNS, faded_feedback=True)
    assert keys(said) == [["faded"], ["faded"], ["faded"], ["cue-under"], ["recheck"]]
    first, second, third = (text_of(p) for (p,) in said[:3])
    assert "session 1 of 8: beat on for the first 15 of 15 min; session 2 of 8: beat on for the first 17 of 17 min" in first
    assert "session 4 of 8: beat on for the first 18 of 18 min" in second
    assert "session 5 of 8: beat on for the first 13 of 18 min; session 6 of 8: beat on for the first 9 of 18 min" in second
    assert "session 7 of 8: beat on for the first 5 of 22 min; session 8 of 8: beat on for the first 2 of 22 min" in third
    assert said[2][0].attach.ordinals == (1, 2)
    assert said[0][0].title == "Faded feedback, cadence 168"
    assert said[0][0].why[0].source == "FORM-08"


def test_the_faded_route_needs_the_setting_and_a_quarter_of_an_hour_without_a_walk():
    almost = tuple(run(n, run_s=1500, longest_stretch_s=899) for n in (1, 2, 3))
    assert keys([asked(160, week(runs=almost, decision="progress"), faded_feedback=True)]) == [["cadence"]]
    assert keys([asked(160, week(runs=CONTINUOUS_RUNS, decision="progress"))]) == [["cadence"]]
    assert keys([asked(175, week(runs=CONTINUOUS_RUNS, decision="progress"), faded_feedback=True)]) == [["ask", "cue-under"]]
    assert keys([asked(160, week(runs=CONTINUOUS_RUNS, decision="progress"), faded_feedback=True, calf_history=True)]) == [["cue-tall"]]


def test_the_table_of_the_faded_route_is_the_published_one():
    table = content("form")["faded"]
    assert table["minutes"] == [15, 17, 19, 21, 24, 26, 28, 30]
    assert table["feedback"] == [100, 100, 100, 100, 75, 50, 25, 10]
    assert 177 <= sum(table["minutes"]) <= 196


@pytest.mark.parametrize("decision", ["regress", "off"])
def test_nothing_is_asked_in_weeks_that_step_back(decision):
    assert asked(160, week(decision=decision)) == []
    assert asked(None, week(stage="pre-run")) == []


def test_the_number_of_runs_with_a_cue_is_a_setting():
    assert asked(160, None, cue_runs=1)[0].attach.ordinals == (3,)
    assert asked(160, None, cue_runs=5)[0].attach.ordinals == (1, 2, 3)
    assert asked(160, None, cue_runs=0) == []


def test_notes_take_no_time_and_hold_no_running():
    for said in season(160, 12) + season(None, 8):
        for proposal in said:
            assert all(step.kind == "note" and step.seconds == 0 for step in proposal.steps)
            assert all(w.source.startswith("FORM-") and w.limit == "content" for w in proposal.why)


def test_every_text_is_there_and_filled_in():
    said = season(160, 12) + season(None, 12) + season(174, 2) + season(160, 4, runs=CONTINUOUS_RUNS, faded_feedback=True)
    for proposal in (p for proposals in said for p in proposals):
        words = " ".join([proposal.title, proposal.details, *(text_of(p) for p in (proposal,) if p.steps)])
        assert "{" not in words
        assert "  " not in words
        assert len(proposal.details) <= 900


@pytest.mark.parametrize("cue", ["under", "tall", "knees"])
def test_every_cue_has_all_its_fields_and_calls_weak_evidence_weak(cue):
    words = content("form")["cues"][cue]
    assert set(words) == {"lead", "title", "step", "details", "why", "steady"}
    assert "weak evidence" in words["why"].lower()


def test_the_same_question_has_the_same_answer():
    assert season(160, 8) == season(160, 8)


def test_the_pillar_loads_through_the_front_gate_with_its_settings():
    host = Host.of(running_form)
    assert [p.name for p in host.pillars] == ["running_form"]
    assert planner_pillar().sources[0] == "FORM-01"
    assert structure(Settings, {}, "pillars.running_form") == Settings()
    for wrong in ({"most_percent": 11}, {"cadence_work": "maybe"}, {"recheck_weeks": 13}, {"faded": True}):
        with pytest.raises(InputError, match=r"^pillars\.running_form\."):
            structure(Settings, wrong, "pillars.running_form")


def test_targets_never_step_down_within_a_season():
    numbers = [int(p.title.split()[1]) for said in season(160, 12) for p in said if p.key == "cadence"]
    assert all(a <= b for a, b in pairwise(numbers))
