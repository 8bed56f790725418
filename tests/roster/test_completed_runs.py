"""`made` and `unchanged` are about the last completed run, whatever was interrupted since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from planner.roster.job import BatchJob
from planner.roster.outcome import Chunk, Outcome
from planner.roster.recipe import Recipe
from planner.roster.run import run_batch
from tests.roster.batches import Here, batch, row, run_here, statuses, write_roster
from tests.roster.test_run import NEXT_DAY


class Interrupted(Here):
    """A runner that is interrupted once the first `after` chunks are planned and recorded."""

    def __init__(self, after: int) -> None:
        self.after = after

    def run(self, job: BatchJob, recipe: Recipe, chunks: Iterable[Chunk], rows: int) -> Iterator[tuple[Chunk, list[Outcome]]]:
        """See `Executor.run`."""
        for number, planned in enumerate(super().run(job, recipe, chunks, rows)):
            if number == self.after:
                raise KeyboardInterrupt
            yield planned


def begun(roster: Path, folder: Path, after: int, **changed: object) -> None:
    with pytest.raises(KeyboardInterrupt):
        run_batch(batch(roster, folder, **changed), Interrupted(after), lambda _done, _total: None)


def changed(folder: Path) -> list[object]:
    """The numbers of the runners whose plans the report calls made; all others are unchanged."""
    found = statuses(folder)
    assert set(found.values()) <= {"made", "unchanged"}
    return [str(who).removeprefix("runner-") for who, status in found.items() if status == "made"]


def slower(roster: Path, *numbers: int) -> None:
    """Change the pace of these runners in a roster of four."""
    write_roster(roster, [row(n, running__easy_pace="7:59") if n in numbers else row(n) for n in range(4)])


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    return write_roster(tmp_path / "roster.csv", [row(n) for n in range(4)])


@pytest.mark.parametrize("interruptions", [(1,), (2,), (1, 1), (0, 2)])
def test_what_an_interrupted_run_made_is_made_when_it_goes_on(roster: Path, tmp_path: Path, interruptions: tuple[int, ...]) -> None:
    folder = tmp_path / "plans"
    run_here(roster, folder)
    assert changed(folder) == ["0", "1", "2", "3"]
    slower(roster, 0, 2)
    for after in interruptions:
        begun(roster, folder, after)
    run_here(roster, folder)
    assert changed(folder) == ["0", "2"]
    run_here(roster, folder)
    assert changed(folder) == []


def test_a_report_after_an_interruption_is_the_one_of_an_uninterrupted_run(roster: Path, tmp_path: Path) -> None:
    for name, interruptions in (("whole", ()), ("plans", (2,))):
        slower(roster)
        run_here(roster, tmp_path / name)
        slower(roster, 0, 2)
        for after in interruptions:
            begun(roster, tmp_path / name, after)
        run_here(roster, tmp_path / name)
    for page in ("report.csv", "report.json", "summary.txt", "monday.txt", "monday.csv"):
        assert (tmp_path / "plans" / page).read_bytes() == (tmp_path / "whole" / page).read_bytes()


def test_a_plan_of_an_interrupted_run_is_made_for_the_next_day_too(roster: Path, tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    run_here(roster, folder)
    slower(roster, 0, 2)
    begun(roster, folder, 2)
    run_here(roster, folder, moment=NEXT_DAY)
    assert changed(folder) == ["0", "2"], "the calendars of the interrupted run stay as they are, but are news"
    run_here(roster, folder, moment=NEXT_DAY)
    assert changed(folder) == []
