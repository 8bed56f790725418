"""Shoe kilometres from the log: what was actually run and walked, in the pair that it names."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import evolve
from helpers import run, week
from logbook import kept, lived, placed, ran, row

from planner.athlete import Running, Shoes
from planner.steps import Step
from planner_pillars import footwear
from planner_pillars.footwear import Settings
from planner_pillars.wear import pair_named

RUNNING = Running(easy_pace=400, walk_pace=600)
RUNS = (run(1), run(2), run(3))
"""At 6:40 per kilometre 3 km each, with a kilometre of walking around it."""
BLUE, RED = Shoes(name="blue", used_km=Decimal(100)), Shoes(name="red", used_km=Decimal(200))


def offered(rows, day, number, shoes=(BLUE,), sessions=(), **table):
    """What is said in week `number`, with all weeks before it as they were planned."""
    about, earlier, said = kept(*rows, day=day, shoes=shoes, running=RUNNING), (), []
    for n in range(1, number + 1):
        said = footwear.planner_sessions(about, week(n, runs=RUNS, earlier=earlier), Settings(fitting=False, **table))
        runs = [noted(n, k, [p for p in said if p.attach and k in p.attach.ordinals]) for k in (1, 2, 3)]
        notes = placed(n, "footwear", [p for p in said if p.note], days=(0,) * 9)
        earlier = (*earlier, lived(n, [*runs, *notes, *(s for s in sessions if s.week == n)]))
    return said


def noted(number, ordinal, proposals):
    return ran(number, notes=tuple(step for p in proposals for step in p.steps))[ordinal - 1]


def metres(rows, day=8, number=2, shoes=(BLUE,), **changes):
    """Metres that the log put on each pair before week `number`, in tenths of a kilometre."""
    about = kept(*rows, day=day, shoes=shoes, running=RUNNING)
    said = offered(rows, day, number, shoes, **changes)
    assert said
    past = footwear._worn(about)(tuple(lived(n, ran(n)) for n in range(1, number)))
    return [m // 100 for m in past.metres]


def logged(place, number=1, **said):
    """The row of run `place` of week `number`: 3 km run and 4 on foot unless something else is said."""
    return row(7 * (number - 1) + 2 * place, f"progression/run#{place}", **({"run_m": 3000, "foot_m": 4000} | said))


@pytest.mark.parametrize(
    ("rows", "tenths"),
    [
        ([], 0),
        ([logged(1)], 40),
        ([logged(1, run_m=5000, foot_m=5500)], 55),
        ([logged(1, foot_m=None)], 40),
        ([logged(1, run_m=None, foot_m=None)], 40),
        ([logged(1, run_m=None, foot_m=None, seconds=900)], 20),
        ([row(2, run_m=2000)], 30),
        ([row(7, run_m=2000)], 20),
        ([row(7, run_m=2000, foot_m=2500)], 25),
        ([row(7, foot_m=6000)], 60),
        ([row(2, pain_during=1)], 40),
        ([row(2, pain_during=1, sets_done=9), row(2, note="rest")], 0),
        ([logged(1, run_m=0, foot_m=None)], 0),
        ([logged(1), logged(1, run_m=None, foot_m=None, pain_next_morning=0)], 40),
        ([logged(1, side="left"), logged(1, side="right", run_m=3200, foot_m=4200)], 42),
        ([row(-1, run_m=9000)], 0),
        ([logged(1), row(9, run_m=9000)], 40),
    ],
)
def test_past_weeks_count_as_they_were_run_and_walked(rows, tenths):
    assert metres(rows) == [tenths]


def test_what_is_planned_counts_from_today_on():
    assert metres([], day=1) == [120]
    assert metres([], day=3) == [80]
    assert metres([], day=4) == [80], "the second run is today's"
    assert metres([logged(2, run_m=2000, foot_m=2000)], day=4) == [60], "and is written down"
    assert metres([row(4, run_m=2000, foot_m=2000)], day=4) == [60]


def test_a_row_names_its_pair_and_the_others_wear_what_was_planned():
    two = (BLUE, RED)
    rows = [logged(1, shoes="Red "), logged(2, shoes="blue"), logged(3)]
    said = offered(rows, 8, 2, two)
    steps = {p.key: p.steps[0].text for p in said if p.attach}
    planned = [p.key for p in offered([], 1, 1, two) if p.attach and 3 in p.attach.ordinals]
    on_blue = 104 + 4 * (planned == ["pair-1"])
    on_red = 204 + 4 * (planned == ["pair-2"])
    assert f"about {on_blue} km" in steps["pair-1"]
    assert f"about {on_red} km" in steps["pair-2"]


def test_a_row_without_a_pair_wears_that_of_its_planned_run_or_of_the_next_one_that_nobody_told():
    notes = [(Step(kind="note", text=f"Shoes: {name} (about"),) for name in ("blue", "red", "red")]
    planned = lived(1, [ran(1, notes=note)[n] for n, note in enumerate(notes)])

    def worn(*rows):
        return footwear._worn(kept(*rows, day=8, shoes=(BLUE, RED), running=RUNNING))((planned,)).metres

    assert worn(logged(1)) == (4000, 0)
    assert worn(logged(2)) == (0, 4000)
    assert worn(row(4, run_m=3000, foot_m=3500)) == (0, 3500)
    assert worn(row(3, run_m=3000, foot_m=3500)) == (3500, 0), "the first run of the week, on another day"
    assert worn(logged(1), row(3, run_m=3000, foot_m=3500)) == (4000, 3500)
    assert worn(row(3, foot_m=3500)) == (3500, 0), "a walk of one's own"


def test_a_pair_is_found_by_its_name():
    about = kept(day=1, shoes=(Shoes(name="Blue"), Shoes(name="blue"), Shoes(name="Old one")))
    assert [pair_named(name, about) for name in ("Blue", "blue", "BLUE", " old ONE", "new one")] == [0, 1, 0, 2, None]


def test_a_pair_that_nobody_knows_is_told_and_carries_nothing():
    rows = [logged(1, shoes="green"), logged(2, shoes="green"), row(-2, run_m=100, shoes="old")]
    assert metres(rows) == [0]
    (found,) = footwear.planner_screening(kept(*rows, day=8, shoes=(BLUE, RED)))
    assert (found.rule, found.severity, found.where) == ("shoes-unknown", "warning", "2027-01-05")
    assert 'the pair "green"' in found.message
    assert "blue, red" in found.message
    (none,) = footwear.planner_screening(kept(*rows, day=8))
    assert "the athlete file has no pairs" in none.message
    assert footwear.planner_screening(kept(logged(1, shoes="blue"), day=8, shoes=(BLUE,))) == []
    assert footwear.planner_screening(kept(*rows, day=1, shoes=(BLUE,))) == [], "dated after the day of planning"


def test_planned_walks_count_unless_a_row_says_otherwise():
    steps = (Step(kind="walk", seconds=1800),)
    walk = evolve(ran(1)[0], pillar="assessment", key="walk", steps=steps, tags=("walk",), run_s=0, run_m=0, walk_s=1800, foot_m=3000)
    about = kept(day=8, shoes=(BLUE,), running=RUNNING)
    assert footwear._worn(about)((lived(1, [walk]),)).metres == (3000,)
    told = kept(row(3, "assessment/walk#1", foot_m=1200), day=8, shoes=(BLUE,), running=RUNNING)
    assert footwear._worn(told)((lived(1, [walk]),)).metres == (1200,)


def test_due_dates_follow_what_was_run():
    near = (Shoes(name="blue", used_km=Decimal(630), limit_km=Decimal(640)),)
    assert [p.key for p in offered([], 1, 1, near) if p.note] == ["due-1"], "12 km a week are planned"
    weeks = [[p.key for p in offered([], 15, n, near) if p.note] for n in (1, 2, 3)]
    assert weeks == [["warn-1"], [], ["due-1"]], "two weeks without a run, then what is planned"
    ran_all = [logged(place, number) for number in (1, 2) for place in (1, 2, 3)]
    weeks = [[p.key for p in offered(ran_all, 15, n, near) if p.note] for n in (1, 2, 3)]
    assert weeks == [["due-1"], [], []]


def test_a_week_that_has_begun_counts_its_rows_and_the_runs_that_are_left():
    near = (Shoes(name="blue", used_km=Decimal(628), limit_km=Decimal(640)),)
    assert [p.key for p in offered([], 2, 1, near) if p.note] == ["due-1"], "3 runs of 4 km"
    short = [logged(1, run_m=1000, foot_m=1000)]
    assert [p.key for p in offered(short, 3, 1, near) if p.note] == ["warn-1"], "1 + 4 + 4"
    unnamed = [row(2, run_m=1000, foot_m=1000)]
    assert [p.key for p in offered(unnamed, 3, 1, near) if p.note] == ["warn-1"]
    walked = [row(3, foot_m=1000)]
    assert [p.key for p in offered(walked, 3, 1, near) if p.note] == ["due-1"], "a walk stands for no run"
