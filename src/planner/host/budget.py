"""The hook budget: a hook that runs longer than 10 s is stopped, and its plugin is named.

A watch ticks once a second while hooks are asked, and rests when it finds none; a hook itself pays for one entry in a table. In the main
thread the watch is the interval timer, whose signal reaches into loops and sleeps alike; it rests as soon as `watched` is left, since what
takes this process's place (`os.execvp`) inherits the timer without its handler, and would be killed by it. In another thread, on a system
without that timer, or where a program uses it already, it is a thread of its own. Neither reaches into a single call of compiled code that
never comes back to Python.
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
"""How often a hook is told to stop. One that carries on all the same ends the process, with its name and its exit code."""


class OverBudgetError(BaseException):
    """Raised inside a hook that has run too long. No `Exception`: a hook that goes on after any of those must not go on after this."""


class Blamed(Protocol):
    """Whoever can be named: `blame(hook, problem)` is the error that does so."""

    def blame(self, hook: str, problem: str) -> PluginError:
        """The error that names it."""
        ...


class Question:
    """A question under way: who was asked, which hook, for how many ticks of the watch, and how often it was told to stop.

    Ticks, not seconds: a process that was stopped, or a machine that slept, is not a slow hook.
    """

    __slots__ = ("hook", "ticks", "told", "who")

    def __init__(self, who: Blamed, hook: str) -> None:
        """Just asked."""
        self.who, self.hook, self.ticks, self.told = who, hook, 0, 0

    def is_over(self) -> bool:
        """Count one more tick; whether that is over the budget."""
        self.ticks += 1
        return self.ticks * TICK_S > BUDGET_S


_ASKED: dict[int, Question | None] = {}
"""What each thread is being asked now."""
_WATCHED: set[int] = set()
"""The threads whose watch ticks."""
_CHANGING = Lock()
"""Held while a watch is set up or comes to rest, and while another thread is told to stop. No question pays for it."""


def _alone() -> None:
    """In a forked process no watch ticks yet, and nobody holds the lock."""
    global _CHANGING  # noqa: PLW0603  (a lock that another thread held stays held in the child)
    _CHANGING = Lock()
    _WATCHED.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_alone)


def begin(who: Blamed, hook: str) -> Question | None:
    """Start the clock for one question; returns what `end` wants back: the question that this one was asked inside of, if any."""
    thread = get_ident()
    outer = _ASKED.get(thread)
    _ASKED[thread] = Question(who, hook)
    if thread not in _WATCHED:
        _watch(thread)
    return outer


def end(outer: Question | None) -> None:
    """The question has been answered, or has failed; said twice, it is the same. What it was told too late is taken back."""
    thread = get_ident()
    asked = _ASKED.get(thread)
    _ASKED[thread] = outer
    if asked is not None and asked.told:
        with _CHANGING:
            _set_in(thread, None)


def overrun(error: OverBudgetError) -> str:
    """What to say of a hook that was stopped: how long it may take, and the line that it was stopped at."""
    place, traceback = "", error.__traceback__
    while traceback is not None:
        code = traceback.tb_frame.f_code
        if code.co_filename != __file__:
            place = f" at {os.path.basename(code.co_filename)}, line {traceback.tb_lineno}"  # noqa: PTH119  (pathlib is not needed here)
        traceback = traceback.tb_next
    return f"ran longer than {BUDGET_S} s and was stopped{place}"


@contextmanager
def watched() -> Iterator[None]:
    """Questions are asked in here; afterwards no timer runs, nor is the signal's handler ours, unless this was within a question itself."""
    try:
        yield
    finally:
        if _ASKED.get(get_ident()) is None:
            _rest_timer()


def _watch(thread: int) -> None:
    with _CHANGING:
        if thread in _WATCHED:  # it was about to rest, and has seen the question
            return
        _WATCHED.add(thread)
    if not _start_timer():
        Thread(target=_sit_beside, args=(thread,), daemon=True).start()


def _start_timer() -> bool:
    """Start the interval timer, if there is one and nobody uses it; it is the main thread's alone.

    It rests before the process ends: Python takes the handler away as it goes, and an alarm would then end the process.
    """
    import signal  # noqa: PLC0415  (needed once a hook is asked, not before)

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
    """Stop the interval timer, where it is ours: a program may have taken the signal since. It is the main thread's alone."""
    import signal  # noqa: PLC0415

    if get_ident() != main_thread().ident or not hasattr(signal, "setitimer") or signal.getsignal(signal.SIGALRM) is not _on_tick:
        return
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    _WATCHED.discard(get_ident())
    atexit.unregister(_rest_timer)


def _sit_beside(thread: int) -> None:
    """Watch another thread until it is asked nothing more."""
    while not _rests(thread):
        sleep(TICK_S)
        asked = _ASKED.get(thread)
        if asked is not None and asked.is_over():
            _end_the_deaf(asked)
            with _CHANGING:
                if _ASKED.get(thread) is asked:
                    _set_in(thread, OverBudgetError)


def _rests(thread: int) -> bool:
    """Whether the watch beside a thread has come to rest. `begin` notes its question before it looks whether it is watched; here the
    watch steps back first and looks for a question then: one of the two sees the other.
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
    """Have a thread raise `error` the next time that it runs Python; None: take back what it has not raised yet."""
    import ctypes  # noqa: PLC0415  (only for a hook that is over its budget)

    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(error) if error else None)


def _end_the_deaf(asked: Question) -> None:
    """Tell it once more; a hook that was told too often takes the process with it."""
    asked.told += 1
    if asked.told > PATIENCE:
        error = asked.who.blame(asked.hook, f"ran longer than {BUDGET_S} s, was told {PATIENCE} times to stop, and did not")
        os.write(2, f"planner: {error}\n".encode(errors="replace"))
        os._exit(error.exit_code)
