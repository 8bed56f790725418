"""Laws 2 and 3: rolling seven-date sums, and one run against the longest of 30 dates."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from planner.audit import audit, margins
from planner.model import Paces
from planner.steps import Group, Step
from tests.audit_plans import FIVE_PERCENT, SOUND_PAST, breaks, make, on, only, past, run, tightest

STEADY = [run(day, 2000) for day in (0, 2, 4, 7, 9, 11)]
SHIFTED = [*STEADY, run(14, 2200), run(16, 2200), run(17, 2200)]


def test_a_shifted_run_is_a_warning_with_its_amount() -> None:
    found = [f for f in audit(make(SHIFTED)) if f.rule == "law-2"]
    assert [(f.severity, f.where, f.margin_m, f.source) for f in found] == [("warning", "2027-01-21", -2000, "")] * 2
    assert found[0].message == (
        "8600 m of running in the seven dates up to this one; law 2 allows at most 6600 m: 10% more than 6000 m, the highest "
        "seven-day total a week earlier. If the jump comes from runs before the plan, there is nothing to do; otherwise make one of these "
        "runs shorter."
    )
    assert breaks(make(SHIFTED), "law-6") == [("2027-01-21", None)]
    assert not breaks(make(SHIFTED), "law-1")


def test_enforced_it_is_an_error() -> None:
    assert {f.severity for f in audit(make(SHIFTED, rolling="enforce")) if f.rule == "law-2"} == {"error"}


def test_on_foot_alone_where_only_that_counts() -> None:
    assert only(make(SHIFTED, measure="on-foot"), "law-2").message.startswith("8600 m on foot")


def test_the_exact_bound_holds_and_a_metre_more_does_not() -> None:
    grown = [*STEADY, run(14, 2200), run(16, 2200), run(18, 2200)]
    assert not breaks(make(grown), "law-2")
    assert tightest(make(grown), "law-2") == ("2027-01-22", 6600, 6600, 0)
    assert breaks(make([*grown[:-1], run(18, 2201)]), "law-2") == [("2027-01-22", -1), ("2027-01-22", -1)]
    assert tightest(make(STEADY, growth=FIVE_PERCENT), "law-2") == ("2027-01-04", 6300, 6000, 300)


def test_a_blocks_eighth_date_is_its_first_to_be_compared() -> None:
    eighth = [past(-7, 3000), past(-2, 3000)]
    assert not breaks(make([run(0, 3600)], history=eighth), "law-2")
    assert breaks(make([run(0, 3601)], history=eighth), "law-2") == [("2027-01-04", -1)]
    seventh = [past(-6, 3000), past(-2, 3000)]
    assert "law-2" not in {m.law for m in margins(make([run(0, 9000)], history=seventh))}


def test_before_a_block_its_first_week_repeats_backwards() -> None:
    history = [past(-7, 1000), past(-5, 1000), past(-2, 1000)]
    assert not breaks(make([run(0, 1300)], history=history), "law-2")
    assert breaks(make([run(0, 1301)], history=history), "law-2") == [("2027-01-04", -1)]


@pytest.mark.parametrize(("big", "reference"), [(-20, 3000), (-19, 7000), (-13, 8000), (-7, 7000)])
def test_the_reference_is_the_best_of_the_seven_dates_that_end_a_week_before(big: int, reference: int) -> None:
    steady = [past(day, 1000) for day in range(-27, 0, 3)]
    plan = make([run(0, 1000)], history=[*steady, past(big, 5000)])
    assert tightest(plan, "law-2") == ("2027-01-04", reference * 11 // 10, 3000, reference * 11 // 10 - 3000)


def test_neighbouring_dates_are_one_place_and_the_worst_of_them() -> None:
    known = [past(day, 2000, 2000) for day in (-7, -5, -3)]
    later = [run(14, 9000), run(16, 3000), run(21, 3000), run(23, 30000)]
    found = breaks(make([*STEADY, *later], history=known), "law-2")
    assert found == [("2027-01-20", -7400), ("2027-01-20", -7400), ("2027-01-27", -17600), ("2027-01-27", -17600)]


def test_a_date_at_the_exact_bound_parts_two_breaks() -> None:
    parted = [*STEADY, run(14, 2001), run(16, 1999), run(18, 2001)]
    assert breaks(make(parted, growth=Fraction(0), measure="on-foot"), "law-2") == [("2027-01-22", -1)]
    known = [past(day, 2000, 2000) for day in (-7, -5, -3)]
    found = breaks(make(parted, history=known, growth=Fraction(0), measure="on-foot"), "law-2")
    assert found == [("2027-01-18", -1), ("2027-01-22", -1)]


@pytest.mark.parametrize(("day", "found"), [(5, []), (4, [("2027-01-08", -2801)]), (3, [("2027-01-07", -2801)])])
def test_dates_without_any_of_the_plans_running_are_not_the_plans_fault(day: int, found: list[tuple[str, int]]) -> None:
    history = [past(-14, 1000), past(-9, 1000), past(-2, 5000)]
    assert breaks(make([run(day, 1)], history=history), "law-2") == found


def test_seven_dates_off_end_a_block_and_six_do_not() -> None:
    six = make([*STEADY, run(18, 9000)])
    assert breaks(six, "law-2") == [("2027-01-22", -2400), ("2027-01-22", -2400)]
    assert not breaks(make([*STEADY, run(19, 9000)]), "law-2")


def test_an_opening_week_begins_anew() -> None:
    history = [past(-9, 100), past(-2, 100)]
    opening = [run(0, 600), run(2, 600), run(4, 600)]
    assert not breaks(make([*opening, run(7, 780)], history=history), "law-2")
    assert breaks(make([*opening, run(7, 781)], history=history), "law-2") == [("2027-01-11", -1), ("2027-01-11", -1)]


@pytest.mark.parametrize(("unknown", "known"), [(-3, True), (-2, False)])
def test_on_foot_needs_every_date_to_be_known(unknown: int, known: bool) -> None:
    history = [past(-7, 2000), past(-5, 2000), past(unknown, 2000)]
    on_foot = [f for f in audit(make(SHIFTED, history=history)) if f.rule == "law-2" and "on foot" in f.message]
    assert bool(on_foot) is known


def test_an_unknown_first_date_of_a_block_is_unknown_too() -> None:
    history = [past(-7, 2000), past(-5, 2000, 2000), past(-3, 2000, 2000)]
    assert "law-2" not in {m.law for m in margins(make(STEADY[:3], history=history, measure="on-foot"))}


def test_a_walk_with_no_known_past_before_the_block_is_no_hindrance() -> None:
    history = [past(-40, 500), *[past(day, 2000, 3000) for day in (-7, -5, -3)]]
    plan = make([run(0, 2000, 1000), run(2, 2000, 1000), run(4, 2000, 1901)], history=history)
    assert breaks(plan, "law-2") == [("2027-01-08", -1)]


@pytest.mark.parametrize(("day", "most"), [(-30, 5500), (-31, 2200)])
def test_a_run_may_be_a_tenth_longer_than_the_longest_of_30_dates(day: int, most: int) -> None:
    history = [past(day, 5000), *SOUND_PAST]
    assert not breaks(make([run(0, most)], history=history), "law-3")
    finding = only(make([run(0, most + 1)], history=history), "law-3")
    assert (finding.severity, finding.where, finding.margin_m, finding.source) == ("error", "2027-01-04", -1, "PROG-05")
    assert f"of running in progression/run#1; law 3 allows at most {most} m: 10% more than {most * 10 // 11} m" in finding.message


def test_it_holds_when_metres_on_foot_count_too() -> None:
    assert breaks(make([run(0, 2201)], measure="on-foot"), "law-3") == [("2027-01-04", -1)]


def test_a_smaller_growth_holds_for_runs() -> None:
    assert tightest(make([run(0, 2000)], growth=FIVE_PERCENT), "law-3") == ("2027-01-04", 2100, 2000, 100)


def test_runs_of_the_plan_count_from_the_next_date_on() -> None:
    assert not breaks(make([run(0, 2200), run(2, 2420)]), "law-3")
    assert breaks(make([run(0, 2200), run(2, 2421)]), "law-3") == [("2027-01-06", -1)]
    assert tightest(make([run(0, 2100), run(1, 2310)]), "law-3") == ("2027-01-05", 2310, 2310, 0)
    assert breaks(make([run(2, 2200), run(2, 2300)]), "law-3") == [("2027-01-06", -100)]


@pytest.mark.parametrize(
    ("record", "most"),
    [
        (past(-3, 2000, longest_m=5000), 5500),
        (past(-3, 5000, longest_m=100), 5500),
        (past(-3, 12000, allowed_m=5500), 6050),
        (past(-3, 5000, allowed_m=12000), 5500),
        (past(-3, 12000, longest_m=13000, allowed_m=5500), 6050),
    ],
)
def test_what_the_longest_run_of_the_past_counts_for(record: object, most: int) -> None:
    history = [past(-7, 2000), past(-5, 2000), record]
    assert tightest(make([run(0, 1)], history=history), "law-3") == ("2027-01-04", most, 1, most - 1)


def test_of_two_runs_on_a_past_date_the_longer_counts_in_either_order() -> None:
    for two in ([past(-3, 2000), past(-3, 900)], [past(-3, 900), past(-3, 2000)]):
        assert tightest(make([run(0, 1)], history=[past(-5, 1800), *two]), "law-3")[1] == 2200


def test_a_longest_run_is_in_no_sum() -> None:
    history = [past(-7, 2000), past(-5, 2000), past(-3, 2000, longest_m=9000)]
    assert tightest(make([run(0, 2000)], history=history), "law-1") == ("week 1", 6600, 2000, 4600)


def test_one_floor_a_session_at_601_seconds_a_kilometre() -> None:
    paces = Paces(run=601, walk=700)
    history = [past(-7, 998), past(-5, 998), past(-3, 998), past(-1, 998)]
    many = Group(repeat=5, steps=(Group(repeat=9, steps=(Step(kind="run", seconds=15, rpe=3), Step(kind="walk", seconds=5))),))
    long = run(2, 0, steps=(many, Step(kind="run", seconds=10, rpe=3)))
    plan = make([run(0, 600), long], paces=paces, history=history)
    assert [(s.run_m, s.foot_m) for s in plan.sessions] == [(998, 998), (1139, 1139 + 321)]
    assert tightest(plan, "law-3") == ("2027-01-06", 1097, 1139, -42)


def test_a_run_outside_the_plans_weeks_is_measured_all_the_same() -> None:
    plan = make(STEADY)
    for day in (-1, 14):
        stray = evolve(plan.weeks[1].sessions[0], date=on(day), ordinal=9, steps=(Step(kind="run", seconds=2201),))
        week = evolve(plan.weeks[1], sessions=(*plan.weeks[1].sessions, stray))
        strayed = evolve(plan, weeks=(plan.weeks[0], week))
        assert breaks(strayed, "law-3") == [(on(day).isoformat(), -1)]


def test_a_run_before_the_plan_has_nothing_to_do_with_its_last_week() -> None:
    plan = make([*STEADY, run(42, 600)])
    assert not breaks(plan, "law-3")
    early = evolve(plan.sessions[0], date=on(-1), steps=(Step(kind="run", seconds=2201),))
    strayed = evolve(plan, weeks=(evolve(plan.weeks[0], sessions=(early, *plan.weeks[0].sessions)), *plan.weeks[1:]))
    assert breaks(strayed, "law-3") == [("2027-01-03", -1)]
