"""A crowd of simulated runners, one after the other or on several processes: streamed, so that memory stays the same."""

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
"""Chunks for each worker that are under way at once: enough that none waits, few enough that memory stays the same."""
MOST_IN_CHUNK = 4


@frozen(kw_only=True, eq=False, repr=False)
class Crowd(Record):
    """The runners of one `seed`, `weeks` weeks each, planned with `plugins`. Small: it goes to other processes."""

    seed: int
    weeks: int
    plugins: Chosen = field(factory=Chosen)

    def runner(self, number: int) -> Runner:
        """Runner `number` (from 1), the same whoever else is simulated. Raises as `found` does."""
        return draw_runner(self.seed, number, self.weeks, self.found()[1])

    def lived(self, number: int) -> Loop:
        """Runner `number` after a whole life. Raises as `found` does."""
        maker, runner = self.found()[0], self.runner(number)
        loop = Loop(runner, maker.host, maker.template(runner.athlete.template, Path()))
        loop.run()
        return loop

    def found(self) -> tuple[Maker, tuple[Template, ...]]:
        """What plans, and the programmes to follow; looked up once a process.

        Raises as `Maker.of` does, and `InputError` where no programme is installed.
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
    """What becomes of the runners with these numbers, in their order, on so many processes; with one worker in this one.

    Raises as `Crowd.found` does, and `PlannerError` where a process was ended from outside.
    """
    crowd.found()
    if workers == 1 or len(numbers) == 1:
        yield from (crowd.lived(number).life() for number in numbers)
        return
    size = max(1, min(MOST_IN_CHUNK, len(numbers) // (IN_FLIGHT * workers)))
    chunks = (numbers[place : place + size] for place in range(0, len(numbers), size))
    yield from _shared(crowd, chunks, min(workers, -(-len(numbers) // size)))


def _shared(crowd: Crowd, chunks: Iterable[Sequence[int]], workers: int) -> Generator[Life]:
    """The same, chunk by chunk on processes of their own."""
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
    """What a chunk came to that begins with number `first`."""
    try:
        return future.result()
    except BrokenProcessPool:
        raise _ended(first) from None


def _ended(first: int) -> PlannerError:
    return PlannerError(
        f"athletes from {first} on: a process that simulated them was ended from outside; expected it to finish. There may be too little "
        "memory: use fewer workers (--workers 1)."
    )
