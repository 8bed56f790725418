"""The example roster says of each example athlete what that athlete's own file says."""

from __future__ import annotations

from pathlib import Path

from planner.athlete_file import read_athlete
from planner.roster.example import example
from tests.roster.reading import athletes_of, written

EXAMPLES = Path(__file__).parent.parent.parent / "examples"


def test_the_example_roster_holds_the_athletes_of_the_example_files(tmp_path: Path) -> None:
    found = athletes_of(written(tmp_path, example()))
    assert found == [read_athlete(path) for path in sorted(EXAMPLES.glob("*.toml"))]
