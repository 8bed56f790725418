"""What earlier weeks contained: incremental sums, and runs read from their steps."""

from __future__ import annotations

from functools import reduce

from helpers import START, past_week
from hypothesis import given
from hypothesis import strategies as st

from planner import Group, Session, Step, Week
from planner_pillars.week_history import over_weeks, run_of

WEEKS = tuple(past_week(number) for number in range(1, 8))


def add(told: tuple[int, ...], week: Week) -> tuple[int, ...]:
    return (*told, week.number)


@given(st.lists(st.lists(st.sampled_from(WEEKS), max_size=5).map(tuple), max_size=8))
def test_a_sum_is_the_same_whatever_was_asked_before(asked):
    over = over_weeks(add, ())
    assert [over(weeks) for weeks in asked] == [reduce(add, weeks, ()) for weeks in asked]


def test_only_weeks_behind_the_known_ones_are_added():
    seen: list[int] = []

    def watched(total: int, week: Week) -> int:
        seen.append(week.number)
        return total + week.number

    over = over_weeks(watched, 0)
    assert [over(WEEKS[:n]) for n in (1, 2, 2, 4)] == [1, 3, 3, 10]
    assert seen == [1, 2, 3, 4]


def test_a_run_is_read_by_its_steps():
    walks = (Step(kind="warm-up", seconds=300), Step(kind="warm-up", seconds=90), Step(kind="cool-down", seconds=240))
    stretches = Group(repeat=3, steps=(Step(kind="run", seconds=60), Step(kind="walk", seconds=45)))
    notes = (Step(kind="note", text="softly"), Step(kind="note", text="gently"))
    steps = (*walks, notes[0], stretches, Step(kind="run", seconds=75), notes[1])
    run = Session(
        week=1,
        pillar="progression",
        key="run",
        ordinal=1,
        date=START,
        start=None,
        duration_s=1100,
        title="Walk-run",
        steps=steps,
        tags=("run",),
        run_s=255,
    )
    assert run_of(run) == (("softly", "gently"), 540, 75, 45)
