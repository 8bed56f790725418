"""The ladder level at which running restarts after a gap, according to a log (evidence 1a)."""

import pytest
from attrs import evolve
from helpers import week
from planned_runs import TEMPLATES, kms
from restarted import DAY, LIVED, START, levels, lived, planned, runs_of

from planner.athlete import Absence, Availability
from planner_pillars import progression


def named(level):
    """The number of a run's level in the programme, of a step between two the lower one's."""
    ladder = progression.rungs(TEMPLATES["walk-run"])[:level]
    return max(int(one.label) for one in ladder if one.label.isdigit())


@pytest.mark.parametrize("off", [1, 2, 3, 4, 5])
@pytest.mark.parametrize(("km", "sore"), sorted(LIVED))
def test_a_level_goes_back_for_each_week_off_and_one_more_after_pain(km, sore, off):
    plan = planned(LIVED[km, sore], 7 * (4 + off), **kms(km))
    before, back, after = (max(levels(plan, number)) for number in (4, 5 + off, 6 + off))
    steps = off + sore
    assert back == 1 if steps >= 4 else 1 <= named(back) <= max(1, named(before) - steps)
    assert after <= back + 1, "from there it is climbed as ever"
    assert any(why.source == "1a" and "levels go back" in why.text for why in runs_of(plan, 5 + off)[0].why)
    assert not any("levels go back" in why.text for run in runs_of(plan, 6 + off) for why in run.why)


def test_where_the_laws_open_anew_after_a_shorter_gap_the_ladder_begins_anew_too():
    plan = planned(lived(3, **kms("3")), 28, **kms("3"))
    assert plan.weeks[4].decision == "entry"
    assert levels(plan, 3)[-1] > 2
    assert levels(plan, 5) == [1]
    assert levels(plan, 6)[-1] <= 2


def test_without_a_log_a_gap_changes_nothing_but_the_load():
    away = Availability(away=(Absence(first=START + 21 * DAY, last=START + 34 * DAY),))
    alone, kept = (planned(log, 0, availability=away, **kms("10")) for log in (None, ()))
    assert levels(alone, 7)[-1] > levels(kept, 7)[-1] + 1
    assert not any("levels go back" in why.text for run in alone.sessions for why in run.why)


def test_a_level_of_before_the_gap_is_no_clean_run_after_it():
    plan = planned(LIVED["10", True], 42, **kms("10"))
    view = week(8, decision="progress", earlier=plan.weeks[:7], restarted=plan.weeks[6].start, days_off=14, after_pain=True)
    ladder = progression.rungs(TEMPLATES["walk-run"])
    missed = [evolve(s, status="missed") if s.run_s else s for s in plan.weeks[6].sessions]
    never = evolve(view, earlier=(*plan.weeks[:6], evolve(plan.weeks[6], sessions=tuple(missed))), room=evolve(view.room, runs=1))
    reached = progression.rung_to_go_on_from(ladder, never)
    assert reached == levels(plan, 7)[-1] - 1
    assert progression.rung_for(ladder, 9000, reached, never, TEMPLATES["walk-run"]) == reached


def test_a_restart_without_a_run_of_the_plan_leaves_the_lower_level_to_the_next_week():
    plan = planned(LIVED["10", False], 35, **kms("10"))
    none = evolve(plan.weeks[5], sessions=())
    view = week(7, decision="progress", earlier=(*plan.weeks[:5], none), restarted=none.start, days_off=8)
    ladder = progression.rungs(TEMPLATES["walk-run"])
    assert progression.rung_to_go_on_from(ladder, view) == levels(plan, 4)[-1] - 2
