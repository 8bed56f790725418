"""Footwear: which pair for which run, its distance so far, and when the plan mentions it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from attrs import evolve
from helpers import START, past_week, run, week
from shoes import LONG_MEDIUM_SHORT, asked, event, notes, pair, ran, season, worn_by

from planner.errors import InputError
from planner.host import Host
from planner.model import DAY
from planner.settings import structure
from planner.steps import Step
from planner_pillars import footwear
from planner_pillars.footwear import Settings
from planner_pillars.wear import worn


def test_the_only_pair_is_named_on_every_run_with_how_far_it_has_come():
    (named,) = asked(pair(used=380))
    assert named.attach.where == "before"
    assert named.attach.tag == "run"
    assert named.attach.ordinals == (1, 2, 3)
    assert named.steps == (Step(kind="note", text="Shoes: blue (about 380 km of 640 km before this week)"),)
    assert [w.source for w in named.why] == ["SHOE-05"]


def test_miles_are_shown_to_who_thinks_in_miles():
    (named,) = asked(pair(used=400), units="mi")
    assert named.steps[0].text == "Shoes: blue (about 248 mi of 397 mi before this week)"
    warn = next(p for p in asked(pair(used=500), units="mi") if p.note)
    assert "310 mi" in warn.title
    assert "300 mi and 500 mi" in warn.why[0].text
    due = next(p for p in asked(pair(used=650), units="mi") if p.note)
    assert "used_mi = 0" in due.details


def test_kilometres_count_running_and_the_walks_before_and_after_it():
    session = ran(week(1), run(1, run_s=2000))
    assert worn(session, 600) == (0, 5000 + 1000)
    drilled = evolve(session, steps=(*session.steps, Step(kind="warm-up", seconds=360, text="leg swings")))
    assert worn(drilled, 600) == (0, 6000)
    walked = evolve(session, run_s=0, run_m=0, foot_m=3000, walk_s=1800)
    assert worn(walked, 600) == (0, 3000)
    said = season(pair(used=100), weeks=3)
    weekly = 11.25 + 3
    texts = [next(p for p in proposals if p.attach).steps[0].text for proposals in said]
    assert texts == [f"Shoes: blue (about {int(100 + n * weekly)} km of 640 km before this week)" for n in range(3)]


def test_walks_on_other_days_count_for_the_first_pair():
    walk = event("cross_training", "walk", START, steps=(Step(kind="walk", seconds=1800),), walk_s=1800, foot_m=3000)
    earlier = (past_week(1, sessions=(walk,)),)
    first, second = asked(pair("blue", 100), pair("red", 100), view=week(2, runs=LONG_MEDIUM_SHORT, earlier=earlier))
    assert "blue (about 103 km" in first.steps[0].text
    assert "red (about 100 km" in second.steps[0].text


def test_without_a_pair_the_prompt_asks_for_one_and_runs_stay_as_they_are():
    said = season(weeks=6)
    assert [k for _, k, _ in notes(said)] == ["fitting", "inspection"]
    assert "Add one under [[shoes]]" in said[0][0].details
    assert not any(p.attach for proposals in said for p in proposals)


def test_one_prompt_about_comfort_and_not_about_foot_type():
    said = season(pair(used=100), weeks=6)
    fitting = [p for proposals in said for p in proposals if p.key == "fitting"]
    assert len(fitting) == 1
    assert fitting[0].on == START
    assert "Comfort decides" in fitting[0].details
    assert "foot type or arch has not been shown to help" in fitting[0].details
    assert "You have one pair" in fitting[0].details
    assert fitting[0].why[0].source == "SHOE-08"
    two = next(p for p in season(pair(), pair("red"), weeks=1)[0] if p.key == "fitting")
    assert "You have one pair" not in two.details
    assert "fitting" not in [p.key for p in season(pair(), weeks=1, fitting=False)[0]]


def test_two_pairs_share_the_kilometres_sixty_to_forty():
    said = season(pair("blue", 200), pair("red", 200), weeks=12)
    metres = {1: 6000, 2: 4750, 3: 3500}
    main = sum(metres[o] for proposals in said for o in worn_by(proposals).get("pair-1", ()))
    assert Fraction(57, 100) <= Fraction(main, 12 * 14250) <= Fraction(63, 100)
    for proposals in said:
        assert sorted(o for ordinals in worn_by(proposals).values() for o in ordinals) == [1, 2, 3]
    assert [w.source for w in said[0][0].why] == ["SHOE-05", "SHOE-03"]


def test_three_pairs_all_get_their_turn_and_the_share_is_a_setting():
    said = season(pair("a", 100), pair("b", 100), pair("c", 100), weeks=6)
    assert {k for proposals in said for k in worn_by(proposals)} == {"pair-1", "pair-2", "pair-3"}
    alone = season(pair("a", 100), pair("b", 100), weeks=4, main_percent=100)
    assert {k for proposals in alone for k in worn_by(proposals)} == {"pair-1"}


def test_a_new_pair_comes_in_over_two_weeks_on_shorter_runs():
    said = season(pair("blue", 300), pair("red", 0), weeks=4)
    red = [worn_by(proposals).get("pair-2", ()) for proposals in said]
    assert all(1 not in ordinals for ordinals in red[:2])
    assert len(red[0]) == 1
    assert 1 <= len(red[1]) <= 2
    assert any(1 in ordinals for ordinals in red[2:])
    named = next(p for p in said[0] if p.key == "pair-2")
    assert named.steps[0].text.startswith("Shoes: red (new,")
    assert "new," not in next(p for p in said[3] if p.key == "pair-2").steps[0].text


def test_a_new_pair_never_meets_a_new_level():
    runs = (run(1, run_s=2000), run(2, run_s=1500, new_level=True), run(3, run_s=1000, new_level=True))
    assert worn_by(asked(pair("blue", 300), pair("red", 5), view=week(1, runs=runs))) == {"pair-1": (1, 2, 3)}
    assert worn_by(asked(pair("red", 5), pair("blue", 300), view=week(1, runs=runs))) == {"pair-2": (1, 2, 3)}


def test_a_new_pair_that_is_the_only_one_is_worn_and_said_to_be_new():
    (named,) = asked(pair("red", 5))
    assert named.attach.ordinals == (1, 2, 3)
    assert "new" in named.steps[0].text
    assert "new" not in asked(pair("red", 5), new_below_km=5)[0].steps[0].text


def test_a_pair_with_a_first_day_to_come_waits_for_it():
    red = pair("red", 0, since=START + 14 * DAY)
    said = season(pair("blue", 300), red, weeks=6)
    assert [("pair-2" in worn_by(p)) for p in said[:3]] == [False, False, True]
    assert len(worn_by(said[2])["pair-2"]) == 1
    assert 1 not in worn_by(said[3])["pair-2"]
    assert worn_by(season(red, weeks=1)[0]) == {"pair-1": (1, 2, 3)}


def test_every_text_is_there_and_filled_in():
    shoes = (pair("blue", 470, since=date(2026, 7, 20)), pair("red", 0))
    for said in (season(*shoes, weeks=30), season(weeks=6), season(pair(used=780), weeks=8)):
        for p in (p for proposals in said for p in proposals):
            words = "|".join([p.title, p.details, *(s.text for s in p.steps), *(w.text for w in p.why)])
            assert "{" not in words
            assert "  " not in words
            assert len(p.details) <= 1200
            assert p.why
            assert all(w.source.startswith("SHOE-") for w in p.why)
            assert all(s.kind == "note" and s.seconds == 0 for s in p.steps)


def test_the_pillar_loads_through_the_front_gate_with_its_settings():
    assert [p.name for p in Host.of(footwear).pillars] == ["footwear"]
    assert structure(Settings, {}, "pillars.footwear") == Settings()
    for wrong in ({"main_percent": 40}, {"overdue_percent": 90}, {"inspect_every_weeks": 13}, {"limit": 1}):
        with pytest.raises(InputError, match=r"^pillars\.footwear\."):
            structure(Settings, wrong, "pillars.footwear")
