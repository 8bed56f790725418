"""Cadence from the log: the athlete's own number, and a target that rises only once it was reached."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import evolve
from helpers import run, week
from logbook import kept, lived, placed, ran, row

from planner.athlete import Running
from planner_pillars import running_form
from planner_pillars.running_form import Settings

OWN = Running(easy_pace=400, cadence=164)
NONE = Running(easy_pace=400)
LONG = tuple(run(n, longest_stretch_s=600) for n in (1, 2, 3))
TARGETS = {50: 172, 75: 176, 100: 180}


def said(rows, day, number, *, running=OWN, **table):
    """What stands on the runs of week `number`, each week's runs carrying what was said of it."""
    about, earlier, offered = kept(*rows, day=day, running=running), (), []
    for n in range(1, number + 1):
        offered = running_form.planner_sessions(
            about, week(n, runs=LONG, earlier=earlier, decision="progress"), Settings(recheck_weeks=0, **table)
        )
        earlier = (*earlier, lived(n, ran(n, notes=tuple(step for p in offered for step in p.steps))))
    return offered


def target(rows, day, number, **changes):
    """The week's target, or the key of what stands there instead."""
    (found,) = said(rows, day, number, **changes)
    return int(found.title.split()[1]) if found.key == "cadence" else found.key


def counted(number, *cadences, **said):
    """Runs of week `number` with these cadences."""
    return [row(7 * (number - 1) + 2 * n, f"progression/run#{n}", run_m=3000, cadence=c, **said) for n, c in enumerate(cadences, 1)]


def test_a_target_that_was_reached_in_two_runs_rises_after_two_weeks():
    rows = [*counted(1, 172), *counted(2, 165, 173)]
    assert [target(rows, 15, n) for n in (1, 2, 3)] == [172, 172, 176]
    (note,) = said(rows, 15, 3)
    assert "Your log decided: it has 172 or more in 2 runs, so on to 176." in note.details
    assert "there are 0 so far." in note.details


@pytest.mark.parametrize(
    "rows",
    [
        [],
        counted(1, 172),
        [*counted(1, 171, 171), *counted(2, 171, 171)],
        [row(2, run_m=0, cadence=180), row(4, foot_m=3000, cadence=180), *counted(2, 172)],
        [*counted(2, 172), *counted(3, 172)],
    ],
)
def test_a_target_that_was_not_reached_is_held_with_words(rows):
    assert target(rows, 15, 3) == 172
    (note,) = said(rows, 15, 3)
    assert "Your log decided: 172 once more." in note.details
    assert "once your log has 172 or more in 2 runs" in note.details


def test_two_runs_of_one_week_do_not_raise_it_before_two_weeks_had_it():
    assert target(counted(1, 175, 175, 175), 8, 2) == 172


def test_a_run_that_hurt_takes_the_target_back_by_a_step():
    reached = [*counted(1, 172), *counted(2, 173)]
    for hurt in ({"pain_during": 3}, {"pain_before": 1, "pain_next_morning": 2}):
        rows = [*reached, *counted(3, 176, **hurt)]
        assert target(rows, 22, 4) == 172
        assert "so back to 172 for now." in said(rows, 22, 4)[0].details
    assert target([*reached, *counted(3, 176, pain_during=2, pain_before=1, pain_next_morning=1)], 22, 4) == 176
    sore = [*counted(1, 172, pain_during=4)]
    assert target(sore, 8, 2) == 168
    assert "go back to 164." in said(sore, 8, 2)[0].details


MORNING_ROWS = {
    "named after the run, on its date": [row(13, "progression/run#3", pain_next_morning=2)],
    "named after the run, on the morning": [row(14, "progression/run#3", pain_next_morning=2)],
    "on its date": [row(13, pain_next_morning=2)],
    "on the morning": [row(14, pain_next_morning=2)],
    "on the morning, about one knee": [row(14, pain_next_morning=2, side="left")],
    "next to the watch's row": [row(13, cadence=172), row(14, pain_next_morning=2)],
}


@pytest.mark.parametrize("rows", MORNING_ROWS.values(), ids=MORNING_ROWS.keys())
def test_a_worse_morning_in_a_row_of_its_own_takes_the_target_back(rows):
    runs = [*counted(1, 172, 172), row(13, "progression/run#3", run_m=3000, pain_before=1, pain_during=1)]
    assert target(runs, 15, 3) == 176
    assert target([*runs, *rows], 15, 3) == 168
    assert target([*runs, *[evolve(one, pain_next_morning=1) if one.pain_next_morning else one for one in rows]], 15, 3) == 176


def test_the_morning_after_a_sundays_run_is_about_the_week_of_the_run():
    runs = [*counted(1, 172, 172), row(14, "progression/run#3", run_m=3000, pain_before=0)]
    late = row(15, pain_next_morning=3)
    assert target([*runs, late], 15, 3) == 168
    assert target([*runs, late], 22, 4) == 168, "and it is not counted against the week after as well"


def test_a_morning_without_a_run_before_it_or_about_strength_says_nothing_of_cadence():
    runs = [*counted(1, 172, 172), row(13, "progression/run#3", run_m=3000, pain_next_morning=0)]
    strength = [row(11, "hip_strength/strength-2#1", sets_done=8), row(12, "hip_strength/strength-2#1", pain_next_morning=4)]
    assert target([*runs, row(10, pain_next_morning=4), *strength], 15, 3) == 176


def test_pain_in_a_row_next_to_the_watchs_takes_the_target_back():
    runs = [*counted(1, 172, 172), row(13, run_m=3000, cadence=173)]
    assert target([*runs, row(13, pain_during=4)], 15, 3) == 168
    for other in ({"foot_m": 2000}, {"sets_done": 8}):
        assert target([*runs, row(13, pain_during=4, **other)], 15, 3) == 176


def test_one_run_in_two_rows_is_one_run_that_reached_the_target():
    knees = [row(9, "progression/run#1", run_m=3000, cadence=172, side=side) for side in ("left", "right")]
    assert target(knees, 15, 3) == 172
    assert "there are 1 so far" in said(knees, 15, 3)[0].details
    assert target([*knees, row(11, run_m=3000, cadence=172)], 15, 3) == 176


def test_one_run_in_two_rows_is_one_count_of_the_own_cadence():
    knees = [row(2, run_m=3000, cadence=160, side=side) for side in ("left", "right")]
    (note,) = said([*knees, row(4, run_m=3000, cadence=166)], 8, 2, running=NONE)
    assert "Your 163 is what your log says" in note.details


def test_the_last_target_held_ends_the_work_on_cadence():
    rows = [*counted(1, 172), *counted(2, 172), *counted(3, 176), *counted(4, 176), *counted(5, 180), *counted(6, 180)]
    assert [target(rows, 50, n) for n in (5, 6, 7)] == [180, 180, "cue-under"]
    assert target(rows, 50, 5, most_percent=Decimal("7.5")) == "cue-under"
    assert target(rows[:-1], 50, 7) == 180
    assert "The work on cadence ends after two weeks with 180" in said(rows[:-1], 50, 7)[0].details


def test_weeks_that_are_still_ahead_are_drawn_as_if_it_was_reached():
    assert [target([], 1, n) for n in range(1, 8)] == [172, 172, 176, 176, 180, 180, "cue-under"]
    (note,) = said([], 1, 3)
    assert "This assumes that your log has 172 or more in 2 runs by then. If it does not, stay at 172." in note.details
    assert "Your log decided" not in note.details


def test_an_athlete_without_a_number_has_it_from_the_first_week_with_a_count():
    rows = [*counted(1, 160, 163, 161), *counted(2, 170)]
    assert said(rows, 8, 1, running=NONE)[0].key == "measure"
    assert "You can also write the average into your log" in said(rows, 8, 1, running=NONE)[0].details
    (note,) = said(rows, 15, 3, running=NONE)
    assert note.title == "Cadence 169", "5% above 161"
    assert "Your 161 is what your log says: the average of the first week with a count." in note.details
    assert target(rows, 15, 3) == 172, "the file's own number counts before the log's"


def test_strides_are_doubled_and_old_counts_left_out():
    assert said([row(-3, run_m=2000, cadence=80)], 8, 1, running=NONE)[0].title == "Cadence 168"
    assert said([row(-40, run_m=2000, cadence=160)], 8, 1, running=NONE)[0].key == "measure"


def test_a_count_that_is_high_enough_asks_for_nothing():
    assert said(counted(1, 182), 8, 2, running=NONE)[0].key == "cue-under"


def test_the_faded_route_has_the_target_of_the_log():
    long = tuple(run(n, longest_stretch_s=900) for n in (1, 2, 3))
    rows = [*counted(1, 172), *counted(2, 172)]
    earlier = [lived(n, ran(n, notes=said(rows, 15, n)[0].steps)) for n in (1, 2)]
    view = week(3, runs=long, earlier=tuple(earlier))
    (held,) = running_form.planner_sessions(kept(day=15, running=OWN), view, Settings(faded_feedback=True))
    (risen,) = running_form.planner_sessions(kept(*rows, day=15, running=OWN), view, Settings(faded_feedback=True))
    assert (held.title, risen.title) == ("Faded feedback, cadence 172", "Faded feedback, cadence 176")


@pytest.mark.parametrize(("cadence", "keys"), [(170, ["cadence"]), (171, ["ask"]), (179, ["ask"]), (180, [])])
def test_a_count_between_171_and_179_in_the_log_asks_once(cadence, keys):
    about = kept(*counted(1, cadence), day=8, running=NONE)
    first = lived(1, ran(1))
    offered = running_form.planner_sessions(about, week(2, runs=LONG, earlier=(first,), decision="progress"), Settings())
    assert [p.key for p in offered if not p.key.startswith("cue-")] == keys
    second = lived(2, (*ran(2), *placed(2, "running_form", [p for p in offered if p.note])))
    again = running_form.planner_sessions(about, week(3, runs=LONG, earlier=(first, second), decision="progress"), Settings())
    assert "ask" not in [p.key for p in again]
