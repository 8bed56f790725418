"""Plans chunks in processes on this machine, and repeats the work of processes that were killed."""

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
"""Chunks in progress per worker: enough that none waits, few enough to bound memory."""

WORTH_A_WORKER = 8
"""Rows that take about as long to plan as a process takes to start."""
MOST_ON_WINDOWS = 61


class Executor(Protocol):
    """Plans chunks, on this machine or on others."""

    @property
    @abstractmethod
    def workers(self) -> int:
        """About how many rows it can plan at once."""

    @abstractmethod
    def run(self, job: BatchJob, recipe: Recipe, chunks: Iterable[Chunk], rows: int) -> Iterator[tuple[Chunk, list[Outcome]]]:
        """Yield each chunk with the outcomes of its asked rows, in order, reading only a few chunks ahead; `rows` is the number of all
        rows.

        Every asked row gets an outcome, whatever happens to a worker. Raises `OutputError` if DIR cannot be written to.
        """


class LocalRunner:
    """Worker processes on this machine, started when the first row needs one.

    Even a single worker is a separate process: a row that crashes its process must not end the batch.
    """

    def __init__(self, workers: int) -> None:
        """Use up to `workers` processes, at least 1; fewer for a small roster."""
        self.workers = self._started = min(workers, MOST_ON_WINDOWS) if sys.platform == "win32" else workers
        self._pool: ProcessPoolExecutor | None = None

    def run(self, job: BatchJob, recipe: Recipe, chunks: Iterable[Chunk], rows: int) -> Iterator[tuple[Chunk, list[Outcome]]]:
        """See `Executor.run`. A chunk whose worker was killed is planned again alone, then row by row, so that the row at fault is named.

        If interrupted, first yields all finished chunks, leaving out unfinished ones, then raises.
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
        """Let workers finish their current chunks and shut them down."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _send(self, job: BatchJob, recipe: Recipe, asked: Sequence[Asked]) -> Future[list[Outcome]]:
        known: Future[list[Outcome]] = Future()
        if not asked:
            known.set_result([])
            return known
        for _ in range(2):  # the pool may have broken meanwhile; retry with a fresh one
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
    """Plan a chunk again after a worker was killed: in a process of its own, then row by row."""
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
    """Start a pool of fresh worker processes."""
    return fresh_processes(workers, partial(_prepare, job), preload=make_chunk.__module__)


def _prepare(job: BatchJob) -> None:
    """Warm up a worker. Plugins that fail to load are reported by the rows."""
    with suppress(PlannerError):
        maker_of(job.plugins)
