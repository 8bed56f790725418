"""Simulate a crowd of runners, in this process or several, streaming the results so that memory use is constant."""

from __future__ import annotations

from collections import deque
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import field, frozen

from planner.errors import InputError, PlannerError
from planner.maker import Chosen, Maker
from planner.processes import fresh_processes
from planner.records import Record
from planner.simulation.kinds import draw_runner
from planner.simulation.life import Loop

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence
    from concurrent.futures import Future

    from planner.programme import Template
    from planner.simulation.outcome import Life
    from planner.simulation.runner import Runner

IN_FLIGHT = 3
"""Chunks per worker submitted at once: enough to keep workers busy, few enough to bound memory."""
MOST_IN_CHUNK = 4


@frozen(kw_only=True, eq=False, repr=False)
class Crowd(Record):
    """The runners of one `seed`, over `weeks` weeks, planned with `plugins`. Small, because it is sent to other processes."""

    seed: int
    weeks: int
    plugins: Chosen = field(factory=Chosen)

    def runner(self, number: int) -> Runner:
        """Return runner `number` (from 1), independent of which others are simulated. Raises as `found` does."""
        return draw_runner(self.seed, number, self.weeks, self.found()[1])

    def lived(self, number: int) -> Loop:
        """Return the finished loop of runner `number`. Raises as `found` does."""
        maker, runner = self.found()[0], self.runner(number)
        loop = Loop(runner, maker.host, maker.template(runner.athlete.template, Path()))
        loop.run()
        return loop

    def found(self) -> tuple[Maker, tuple[Template, ...]]:
        """Return the maker and the available programmes, loaded once per process.

        Raises as `Maker.of` does, and `InputError` if no programme is installed.
        """
        return _found(self.plugins)


@lru_cache(maxsize=1)
def _found(plugins: Chosen) -> tuple[Maker, tuple[Template, ...]]:
    maker = Maker.of(plugins)
    templates = maker.host.templates()
    if not templates:
        raise InputError("programmes", "none is installed", "at least one to follow")
    return maker, templates


def lives(crowd: Crowd, numbers: Sequence[int], *, workers: int) -> Generator[Life]:
    """Yield the lives of the runners with these numbers, in order, using up to `workers` processes; with one worker, this one.

    Raises as `Crowd.found` does, and `PlannerError` if a process was killed.
    """
    crowd.found()
    if workers == 1 or len(numbers) == 1:
        yield from (crowd.lived(number).life() for number in numbers)
        return
    size = max(1, min(MOST_IN_CHUNK, len(numbers) // (IN_FLIGHT * workers)))
    chunks = (numbers[place : place + size] for place in range(0, len(numbers), size))
    yield from _shared(crowd, chunks, min(workers, -(-len(numbers) // size)))


def _shared(crowd: Crowd, chunks: Iterable[Sequence[int]], workers: int) -> Generator[Life]:
    """Simulate chunk by chunk in worker processes."""
    waiting: deque[tuple[int, Future[list[Life]]]] = deque()
    pool = fresh_processes(workers, partial(_found, crowd.plugins))
    try:
        for chunk in chunks:
            waiting.append((chunk[0], pool.submit(_chunk, crowd, chunk)))
            while len(waiting) >= IN_FLIGHT * workers or (waiting and waiting[0][1].done()):
                yield from _taken(*waiting.popleft())
        while waiting:
            yield from _taken(*waiting.popleft())
    except BrokenProcessPool:
        raise _ended(waiting[0][0] if waiting else 0) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _chunk(crowd: Crowd, numbers: Sequence[int]) -> list[Life]:
    return [crowd.lived(number).life() for number in numbers]


def _taken(first: int, future: Future[list[Life]]) -> list[Life]:
    """Return the result of the chunk that begins with number `first`; raise `PlannerError` if its process was killed."""
    try:
        return future.result()
    except BrokenProcessPool:
        raise _ended(first) from None


def _ended(first: int) -> PlannerError:
    return PlannerError(
        f"athletes from {first} on: a process that simulated them was ended from outside; expected it to finish. There may be too little "
        "memory: use fewer workers (--workers 1)."
    )
