"""What a plugin is kept from changing while it is asked: where this process prints, and the folder that files are looked for in.

Of threads, the main one alone is looked after: both are the whole process's, and two threads that put them back by turns would lose them.
What a plugin prints past Python's own `sys.stdout`, through another program say, is not caught.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from threading import get_ident, main_thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MOVED = "changed the current folder, in which others look for their files; expected it to stay as it is"


def aside() -> Callable[[], str]:
    """Have what is printed from now on go to standard error. Returns what puts everything back, and says what was changed, or nothing."""
    if get_ident() != main_thread().ident:
        return _nothing
    output, folder = sys.stdout, _folder()
    sys.stdout = sys.stderr

    def back() -> str:
        sys.stdout = output
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
