"""Progress on standard error: a bar on a terminal, an occasional line elsewhere, nothing with `-q`."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

import click

from planner.cli.common import tell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Watch = Callable[[int, int], None]
EVERY_S = 10


@contextmanager
def watching() -> Iterator[Watch]:
    """Yield a callback that takes the number of rows done and their total."""
    if click.get_current_context().meta.get("planner.quiet"):
        yield lambda _done, _total: None
    elif sys.stderr.isatty():
        with _bar() as watch:
            yield watch
    else:
        yield _lines()


@contextmanager
def _bar() -> Iterator[Watch]:
    from rich.console import Console  # noqa: PLC0415  (rich is only needed on a terminal)
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("", total=None, rate="")

        def watch(done: int, total: int) -> None:
            progress.update(bar, completed=done, total=total, rate=f"{progress.tasks[0].speed or 0:.0f} a second")

        yield watch


def _lines() -> Watch:
    """Print a line for each tenth of the rows, or every ten seconds if a tenth takes longer; at most one a second, none at the end."""
    tenths, told_at = 0, monotonic()

    def watch(done: int, total: int) -> None:
        nonlocal tenths, told_at
        waited = monotonic() - told_at
        if done < total and waited >= 1 and (10 * done // total > tenths or waited >= EVERY_S):
            tenths, told_at = 10 * done // total, monotonic()
            tell(f"{done} of {total} athletes")

    return watch
