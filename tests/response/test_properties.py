"""Properties of the response to any log."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.athlete import Clearance
from planner.entry import Entry
from planner.model import DAY
from planner.response import Rolling, Standing, Terms, Verdict, week_decision
from tests.response.rows import day, rolled, run

FEW = settings(max_examples=120)
PAIN = st.one_of(st.none(), st.integers(0, 3), st.integers(0, 10))
YES = st.sampled_from((None, False, False, False, True))
SIGN = st.sampled_from(("",) * 12 + ("RED-04", "RED-01", "RED-09-night", "RED-09-past", "MED-01"))
ROWS = st.builds(
    Entry,
    date=st.integers(0, 40).map(day),
    session=st.sampled_from(("", "a/run#1", "a/strength#1")),
    run_m=st.one_of(st.none(), st.just(0), st.integers(1, 5000)),
    pain_before=PAIN,
    pain_during=PAIN,
    pain_after=PAIN,
    pain_next_morning=PAIN,
    side=st.sampled_from(("", "left", "right")),
    limp=YES,
    swelling=YES,
    painkiller=YES,
    red_flag=SIGN,
)
CLEAN_ROWS = st.builds(
    Entry,
    date=st.integers(0, 40).map(day),
    run_m=st.integers(1, 5000),
    **dict.fromkeys(("pain_before", "pain_during", "pain_after", "pain_next_morning"), st.just(0)),
)
LOGS = st.lists(st.one_of(ROWS, CLEAN_ROWS), max_size=12)
LOW = st.tuples(*[st.integers(0, 4)] * 4)
TERMS = st.builds(
    Terms,
    clean_needed=st.integers(1, 3),
    levels_per_week=st.integers(1, 2),
    most_pain=st.integers(0, 2),
    clearance=st.one_of(
        st.none(), st.builds(Clearance, by=st.just("A"), date=st.integers(0, 50).map(day), for_=st.just(("RED-04", "3a-3")))
    ),
)
BEFORE = st.integers(0, 45).map(day)
WORSE = st.sampled_from(
    (
        *({name: 1} for name in ("pain_during", "pain_after", "pain_next_morning")),
        *({name: 10} for name in ("pain_during", "pain_after", "pain_next_morning")),
        *({name: True} for name in ("limp", "swelling", "painkiller")),
        {"red_flag": "RED-04"},
    )
)


def harm(verdict: Verdict) -> tuple[int, int, int]:
    """How bad a verdict is, part by part."""
    return (["progress", "hold", "regress", "stop"].index(verdict.decision), -verdict.levels, verdict.rest_days)


def worsened(row: Entry, change: dict[str, object]) -> Entry:
    """The row with more of something; a pain rises by so much, to 10 at most, and only where it was said."""
    for name, more in change.items():
        was = getattr(row, name)
        now = more if not name.startswith("pain_") else None if was is None else min(10, was + int(str(more)))
        row = evolve(row, **{name: now})
    return row


@given(LOGS, TERMS, BEFORE, st.randoms(use_true_random=False))
@FEW
def test_the_order_of_rows_means_nothing(rows: list[Entry], terms: Terms, before: date, random: object) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert rolled(shuffled, before=before, terms=terms) == rolled(rows, before=before, terms=terms)


@given(LOGS, LOGS, TERMS, BEFORE)
@FEW
def test_rows_of_the_day_and_later_change_nothing(rows: list[Entry], later: list[Entry], terms: Terms, before: date) -> None:
    seen = [row for row in rows if row.date < before]
    late = [row for row in later if row.date >= before]
    assert rolled([*seen, *late], before=before, terms=terms) == rolled(seen, before=before, terms=terms)


@given(st.lists(st.tuples(LOGS, BEFORE, st.sampled_from((frozenset(), frozenset({"a/run#1"})))), max_size=8), TERMS)
@FEW
def test_asked_again_and_again_it_says_what_it_says_at_once(asked: list[tuple[list[Entry], date, frozenset[str]]], terms: Terms) -> None:
    rolling, rows = Rolling(terms), []
    for more, before, runs in asked:
        rows = [*rows, *more]
        assert rolling.on(before, rows, runs) == rolled(rows, before=before, terms=terms, runs=runs)


@given(LOGS, TERMS, BEFORE)
@FEW
def test_it_only_lowers(rows: list[Entry], terms: Terms, before: date) -> None:
    left = rolled(rows, before=before, terms=terms)
    assert left.levels <= 0
    assert Fraction(3, 5) <= left.share <= 1
    longest = max((row.run_m or 0 for row in rows), default=0)
    assert left.ceiling_m is None or left.ceiling_m <= longest
    assert left.earliest_run is None or left.earliest_run > before
    assert all(
        v.decision != "progress" or not any(r.missing for r in run.answers)
        for v in left.verdicts
        for run in left.runs
        if run.date == v.date
    )
    assert all(v.ran or v.decision != "progress" for v in left.verdicts)


@given(LOGS, ROWS, TERMS, WORSE)
@FEW
def test_more_pain_in_the_last_run_never_decides_better(rows: list[Entry], last: Entry, terms: Terms, change: dict[str, object]) -> None:
    last = evolve(last, date=day(41), run_m=2000, red_flag="")
    one, other = (rolled([*rows, row], before=day(42), terms=terms) for row in (last, worsened(last, change)))
    assert all(now >= was for now, was in zip(harm(other.verdicts[-1]), harm(one.verdicts[-1]), strict=True))
    assert no_better(other, one)


def no_better(one: Standing, other: Standing) -> bool:
    """Whether what is left of one is no more than of the other."""
    bound, looser = (10**6 if left.ceiling_m is None else left.ceiling_m for left in (one, other))
    rest, shorter = (left.earliest_run or date.min for left in (one, other))
    return (
        one.levels <= other.levels
        and one.share <= other.share
        and bound <= looser
        and rest >= shorter
        and len(one.stops) >= len(other.stops)
    )


@given(LOGS, LOW, TERMS)
@FEW
def test_pain_that_is_higher_throughout_never_decides_better(rows: list[Entry], felt: tuple[int, ...], terms: Terms) -> None:
    last, more = run(41, felt), run(41, tuple(pain + 1 for pain in felt))
    one, other = (rolled([*rows, row], before=day(42), terms=terms).verdicts[-1] for row in (last, more))
    assert all(now >= was for now, was in zip(harm(other), harm(one), strict=True))


@given(LOGS, ROWS, TERMS, st.sampled_from(("pain_before", "pain_during", "pain_after", "pain_next_morning")))
@FEW
def test_a_missing_answer_never_makes_progress(rows: list[Entry], last: Entry, terms: Terms, name: str) -> None:
    silent = evolve(last, date=day(41), run_m=2000, **{name: None})
    assert rolled([*rows, silent], before=day(42), terms=terms).verdicts[-1].decision != "progress"


@given(LOGS, TERMS)
@FEW
def test_a_stop_stands_until_it_is_lifted(rows: list[Entry], terms: Terms) -> None:
    uncleared = evolve(terms, clearance=None)
    before = rolled(rows, before=day(20), terms=uncleared)
    after = rolled(rows, before=day(45), terms=uncleared)
    assert {stop.sign for stop in before.stops} <= {stop.sign for stop in after.stops}
    if terms.clearance is not None:  # runs that it allows again may go better, so it is compared with what stood on its date
        stood = rolled(rows, before=terms.clearance.date + DAY, terms=uncleared)
        cleared = rolled(rows, before=day(51), terms=terms)
        assert {stop.sign for stop in stood.stops} - {stop.sign for stop in cleared.stops} <= {"RED-04", "3a-3"}


@given(LOGS, TERMS, st.integers(0, 34).map(day), st.booleans())
@FEW
def test_a_week_is_no_better_than_its_runs(rows: list[Entry], terms: Terms, first: date, ran: bool) -> None:
    left = rolled(rows, before=day(45), terms=terms)
    found = week_decision(left, first, ran=ran)
    inside = [v for v in left.verdicts if 0 <= (v.date - first).days < 7]
    assert (found is None) is (not inside and not ran)
    if found is not None:
        order = ["progress", "hold", "regress", "stop"]
        assert all(order.index(found.decision) >= order.index(v.decision) for v in inside if v.row != "9")
        assert all(found.levels <= v.levels for v in inside)
        assert found.decision != "progress" or (found.clean and any(v.decision == "progress" for v in inside))
