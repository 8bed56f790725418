"""The laws of load: every check vector of bounds on weeks and runs, and the cap named for each."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from itertools import combinations

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.laws import (
    ENTRY_RUN_S,
    ENTRY_WEEK_S,
    GENTLE_ABOVE_M,
    GENTLE_GROWTH,
    WORDS,
    Bound,
    WeekLaw,
    growth_for,
    most_runs,
    run_bound,
    share_after,
    time_off,
    weekday_bound,
    weekday_foot,
    weekly,
)
from planner.ledger import Ledger
from planner.model import Done, Why
from tests.past_running import D0, READING, START, WEEK, law_of, ledger, metres, on_foot

WALKED = ledger({-7: 1, **WEEK}, {-7: 0, **dict.fromkeys(WEEK, 500)})

# Law 1: weekly


@pytest.mark.parametrize(
    ("runs", "most"),
    [
        (WEEK, 6600),
        ({-6: 2000, -4: 2000, -2: 1000}, 5500),
        ({-13: 2000, -11: 2000, -9: 2000, -6: 2000, -4: 2000, -2: 1000}, 5500),
        ({-6: 4999, -2: 10_000}, 16_498),
        ({-7: 3000, -1: 3000}, 6600),
        ({-8: 9000, -7: 3000, -1: 3000}, 6600),
    ],
)
def test_a_week_grows_by_a_tenth_from_the_week_before(runs: dict[int, int], most: int) -> None:
    law = law_of(ledger(runs))
    assert (law.decision, law.run, law.foot, law.growth) == ("progress", Bound(metres=most, by="weekly"), None, Fraction(1, 10))
    assert (law.first, law.longest_share, law.dose_s) == (D0, 1, None)


def test_what_was_done_over_what_was_allowed_does_not_count() -> None:
    past = Ledger([Done(date=START - timedelta(days=3), run_m=12_000, allowed_m=9900)], 400, D0)
    assert metres(law_of(past).run) == 10_890


def test_a_planned_run_of_5500_that_became_12_000_counts_as_5500() -> None:
    past = Ledger([Done(date=START - timedelta(days=3), run_m=12_000, allowed_m=5500)], 400, D0)
    assert run_bound(law_of(past), past, D0, READING).metres == 6050


def test_an_easy_week_is_the_same_load_once_more() -> None:
    law = law_of(ledger(WEEK), easy=True)
    assert (law.decision, law.run, law.growth) == ("easy", Bound(metres=6000, by="easy-week"), 0)
    told = law_of(WALKED, easy=True)
    assert told.foot == Bound(metres=7501, by="easy-week")


def test_metres_on_foot_have_a_reference_of_their_own_where_they_are_known() -> None:
    law = law_of(WALKED)
    assert (law.run, law.foot) == (Bound(metres=6601, by="weekly"), Bound(metres=8251, by="on-foot"))


def test_on_foot_counts_running_only_where_walking_is_unknown() -> None:
    known = law_of(WALKED, reading=on_foot())
    assert (known.run, known.foot) == (None, Bound(metres=8251, by="on-foot"))
    assert law_of(ledger(WEEK), reading=on_foot()).run == Bound(metres=6600, by="weekly")


@pytest.mark.parametrize(
    ("before", "asked", "explicit", "growth"),
    [
        (20_000, Fraction(1, 10), False, Fraction(1, 10)),
        (20_001, Fraction(1, 10), False, Fraction(1, 20)),
        (20_001, Fraction(1, 10), True, Fraction(1, 10)),
        (20_001, Fraction(1, 50), False, Fraction(1, 50)),
        (20_001, Fraction(3, 50), True, Fraction(3, 50)),
        (500, Fraction(0), False, Fraction(0)),
    ],
)
def test_growth_is_gentler_above_20_km_unless_more_is_asked_for(before: int, asked: Fraction, explicit: bool, growth: Fraction) -> None:
    assert growth_for(before, evolve(READING, growth=asked, explicit_growth=explicit)) == growth


def test_a_week_above_20_km_grows_by_a_twentieth() -> None:
    past = ledger({-6: 7000, -4: 7000, -2: 7000})
    assert (metres(law_of(past).run), law_of(past).growth) == (22_050, Fraction(1, 20))
    assert metres(law_of(past, reading=evolve(READING, explicit_growth=True)).run) == 23_100


# Law 3: session


@pytest.mark.parametrize(("longest", "most"), [(5000, 5500), (997, 1096), (998, 1097), (0, 0)])
def test_a_run_may_be_a_tenth_longer_than_the_longest(longest: int, most: int) -> None:
    past = ledger({-9: longest, -2: 10})
    law = WeekLaw(first=D0, decision="progress", run=None, foot=None, growth=Fraction(0))
    assert run_bound(law, past, D0, READING) == Bound(metres=max(most, 11), by="session")


def test_the_longest_of_thirty_dates_counts_from_the_date_of_the_run() -> None:
    past = ledger({-30: 9000, -7: 5000})
    law = law_of(past)
    assert [run_bound(law, past, D0 + n, READING).metres for n in (0, 1)] == [9900, 5500]


def test_a_run_grows_by_the_asked_growth_even_in_an_easy_week() -> None:
    past = ledger(WEEK)
    assert run_bound(law_of(past, easy=True), past, D0, READING).metres == 2200
    assert run_bound(law_of(past), past, D0, evolve(READING, growth=Fraction(1, 20))).metres == 2100


# Law 2: rolling, as the planner keeps it


def test_a_weekday_keeps_within_its_growth_of_a_week_before() -> None:
    past = ledger(WEEK)
    law = law_of(past)
    assert weekday_bound(law, past, D0 + 1, READING) == Bound(metres=2200, by="rolling")
    assert weekday_bound(law, past, D0 + 2, READING) is None
    easy = law_of(past, easy=True)
    assert weekday_bound(easy, past, D0 + 1, READING) == Bound(metres=2000, by="easy-week")


def test_enforced_law_2_allows_five_percent_above_20_km_unless_more_is_asked_for() -> None:
    past = ledger({day - 7 * back: 10_000 for back in (1, 2) for day in (0, 2, 4)})
    for explicit, room in ((False, 11_500), (True, 13_000)):
        enforced = evolve(READING, rolling="enforce", explicit_growth=explicit)
        law = law_of(past, reading=enforced)
        assert weekday_bound(law, past, D0 + 1, enforced) == Bound(metres=room, by="rolling")


def test_the_vector_of_law_2_binds_only_where_it_is_enforced() -> None:
    past = ledger(dict.fromkeys((-14, -12, -10, -7, -5, -3), 2000))
    enforced = evolve(READING, rolling="enforce")
    assert past.rolling_room(D0, READING.growth, on_foot=False) == 2600
    assert weekday_bound(law_of(past), past, D0, enforced) == Bound(metres=2200, by="rolling")
    for day in (0, 2):
        past.add(D0 + day, run_s=880, run_m=2200, foot_m=2200)
    law = law_of(ledger(WEEK))
    assert weekday_bound(law, past, D0 + 3, READING) is None
    assert weekday_bound(law, past, D0 + 3, enforced) == Bound(metres=200, by="rolling")
    assert weekday_bound(law, past, D0 + 4, enforced) == Bound(metres=2200, by="rolling")


def test_walking_of_a_weekday_is_bound_where_there_was_a_run() -> None:
    past = ledger({-7: 2000, -5: 2000}, {-7: 600, -5: 0})
    past.add(D0 - 3, run_s=0, run_m=0, foot_m=900)
    law = law_of(past)
    assert [weekday_foot(law, past, D0 + n, READING) for n in (0, 2, 4, 5)] == [2860, 2200, None, None]
    assert weekday_foot(law, ledger(WEEK), D0 + 1, READING) is None
    counted_on_foot = law_of(past, reading=on_foot())
    assert weekday_bound(counted_on_foot, past, D0, on_foot()) is None
    assert weekday_foot(counted_on_foot, past, D0, on_foot()) == 2860


# All laws


RUNS = st.dictionaries(st.integers(-40, -1), st.integers(1, 12_000), max_size=15)


@given(RUNS, st.fractions(0, Fraction(1, 10), max_denominator=1000), st.booleans(), st.booleans(), st.integers(60, 900))
@settings(max_examples=200)
def test_no_law_ever_allows_more_than_a_tenth(runs: dict[int, int], growth: Fraction, opens: bool, easy: bool, opening_s: int) -> None:
    past = ledger(runs)
    reading = evolve(READING, growth=growth)
    law = law_of(past, reading=reading, opening_s=opening_s, opens=opens, easy=easy)
    run = run_bound(law, past, D0, reading)
    before = sum(m for d, m in runs.items() if d >= -7)
    longest = max((m for d, m in runs.items() if d >= -30), default=0)
    if law.decision == "entry":
        assert (metres(law.run), run.metres <= 1500) == (4500, True)
    elif law.decision == "regress":
        assert not before
        assert 5 * (metres(law.run) or 0) <= 4 * sum(runs.values())
        assert 50 * run.metres <= 44 * longest
    else:
        grows = 1 if easy else 1 + min(growth, GENTLE_GROWTH if before > GENTLE_ABOVE_M else growth)
        assert grows * before - 1 < (metres(law.run) or 0) <= grows * before
        assert (1 + growth) * longest - 1 < run.metres <= (1 + growth) * longest


def test_every_reason_can_be_written_beside_a_session() -> None:
    for word, (text, source) in WORDS.items():
        assert Bound(metres=1, by=word).why() == Why(limit=word, text=text, source=source)
    own = Bound(metres=1, by="plugin:tendon", text="tendons grow slowly", source="X-1")
    assert own.why() == Why(limit="plugin:tendon", text="tendons grow slowly", source="X-1")
    said = Bound(metres=1, by="pain", text="the calf allows no more", source="X-2")
    assert said.why() == Why(limit="pain", text="the calf allows no more", source="X-2"), "words of its own come before those of the limit"
    assert Bound(metres=1, by="plugin:tendon").why() == Why(limit="plugin:tendon", text="", source="")


def test_each_law_has_its_word_and_its_source() -> None:
    assert {word: source for word, (_, source) in WORDS.items()} == {
        "weekly": "PROG-01",
        "on-foot": "PROG-10",
        "rolling": "PROG-01",
        "session": "PROG-05",
        "entry": "ENT-12",
        "time-off": "1a",
        "easy-week": "PROG-17",
        "missed": "PROG-21",
        "pain": "PAIN-01",
        "goal": "PROG-24",
        "template": "WR-08",
        "availability": "SCHED-10",
    }


def test_the_laws_numbers_are_those_of_the_page() -> None:
    numbers = (ENTRY_WEEK_S, ENTRY_RUN_S, GENTLE_ABOVE_M, GENTLE_GROWTH)
    assert numbers == (1800, 600, 20_000, Fraction(5, 100))
    assert [(gap, share_after(gap)) for gap in (0, 6, 7, 13, 14, 20, 21, 27, 28, 400)] == [
        *((0, 1), (6, 1), (7, Fraction(4, 5)), (13, Fraction(4, 5)), (14, Fraction(3, 5)), (20, Fraction(3, 5))),
        *((21, Fraction(1, 2)), (27, Fraction(1, 2)), (28, 0), (400, 0)),
    ]


def test_an_opening_and_a_week_after_time_off_know_no_weekday() -> None:
    past = ledger(WEEK)
    law = law_of(past)
    assert metres(weekday_bound(law, past, D0 + 1, READING)) == 2200
    for other in (law._replace(dose_s=600), law._replace(longest_share=Fraction(4, 5))):
        assert weekday_bound(other, past, D0 + 1, READING) is None
        assert weekday_foot(other, WALKED, D0 + 1, READING) is None


@pytest.mark.parametrize("gap", [1, 2, 3, 4])
def test_the_most_runs_keep_their_distance_across_the_end_of_the_week(gap: int) -> None:
    def fits(days: tuple[int, ...]) -> bool:
        return all(min((a - b) % 7, (b - a) % 7) >= gap for a, b in combinations(days, 2))

    for mask in range(1 << 7):
        days = [d for d in range(7) if mask >> d & 1]
        most = max(n for n in range(8) if any(fits(chosen) for chosen in combinations(days, n)))
        assert most_runs(mask, gap) == most


def test_a_week_is_compared_with_the_seven_dates_before_it_and_not_with_its_own() -> None:
    past = ledger(WEEK, dict.fromkeys(WEEK, 0))
    for day in (D0, D0 + 1):
        past.add(day, run_s=400, run_m=1000, foot_m=1000)
    law = weekly(past, D0, READING, easy=False)
    assert (metres(law.run), metres(law.foot)) == (6600, 6600)


def test_time_off_counts_the_run_six_dates_before_the_last_and_none_before() -> None:
    runs = {-18: 7000, -17: 2000, -11: 3000}
    law = time_off(ledger(runs, dict.fromkeys(runs, 0)), D0, D0 - 11, READING)
    assert (metres(law.run), metres(law.foot)) == (4000, 4000)
