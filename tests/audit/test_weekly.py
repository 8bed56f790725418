"""Law 1: a week against the week before, running and on foot."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from planner.audit import audit
from planner.language import use_language
from planner.model import Paces, Plan
from tests.audit_plans import FIVE_PERCENT, SOUND_PAST, breaks, broken, make, on, only, past, run, tightest


def thirds(first: int, total: int, walk_s: int = 0) -> list:
    """Three runs from day `first` that hold `total` metres together."""
    third = total // 3
    return [run(first, third, walk_s), run(first + 2, third, walk_s), run(first + 4, total - 2 * third, walk_s)]


def test_ten_percent_more_is_within_the_limit_and_a_metre_more_is_not() -> None:
    assert audit(make(thirds(0, 6600))) == ()
    finding = only(make(thirds(0, 6601), measure="on-foot"), "law-1")
    assert (finding.severity, finding.where, finding.margin_m, finding.source) == ("error", "week 1", -1, "PROG-01")
    assert finding.message == (
        "6601 m on foot; law 1 allows at most 6600 m: 10% more than the 6000 m of the seven dates before it. Make the week shorter."
    )


def test_both_measures_are_held_when_running_counts() -> None:
    messages = [f.message for f in audit(make(thirds(0, 6601))) if f.rule == "law-1"]
    assert [m.split(";")[0] for m in messages] == ["6601 m of running", "6601 m on foot"]


def test_which_of_them_is_told_in_the_language_that_is_spoken() -> None:
    with use_language("de"):
        messages = [f.message for f in audit(make(thirds(0, 6601))) if f.rule == "law-1"]
    assert [m.split(";")[0] for m in messages] == ["6601 m Laufen", "6601 m zu Fuß"]


def test_a_week_grows_from_the_week_before_even_if_that_was_a_small_one() -> None:
    assert not breaks(make([*thirds(0, 6000), *thirds(7, 5000), *thirds(14, 5500)]), "law-1")
    small = make([*thirds(0, 6000), *thirds(7, 5000), *thirds(14, 5501)])
    assert breaks(small, "law-1") == [("week 3", -1), ("week 3", -1)]


@pytest.mark.parametrize(("growth", "most"), [(FIVE_PERCENT, 6300), (Fraction(0), 6000), (Fraction(1, 10), 6600), (Fraction(7, 100), 6420)])
def test_a_smaller_growth_is_held(growth: Fraction, most: int) -> None:
    assert not breaks(make(thirds(0, most), growth=growth), "law-1")
    assert breaks(make(thirds(0, most + 1), growth=growth), "law-1") == [("week 1", -1), ("week 1", -1)]


@pytest.mark.parametrize(
    ("growth", "words"),
    [
        (Fraction(1, 10), "10%"),
        (Fraction(755, 10000), "7.55%"),
        (Fraction(301, 10000), "3.01%"),
        (Fraction(1, 30), "1/30"),
        (Fraction(1, 20000), "1/20000"),
    ],
)
def test_growth_is_said_as_people_write_it(growth: Fraction, words: str) -> None:
    message = only(make(thirds(0, 7000), growth=growth, measure="on-foot"), "law-1").message
    assert f": {words} more than the 6000 m of the seven dates before it." in message


@pytest.mark.parametrize(("growth", "most"), [(Fraction(1, 5), 6600), (Fraction(101, 1000), 6600), (Fraction(-1, 10), 6000)])
def test_growth_out_of_its_range_is_a_break_and_gains_nothing(growth: Fraction, most: int) -> None:
    finding = only(make(thirds(0, most), growth=growth), "law-1")
    assert (finding.where, finding.severity, finding.source) == ("growth", "error", "PROG-01")
    assert finding.message.startswith(f"{growth} is asked for; law 1 allows growth from 0 to 1/10.")
    assert ("week 1", -1) in breaks(make(thirds(0, most + 1), growth=growth), "law-1")


def test_bounds_are_rounded_down() -> None:
    history = (past(-7, 2000), past(-5, 2000), past(-3, 1999))
    assert not breaks(make(thirds(0, 6598), history=history), "law-1")
    assert breaks(make(thirds(0, 6599), history=history), "law-1")


@pytest.mark.parametrize(("day", "counts"), [(-8, False), (-7, True), (-1, True), (0, False), (3, False)])
def test_the_week_before_the_plan_is_its_seven_dates(day: int, counts: bool) -> None:
    plan = make(thirds(0, 6602), history=[*SOUND_PAST, past(day, 100)])
    assert bool(breaks(plan, "law-1")) is not counts


def test_those_seven_dates_hold_on_foot_too_and_the_start_is_none_of_them() -> None:
    known = [past(day, 2000, 3000) for day in (-7, -5, -3)]
    assert tightest(make([run(0, 100, 9000)], history=[past(-8, 100, 900), *known]), "law-1") == ("week 1", 9900, 9100, 800)
    assert audit(make(thirds(0, 6600), history=[*SOUND_PAST, past(0, 100)])) == ()


def test_a_week_is_seven_dates() -> None:
    before_and_after = [*thirds(0, 3000), *thirds(7, 3300)]
    assert tightest(make([*before_and_after, run(6, 301)]), "law-1") == ("week 2", 3631, 3300, 331)
    assert tightest(make([*before_and_after, run(13, 301)]), "law-1") == ("week 2", 3300, 3601, -301)


def test_walking_that_is_known_is_a_reference_on_foot() -> None:
    history = [past(day, 2000, 3000) for day in (-7, -5, -3)]
    assert not breaks(make(thirds(0, 6000, 1300), history=history), "law-1")
    plan = make([*thirds(0, 6000, 1300), run(6, 0, 1)], history=history)
    assert breaks(plan, "law-1") == [("week 1", -1)]
    assert "on foot" in only(plan, "law-1").message


@pytest.mark.parametrize("known", [(None, None, None), (2000, None, 2000), (9000, 9000, None)])
def test_planned_walking_stands_in_where_the_walking_of_the_past_is_partly_unknown(known: tuple[int | None, ...]) -> None:
    history = [past(day, 2000, foot) for day, foot in zip((-7, -5, -3), known, strict=True)]
    assert not breaks(make(thirds(0, 6600, 5000), history=history), "law-1")
    assert tightest(make(thirds(0, 6600, 5000), history=history, measure="on-foot"), "law-1") == ("week 1", 23100, 21600, 1500)
    rising = make(thirds(0, 6601, 100), history=history, measure="on-foot")
    assert tightest(rising, "law-1") == ("week 1", 6930, 6901, 29)


def test_on_foot_lets_the_running_share_rise_and_running_does_not() -> None:
    history = [past(-7, 2000, 4000), past(-4, 2000, 4000)]
    sessions = [run(0, 2000, 600), run(2, 2000, 600), run(4, 2000, 600)]
    assert not breaks(make(sessions, history=history, measure="on-foot"), "law-1")
    assert breaks(make(sessions, history=history), "law-1") == [("week 1", -1600)]


def test_weeks_of_the_plan_are_a_known_reference_on_foot() -> None:
    assert not breaks(make([*thirds(0, 6000, 1000), *thirds(7, 6000, 1300)]), "law-1")
    assert breaks(make([*thirds(0, 6000, 1000), *thirds(7, 6000, 1300), run(13, 0, 1)]), "law-1") == [("week 2", -1)]


def test_walking_alone_is_on_foot_too() -> None:
    assert not breaks(make([run(0, 0, 3000), run(8, 0, 3300)], history=()), "law-1")
    assert breaks(make([run(0, 0, 3000), run(8, 0, 3301)], history=()), "law-1") == [("week 2", -1)]
    assert breaks(make([run(8, 0, 1)], history=()), "law-1") == [("week 2", -1)]
    assert only(make([run(8, 0, 1)], history=()), "law-1").message.startswith("1 m on foot; law 1 allows at most 0 m: ")


def test_a_history_that_knows_its_walking_is_no_stand_in_for_an_empty_week() -> None:
    plan = make([run(0, 0, 1)], history=[past(-8, 2000, 3000)])
    assert not breaks(plan, "law-1")
    assert breaks(make([run(0, 0, 3301)], history=[past(-1, 2000, 3000)]), "law-1") == [("week 1", -1)]


def done(metres: list[tuple[int, int | None]], foot: int | None = None) -> list:
    return [
        past(day, run_m, None if foot is None else run_m + foot, allowed_m=allowed)
        for day, (run_m, allowed) in zip((-7, -5, -3), metres, strict=True)
    ]


@pytest.mark.parametrize(
    ("metres", "counts"),
    [
        ([(4000, 3300), (4000, 3300), (4000, 3300)], 9900),
        ([(4000, 3300), (2600, 3300), (3300, 3300)], 9900),
        ([(2000, 3300), (2000, 3300), (2000, 3300)], 6000),
        ([(4000, None), (4000, 3300), (4000, 3300)], 10600),
        ([(4000, 0), (4000, 4000), (2000, 4000)], 8000),
    ],
)
def test_a_past_week_counts_as_done_but_never_as_more_than_was_allowed(metres: list, counts: int) -> None:
    most = counts * 11 // 10
    assert not breaks(make(thirds(0, most), history=done(metres)), "law-1")
    assert breaks(make(thirds(0, most + 1), history=done(metres)), "law-1") == [("week 1", -1), ("week 1", -1)]


def test_what_was_run_beyond_the_allowed_counts_on_foot_neither() -> None:
    history = done([(4000, 3300)] * 3, foot=1000)
    plan = make([*thirds(0, 9900, 1430)], history=history)
    assert not breaks(plan, "law-1")
    assert breaks(make([*thirds(0, 9900, 1430), run(6, 0, 1)], history=history), "law-1") == [("week 1", -1)]


@pytest.mark.parametrize("status", ["missed", "cancelled"])
def test_what_was_missed_or_cancelled_is_no_reference(status: str) -> None:
    first = thirds(0, 6000)
    first[2] = evolve(first[2], status=status)
    assert not breaks(make([*first, *thirds(7, 4400)]), "law-1")
    assert breaks(make([*first, *thirds(7, 4401)]), "law-1") == [("week 2", -1), ("week 2", -1)]
    assert not breaks(make([*thirds(0, 6000), evolve(run(6, 5000), status=status)]), "law-1")


def test_metres_come_from_the_paces_rounded_down_once_a_session() -> None:
    paces = Paces(run=601, walk=700)
    history = [past(-7, 3000), past(-5, 3000), past(-3, 984)]
    week = [run(0, 1399), run(2, 1399), run(4, 1399)]
    assert [s.run_m for s in make(week, paces=paces).sessions] == [2327, 2327, 2327]
    assert tightest(make(week, paces=paces, history=history, growth=Fraction(0)), "law-1") == ("week 1", 6984, 6981, 3)


def test_later_days_of_history_and_findings_of_the_plan_are_ignored() -> None:
    plan = make(thirds(0, 6601))
    noisy = evolve(plan, findings=audit(plan), history=(*plan.history, past(1, 9000)))
    assert audit(noisy) == audit(plan)


def test_stored_sums_and_ceilings_are_not_trusted() -> None:
    plan = make(thirds(0, 6601))
    week = evolve(plan.weeks[0], run_m=6000, foot_m=6000, ceiling_run_m=9999)
    lying: Plan = evolve(plan, weeks=(week,))
    assert breaks(lying, "law-1") == [("week 1", -1), ("week 1", -1)]
    assert broken(lying) == {"law-1", "law-2", "sums"}


def test_without_weeks_there_is_nothing_to_find() -> None:
    assert audit(make([], weeks=0)) == ()
    assert on(0).isoformat() == "2027-01-04"
