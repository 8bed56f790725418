"""Restores process state that a plugin may change during a call: standard streams, decimal context, recursion limit, current folder.

Only calls in the main thread are isolated: this state is mostly global, and threads restoring it in turn would corrupt it. Output that does
not pass through `sys.stdout`, such as a subprocess's, is not redirected.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from decimal import getcontext, setcontext
from threading import get_ident, main_thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MOVED = "changed the current folder, in which others look for their files; expected it to stay as it is"


def aside() -> Callable[[], str]:
    """Redirect standard output to standard error. Returns a function that restores all state and says what the plugin did wrong, or ""."""
    if get_ident() != main_thread().ident:
        return _nothing
    output, errors, folder, depth, arithmetic = sys.stdout, sys.stderr, _folder(), sys.getrecursionlimit(), getcontext()
    sys.stdout = errors
    setcontext(arithmetic.copy())

    def back() -> str:
        sys.stdout, sys.stderr = output, errors
        setcontext(arithmetic)
        if sys.getrecursionlimit() != depth:
            sys.setrecursionlimit(depth)
        if not folder or _folder() == folder:
            return ""
        with suppress(OSError):  # the folder may be gone
            os.chdir(folder)
        return MOVED

    return back


def _folder() -> str:
    """The current folder; "" if it no longer exists."""
    try:
        return os.getcwd()  # noqa: PTH109  (for each hook call; pathlib takes three times as long)
    except OSError:
        return ""


def _nothing() -> str:
    return ""
