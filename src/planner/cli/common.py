"""Options and output functions that the commands share. Imports nothing heavy."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TypeVar

import click

from planner.errors import InputError, OutputError

F = TypeVar("F", bound=Callable[..., object])


def read_day(_: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    """Click callback: parse a date like 2027-01-04, from 1970 to 2100. Raises `click.BadParameter`."""
    if value is None:
        return None
    try:
        day = date.fromisoformat(value) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) else None
    except ValueError:
        day = None
    if day is None or not 1970 <= day.year <= 2100:
        expected = "a date like 2027-01-04" if day is None else "a date from 1970 to 2100"
        raise click.BadParameter(f'found "{value}"; expected {expected}.', param=parameter)
    return day


class _Path(click.Path):
    """A path, but not an empty one, which would be the current folder: usually an unset variable of the shell."""

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        """Convert to a `Path`. Raises `click.BadParameter`."""
        if value == "":
            self.fail("found an empty name; expected a file or a folder.", param, ctx)
        return super().convert(value, param, ctx)


FILE = _Path(path_type=Path)


def _note(key: str) -> Callable[[click.Context, click.Parameter, bool], None]:
    def remember(ctx: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001  (the signature of a click callback)
        ctx.meta[f"planner.{key}"] = value

    return remember


def verbosity_options(command: F) -> F:
    """Add `-q` and `-v`, which `tell` and the error handling in `app` read."""
    quiet = click.option("-q", "--quiet", is_flag=True, expose_value=False, callback=_note("quiet"), help="Print no messages but errors.")
    verbose = click.option(
        "-v", "--verbose", is_flag=True, expose_value=False, callback=_note("verbose"), help="Print more; for a bug, where it happened."
    )
    return quiet(verbose(command))


def planning(command: F) -> F:
    """Add the options of every command that plans: `--without`, `--as-of`."""
    as_of = click.option("--as-of", callback=read_day, metavar="DATE", help="Plan as if today were this date.")
    return without_option(as_of(command))


without_option = click.option("--without", multiple=True, metavar="PILLAR", help="Leave this plugin out; may be given several times.")
plugin_option = click.option(
    "--plugin", "plugins", multiple=True, metavar="FILE.py", type=FILE, help="Add a plugin from this file; may be given several times."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")


def tell(line: str, *, detail: bool = False, always: bool = False) -> None:
    """Print a line on standard error unless `-q` is given; a `detail` only with `-v`; with `always` in any case."""
    meta = click.get_current_context().meta
    if always or (not meta.get("planner.quiet") and (meta.get("planner.verbose") or not detail)):
        click.echo(line, err=True)


@contextmanager
def told_before_a_stop() -> Iterator[None]:
    """Tell an error of reading or writing instead of raising it: the stop that the caller raises next matters more."""
    try:
        yield
    except (InputError, OutputError) as error:
        tell(f"planner: {error}", always=True)


def print_json(data: object) -> None:
    """Print data as JSON on standard output, keys in their given order, in plain ASCII so that any terminal and pipe can take it."""
    import json  # noqa: PLC0415  (imported only when used)

    click.echo(json.dumps(data, indent=2))


def quoted(path: Path) -> str:
    """A path as a shell reads it, for commands that are printed to be copied."""
    import shlex  # noqa: PLC0415  (only for such messages)

    return shlex.quote(str(path))


def count(number: int, noun: str) -> str:
    """Format a number with its noun: `1 week`, `12 weeks`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
