"""The part of Dask that a batch uses, with its types: the package itself is typed only here and there."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


class Future(Protocol):
    """What is used of a `distributed.Future`: the result of a chunk, as bytes."""

    @abstractmethod
    def done(self) -> bool:
        """Whether it has come to an end, good or bad."""

    @abstractmethod
    def result(self, timeout: float) -> bytes:
        """The result, waited for at most so many seconds. Raises `TimeoutError`, and whatever became of the task."""


class Client(Protocol):
    """What is used of a `distributed.Client`: the connection to a scheduler."""

    status: str
    """`running` as long as the scheduler is there."""

    @abstractmethod
    def close(self, timeout: float) -> None:
        """Take leave, in so many seconds at most."""

    @abstractmethod
    def wait_for_workers(self, n_workers: int, timeout: float) -> None:
        """Wait until there are so many. Raises `TimeoutError`."""

    @abstractmethod
    def nthreads(self) -> Mapping[str, int]:
        """Each worker's threads, by its address."""

    @abstractmethod
    def run(self, function: Callable[..., object], *args: object, on_error: str) -> Mapping[str, object]:
        """What a function returns on each worker, by its address; with `return` for `on_error`, also what it raises."""

    @abstractmethod
    def run_on_scheduler(self, function: Callable[..., object]) -> object:
        """What a function returns on the scheduler."""

    @abstractmethod
    def submit(self, function: Callable[..., bytes], *args: object, pure: bool) -> Future:
        """Have a function called on a worker; if not `pure`, each time anew."""

    @abstractmethod
    def cancel(self, futures: Sequence[Future]) -> None:
        """Take back what has not begun."""


class Knocked(Protocol):
    """What is used of a bare connection."""

    @abstractmethod
    async def close(self) -> None:
        """Hang up."""
