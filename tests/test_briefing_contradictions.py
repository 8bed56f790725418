"""Briefing: recent running that cannot be true is refused, and a last run without kilometres still keeps its distance."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from planner.athlete import Athlete, Availability, Running
from planner.entry import Entry
from planner.errors import InputError
from planner.model import Done
from planner.recent_running import estimated_history, past_running
from tests.briefed import AS_OF, START, athlete, kms
from tests.engine.drawn import SHUT, drawn, runs


def history(**running: object) -> tuple[Done, ...]:
    return estimated_history(athlete(running=running), 3, 2)


def heard(*log: Entry, **running: object) -> tuple[Done, ...]:
    return past_running(athlete(running=running), 3, 2, log)


def refusal(**running: object) -> str:
    with pytest.raises(InputError) as refused:
        history(**running)
    return str(refused.value)


# The longest run


@pytest.mark.parametrize(
    ("weeks", "longest", "found", "most"),
    [
        (("0", "0", "4.5", "6"), "25", "25.0 km", "6.0 km"),
        (("0", "0", "4.5", "6"), "6.1", "6.1 km", "6.0 km"),
        (("7", "1", "1", "1"), "8", "8.0 km", "7.0 km"),
        (("30", "0", "7", "1", "1", "1"), "8", "8.0 km", "7.0 km"),
    ],
)
def test_a_longest_run_above_every_recent_week_is_refused(weeks: tuple[str, ...], longest: str, found: str, most: str) -> None:
    assert refusal(recent_weeks_km=kms(*weeks), longest_run_km=Decimal(longest), last_run=AS_OF) == (
        f"running.longest_run_km: found {found}, but recent_weeks_km has at most {most} in a week; "
        "expected a run that one of these weeks can hold. Correct one of the two."
    )


def test_a_longest_run_above_every_recent_week_is_refused_in_miles() -> None:
    mile = Decimal("1.609344")
    running = Running(easy_pace=400, recent_weeks_km=(2 * mile, 2 * mile, 3 * mile, 3 * mile), longest_run_km=12 * mile)
    with pytest.raises(InputError, match=r"longest_run_mi: found 12\.0 mi, but recent_weeks_mi has at most 3\.0 mi in a week"):
        estimated_history(Athlete(id="ana", start=START, units="mi", running=running), 3, 2)
    whole = Running(easy_pace=400, recent_weeks_km=(2 * mile, 2 * mile, 3 * mile, 3 * mile), longest_run_km=3 * mile)
    assert max(d.longest_m or 0 for d in estimated_history(Athlete(id="ana", start=START, units="mi", running=whole), 3, 2)) == 4828


def test_a_longest_run_may_fill_its_week_and_counts_for_no_more() -> None:
    for longest in ("6", "6.099"):
        past = history(recent_weeks_km=kms("0", "0", "4.5", "6"), longest_run_km=Decimal(longest), last_run=AS_OF)
        assert past[-1].longest_m == 6000


def test_a_longest_run_before_the_weeks_that_are_given_is_no_contradiction() -> None:
    fewer = history(recent_weeks_km=kms("4.5", "5", "6"), longest_run_km=Decimal(8), last_run=AS_OF)
    assert fewer[-1].longest_m == 8000
    five = history(recent_weeks_km=kms("9", "4.5", "4.5", "5", "6"), longest_run_km=Decimal(8), last_run=AS_OF)
    assert five[-1].longest_m == 8000
    assert history(recent_weeks_km=kms("0", "0", "0", "0"), longest_run_km=Decimal(8)) == ()


def test_a_log_that_covers_a_week_does_not_make_the_longest_run_too_long_for_the_others() -> None:
    logged = Entry(date=START - timedelta(days=7), run_m=9000)
    past = heard(logged, recent_weeks_km=kms("4", "4", "5", "9"), longest_run_km=Decimal(8))
    assert max(d.longest_m or 0 for d in past) == 8000
    with pytest.raises(InputError, match=r"longest_run_km: found 25\.0 km"):
        heard(logged, recent_weeks_km=kms("4", "4", "5", "9"), longest_run_km=Decimal(25))


# The last run


@pytest.mark.parametrize(
    ("weeks", "day", "week"),
    [(("0", "0", "0", "0"), 3, "2026-12-28"), (("0", "4", "0", "0"), 8, "2026-12-21"), (("3", "0"), 1, "2026-12-28")],
)
def test_a_last_run_in_a_week_without_running_is_refused(weeks: tuple[str, ...], day: int, week: str) -> None:
    last = START - timedelta(days=day)
    for more in ({}, {"longest_run_km": Decimal(3)}):
        assert refusal(recent_weeks_km=kms(*weeks), last_run=last, **more) == (
            f"running.last_run: found {last}, but recent_weeks_km says 0.0 km in the week from {week}; "
            "expected the two to agree. Correct one of them."
        )


def test_a_last_run_before_the_recent_weeks_is_no_contradiction() -> None:
    assert history(recent_weeks_km=kms("0", "0", "0", "0"), last_run=START - timedelta(days=29)) == ()


@pytest.mark.parametrize("day", [1, 2, 8, 28])
def test_a_last_run_without_recent_weeks_is_a_day_without_metres(day: int) -> None:
    last = START - timedelta(days=day)
    assert history(last_run=last) == (Done(date=last, run_m=0),)
    assert history(last_run=START - timedelta(days=29)) == ()


def test_a_log_that_covers_the_last_run_wins() -> None:
    answers = Entry(date=date(2027, 1, 2), pain_next_morning=1)
    assert heard(answers, last_run=date(2027, 1, 3)) == ()
    assert heard(answers, last_run=date(2027, 1, 1)) == (Done(date=date(2027, 1, 1), run_m=0),)
    assert heard(answers, recent_weeks_km=kms("0", "0", "0", "0"), last_run=date(2027, 1, 3)) == ()
    with pytest.raises(InputError, match=r"last_run: found 2027-01-01, but recent_weeks_km says 0\.0 km"):
        heard(answers, recent_weeks_km=kms("0", "0", "0", "0"), last_run=date(2027, 1, 1))


# In a plan


@pytest.mark.parametrize("day", [1, 2, 3])
def test_the_first_run_keeps_its_distance_from_a_last_run_without_metres_and_grows_from_nothing(day: int) -> None:
    last = START - timedelta(days=day)
    plan = drawn(running={"last_run": last}, weeks=2)
    first, *_ = runs(plan)
    assert (first.date - last).days >= 2
    assert plan.history == (Done(date=last, run_m=0),)
    assert (plan.weeks[0].decision, plan.goal.week_m) == ("entry", None)
    unknown = drawn(weeks=2)
    assert [(week.run_m, week.ceiling_run_m) for week in plan.weeks] == [(week.run_m, week.ceiling_run_m) for week in unknown.weeks]
    assert not [f for f in plan.findings if f.rule.startswith("law-") or f.rule == "history-estimated"]


def test_the_first_run_of_few_open_days_is_at_most_a_tenth_longer_than_the_runs_of_the_file() -> None:
    week = {"recent_weeks_km": kms("0", "0", "4.5", "6"), "last_run": AS_OF, "runs_per_week": 3}
    plan = drawn(running=week, availability=Availability(**{**SHUT, "wed": None}), weeks=2)
    assert runs(plan)[0].run_m <= 2200
