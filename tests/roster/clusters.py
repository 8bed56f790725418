"""Local Dask clusters: a scheduler and workers in processes of their own, on ports chosen by the system."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

SLOWEST_S = 60


def until(reached: Callable[[], bool], *processes: subprocess.Popen[bytes]) -> None:
    """Wait until something has come about; the processes that bring it about must not end before."""
    end = time.monotonic() + SLOWEST_S
    while not reached():
        assert time.monotonic() < end, "it did not come about"
        for process in processes:
            assert process.poll() is None, (process.args, process.communicate())
        time.sleep(0.01)


class Cluster:
    """A scheduler, and as many workers as are started; `options` go to each of them."""

    def __init__(self, folder: Path, *options: str, **environment: str) -> None:
        self._folder, self._options, self._environment = folder, options, environment
        folder.mkdir()
        self._file = folder / "scheduler.json"
        self.workers: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0")
        until(lambda: self._file.exists() and self._file.stat().st_size > 0, self.scheduler)
        self.address: str = json.loads(self._file.read_bytes())["address"]

    def start_worker(self, **environment: str) -> None:
        """Start one more worker, with one thread and nobody who would start it again, and wait until it has joined."""
        number = len(self.workers) + 1
        options = ["--nthreads", "1", "--no-nanny", "--local-directory", str(self._folder / f"worker-{number}")]
        self.workers.append(self._start("worker", *options, **environment))

    def wait(self) -> None:
        """Wait until every worker has joined."""
        for number, worker in enumerate(self.workers, 1):
            log = self._folder / f"worker-{number}.log"
            until(lambda log=log: b"Registered to:" in log.read_bytes(), worker)  # type: ignore[misc]

    def _start(self, kind: str, *options: str, **environment: str) -> subprocess.Popen[bytes]:
        log = self._folder / (f"worker-{len(self.workers) + 1}.log" if kind == "worker" else "scheduler.log")
        command = [sys.executable, "-m", "dask", kind, "--scheduler-file", str(self._file), "--no-dashboard", *options, *self._options]
        with log.open("wb") as file:
            return subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=file, stderr=file, env={**os.environ, **self._environment, **environment}
            )

    def end(self) -> None:
        """End every process that was started."""
        for process in (*self.workers, self.scheduler):
            process.kill()
        for process in (*self.workers, self.scheduler):
            process.wait()


@contextmanager
def cluster(folder: Path, *options: str, workers: int = 0, **environment: str) -> Iterator[Cluster]:
    """A cluster with so many workers that lasts as long as the block."""
    started = Cluster(folder, *options, **environment)
    try:
        for _ in range(workers):
            started.start_worker()
        started.wait()
        yield started
    finally:
        started.end()
