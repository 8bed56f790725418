"""Athlete files in miles: exact kilometres inside, and messages that name the keys and units of the file."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from planner.athlete_file import read_athlete
from planner.errors import InputError
from planner.quantities import metres_from
from planner.recent_running import estimated_history

LEAST = 'start = 2027-01-04\nunits = "mi"\n[running]\neasy_pace = "10:30"\n'
CLUB = '[[commitments]]\nname = "Club run"\non = "tue"\n'


def write(folder: Path, lines: str) -> Path:
    path = folder / "ana.toml"
    path.write_text(f"{LEAST}{lines}\n", encoding="utf-8")
    return path


def test_miles_become_exact_kilometres(tmp_path: Path) -> None:
    lines = "recent_weeks_mi = [1, 2.5]\nlongest_run_mi = 1.5\ngoal_week_mi = 10\n[[shoes]]\nname = 'blue'\nused_mi = 100\nlimit_mi = 400"
    athlete = read_athlete(write(tmp_path, lines))
    assert athlete.running.recent_weeks_km == (Decimal("1.609344"), Decimal("4.023360"))
    assert athlete.running.goal_week_km == Decimal("16.09344")
    assert metres_from(athlete.running.longest_run_km or Decimal(0), miles=False) == 2414
    assert athlete.running.easy_pace == int(Fraction(630) / Fraction("1.609344")), "rounded down: metres are never undercounted"
    assert athlete.shoes[0].limit_km == Decimal("643.7376")


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("longest_run_km = 3", ["running.longest_run_km", "kilometres in a file", "longest_run_mi"]),
        ("longest_run_mi = 500", ["running.longest_run_mi", "from 0.0 to 124.3 miles"]),
        ("longest_run_mi = 1e999999", ["running.longest_run_mi"]),
        ('longest_run_mi = "3"', ["running.longest_run_mi", "a number (miles)"]),
        ("longest_run_mi = [3]", ["running.longest_run_mi: found a list; expected a number (miles)."]),
        ("recent_weeks_mi = 6", ["running.recent_weeks_mi: found 6; expected a list in [ ]."]),
        ("[[shoes]]\nname = 'blue'\nused_mi = [3]", ["shoes[1].used_mi: found a list; expected a number (miles)."]),
        (CLUB, ["commitments[1].mi: missing; expected how far it goes"]),
        ('walk_pace = "5:00"', ["running.walk_pace", "per mile"]),
        ("longest_run_m = 3", ["Did you mean `longest_run_mi`?"]),
    ],
)
def test_a_mistake_in_miles_is_told_in_miles(tmp_path: Path, lines: str, words: list[str]) -> None:
    path = write(tmp_path, lines)
    with pytest.raises(InputError) as refused:
        read_athlete(path)
    for word in words:
        assert word in str(refused.value)


@pytest.mark.parametrize(
    ("lines", "where", "words"),
    [
        ("recent_weeks_mi = [10]\nlongest_run_mi = 1", "running.longest_run_mi", "found 1.0 mi, but 10.0 mi"),
        ("recent_weeks_mi = [10]\nlongest_run_mi = 1", "running.longest_run_mi", "or fewer miles in that week"),
        ("recent_weeks_mi = [4, 5]\nlast_run = 2026-12-27", "running.last_run", "but recent_weeks_mi says 5.0 mi in the week"),
    ],
)
def test_a_past_that_contradicts_itself_is_refused_in_miles(tmp_path: Path, lines: str, where: str, words: str) -> None:
    athlete = read_athlete(write(tmp_path, lines))
    with pytest.raises(InputError) as refused:
        estimated_history(athlete, 3, 2)
    assert refused.value.where == where
    assert words in str(refused.value)
