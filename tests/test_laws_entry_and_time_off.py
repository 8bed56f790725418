"""Laws 4 and 5: the first week from nothing, and the first week back after time off."""

from __future__ import annotations

from fractions import Fraction

import pytest

from planner.laws import Bound, late_start, run_bound, share_after, weekday_bound
from tests.past_running import D0, READING, WEEK, law_of, ledger, metres, on_foot

ENTRIES = [({-41: 9000}, "last run 40 dates ago"), ({}, "never"), ({-11: 1000}, "one jog ten dates ago"), ({-29: 5000}, "28 dates ago")]


@pytest.mark.parametrize("runs", [runs for runs, _ in ENTRIES], ids=[name for _, name in ENTRIES])
def test_with_nothing_to_grow_from_the_first_week_is_a_dose(runs: dict[int, int]) -> None:
    past = ledger(runs)
    law = law_of(past, opens=True)
    assert (law.decision, law.run, law.foot, law.dose_s) == ("entry", Bound(metres=4500, by="entry"), None, 600)
    assert run_bound(law, past, D0 + 3, READING) == Bound(metres=1500, by="entry")
    assert weekday_bound(law, past, D0 + 3, READING) is None


@pytest.mark.parametrize(("opening_s", "dose_s", "run_m"), [(480, 480, 1200), (600, 600, 1500), (601, 600, 1500), (60, 60, 150)])
def test_the_dose_is_the_template_s_and_at_most_ten_minutes(opening_s: int, dose_s: int, run_m: int) -> None:
    law = law_of(ledger({}), opening_s=opening_s, opens=True)
    assert law.dose_s == dose_s
    assert run_bound(law, ledger({}), D0, READING).metres == run_m
    assert metres(law.run) == 4500


def test_one_jog_less_than_seven_dates_ago_is_an_entry_only_where_the_plan_opens() -> None:
    past = ledger({-5: 1000})
    assert law_of(past, opens=True).decision == "entry"
    law = law_of(past)
    assert (law.decision, metres(law.run), run_bound(law, past, D0, READING).metres) == ("progress", 1100, 1100)


def test_a_later_week_after_a_long_time_off_is_an_entry_too() -> None:
    assert law_of(ledger({-1: 5000}), 28).decision == "entry"
    assert law_of(ledger({-1: 5000}), 27).decision == "regress"


def test_the_week_after_an_entry_grows_from_it() -> None:
    past = ledger({})
    for day in (0, 2, 4):
        past.add(D0 + day, run_s=600, run_m=1500, foot_m=2000)
    law = law_of(past, 7)
    assert (law.decision, metres(law.run), metres(law.foot)) == ("progress", 4950, 6600)
    assert run_bound(law, past, D0 + 7, READING).metres == 1650


# Law 5: time off


def test_the_vector_of_time_off() -> None:
    past = ledger({-10: 4000, -12: 3000, -14: 3000, -20: 9000})
    law = law_of(past)
    assert (law.decision, law.run, law.longest_share) == ("regress", Bound(metres=8000, by="time-off"), Fraction(4, 5))
    only_these = ledger({-10: 4000, -12: 3000, -14: 3000})
    assert run_bound(law_of(only_these), only_these, D0, READING) == Bound(metres=3520, by="time-off")


@pytest.mark.parametrize(
    ("gap", "share"),
    [
        (6, Fraction(1)),
        (7, Fraction(4, 5)),
        (13, Fraction(4, 5)),
        (14, Fraction(3, 5)),
        (20, Fraction(3, 5)),
        (21, Fraction(1, 2)),
        (27, Fraction(1, 2)),
        (28, Fraction(0)),
        (400, Fraction(0)),
    ],
)
def test_what_a_gap_leaves(gap: int, share: Fraction) -> None:
    assert share_after(gap) == share
    past = ledger({-1 - gap: 9001})
    law = law_of(past)
    if gap < 7:
        assert (law.decision, metres(law.run)) == ("progress", 9901)
    elif gap < 28:
        assert (law.decision, metres(law.run), law.longest_share) == ("regress", int(share * 9001), share)
        assert run_bound(law, past, D0, READING).metres == int(share * 9001) * 11 // 10
        assert weekday_bound(law, past, D0, READING) is None
    else:
        assert law.decision == "entry"


def test_time_off_counts_walking_where_it_is_known() -> None:
    law = law_of(ledger({-18: 7, -10: 4000, -12: 1000}, {-18: 0, -10: 500, -12: 0}))
    assert (law.run, law.foot) == (Bound(metres=4000, by="time-off"), Bound(metres=4400, by="time-off"))


def test_monday_and_tuesday_of_the_next_week_are_a_gap_of_seven() -> None:
    past = ledger({-7: 6000})
    law = law_of(past)
    assert (law.decision, metres(law.run)) == ("progress", 6600)
    assert late_start(law, past, D0, READING, opening_s=480) is law
    late = late_start(law, past, D0 + 1, READING, opening_s=480)
    assert (late.decision, late.run, late.longest_share) == ("regress", Bound(metres=4800, by="time-off"), Fraction(4, 5))
    assert late.growth == law.growth
    assert run_bound(late, past, D0 + 1, READING) == Bound(metres=5280, by="time-off")


def test_after_a_late_start_the_tighter_of_both_laws_holds() -> None:
    past = ledger({-8: 9000, -7: 1000}, {-8: 0, -7: 4000})
    law = law_of(past)
    late = late_start(law, past, D0 + 1, READING, opening_s=480)
    assert (metres(law.run), metres(law.foot)) == (1100, 5500)
    assert (late.run, late.foot) == (law.run, law.foot)
    walked = ledger({-14: 8, -7: 6000}, {-14: 0, -7: 1000})
    tighter = late_start(law_of(walked), walked, D0 + 1, READING, opening_s=480)
    assert (metres(tighter.run), metres(tighter.foot)) == (4800, 5600)
    counted_on_foot = late_start(law_of(walked, reading=on_foot()), walked, D0 + 1, on_foot(), opening_s=480)
    assert (metres(counted_on_foot.run), metres(counted_on_foot.foot)) == (4800, 5600)


def test_a_late_start_changes_neither_an_entry_nor_a_week_that_has_time_off_already() -> None:
    jog = ledger({-7: 1000})
    entered = law_of(jog, opens=True)
    assert late_start(entered, jog, D0 + 3, READING, opening_s=480) is entered
    rested = ledger({-12: 6000})
    off = law_of(rested)
    assert late_start(off, rested, D0 + 6, READING, opening_s=480) is off
    assert late_start(law_of(ledger(WEEK)), ledger({}), D0 + 6, READING, opening_s=480).decision == "progress"


def test_a_late_start_with_nothing_to_grow_from_opens_anew() -> None:
    past = ledger({-7: 1000}, {-7: 0})
    law = law_of(past)
    late = late_start(law, past, D0 + 1, READING, opening_s=480)
    assert (late.decision, late.dose_s, late.foot) == ("entry", 480, law.foot)
    assert late.run == Bound(metres=1000 * 1800 // READING.paces.run, by="entry")
    assert run_bound(late, past, D0 + 1, READING) == Bound(metres=1000 * 480 // READING.paces.run, by="entry")
    assert late_start(law, past, D0, READING, opening_s=480) is law
