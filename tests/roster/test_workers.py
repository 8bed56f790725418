"""Workers: chunks return in order, a few ahead at most, and every row has an outcome whatever happens to a process."""

from __future__ import annotations

from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Self

import pytest

from planner.errors import OutputError
from planner.roster.outcome import Asked, Chunk, Outcome
from planner.roster.rows import Row
from planner.roster.workers import IN_FLIGHT, LocalRunner
from tests.roster.batches import outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Answer = Callable[[Sequence[Asked]], "Future[list[Outcome]]"]


class FakePool:
    """A pool that answers as it is told to."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def submit(self, _task: object, _job: object, _recipe: object, asked: Sequence[Asked]) -> Future[list[Outcome]]:
        return self.answer(asked)

    def shutdown(self, **_: object) -> None:
        """Nothing runs."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing runs."""


def chunk(*numbers: int) -> Chunk:
    return Chunk([("digest", None) for _ in numbers], [Asked(Row(n, f"runner-{n}")) for n in numbers])


def done(asked: Sequence[Asked]) -> Future[list[Outcome]]:
    future: Future[list[Outcome]] = Future()
    future.set_result([outcome(one.row.number) for one in asked])
    return future


def broken(_: Sequence[Asked]) -> Future[list[Outcome]]:
    raise BrokenProcessPool


def breaking(asked: Sequence[Asked]) -> Future[list[Outcome]]:
    """Row 2 takes the process down, whoever is in it."""
    if all(one.row.number != 2 for one in asked):
        return done(asked)
    future: Future[list[Outcome]] = Future()
    future.set_exception(BrokenProcessPool())
    return future


def ran(monkeypatch: pytest.MonkeyPatch, answer: Answer, chunks: Iterator[Chunk]) -> list[tuple[int, str]]:
    monkeypatch.setattr("planner.roster.workers.processes", lambda *_: FakePool(answer))
    found = LocalRunner(2).run(None, None, chunks, 100)  # type: ignore[arg-type]
    return [(one.number, one.status) for _, planned in found for one in planned]


def test_a_row_that_kills_is_found_among_its_neighbours(monkeypatch: pytest.MonkeyPatch) -> None:
    chunks = iter([chunk(0, 1), chunk(), chunk(2, 3, 4), chunk(5)])
    statuses = dict(ran(monkeypatch, breaking, chunks))
    assert list(statuses) == [0, 1, 2, 3, 4, 5]
    assert {number for number, status in statuses.items() if status == "killed"} == {2}


def test_processes_that_never_live_end_in_outcomes_and_not_in_a_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ran(monkeypatch, broken, iter([chunk(0), chunk(1, 2)])) == [(0, "killed"), (1, "killed"), (2, "killed")]


def test_chunks_are_taken_a_few_ahead_only(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting: list[Future[list[Outcome]]] = []

    def answer(_: Sequence[Asked]) -> Future[list[Outcome]]:
        waiting.append(Future())
        if len(waiting) == 2 * IN_FLIGHT:
            waiting[0].set_result([outcome(0)])
        return waiting[-1]

    monkeypatch.setattr("planner.roster.workers.processes", lambda *_: FakePool(answer))
    found = LocalRunner(2).run(None, None, (chunk(n) for n in range(1000)), 1000)  # type: ignore[arg-type]
    assert next(found)[1] == [outcome(0)]
    assert len(waiting) == 2 * IN_FLIGHT


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OutputError("the disk is full")], ids=["keyboard", "disk"])
def test_what_was_finished_when_it_ended_early_is_still_told(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    ends: Future[list[Outcome]] = Future()

    def answer(asked: Sequence[Asked]) -> Future[list[Outcome]]:
        if asked[0].row.number == 2:
            ends.set_exception(error)
        return ends if asked[0].row.number == 0 else done(asked)

    monkeypatch.setattr("planner.roster.workers.processes", lambda *_: FakePool(answer))
    found = LocalRunner(2).run(None, None, (chunk(n) for n in range(3)), 100)  # type: ignore[arg-type]
    assert [next(found)[1], next(found)[1]] == [[outcome(1)], [outcome(2)]]
    with pytest.raises(type(error)):
        next(found)


@pytest.mark.parametrize(("rows", "started"), [(1, 1), (8, 1), (9, 2), (1000, 4)])
def test_a_small_roster_starts_few_processes(monkeypatch: pytest.MonkeyPatch, rows: int, started: int) -> None:
    asked: list[int] = []

    def pool(workers: int, _job: object) -> FakePool:
        asked.append(workers)
        return FakePool(done)

    monkeypatch.setattr("planner.roster.workers.processes", pool)
    list(LocalRunner(4).run(None, None, iter([chunk(0), chunk(1)]), rows))  # type: ignore[arg-type]
    assert asked == [started]
