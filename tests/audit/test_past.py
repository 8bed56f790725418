"""Past runs count for no more than the laws allowed them on their dates, whatever the plan claims."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from attrs import evolve

from planner.audit import audit
from planner.model import Paces
from tests.audit_plans import SOUND_PAST, make, past, run

if TYPE_CHECKING:
    from planner.model import Done, Plan


def said(plan: Plan) -> list[tuple[str, str]]:
    """Where what was run counts for too much, and how much against what."""
    found = [f for f in audit(plan) if "what was run counts as" in f.message]
    assert {(f.rule, f.severity) for f in found} <= {("sums", "error")}
    return [(f.where, f.message.removeprefix("what was run counts as ").removesuffix(" m. Count again.")) for f in found]


def ran(day: int, run_m: int, allowed_m: int | None = None) -> Done:
    return past(day, run_m, run_m, allowed_m=allowed_m)


@pytest.mark.parametrize(("counts", "found"), [(2200, []), (2201, [("2027-01-04", "2201 m; the laws allowed 2200")])])
def test_a_run_counts_for_no_more_than_the_longest_before_it_grown(counts: int, found: list[tuple[str, str]]) -> None:
    assert said(make([run(0, 2000)], history=(*SOUND_PAST, ran(0, 5000, counts)), ahead=1)) == found
    assert said(make([run(0, 2000)], history=(*SOUND_PAST, ran(0, counts, 5000)), ahead=1)) == found
    assert said(make([run(0, 2000)], history=(*SOUND_PAST, ran(0, counts)), ahead=1)) == found


def test_what_is_not_past_yet_and_what_lies_before_the_plan_is_not_asked() -> None:
    assert said(make([run(0, 2000)], history=(*SOUND_PAST, ran(0, 5000)), ahead=0)) == []
    assert said(make([run(0, 2000)], history=(*SOUND_PAST, ran(-1, 9000)), ahead=7)) == []


@pytest.mark.parametrize(
    ("last", "measure", "found"),
    [
        (2200, "running", []),
        (2201, "running", [("week 1", "6601 m; the laws allowed 6600")]),
        (2201, "on-foot", []),
    ],
)
def test_a_week_counts_for_no_more_than_the_one_before_grown(last: int, measure: str, found: list[tuple[str, str]]) -> None:
    before = (past(-8, 500), past(-7, 2000), past(-5, 2000), past(-1, 2000))
    done = (ran(0, 2200, 2200), ran(2, 2200, 2200), ran(6, last, last))
    assert said(make([run(0, 2000)], history=(*before, *done), ahead=7, measure=measure)) == found


def test_growth_is_the_readings_and_never_above_a_tenth() -> None:
    for growth, most in ((Fraction(1, 20), 2100), (Fraction(1, 5), 2200), (Fraction(-1), 2000)):
        found = said(make([run(0, 2000)], history=(*SOUND_PAST, ran(0, 2201)), ahead=1, growth=growth))
        assert found == [("2027-01-04", f"2201 m; the laws allowed {most}")]


@pytest.mark.parametrize("pace", [400, 1000, 2000])
def test_an_opening_has_its_dose(pace: int) -> None:
    paces, dose = Paces(run=pace, walk=pace), 600_000 // pace
    sizes = (dose, dose, dose)
    sound = make([], weeks=1, history=[ran(2 * n, m) for n, m in enumerate(sizes)], decisions={1: "entry"}, ahead=7, paces=paces)
    assert said(sound) == []
    longer = make([], weeks=1, history=[ran(0, dose + 1)], decisions={1: "entry"}, ahead=7, paces=paces)
    assert said(longer) == [("2027-01-04", f"{dose + 1} m; the laws allowed {dose}")]
    four = make([], weeks=1, history=[ran(2 * n, m) for n, m in enumerate((*sizes, 1))], decisions={1: "entry"}, ahead=7, paces=paces)
    assert said(four) == [("week 1", f"{3 * dose + 1} m; the laws allowed {3 * dose}")]


def test_a_week_that_is_held_back_has_no_opening() -> None:
    held = make([], weeks=1, history=[past(-29, 300), ran(0, 300, 1)], decisions={1: "hold"}, ahead=7)
    assert said(held) == [("2027-01-04", "1 m; the laws allowed 0"), ("week 1", "1 m; the laws allowed 0")]
    assert said(make([], weeks=1, history=[ran(0, 300, 0)], decisions={1: "hold"}, ahead=7)) == []


@pytest.mark.parametrize(("more", "found"), [(0, []), (1, [("week 1", "4801 m; the laws allowed 4800")])])
def test_after_time_off_a_week_counts_for_its_share(more: int, found: list[tuple[str, str]]) -> None:
    before = tuple(past(day, 2000) for day in (-17, -16, -12, -10))
    done = (ran(0, 1760), ran(2, 1760), ran(4, 1280 + more))
    assert said(make([], weeks=1, history=(*before, *done), ahead=7)) == found
    longer = (ran(0, 1761), ran(2, 1760), ran(4, 1279))
    assert said(make([], weeks=1, history=(*before, *longer), ahead=7)) == [("2027-01-04", "1761 m; the laws allowed 1760")]


@pytest.mark.parametrize(
    ("before", "sizes", "most"),
    [
        ((-5, -3), (1600, 1600, 1200), 4400),  # 8,000 m to the last run, at 4/5; 4,000 m in the week before, grown
        ((-7, -6), (1600, 1599, 1), 3200),  # 4,000 m to the last run, at 4/5
    ],
)
def test_after_a_gap_within_two_weeks_the_tighter_of_two_laws_counts(before: tuple[int, ...], sizes: tuple[int, ...], most: int) -> None:
    history = (*(ran(day, 2000) for day in (*before, 0, 1)), *(ran(day, m) for day, m in zip((9, 11), sizes, strict=False)))
    assert said(make([], weeks=2, history=(*history, ran(13, sizes[2])), ahead=14)) == []
    over = make([], weeks=2, history=(*history, ran(13, sizes[2] + 1)), ahead=14)
    assert said(over) == [("week 2", f"{most + 1} m; the laws allowed {most}")]


def test_missed_runs_give_back_the_best_of_three_weeks() -> None:
    first, missed = (ran(0, 2000),), (evolve(run(2, 2000), status="missed"),)
    done = (ran(7, 2000), ran(9, 2000), ran(11, 2000))
    assert said(make(missed, weeks=2, history=(*SOUND_PAST, *first, *done), ahead=14)) == []
    assert said(make(missed, weeks=2, history=(*SOUND_PAST, *first, *done), ahead=14, missed="strict")) == [
        ("week 2", "6000 m; the laws allowed 2200")
    ]
    over = (*done[:2], ran(11, 2001))
    assert said(make(missed, weeks=2, history=(*SOUND_PAST, *first, *over), ahead=14)) == [("week 2", "6001 m; the laws allowed 6000")]
