"""Laws 4 and 5: a first week from nothing, and a week after time off."""

from __future__ import annotations

import pytest

from planner.audit import audit, margins
from planner.model import Paces
from tests.audit_plans import SOUND_PAST, breaks, broken, make, on, only, past, run, tightest

OPENING = [run(0, 600), run(2, 600), run(4, 600)]


@pytest.mark.parametrize("history", [(), (past(-40, 9000),), (past(-10, 1000),), (past(-2, 1799),), (past(-29, 9000),)])
def test_from_nothing_ten_minutes_a_run(history: tuple) -> None:
    assert audit(make(OPENING, history=history, decisions={1: "entry"})) == ()
    assert breaks(make([run(0, 601)], history=history), "law-4") == [("2027-01-04", -1)]
    assert tightest(make(OPENING, history=history), "law-4") == ("2027-01-04", 600, 600, 0)


def test_from_nothing_thirty_minutes_a_week() -> None:
    assert not breaks(make([run(0, 450), run(2, 450), run(4, 450), run(6, 450)], history=()), "law-4")
    finding = only(make([run(0, 450), run(2, 450), run(4, 450), run(6, 451)], history=()), "law-4")
    assert (finding.severity, finding.where, finding.margin_m, finding.source) == ("error", "week 1", -1, "ENT-12")
    assert finding.message == "1801 s of running; law 4 allows at most 1800 s: the week starts from nothing. Make the running shorter."


def test_seconds_over_become_metres_over_and_never_none() -> None:
    assert breaks(make([run(0, 601)], history=(), paces=Paces(run=400, walk=700)), "law-4") == [("2027-01-04", -3)]
    assert breaks(make([run(0, 601)], history=(), paces=Paces(run=1500, walk=1500)), "law-4") == [("2027-01-04", -1)]


def test_only_the_first_week_opens() -> None:
    second = [run(7, 660), run(9, 660), run(11, 660)]
    assert audit(make([*OPENING, *second], history=())) == ()
    more = make([*OPENING, run(7, 661), run(9, 660), run(11, 660)], history=())
    assert broken(more) == {"law-1", "law-2", "law-3"}
    assert breaks(more, "law-1") == [("week 2", -1), ("week 2", -1)]


def test_an_opening_week_is_measured_by_its_own_law_alone() -> None:
    plan = make(OPENING, history=[past(-10, 300), past(-3, 300, 400)])
    assert audit(plan) == ()
    assert [m.law for m in margins(plan)] == ["law-4", "law-6", "law-7"]


@pytest.mark.parametrize(
    ("days", "metres", "grows"),
    [
        ((-9, -3), 900, True),
        ((-9, -3), 899, False),
        ((-10, -3), 900, False),
        ((-28, -22), 900, True),
        ((-29, -23), 900, False),
        ((-7, -1), 900, True),
    ],
)
def test_half_an_hour_within_seven_of_28_dates_is_something_to_grow_from(days: tuple[int, int], metres: int, grows: bool) -> None:
    plan = make(OPENING, history=[past(day, metres) for day in days])
    assert ("law-4" in {m.law for m in margins(plan)}) is not grows


def test_that_half_hour_is_exact_at_any_pace() -> None:
    paces = Paces(run=401, walk=700)
    plan = make([run(0, 600)], history=[past(-2, 4488)], paces=paces)
    assert "law-4" in {m.law for m in margins(plan)}
    plan = make([run(0, 600)], history=[past(-2, 4489)], paces=paces)
    assert "law-4" not in {m.law for m in margins(plan)}


def test_a_longest_run_alone_is_nothing_to_grow_from() -> None:
    plan = make([run(0, 601)], history=[past(-2, 500, longest_m=9000)])
    assert breaks(plan, "law-4") == [("2027-01-04", -1)]


def test_running_without_a_gap_after_week_1_never_opens() -> None:
    plan = make([run(0, 300), run(3, 300), run(7, 600)], history=())
    assert breaks(plan, "law-3") == [("2027-01-11", -270)]
    assert not breaks(plan, "law-4")


def test_small_weeks_and_a_week_off_open_again() -> None:
    small = [run(0, 600), run(2, 600), run(4, 599)]
    assert not breaks(make([*small, run(14, 600)], history=()), "law-4")
    assert breaks(make([*small, run(14, 601)], history=()), "law-4") == [("2027-01-18", -1)]
    assert "law-5" not in {m.law for m in margins(make([*small, run(14, 600)], history=()))}
    assert "law-5" in {m.law for m in margins(make([*OPENING, run(14, 600)], history=()))}


def test_four_weeks_off_open_again_whatever_was_before() -> None:
    before = [run(0, 2000), run(2, 2000), run(4, 2000), run(6, 100)]
    assert breaks(make([*before, run(35, 600)]), "law-4") == []
    assert tightest(make([*before, run(35, 601)]), "law-4") == ("2027-02-08", 600, 601, -1)
    half = make([*before, run(28, 100)])
    assert tightest(half, "law-5")[1] == 3050
    assert "law-4" not in {m.law for m in margins(half)}


@pytest.mark.parametrize("decision", ["hold", "regress"])
def test_a_week_decided_hold_or_regress_never_opens(decision: str) -> None:
    for history in ((), (past(-40, 9000),)):
        plan = make(OPENING, history=history, decisions={1: decision})
        assert breaks(plan, "law-4") == [("week 1", -1800)]
        assert "a week decided hold or regress has no opening dose" in only(plan, "law-4").message
        assert broken(plan) == {"law-4"}
    held = make([run(0, 330)], history=[past(-2, 300)], decisions={1: decision})
    assert audit(held) == ()
    assert breaks(make([run(0, 331)], history=[past(-2, 300)], decisions={1: decision}), "law-3") == [("2027-01-04", -1)]
    rested = make([run(0, 264)], history=[past(-10, 300)], decisions={1: decision})
    assert breaks(rested, "law-5") == [("week 1", -24)]


def test_a_week_that_claims_an_opening_must_have_a_right_to_it() -> None:
    assert not breaks(make([run(0, 2000)], decisions={1: "progress"}), "law-4")
    finding = only(make([run(0, 2000)], decisions={1: "entry"}), "law-4")
    assert (finding.where, finding.margin_m) == ("week 1", -2000)
    assert "there is running to grow from, so this is not an opening week" in finding.message
    assert breaks(make([*OPENING, run(14, 600)], history=(), decisions={3: "entry"}), "law-4") == [("week 3", -600)]
    assert not breaks(make([run(0, 2000)], weeks=2, decisions={2: "entry"}), "law-4")


NINE_OFF = (past(-17, 5000), past(-16, 3000), past(-13, 3000), past(-10, 4000))
"""10,000 m in the seven dates to the last run, nine dates off before the start."""


def test_a_week_after_nine_dates_off_holds_four_fifths() -> None:
    history = NINE_OFF[1:]
    week = [run(0, 3520), run(2, 3520), run(4, 960)]
    assert audit(make(week, history=history)) == ()
    finding = only(make([*week[:2], run(4, 961)], history=history), "law-5")
    assert (finding.severity, finding.where, finding.margin_m, finding.source) == ("error", "week 1", -1, "")
    assert finding.message == (
        "8001 m of running; law 5 allows at most 8000 m: 4/5 of the 10000 m in the seven dates up to the last run, after 9 dates off. "
        "Make the week shorter."
    )


def test_the_longest_run_counts_at_the_same_share_in_all_of_that_week() -> None:
    history = NINE_OFF[1:]
    assert breaks(make([run(0, 3521)], history=history), "law-3") == [("2027-01-04", -1)]
    assert breaks(make([run(0, 3520), run(2, 3521)], history=history), "law-3") == [("2027-01-06", -1)]
    assert tightest(make([run(0, 100), run(2, 3520)], history=history), "law-3") == ("2027-01-06", 3520, 3520, 0)
    assert "10% more than 3200 m, what the longest" in only(make([run(0, 3521)], history=history), "law-3").message


@pytest.mark.parametrize(("day", "most"), [(-30, 7920), (-31, 3520)])
def test_that_longest_run_is_of_30_dates_too(day: int, most: int) -> None:
    history = [past(day, 9000), *NINE_OFF[1:]]
    assert breaks(make([run(0, most), run(2, most + 1)], history=history), "law-3") == [("2027-01-06", -1)]
    assert breaks(make([run(0, most + 1)], history=history), "law-3") == [("2027-01-04", -1)]


def test_the_week_after_grows_from_the_reduced_week() -> None:
    reduced = [run(0, 3000), run(2, 3000), run(4, 2000)]
    assert not breaks(make([*reduced, run(7, 4400), run(9, 4400)], history=NINE_OFF[1:]), "law-1")
    assert not breaks(make([*reduced, run(7, 4400)], history=NINE_OFF[1:]), "law-3")
    assert breaks(make([*reduced, run(7, 4401), run(9, 4400)], history=NINE_OFF[1:]), "law-1") == [("week 2", -1)] * 2


def test_the_sum_is_of_seven_dates_to_the_last_run() -> None:
    assert tightest(make([run(0, 100)], history=NINE_OFF), "law-5") == ("week 1", 8000, 100, 7900)


@pytest.mark.parametrize(
    ("gap", "most", "longest"),
    [(7, 8000, 3520), (13, 8000, 3520), (14, 6000, 2640), (20, 6000, 2640), (21, 5000, 2200), (27, 5000, 2200)],
)
def test_shares_by_the_length_of_the_gap(gap: int, most: int, longest: int) -> None:
    last = -gap - 1
    history = [past(last - 6, 3000), past(last - 3, 3000), past(last, 4000)]
    plan = make([run(0, 100)], history=history)
    assert tightest(plan, "law-5")[1] == most
    assert tightest(plan, "law-3")[1] == longest


def test_a_gap_of_28_is_an_opening_and_none_of_6_is_time_off() -> None:
    assert {m.law for m in margins(make([run(0, 100)], history=[past(-29, 4000)]))} == {"law-4", "law-6", "law-7"}
    assert "law-5" not in {m.law for m in margins(make([run(0, 100)], history=[past(-7, 4000)]))}
    assert "law-5" in {m.law for m in margins(make([run(0, 100)], history=[past(-8, 4000)]))}


def test_after_a_week_without_running_the_gap_ends_with_the_restarting_week() -> None:
    plan = make([run(0, 2000), run(2, 2000), run(19, 100)])
    assert tightest(plan, "law-5") == ("week 3", 4800, 100, 4700)
    late = make([run(0, 2000), run(20, 100)])
    assert tightest(late, "law-5")[1] == 4800


def test_monday_to_tuesday_of_the_next_week_is_time_off_and_both_laws_hold() -> None:
    mondays = make([run(0, 2000), run(8, 1600)], history=[past(-7, 2000), past(-5, 900)])
    assert tightest(mondays, "law-5") == ("week 2", 2320, 1600, 720)
    assert tightest(mondays, "law-1") == ("week 2", 2200, 1600, 600)
    over = make([run(0, 2000), run(8, 1200), run(10, 1001)], history=[past(-7, 2000), past(-5, 900)])
    assert breaks(over, "law-1") == [("week 2", -1), ("week 2", -1)]
    assert not breaks(over, "law-5")
    assert "law-5" not in {m.law for m in margins(make([run(0, 2000), run(7, 1600)]))}


def test_a_gap_into_week_1_is_measured_to_its_run_where_the_week_before_ran() -> None:
    history = [past(-5, 2000), past(-2, 2000)]
    assert "law-5" not in {m.law for m in margins(make([run(5, 1000)], history=history))}
    assert tightest(make([run(6, 1000)], history=history), "law-5") == ("week 1", 3200, 1000, 2200)


def test_walking_after_time_off_where_it_is_known() -> None:
    known = [past(-16, 3000, 5000), past(-13, 3000, 5000), past(-10, 4000, 5000)]
    assert not breaks(make([run(0, 3000, 9000)], history=known), "law-5")
    assert breaks(make([run(0, 3000, 9001)], history=known), "law-5") == [("week 1", -1)]
    assert "on foot" in only(make([run(0, 3000, 9001)], history=known), "law-5").message
    partly = [past(-16, 3000), *known[1:]]
    assert not breaks(make([run(0, 3000, 9001)], history=partly), "law-5")
    assert breaks(make([run(0, 3000, 9001)], history=[past(-17, 10), *known]), "law-5") == [("week 1", -1)]


def test_what_is_unknown_after_the_last_run_hinders_nothing() -> None:
    known = [past(-16, 3000, 5000), past(-13, 3000, 5000), past(-10, 4000, 5000), past(-9, 0)]
    assert breaks(make([run(0, 3000, 9001)], history=known), "law-5") == [("week 1", -1)]


def test_the_plans_own_first_date_is_known_on_foot() -> None:
    week = [run(0, 1800, 1000), run(8, 1000, 1241)]
    assert breaks(make(week, history=[past(-7, 2000, 3000)]), "law-5") == [("week 2", -1)]


def test_running_after_time_off_is_held_when_metres_on_foot_count() -> None:
    assert breaks(make([run(0, 3000), run(2, 3000), run(4, 2001)], history=NINE_OFF, measure="on-foot"), "law-5") == [("week 1", -1)]


def test_more_than_was_allowed_is_no_reference_after_time_off() -> None:
    history = [past(-16, 3000), past(-13, 3000), past(-10, 9000, allowed_m=4000)]
    assert tightest(make([run(0, 100)], history=history), "law-5")[1] == 8000
    assert tightest(make([run(0, 100)], history=history), "law-3")[1] == 3520


def test_a_longest_run_that_leaves_the_window_within_the_week() -> None:
    history = [past(-26, 4000), past(-25, 1000)]
    assert tightest(make([run(4, 2200)], history=history, run_gap_days=1), "law-3") == ("2027-01-08", 2200, 2200, 0)
    assert tightest(make([run(5, 550)], history=history), "law-3") == ("2027-01-09", 550, 550, 0)
    assert tightest(make([run(3, 2000), run(5, 2200)], history=history), "law-3")[1:] == (2200, 2200, 0)
    assert tightest(make([run(4, 2000), run(5, 2201)], history=history), "law-3") == ("2027-01-09", 2200, 2201, -1)
    assert tightest(make([run(3, 2200), run(5, 2201)], history=history), "law-3") == ("2027-01-09", 2200, 2201, -1)


def test_sound_past_needs_nothing_of_this() -> None:
    assert {m.law for m in margins(make([run(0, 2000)], history=SOUND_PAST))} == {"law-1", "law-2", "law-3", "law-6", "law-7"}
    assert on(7).isoformat() == "2027-01-11"
