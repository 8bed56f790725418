"""TrainingPeaks' export of workouts, read as a plan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from planner.errors import InputError
from planner.foreign.table import read_table
from planner.journal.tables import read_table as activities
from planner.journal.trainingpeaks import read_trainingpeaks

HEAD = "Title,WorkoutType,WorkoutDescription,PlannedDuration,PlannedDistanceInMeters,WorkoutDay,DistanceInMeters,TimeTotalInHours,Rpe\n"


def test_what_was_planned_is_the_plan() -> None:
    entries = read_table(
        f"{HEAD}Easy,Run,,0.5,5000,2027-01-04,5600,0.6,4\n"
        "Tempo,Run,,0.75,,2027-01-06,,,\n"
        "Gym,Strength,,1,,2027-01-07,,,\n"
        "Long,Run,,,8000,2027-01-09,,,\n",
        miles=True,
        order=None,
    )
    assert [(run.day, run.dose.run.km, run.dose.run.seconds) for run in entries.runs] == [
        (date(2027, 1, 4), Decimal(5), 0),
        (date(2027, 1, 6), Decimal(0), 2700),
        (date(2027, 1, 9), Decimal(8), 0),
    ]
    assert [(aside.day, aside.load) for aside in entries.not_counted] == [(date(2027, 1, 7), "strength")]
    assert "Read `PlannedDistanceInMeters` as metres." in entries.notes
    assert "Read `PlannedDuration` as hours, where there is no distance." in entries.notes


KINDS = [
    ("Easy", "Run", "0.5", "5000", True),
    ("City 5k", "Race", "", "5000", True),
    ("Spring marathon", "Race", "", "42195", True),
    ("Spring race", "Race", "0.5", "5000", True),
    ("Spring race", "Race", "", "5000", False),
    ("Spring race", "Race", "1", "40000", False),
    ("Spring tri", "Race", "2", "40000", False),
    ("Track run", "Custom", "0.5", "5000", True),
    ("Thing", "Custom", "0.5", "5000", False),
    ("Thing", "Other", "0.5", "5000", False),
]


@pytest.mark.parametrize(("title", "kind", "hours", "metres", "runs"), KINDS)
def test_a_kind_is_a_run_for_the_check_and_the_import_alike(title: str, kind: str, hours: str, metres: str, runs: bool) -> None:
    data = f"{HEAD}{title},{kind},,{hours},{metres},2027-01-04,{metres},{hours},\n"
    plan = read_table(data, miles=False, order=None)
    done = read_trainingpeaks(activities(data.encode()), "tp.csv")
    assert (len(plan.runs), len(done.activities)) == (int(runs), int(runs))
    if not runs:
        why = f"no run: {kind} (log it by hand if it was a run)"
        assert [(aside.title, aside.why) for aside in plan.not_counted] == [(title, why)]
        assert [aside.error.found for aside in done.aside] == [why]


def test_without_what_was_planned_it_is_what_was_done() -> None:
    entries = read_table("WorkoutDay,WorkoutType,Title,DistanceInMeters\n2027-01-04,Run,Easy,5600\n", miles=False, order=None)
    assert entries.runs[0].dose.run.km == Decimal("5.6")


def test_without_either_there_is_nothing_to_check() -> None:
    with pytest.raises(InputError, match="PlannedDistanceInMeters or PlannedDuration"):
        read_table("WorkoutDay,WorkoutType,Title\n2027-01-04,Run,Easy\n", miles=False, order=None)
