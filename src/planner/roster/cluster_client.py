"""Types for the part of Dask that a batch uses; the package itself is only partly typed."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


class Future(Protocol):
    """The part of `distributed.Future` in use: the result of a chunk, as bytes."""

    @abstractmethod
    def done(self) -> bool:
        """Whether the task has finished, successfully or not."""

    @abstractmethod
    def result(self, timeout: float) -> bytes:
        """Wait at most `timeout` seconds for the result. Raises `TimeoutError`, or the task's own error."""


class Client(Protocol):
    """The part of `distributed.Client` in use: the connection to a scheduler."""

    status: str
    """`running` as long as the scheduler is connected."""

    @abstractmethod
    def close(self, timeout: float) -> None:
        """Disconnect, within `timeout` seconds."""

    @abstractmethod
    def wait_for_workers(self, n_workers: int, timeout: float) -> None:
        """Wait until there are `n_workers` workers. Raises `TimeoutError`."""

    @abstractmethod
    def nthreads(self) -> Mapping[str, int]:
        """The number of threads of each worker, by its address."""

    @abstractmethod
    def run(self, function: Callable[..., object], *args: object, on_error: str) -> Mapping[str, object]:
        """Call the function on every worker and return the results by address; with `on_error="return"`, exceptions are returned too."""

    @abstractmethod
    def run_on_scheduler(self, function: Callable[..., object]) -> object:
        """Call the function on the scheduler and return its result."""

    @abstractmethod
    def submit(self, function: Callable[..., bytes], *args: object, pure: bool) -> Future:
        """Schedule a function call on a worker; unless `pure`, it is never answered from a cached result."""

    @abstractmethod
    def cancel(self, futures: Sequence[Future]) -> None:
        """Cancel tasks that have not started."""


class Knocked(Protocol):
    """The part of a bare connection in use."""

    @abstractmethod
    async def close(self) -> None:
        """Disconnect."""
