"""Pools of fresh worker processes, which ignore the keyboard's interrupts and end together with this process.

Workers start as `python -c`, which looks for modules in the current folder first, so that a `random.py` beside a roster would replace
Python's own. PYTHONSAFEPATH turns that off at the start; workers then search the same path as this process.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.context import SpawnContext, SpawnProcess
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SAFE_PATH = "PYTHONSAFEPATH"
"""The environment variable that keeps the current folder off `sys.path`."""


class _Spawned(SpawnProcess):
    """A process that starts with a safe path, however late the pool starts it."""

    def start(self) -> None:
        """See `multiprocessing.Process.start`."""
        with _safe_path():
            super().start()


class _Spawning(SpawnContext):
    """A spawn context for systems without a fork server."""

    Process = _Spawned


def fresh_processes(workers: int, prepare: Callable[[], object], *, preload: str = "") -> ProcessPoolExecutor:
    """A pool of `workers` processes, each of which calls `prepare` first.

    They are not forked from this process, whose threads and open files they must not share, but from a fork server that has imported
    `preload`, or spawned where there is none. The keyboard interrupts only this process, which must then end the others.
    """
    server = "forkserver" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver") if server else _Spawning()
    if server and preload:
        context.set_forkserver_preload([preload])
    with _out_of_reach(), _safe_path() as before:  # creating a pool already starts the resource tracker process
        pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(prepare, before))
        pool.submit(int)  # the first task starts the fork server or a worker; later workers inherit the server's environment
    return pool


def processors() -> int:
    """The number of processors available to this process."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _begin(prepare: Callable[[], object], safe_path: str | None) -> None:
    _set_safe_path(safe_path)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_leave_with_parent, daemon=True).start()
    prepare()
    gc.collect()
    gc.freeze()


def _leave_with_parent() -> None:
    """End this process as soon as its parent has ended, even if that was killed: no more work can come."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def _out_of_reach() -> Iterator[None]:
    """Block SIGINT, so that processes started inside inherit the blocked signal. No effect on Windows."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _safe_path() -> Iterator[str | None]:
    """Set PYTHONSAFEPATH for processes started inside; yields its previous value."""
    before = os.environ.get(SAFE_PATH)
    _set_safe_path(before or "1")
    try:
        yield before
    finally:
        _set_safe_path(before)


def _set_safe_path(value: str | None) -> None:
    if value is None:
        os.environ.pop(SAFE_PATH, None)
    else:
        os.environ[SAFE_PATH] = value
