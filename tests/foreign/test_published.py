"""Published programmes, checked as calendars and tables from other sources: the weeks that break law 1, and by how much, are known by hand.

Two of the programmes that we read are left out: the soldiers' one, whose repetitions depend on the pace, and the gait-retraining one,
whose individual minutes are ours.
"""

from __future__ import annotations

import re
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from planner.foreign.checking import Checked, Wishes, check
from tests.foreign_files import MONDAY, calendar, event

PUBLISHED = Path(__file__).parents[1] / "data" / "published"
NAMES = sorted(path.stem for path in PUBLISHED.glob("*.toml"))
_RUNNING = re.compile(r"(.+?) of running; law 1 allows at most (.+?): ")


class Programme(NamedTuple):
    """A programme as published: the day (from 0) and the words of each run, and the answers."""

    runs: list[tuple[int, str]]
    law_1: list[tuple[int, str, str]]
    close_runs: int


def published(name: str) -> Programme:
    said = tomllib.loads((PUBLISHED / f"{name}.toml").read_text(encoding="utf-8"))
    runs = []
    for number, texts in enumerate(said["weeks"]):
        alike = texts * len(said["days"]) if len(texts) == 1 else texts
        runs += [(7 * number + day - 1, text) for day, text in zip(said["days"], alike, strict=True)]
    return Programme(runs, [tuple(answer) for answer in said["law_1"]], said["close_runs"])


def checked_as(form: str, programme: Programme, folder: Path) -> Checked:
    dated = [(MONDAY + timedelta(days=day), text) for day, text in programme.runs]
    if form == "ics":
        path = calendar(folder / "plan.ics", [event(day, text) for day, text in dated])
    else:
        path = folder / "plan.csv"
        path.write_text("Date;Workout\n" + "".join(f"{day};{text}\n" for day, text in dated), encoding="utf-8")
    return check(path, Wishes())


def test_every_programme_of_the_data_is_there() -> None:
    assert len(NAMES) == 8


@pytest.mark.parametrize("form", ["ics", "csv"])
@pytest.mark.parametrize("name", NAMES)
def test_the_weeks_that_break_law_1_are_the_known_ones(name: str, form: str, tmp_path: Path) -> None:
    programme = published(name)
    checked = checked_as(form, programme, tmp_path)
    assert (len(checked.entries.runs), checked.entries.not_read, checked.entries.not_counted) == (len(programme.runs), (), ())
    broken = [f for f in checked.verdict.findings if f.rule == "law-1" and " of running; " in f.message]
    answers = {int(f.where.removeprefix("week ")): match.groups() for f in broken if (match := _RUNNING.match(f.message))}
    assert answers == {week: (found, allowed) for week, found, allowed in programme.law_1}
    assert not checked.verdict.holds


@pytest.mark.parametrize("name", NAMES)
def test_runs_on_days_that_follow_each_other_are_breaks_of_law_6(name: str, tmp_path: Path) -> None:
    programme = published(name)
    close = [f for f in checked_as("ics", programme, tmp_path).verdict.findings if f.rule == "law-6"]
    assert len(close) == programme.close_runs


def test_the_cutback_weeks_and_exactly_ten_percent_are_no_break(tmp_path: Path) -> None:
    checked = checked_as("ics", published("ten_percent_cutbacks"), tmp_path)
    broken = {f.where for f in checked.verdict.findings if f.rule == "law-1"}
    assert not broken & {"week 2", "week 3", "week 4", "week 7", "week 8", "week 11", "week 12", "week 14", "week 16"}
