"""Processes on this machine that plan chunks, and what is done when one of them is killed."""

from __future__ import annotations

import sys
from abc import abstractmethod
from collections import deque
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Protocol

from planner.errors import OutputError, PlannerError
from planner.processes import fresh_processes
from planner.roster.chunk import make_chunk, maker_of
from planner.roster.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from concurrent.futures import ProcessPoolExecutor

    from planner.roster.job import BatchJob
    from planner.roster.outcome import Asked, Chunk
    from planner.roster.recipe import Recipe

IN_FLIGHT = 3
"""Chunks for each worker that are under way at once: enough that none waits, few enough that memory stays the same."""

WORTH_A_WORKER = 8
"""Rows that take about as long as starting a process for them."""
MOST_ON_WINDOWS = 61


class Executor(Protocol):
    """Something that has chunks planned, here or on other machines."""

    @property
    @abstractmethod
    def workers(self) -> int:
        """How many rows it can plan at once, about."""

    @abstractmethod
    def run(self, job: BatchJob, recipe: Recipe, chunks: Iterable[Chunk], rows: int) -> Iterator[tuple[Chunk, list[Outcome]]]:
        """Each chunk with the outcomes of what it asked, in the order of the chunks, which are taken a few ahead only; they have so many
        `rows` together.

        Each row that is asked has its outcome, whatever happens to a worker. Raises `OutputError` where DIR cannot be written.
        """


class LocalRunner:
    """Workers on this machine, started when the first row needs one.

    A single worker is a process of its own too: a row that takes its process down must not take the batch with it.
    """

    def __init__(self, workers: int) -> None:
        """Use as many processes as `workers`, at least 1; fewer for a small roster."""
        self.workers = self._started = min(workers, MOST_ON_WINDOWS) if sys.platform == "win32" else workers
        self._pool: ProcessPoolExecutor | None = None

    def run(self, job: BatchJob, recipe: Recipe, chunks: Iterable[Chunk], rows: int) -> Iterator[tuple[Chunk, list[Outcome]]]:
        """See `Runner.run`. A chunk whose worker was killed is run again alone, then row by row; the row that kills is named.

        Interrupted, it gives what the workers have finished all the same, in whatever order, before it says so.
        """
        self._started = min(self.workers, -(-rows // WORTH_A_WORKER))
        waiting: deque[tuple[Chunk, Future[list[Outcome]]]] = deque()
        try:
            for chunk in chunks:
                waiting.append((chunk, self._send(job, recipe, chunk.asked)))
                while waiting and (len(waiting) >= IN_FLIGHT * self._started or waiting[0][1].done()):
                    yield self._take(job, recipe, *waiting[0])
                    waiting.popleft()
            while waiting:
                yield self._take(job, recipe, *waiting[0])
                waiting.popleft()
        except (KeyboardInterrupt, OutputError):
            self._end()
            yield from ((chunk, future.result()) for chunk, future in waiting if _finished(future))
            raise
        finally:
            self._end()

    def _end(self) -> None:
        """Let workers finish what they are at, and go."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _send(self, job: BatchJob, recipe: Recipe, asked: Sequence[Asked]) -> Future[list[Outcome]]:
        known: Future[list[Outcome]] = Future()
        if not asked:
            known.set_result([])
            return known
        for _ in range(2):  # a pool may have broken since, a fresh one hardly
            self._pool = self._pool or processes(self._started, job)
            try:
                return self._pool.submit(make_chunk, job, recipe, asked)
            except BrokenProcessPool as error:
                self._pool = None
                known = Future()
                known.set_exception(error)
        return known

    def _take(self, job: BatchJob, recipe: Recipe, chunk: Chunk, future: Future[list[Outcome]]) -> tuple[Chunk, list[Outcome]]:
        try:
            return chunk, future.result()
        except BrokenProcessPool:
            return chunk, again(job, recipe, chunk.asked)


def _finished(future: Future[list[Outcome]]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def again(job: BatchJob, recipe: Recipe, asked: Sequence[Asked]) -> list[Outcome]:
    """What a chunk comes to whose worker, or a neighbour of it, was killed: in a process of its own, then row by row."""
    try:
        with processes(1, job) as alone:
            return alone.submit(make_chunk, job, recipe, asked).result()
    except BrokenProcessPool:
        return list(_row_by_row(job, recipe, asked))


def _row_by_row(job: BatchJob, recipe: Recipe, asked: Sequence[Asked]) -> Iterator[Outcome]:
    rest = deque(asked)
    while rest:
        with suppress(BrokenProcessPool), processes(1, job) as alone:
            while rest:
                yield from alone.submit(make_chunk, job, recipe, [rest[0]]).result()
                rest.popleft()
        if rest:
            yield _killed(rest.popleft())


def _killed(asked: Asked) -> Outcome:
    row = asked.row
    error = (
        f"row {row.number}: it crashed the process that planned it, even when it was alone; expected a plan or a reason. A plugin may "
        "have ended the process, or there was too little memory."
    )
    return Outcome(row.number, row.id, "killed", standing=asked.before.files if asked.before else (), error=error)


def processes(workers: int, job: BatchJob) -> ProcessPoolExecutor:
    """So many fresh processes, ready to plan."""
    return fresh_processes(workers, partial(_prepare, job), preload=make_chunk.__module__)


def _prepare(job: BatchJob) -> None:
    """What a worker does first. Plugins that do not load are left to the rows, which can say so."""
    with suppress(PlannerError):
        maker_of(job.plugins)
