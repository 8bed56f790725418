"""Days without running: absences, closed days, and limits that leave no day at all."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import evolve

from planner import Unavailable
from planner.athlete import Availability, Commitment
from planner.entry import Entry
from planner.errors import ContradictionError
from planner.model import Plan
from planner.quantities import distance
from tests.engine.drawn import NINE, SHUT, away, day, drawn, runs, said
from tests.engine.test_log_fold import DAY, START, WELL, planned
from tests.tiny_plugins import Tiny


def test_a_week_that_is_cut_short_is_left_run_free_where_that_allows_more() -> None:
    plan = drawn(weeks=6, running=NINE, availability=away(21, 25))
    before, free, after = plan.weeks[2:5]
    assert (free.decision, runs(free)) == ("off", [])
    assert (after.decision, after.bound_by, after.ceiling_run_m) == ("regress", "time-off", before.run_m * 4 // 5)
    assert 11 * before.run_m // 3 < 10 * after.ceiling_run_m
    found = [f for f in plan.findings if f.rule == "left-out"]
    assert [(f.where, f.severity) for f in found] == [("week 4", "warning")]
    assert "leaving the week run-free allows more running afterwards" in found[0].message


def test_a_week_that_is_cut_short_a_little_is_arranged_on_the_days_that_are_left() -> None:
    plan = drawn(weeks=6, running=NINE, availability=away(23, 24))
    week = plan.weeks[3]
    assert len(runs(week)) == 3
    assert not {day(23), day(24)} & {s.date for s in week.sessions if s.tags and not s.transparent}
    assert said(plan, "left-out") == []


@pytest.mark.parametrize(("first", "last", "left"), [(24, 33, 2), (24, 34, 2), (22, 34, 1)])
def test_a_week_cut_short_by_an_absence_into_the_next_is_judged_by_the_first_week_back(first: int, last: int, left: int) -> None:
    plan = drawn(weeks=8, running=NINE, availability=away(first, last))
    before, short, absent, back = plan.weeks[2:6]
    assert (len(runs(short)), runs(absent)) == (left, [])
    assert not any(where.startswith("week 4: runs") for where in said(plan, "left-out"))
    assert back.ceiling_run_m > before.run_m * 3 // 5, "what the gap of a run-free week would have left"


def test_a_week_that_keeps_most_of_its_runs_is_not_left_run_free_for_a_little_more() -> None:
    kept, free = (drawn(weeks=8, running=NINE, availability=away(first, 27)) for first in (24, 23))
    assert [len(runs(plan.weeks[3])) for plan in (kept, free)] == [2, 0]
    assert kept.weeks[4].run_m < free.weeks[4].run_m
    assert sum(week.run_m for week in kept.weeks) > sum(week.run_m for week in free.weeks)


def test_a_whole_week_away_is_off_and_needs_no_word_about_its_runs() -> None:
    plan = drawn(weeks=6, running=NINE, availability=away(21, 27))
    assert (plan.weeks[3].decision, plan.weeks[3].run_m, plan.weeks[4].decision) == ("off", 0, "regress")
    assert said(plan, "left-out") == []


def test_a_week_away_with_a_race_in_it_is_not_called_run_free() -> None:
    race = Commitment(name="Race", km=Decimal(2), kind="race", date=day(23))
    plan = drawn(weeks=6, running=NINE, availability=away(21, 27), commitments=(race,))
    assert [s.date for s in runs(plan.weeks[3])] == [day(23)]
    (why,) = [message for where, message in told(plan) if where == "week 4"]
    assert why.endswith("your days leave no room for more.")


def told(plan: Plan) -> list[tuple[str, str]]:
    return [(f.where, f.message) for f in plan.findings if f.rule == "left-out"]


# Contradictions


def closed(*weekdays: int, weeks: int = 4, tag: str = "any") -> Unavailable:
    """No session on these weekdays (0 is Monday)."""
    dates = frozenset(day(n) for n in range(7 * weeks) if day(n).weekday() in weekdays)
    return Unavailable(dates=dates, why="closed", tag=tag)


WEEKEND = Availability(**{**SHUT, "sat": None, "sun": None})


@pytest.mark.parametrize(
    ("availability", "plugins", "culprits"),
    [
        (Availability(**SHUT), (), ("availability",)),
        (away(0, 40), (), ("availability.away",)),
        (evolve(Availability(**SHUT), away=away(7, 12).away), (), ("availability",)),
        (evolve(Availability(**SHUT), away=away(0, 40).away), (), ("availability",)),
        (evolve(WEEKEND, away=away(0, 27).away), (), ("availability.away",)),
        (WEEKEND, (Tiny(limits=(closed(5, 6),)),), ("availability", "plugin tiny")),
        (WEEKEND, (Tiny(limits=(closed(5, 6, tag="run"),)),), ("availability", "plugin tiny")),
        (WEEKEND, (Tiny(name="a", limits=(closed(5),)), Tiny(name="b", limits=(closed(0, 6),))), ("availability", "plugin a", "plugin b")),
        (
            Availability(),
            (Tiny(name="b", limits=(closed(0, 1, 2, 3, 4),)), Tiny(name="a", limits=(closed(5, 6),))),
            ("plugin a", "plugin b"),
        ),
        (Availability(**SHUT), (Tiny(limits=(closed(5, 6),)),), ("availability",)),
        (WEEKEND, (Tiny(name="a", limits=(closed(5),)), Tiny(name="b", limits=(closed(5), closed(6)))), ("availability", "plugin b")),
        (WEEKEND, (Tiny(name="a", limits=(closed(3),)), Tiny(name="b", limits=(closed(5, 6),))), ("availability", "plugin b")),
    ],
)
def test_limits_that_leave_no_day_are_named_and_no_others(
    availability: Availability, plugins: tuple[Tiny, ...], culprits: tuple[str, ...]
) -> None:
    with pytest.raises(ContradictionError) as refused:
        drawn(*plugins, availability=availability)
    assert refused.value.culprits == culprits
    assert "between 2027-01-04 and 2027-01-31 no day is left for a run" in str(refused.value)


def test_one_open_day_in_the_whole_plan_is_no_contradiction() -> None:
    almost = Unavailable(dates=frozenset(day(n) for n in range(28) if n != 20), why="closed")
    assert [s.date for s in runs(drawn(Tiny(limits=(almost,))))] == [day(20)]


AGAIN = "After a week or more without a run, running starts again at "


def test_time_off_is_told_with_what_it_costs() -> None:
    plan = drawn(weeks=6, running=NINE, availability=away(21, 27))
    before, _free, after = plan.weeks[2:5]
    told = [distance(metres, miles=False) for metres in (after.run_m, before.run_m * 11 // 10)]
    assert said(plan, "time-off") == [f"week 5: {AGAIN}{told[0]}; without the break, {told[1]} would have been allowed."]


def test_a_break_earns_no_running_by_its_words() -> None:
    """The last week before it held one short run: a share of the seven dates to that run is more than it could have grown to."""
    short = Commitment(name="Short", date=day(29), km=Decimal("2.8"))
    plan = drawn(weeks=8, running=NINE, availability=away(31, 40), commitments=(short,))
    back = next(week for week in plan.weeks if week.bound_by == "time-off")
    assert back.run_m > 2800 * 11 // 10
    assert said(plan, "time-off") == [f"week {back.number}: {AGAIN}{distance(back.run_m, miles=False)}."]


def test_what_would_have_been_allowed_grows_from_what_was_done_and_allowed_and_not_from_what_was_missed() -> None:
    rows = tuple(Entry(date=START + n * DAY, run_m=6000, foot_m=6100, **WELL) for n in (0, 2))
    plan = planned(rows, START + 14 * DAY)
    assert sum(past.allowed_m or 0 for past in plan.history) == 6930
    assert plan.weeks[2].run_m > 6930 * 11 // 10
    assert said(plan, "time-off") == [f"week 3: {AGAIN}{distance(plan.weeks[2].run_m, miles=False)}."]
