"""The time budget of hooks: a hook that runs longer than 10 s is stopped, and its plugin is named.

A watchdog ticks once a second while hooks are called and stops when it finds none running; a hook call itself costs one dictionary entry.
In the main thread the watchdog is the interval timer, whose signal interrupts loops and sleeps alike. It is stopped when `watched` exits,
since a program that replaces this process (`os.execvp`) inherits the timer but not its handler, and would be killed. In other threads, on
systems without that timer, or if the program already uses it, the watchdog is a separate thread. Neither can interrupt a single call of
compiled code that never returns to Python.
"""

from __future__ import annotations

import atexit
import os
from contextlib import contextmanager
from threading import Lock, Thread, current_thread, get_ident, main_thread
from time import sleep
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from planner.errors import PluginError

BUDGET_S = 10
TICK_S = 1.0
PATIENCE = 3
"""How often a hook is interrupted. One that still goes on ends the process, with an error that names it and its exit code."""


class OverBudgetError(BaseException):
    """Raised inside a hook that has run too long. Not an `Exception`, so that a hook that catches those does not catch this."""


class Blamed(Protocol):
    """Anything that an error can name, such as a plugin or an entry point."""

    def blame(self, hook: str, problem: str) -> PluginError:
        """The error that names it, the hook and the problem."""
        ...


class Question:
    """A hook call in progress: whose, which hook, for how many ticks of the watchdog, and how often it was interrupted.

    It counts ticks, not seconds: while a process is suspended or a machine sleeps, no hook is slow.
    """

    __slots__ = ("hook", "ticks", "told", "who")

    def __init__(self, who: Blamed, hook: str) -> None:
        """A call that begins now."""
        self.who, self.hook, self.ticks, self.told = who, hook, 0, 0

    def is_over(self) -> bool:
        """Count a tick, and return whether the budget is exceeded."""
        self.ticks += 1
        return self.ticks * TICK_S > BUDGET_S


_ASKED: dict[int, Question | None] = {}
"""The call in progress in each thread."""
_WATCHED: set[int] = set()
"""The threads with a running watchdog."""
_CHANGING = Lock()
"""Held while a watchdog starts or stops, and while another thread is interrupted; not needed for an ordinary call."""


def _alone() -> None:
    """Reset the state after a fork: no watchdog runs in the child, and no thread holds the lock."""
    global _CHANGING  # noqa: PLW0603  (a lock held by another thread would stay locked in the child)
    _CHANGING = Lock()
    _WATCHED.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_alone)


def begin(who: Blamed, hook: str) -> Question | None:
    """Start the clock of one call. Returns the call that this one is nested in, or None; pass it to `end`."""
    thread = get_ident()
    outer = _ASKED.get(thread)
    _ASKED[thread] = Question(who, hook)
    if thread not in _WATCHED:
        _watch(thread)
    return outer


def end(outer: Question | None) -> None:
    """Stop the clock of a call that has returned or raised; may be repeated. Cancels an interruption that comes too late."""
    thread = get_ident()
    asked = _ASKED.get(thread)
    _ASKED[thread] = outer
    if asked is not None and asked.told:
        with _CHANGING:
            _set_in(thread, None)


def overrun(error: OverBudgetError) -> str:
    """A phrase that says how long a hook may take, and at which line this one was stopped."""
    place, traceback = "", error.__traceback__
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if code.co_filename != __file__:
            place = f" at {os.path.basename(code.co_filename)}, line {traceback.tb_lineno}"  # noqa: PTH119  (pathlib is not needed here)
        traceback = traceback.tb_next
    return f"ran longer than {BUDGET_S} s and was stopped{place}"


@contextmanager
def watched() -> Iterator[None]:
    """A context for hook calls. On exit it stops the timer and restores the signal's handler, unless it is nested in a hook call."""
    try:
        yield
    finally:
        if _ASKED.get(get_ident()) is None:
            _rest_timer()


def _watch(thread: int) -> None:
    with _CHANGING:
        if thread in _WATCHED:  # it was about to stop, and has seen the call
            return
        _WATCHED.add(thread)
    if not _start_timer():
        Thread(target=_sit_beside, args=(thread,), daemon=True).start()


def _start_timer() -> bool:
    """Start the interval timer, and return whether that was possible: only in the main thread, and if the program does not use it.

    It is stopped before the process exits: Python removes the handler on exit, and a late alarm would then kill the process.
    """
    import signal  # noqa: PLC0415  (needed only once a hook is called)

    if current_thread() is not main_thread() or not hasattr(signal, "setitimer"):
        return False
    if signal.getsignal(signal.SIGALRM) is not signal.SIG_DFL or any(signal.getitimer(signal.ITIMER_REAL)):
        return False
    signal.signal(signal.SIGALRM, _on_tick)
    signal.setitimer(signal.ITIMER_REAL, TICK_S, TICK_S)
    atexit.register(_rest_timer)
    return True


def _on_tick(_: int, __: FrameType | None) -> None:
    asked = _ASKED.get(get_ident())
    if asked is None:
        _rest_timer()
    elif asked.is_over():
        _end_the_deaf(asked)
        raise OverBudgetError


def _rest_timer() -> None:
    """Stop the interval timer if it is still ours, as the program may have taken the signal since; only in the main thread."""
    import signal  # noqa: PLC0415

    if get_ident() != main_thread().ident or not hasattr(signal, "setitimer") or signal.getsignal(signal.SIGALRM) is not _on_tick:
        return
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    _WATCHED.discard(get_ident())
    atexit.unregister(_rest_timer)


def _sit_beside(thread: int) -> None:
    """Watch another thread until no hook is called in it any more."""
    while not _rests(thread):
        sleep(TICK_S)
        asked = _ASKED.get(thread)
        if asked is not None and asked.is_over():
            _end_the_deaf(asked)
            with _CHANGING:
                if _ASKED.get(thread) is asked:
                    _set_in(thread, OverBudgetError)


def _rests(thread: int) -> bool:
    """Stop the watchdog of a thread if no hook is called in it, and return whether it stopped.

    `begin` records its call before it checks for a watchdog; this removes the watchdog before it checks for a call, so one of the two
    always sees the other.
    """
    if _ASKED.get(thread) is not None:
        return False
    with _CHANGING:
        _WATCHED.discard(thread)
        if _ASKED.get(thread) is None:
            return True
        _WATCHED.add(thread)
        return False


def _set_in(thread: int, error: type[OverBudgetError] | None) -> None:
    """Make a thread raise `error` when it next runs Python code; None cancels one that it has not raised yet."""
    import ctypes  # noqa: PLC0415  (only for a hook that is over its budget)

    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(error) if error else None)


def _end_the_deaf(asked: Question) -> None:
    """Count an interruption of the hook; end the process if it has ignored too many."""
    asked.told += 1
    if asked.told > PATIENCE:
        error = asked.who.blame(asked.hook, f"ran longer than {BUDGET_S} s, was told {PATIENCE} times to stop, and did not")
        os.write(2, f"planner: {error}\n".encode(errors="replace"))
        os._exit(error.exit_code)
