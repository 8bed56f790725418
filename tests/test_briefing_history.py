"""Briefing: past running estimated from an athlete file, on the weekdays that the plan will use."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planner.athlete import Absence, Athlete, Availability, Running, Window
from planner.errors import InputError
from planner.model import Done
from planner.recent_running import estimated_history, run_offsets
from tests.briefed import AS_OF, START, athlete, kms

SHUT: dict[str, tuple[Window, ...]] = dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), ())


def history(runs: int = 3, gap: int = 2, *, availability: Availability | None = None, **running: object) -> tuple[Done, ...]:
    return estimated_history(athlete(running=running, availability=availability or Availability()), runs, gap)


def days_before(past: tuple[Done, ...]) -> dict[int, int]:
    """Metres by days from the start."""
    return {(d.date - START).days: d.run_m for d in past}


def test_the_example_of_the_athlete_file() -> None:
    past = history(recent_weeks_km=kms("0", "0", "4.5", "6.0"), longest_run_km=Decimal("2.5"), last_run=AS_OF)
    assert past[-1] == Done(date=AS_OF, run_m=2000, longest_m=2500, estimated=True)
    assert [d.longest_m for d in past[:-1]] == [None] * (len(past) - 1)
    assert days_before(past) == {-13: 1500, -11: 1500, -9: 1500, -6: 2000, -4: 2000, -2: 2000}
    assert all(d.estimated and d.foot_m is None and d.allowed_m is None for d in past)


def test_without_recent_weeks_there_is_no_past() -> None:
    assert history() == ()
    assert history(recent_weeks_km=kms("0", "0", "0", "0"), longest_run_km=Decimal(3)) == ()


def test_fewer_than_four_weeks_are_the_last_ones() -> None:
    assert days_before(history(recent_weeks_km=kms("3"))) == {-5: 1000, -3: 1000, -1: 1000}
    assert {n // 7 for n in days_before(history(recent_weeks_km=kms("2", "4")))} == {-2, -1}


def test_metres_that_do_not_divide_go_to_the_last_run_of_the_week() -> None:
    past = history(recent_weeks_km=kms("2.0"), last_run=AS_OF)
    assert [d.run_m for d in past] == [666, 666, 668]


def test_a_run_that_is_no_longer_than_the_others_says_nothing_of_its_own() -> None:
    assert all(d.longest_m is None for d in history(recent_weeks_km=kms("6"), longest_run_km=Decimal(2), last_run=AS_OF))


def test_the_week_of_the_last_run_ends_with_it() -> None:
    past = days_before(history(recent_weeks_km=kms("6", "4"), last_run=START - timedelta(days=6)))
    assert past == {-13: 2000, -10: 2000, -8: 2000, -7: 2000, -6: 2000}
    first_day = history(recent_weeks_km=kms("6", "4"), last_run=START - timedelta(days=7))
    assert [((d.date - START).days, d.run_m) for d in first_day] == [(-14, 2000), (-11, 2000), (-9, 2000), (-7, 4000)]


def test_the_last_run_may_lie_on_a_day_that_is_closed_now() -> None:
    odd_days = Availability(**{**SHUT, "mon": None, "wed": None, "fri": None})
    assert days_before(history(availability=odd_days, recent_weeks_km=kms("6"), last_run=AS_OF)) == {-5: 2000, -3: 2000, -2: 2000}
    tuesdays = Availability(**{**SHUT, "tue": None})
    assert days_before(history(availability=tuesdays, recent_weeks_km=kms("6"), last_run=AS_OF)) == {-6: 2000, -4: 2000, -2: 2000}


@pytest.mark.parametrize("open_days", [(), ("wed",), ("wed", "sat"), ("sun", "mon")])
def test_few_open_days_do_not_make_past_runs_longer(open_days: tuple[str, ...]) -> None:
    few = Availability(**{**SHUT, **dict.fromkeys(open_days)})
    past = history(availability=few, recent_weeks_km=kms("0", "0", "4.5", "6"), last_run=AS_OF)
    assert [d.run_m for d in past] == [1500] * 3 + [2000] * 3
    assert all((b.date - a.date).days >= 2 for a, b in pairwise(past))
    alike = history(availability=few, recent_weeks_km=kms("4.5", "6"))
    assert [d.run_m for d in alike] == [1500] * 3 + [2000] * 3


def test_as_many_runs_as_the_longest_asks_for_spread_over_the_week_with_one_open_day() -> None:
    wednesdays = Availability(**{**SHUT, "wed": None})
    past = history(5, 1, availability=wednesdays, recent_weeks_km=kms("14"), longest_run_km=Decimal(2))
    assert days_before(past) == dict.fromkeys(range(-7, 0), 2000)


def test_more_runs_than_usual_where_one_would_be_longer_than_the_longest() -> None:
    past = days_before(history(recent_weeks_km=kms("10"), longest_run_km=Decimal("2.0"), last_run=AS_OF))
    assert past == dict.fromkeys(range(-6, -1), 2000)


@pytest.mark.parametrize(
    ("running", "where", "found", "expected"),
    [
        ({"last_run": START}, "running.last_run", "found 2027-01-04", "a date before the start, 2027-01-04"),
        (
            {"recent_weeks_km": kms("4", "5"), "last_run": date(2026, 12, 27)},
            "running.last_run",
            "found 2026-12-27, but recent_weeks_km says 5.0 km in the week from 2026-12-28",
            "the two to agree",
        ),
        (
            {"recent_weeks_km": kms("16"), "longest_run_km": Decimal(2)},
            "running.longest_run_km",
            "found 2.0 km, but 16.0 km in the week from 2026-12-28 cannot be made up of such runs",
            "a longest run that is longer, or fewer kilometres in that week",
        ),
        (
            {"recent_weeks_km": kms("4"), "longest_run_km": Decimal("1.9"), "last_run": date(2026, 12, 29)},
            "running.longest_run_km",
            "found 1.9 km, but 4.0 km in the week from 2026-12-28 cannot be made up of such runs up to 2026-12-29",
            "a longest run that is longer, or fewer kilometres in that week",
        ),
        (
            {"recent_weeks_km": kms("4"), "longest_run_km": Decimal(0)},
            "running.longest_run_km",
            "found 0.0 km, but 4.0 km in the week from 2026-12-28 cannot be made up of such runs",
            "a longest run that is longer, or fewer kilometres in that week",
        ),
    ],
)
def test_a_past_that_contradicts_itself_is_refused(running: dict[str, object], where: str, found: str, expected: str) -> None:
    with pytest.raises(InputError) as refused:
        history(**running)
    error = refused.value
    assert (error.where, error.found, error.expected) == (where, found, expected)


def test_the_day_before_the_start_and_the_first_day_of_a_week_are_no_contradiction() -> None:
    assert days_before(history(recent_weeks_km=kms("3"), last_run=START - timedelta(days=1)))[-1] == 1000
    assert history(recent_weeks_km=kms("4", "5"), last_run=START - timedelta(days=7))[-1].run_m == 5000
    assert len(history(recent_weeks_km=kms("14"), longest_run_km=Decimal(2))) == 7


def test_miles_stand_in_the_words_of_a_refusal_too() -> None:
    running = Running(easy_pace=400, recent_weeks_km=kms("16"), longest_run_km=Decimal(2))
    with pytest.raises(InputError, match=r"found 1\.2 mi, but 9\.9 mi in the week"):
        estimated_history(Athlete(id="ana", start=START, units="mi", running=running), 3, 2)
    with pytest.raises(InputError, match=r"says 2\.4 mi in the week"):
        estimated_history(athlete(units="mi", running={"recent_weeks_km": kms("4"), "last_run": date(2026, 12, 1)}), 3, 2)


WEEKS = st.lists(st.one_of(st.just(0), st.integers(1, 40_000)), max_size=4)


@given(
    WEEKS,
    st.one_of(st.none(), st.integers(1, 20_000)),
    st.one_of(st.none(), st.integers(1, 28)),
    st.integers(2, 5),
    st.sampled_from([1, 2]),
)
@settings(max_examples=200)
def test_the_past_adds_up(weeks: list[int], longest: int | None, back: int | None, runs: int, gap: int) -> None:
    last = None if back is None else START - timedelta(days=back)
    said = {"longest_run_km": None if longest is None else Decimal(longest) / 1000, "last_run": last}
    try:
        past = history(runs, gap, recent_weeks_km=tuple(Decimal(m) / 1000 for m in weeks), **said)
    except InputError:
        assume(False)
    runs_by_day = days_before(past)
    assert len(runs_by_day) == len(past)
    assert list(runs_by_day) == sorted(runs_by_day)
    for week_back, metres in zip(range(len(weeks), 0, -1), weeks, strict=True):
        assert sum(m for n, m in runs_by_day.items() if -7 * week_back <= n < -7 * week_back + 7) == metres
    if longest is not None and any(weeks):
        assert max(runs_by_day.values()) <= longest
        assert max(d.longest_m or d.run_m for d in past) == (longest if len(weeks) < 4 else min(longest, max(weeks)))
    if back is not None and past:
        assert max(runs_by_day) <= -back
        if any(metres and -7 * n <= -back < -7 * n + 7 for n, metres in zip(range(len(weeks), 0, -1), weeks, strict=True)):
            assert max(runs_by_day) == -back
    assert all(d.run_m > 0 or (d.date == last and not any(weeks)) for d in past)


# Which weekdays


def test_runs_are_spread_over_the_week() -> None:
    assert [run_offsets(athlete(), runs, gap) for runs, gap in ((2, 2), (3, 2), (4, 1), (5, 1))] == [
        (3, 6),
        (2, 4, 6),
        (1, 3, 5, 6),
        (1, 3, 4, 5, 6),
    ]


def test_the_weekday_of_the_last_run_is_among_them() -> None:
    for back in range(1, 8):
        last = START - timedelta(days=back)
        assert (last - START).days % 7 in run_offsets(athlete(running={"last_run": last}), 3, 2)


def test_only_days_that_are_open_to_running_are_used() -> None:
    shop = {**SHUT, "tue": None, "thu": (Window(start=420, end=480),), "sat": (Window(start=1, end=9, kept_for=("run", "mobility")),)}
    shop["sun"] = (Window(start=420, end=480, kept_for=("strength",)),)
    assert run_offsets(athlete(availability=Availability(**shop)), 3, 2) == (1, 3, 5)
    assert run_offsets(athlete(availability=Availability(**shop)), 5, 1) == (1, 3, 5)
    assert run_offsets(athlete(availability=Availability(**SHUT)), 3, 2) == run_offsets(athlete(), 3, 2)


def test_weekdays_are_counted_from_the_start() -> None:
    saturday = date(2027, 1, 9)
    only = Availability(**{**SHUT, "mon": None, "thu": None})
    assert run_offsets(athlete(availability=only, start=saturday), 2, 2) == (2, 5)


def test_runs_keep_their_distance_before_they_keep_the_weekday_of_the_last() -> None:
    narrow = Availability(**{**SHUT, "mon": None, "wed": None, "fri": None, "sat": None})
    assert run_offsets(athlete(availability=narrow, running={"last_run": AS_OF}), 3, 2) == (0, 2, 5)
    shut = Availability(**{**SHUT, "mon": None, "tue": None, "thu": None, "sat": None})
    assert run_offsets(athlete(availability=shut, running={"last_run": date(2026, 12, 28)}), 3, 2) == (0, 3, 5)
    assert run_offsets(athlete(availability=shut, running={"last_run": date(2026, 12, 29)}), 3, 2) == (1, 3, 5)


def test_absences_say_nothing_about_the_weekdays_of_the_past() -> None:
    away = Availability(away=(Absence(first=START, last=START + timedelta(days=90)),))
    assert run_offsets(athlete(availability=away), 3, 2) == run_offsets(athlete(), 3, 2)
