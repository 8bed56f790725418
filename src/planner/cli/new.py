"""`planner new`: write an athlete file to start from."""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli.common import FILE, json_option, print_json, quoted, read_day, tell, verbosity_options
from planner.errors import InputError

if TYPE_CHECKING:
    from datetime import date

DEFAULT_FILE = Path("athlete.toml")
LOCALTIME = Path("/etc/localtime")
EPILOG = """\b
Examples:
  planner new ana.toml               # asks a few questions
  planner new ana.toml --defaults    # asks none; fill the file in with an editor"""


@click.command("new", epilog=EPILOG)
@click.argument("file", metavar="[FILE]", required=False, default=DEFAULT_FILE, type=FILE)
@click.option("--defaults", is_flag=True, help="Ask nothing; the safety questions stay unanswered.")
@click.option("--force", is_flag=True, help="Overwrite a file that exists.")
@click.option("--as-of", callback=read_day, metavar="DATE", help="Start from this date instead of today.")
@json_option
@verbosity_options
def command(file: Path, defaults: bool, force: bool, as_of: date | None, as_json: bool) -> None:  # noqa: FBT001
    """Write a commented athlete file, athlete.toml unless you name another.

    At a terminal it asks the few questions that matter; Enter skips one. Everything can be changed in the file later.
    """
    from planner.cli.new_text import athlete_text  # noqa: PLC0415  (`--help` does not need it)
    from planner.cli.writing import write  # noqa: PLC0415
    from planner.maker import moment  # noqa: PLC0415

    if str(file) == "-":
        raise InputError("-", "found standard output", "the name of a file", "Leave it out for athlete.toml.")
    if file.is_dir():
        raise InputError(str(file), "this is a folder", "a file", f"Give a name in it, like {file / 'ana.toml'}.")
    if file.exists() and not force:
        raise InputError(str(file), "the file exists already", "a new name", "Use --force to overwrite it.")
    zone = machine_zone()
    today, _ = moment(zone, as_of)
    answers = {"timezone": json.dumps(zone), "start": str(next_monday(today)), **_own_id(file)}
    if not defaults and at_terminal():
        from planner.cli.questions import ask  # noqa: PLC0415

        answers |= ask(today, next_monday(today))
    write(file, athlete_text(answers).encode(), replace=force)
    if as_json:
        print_json({"file": str(file)})
    if "screening.answered" not in answers:
        tell("The safety questions under [screening] are open; until they are answered, a plan starts with answering them.")
    tell(f"Wrote {file}. Next: look through it, then run: planner make {quoted(file)}")


def at_terminal() -> bool:
    """Whether standard input and output are both a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def next_monday(today: date) -> date:
    """The first Monday after `today`."""
    return today + timedelta(days=7 - today.weekday())


def machine_zone() -> str:
    """The machine's time zone by its IANA name, from TZ or /etc/localtime; UTC if unknown. A first guess for the file."""
    from planner.zones import names  # noqa: PLC0415

    said = os.environ.get("TZ", "").removeprefix(":")
    try:
        linked = str(LOCALTIME.readlink()).partition("zoneinfo/")[2] if not said else ""
    except OSError:
        linked = ""
    return next((name for name in (said, linked) if name in names()), "UTC")


def _own_id(file: Path) -> dict[str, str]:
    """An answer for `id` if the file's name is not a valid one; else empty."""
    from planner.athlete_values import check_id, safe_id  # noqa: PLC0415

    try:
        check_id(file.stem, "id", from_file_name=True)
    except InputError:
        return {"id": json.dumps(safe_id(file.stem))}
    return {}
