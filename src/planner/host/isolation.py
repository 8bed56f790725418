"""What a plugin is kept from changing while it is asked: where this process prints, how it reckons, and the folder that files lie in.

Of threads, the main one alone is looked after: most of it is the whole process's, and two threads that put it back by turns would lose it.
What a plugin prints past Python's own `sys.stdout`, through another program say, is not caught.
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
    """Have what is printed from now on go to standard error. Returns what puts all back and says what is to blame, or nothing."""
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
        with suppress(OSError):  # it may be gone
            os.chdir(folder)
        return MOVED

    return back


def _folder() -> str:
    """The current folder; nothing where it is gone."""
    try:
        return os.getcwd()  # noqa: PTH109  (for each question; pathlib takes thrice as long)
    except OSError:
        return ""


def _nothing() -> str:
    return ""
