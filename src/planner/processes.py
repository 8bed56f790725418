"""Fresh processes that work for this one: started out of the keyboard's reach, gone when this one is.

They are started as `python -c`, which looks for modules in the current folder first: a `random.py` that somebody keeps beside a roster
would be run in place of Python's own. They are told not to, and then look where this process does.
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
"""The environment variable that keeps the current folder out of where Python looks for modules."""


class _Spawned(SpawnProcess):
    """A process that is started with a safe path, whenever the pool comes to start it."""

    def start(self) -> None:
        """See `multiprocessing.Process.start`."""
        with _safe_path():
            super().start()


class _Spawning(SpawnContext):
    """Starts processes anew, where there is no server to fork them from."""

    Process = _Spawned


def fresh_processes(workers: int, prepare: Callable[[], object], *, preload: str = "") -> ProcessPoolExecutor:
    """So many processes, each of which calls `prepare` first.

    Not forked from this one, which may have threads and open files that a copy must not share: from a small server that has the module
    `preload` loaded, where there is such a thing. The keyboard interrupts this process alone, which then ends the others.
    """
    server = "forkserver" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver") if server else _Spawning()
    if server and preload:
        context.set_forkserver_preload([preload])
    with _out_of_reach(), _safe_path() as before:  # a pool starts a tracker of what it holds as soon as it is made
        pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(prepare, before))
        pool.submit(int)  # the first task starts the server, or a process; what the server starts later inherits from it
    return pool


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _begin(prepare: Callable[[], object], safe_path: str | None) -> None:
    _set_safe_path(safe_path)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_leave_with_parent, daemon=True).start()
    prepare()
    gc.collect()
    gc.freeze()


def _leave_with_parent() -> None:
    """End this process when the one that started it is gone, however it went: nobody would ever ask it for anything again."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def _out_of_reach() -> Iterator[None]:
    """Processes that are started within get no interrupt from the keyboard."""
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
    """Processes that are started within do not look for modules in the current folder. Gives what the variable was before."""
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
