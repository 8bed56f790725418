"""Footwear: when the plan mentions a pair, by distance, by age and every few weeks."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest
from helpers import START, week
from shoes import LONG_MEDIUM_SHORT, asked, noted, notes, pair, season, worn_by

from planner.model import DAY
from planner_pillars.footwear import days_left, months_between, months_later, planner_findings


@pytest.mark.parametrize(
    ("used", "limit", "week_km", "share", "days"),
    [
        (400, 640, 15, Fraction(1), 112),
        (400, 640, 15, Fraction(3, 5), 186),
        (640, 640, 15, Fraction(1), 0),
        (700, 640, 15, Fraction(1), 0),
        (400, 640, 0, Fraction(1), None),
        (400, 640, 15, Fraction(0), None),
    ],
)
def test_days_left_are_those_of_the_check_vectors(used, limit, week_km, share, days):
    assert days_left(used * 1000, limit * 1000, week_km * 1000, share) == days


def test_warn_due_and_overdue_come_once_each_on_the_day_that_the_distance_is_reached():
    said = season(pair(used=470), weeks=26, inspect_every_weeks=0, fitting=False)
    found = notes(said)
    assert [k for _, k, _ in found] == ["warn-1", "due-1", "overdue-1"]
    why = next(p for p in said[0] if p.note).why[0]
    assert (why.source, "weak evidence" in why.text, "480 km and 800 km" in why.text) == ("SHOE-01", True, True)
    number, _, on = found[0]
    assert number == 1
    assert on == START + timedelta(days=7 * 10_000 // 15_750)
    number, _, on = found[1]
    at = 470_000 + (number - 1) * 14_250
    assert at < 640_000 <= at + 14_250
    assert on == START + timedelta(days=7 * (number - 1) + 7 * (640_000 - at) // 14_250)
    assert found[2][0] > number


def test_marks_follow_the_pair_s_own_limit_and_the_settings():
    def first(shoe, **settings):
        return [k for _, k, _ in notes(season(shoe, weeks=1, fitting=False, **settings))]

    assert first(pair(used=460)) == []
    assert first(pair(used=480)) == ["warn-1"]
    assert first(pair(used=639)) == ["due-1"]
    assert first(pair(used=780)) == ["due-1"]
    assert first(pair(used=800)) == ["overdue-1"]
    assert first(pair(used=300, limit_km=Decimal(400))) == ["warn-1"]
    assert first(pair(used=480), warn_percent=90) == []
    assert first(pair(used=700), overdue_percent=100) == ["overdue-1"]


def test_a_pair_that_is_due_rests_where_there_is_another():
    assert worn_by(asked(pair("blue", 650), pair("red", 200))) == {"pair-2": (1, 2, 3)}
    assert worn_by(asked(pair("blue", 650))) == {"pair-1": (1, 2, 3)}


def test_a_pair_that_is_due_goes_on_while_the_only_other_one_is_new_until_it_is_overdue():
    due = [worn_by(proposals) for proposals in season(pair("blue", 640), pair("red"), weeks=3)]
    assert [worn.get("pair-2", ()) for worn in due[:2]] == [(2,), (2, 3)], "a new pair comes in over two weeks, on shorter runs"
    assert [1 in worn.get("pair-1", ()) for worn in due] == [True, True, False]
    assert due[2] == {"pair-2": (1, 2, 3)}, "the new pair is run in, so the one that is due rests"
    assert worn_by(asked(pair("blue", 800), pair("red"))) == {"pair-2": (1, 2, 3)}, "nobody runs in a pair that is overdue"
    assert worn_by(asked(pair("blue", 799), pair("red"), pair("green", 100))) == {"pair-2": (2,), "pair-3": (1, 3)}


def test_a_pair_that_is_overdue_rests_while_another_is_only_due():
    assert worn_by(asked(pair("A", 800), pair("B", 650), pair("C", 700)))["pair-2"]
    assert "pair-1" not in worn_by(asked(pair("A", 800), pair("B", 650), pair("C", 700)))
    assert worn_by(asked(pair("A", 800), pair("B", 650))) == {"pair-2": (1, 2, 3)}
    assert set(worn_by(asked(pair("A", 800), pair("B", 900)))) == {"pair-1", "pair-2"}, "there is no other"


def test_the_shoes_are_looked_at_every_four_weeks_of_running():
    found = [(n, on) for n, k, on in notes(season(pair(used=100), weeks=13)) if k == "inspection"]
    assert found == [(n, START + 7 * (n - 1) * DAY) for n in (5, 9, 13)]
    said = season(pair(used=100), weeks=5)
    inspection = next(p for p in said[4] if p.key == "inspection")
    assert "blue: about 157 km of 640 km, due in about 33 weeks if you go on like this week." in inspection.details
    assert [n for n, k, _ in notes(season(pair(), weeks=7, inspect_every_weeks=2)) if k == "inspection"] == [3, 5, 7]
    assert all(k != "inspection" for _, k, _ in notes(season(pair(), weeks=9, inspect_every_weeks=0)))
    assert asked(pair(used=100), view=week(9, stage="pre-run")) == []


def test_age_is_a_soft_reminder_once():
    since = date(2026, 7, 20)
    found = [(k, on) for _, k, on in notes(season(pair(used=100, since=since), weeks=6)) if k.startswith("age")]
    assert found == [("age-1", date(2027, 1, 20))]
    long_ago = [on for _, k, on in notes(season(pair(used=100, since=date(2025, 1, 1)), weeks=6)) if k.startswith("age")]
    assert long_ago == [START]
    none = season(pair(used=100, since=since), weeks=6, age_months=0) + season(pair(used=900, since=since), weeks=6)
    assert not any(k.startswith("age") for _, k, _ in notes(none))


def test_a_pair_is_as_old_as_it_is_when_the_reminder_comes():
    (found,) = [p for p in asked(pair(used=100, since=date(2024, 6, 1)), view=week(1)) if p.key == "age-1"]
    assert found.title == "Shoes: blue is 31 months old"
    six = season(pair(used=100, since=date(2026, 7, 20)), weeks=3)[2]
    assert [p.title for p in six if p.key == "age-1"] == ["Shoes: blue is 6 months old"]


def test_a_mark_and_the_runs_of_its_week_do_not_contradict_each_other():
    (run_in, mark) = asked(pair(used=632, limit_km=Decimal(640)), view=week(3, runs=LONG_MEDIUM_SHORT))
    assert run_in.steps[0].text == "Shoes: blue (about 632 km of 640 km before this week)"
    assert mark.details.startswith("blue reaches about 640 km this week, walks included")
    texts = [p.title + p.details + "".join(step.text for step in p.steps) for p in asked(pair(used=Decimal("475.5")), view=week(3))]
    assert texts
    assert not any(re.search(r"\d[.,]\d+ km", text) for text in texts)


def test_months_between_are_whole():
    assert months_between(date(2026, 7, 20), date(2027, 1, 19)) == 5
    assert months_between(date(2026, 7, 20), date(2027, 1, 20)) == 6
    assert months_between(date(2026, 8, 31), date(2027, 2, 28)) == 6


def test_months_later_is_the_same_day_or_the_month_s_last():
    assert months_later(date(2026, 7, 20), 6) == date(2027, 1, 20)
    assert months_later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert months_later(date(2026, 12, 31), 12) == date(2027, 12, 31)


def test_a_pair_that_comes_due_within_the_plan_is_a_finding_with_its_date():
    due = [noted(1, p) for p in asked(pair(used=639), view=week(1)) if p.note]
    (finding,) = planner_findings(SimpleNamespace(sessions=due))
    assert finding.rule == "shoes-due"
    assert finding.severity == "info"
    assert finding.where == "2027-01-04"
    assert "blue is due (640 km)" in finding.message
    assert finding.source == "SHOE-01"
    warned = [noted(1, p) for p in asked(pair(used=500), view=week(1)) if p.note]
    assert planner_findings(SimpleNamespace(sessions=warned)) == []
