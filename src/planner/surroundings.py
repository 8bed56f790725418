"""What a plugin is kept from changing while it is asked: where this process prints, which belongs to the plan.

Of threads, the main one alone is looked after: standard output is the whole process's, and two that turn it aside by turns would lose it.
What a plugin prints past Python's own `sys.stdout`, through another program say, is not caught.
"""

from __future__ import annotations

import sys
from threading import get_ident, main_thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def aside() -> Callable[[], None]:
    """Have what is printed from now on go to standard error; returns what puts it back."""
    if get_ident() != main_thread().ident:
        return _nothing
    output, sys.stdout = sys.stdout, sys.stderr

    def back() -> None:
        sys.stdout = output

    return back


def _nothing() -> None:
    """Nothing was turned aside."""
