"""`planner plugin new`: write a starter distribution with one pillar."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli.common import FILE, count, json_option, print_json, tell, verbosity_options
from planner.errors import InputError, OutputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.plugin_template import Licence

EPILOG = """\b
Examples:
  planner plugin new calf-raises                # writes the folder calf-raises
  planner plugin new calf-raises -o work/calves --license none
  planner plugin new calf-raises --json         # says which files it wrote

A plugin may also be a single file: planner make ana.toml --plugin my_pillar.py"""


@click.group("plugin", epilog=EPILOG)
def command() -> None:
    """Start a pillar of your own."""


@command.command("new", epilog=EPILOG)
@click.argument("name")
@click.option("-o", "--output", type=FILE, metavar="DIR", help="The folder to write; NAME here if left out. It must be new or empty.")
@click.option(
    "--license", "licence", type=click.Choice(["MIT", "Apache-2.0", "none"]), default="MIT", show_default=True, help="Who may use it."
)
@json_option
@verbosity_options
def new(name: str, output: Path | None, licence: Licence, as_json: bool) -> None:  # noqa: FBT001  (a click flag)
    """Write a complete distribution with one pillar: its settings, a limit, a session, a part of each run, a finding, and tests.

    Its own tests pass as it is; change what it does from there. No existing file is overwritten.
    """
    from planner.plugin_template import distribution  # noqa: PLC0415  (`--help` does not need it)

    texts = distribution(name, licence)
    target = Path(name) if output is None else output
    write_folder(target, texts)
    if as_json:
        print_json({"folder": str(target), "files": sorted(texts)})
    tell(f"Wrote {target} ({count(len(texts), 'file')}). Next: cd {target} && pip install -e '.[test]' && pytest")


def write_folder(target: Path, texts: Mapping[str, str]) -> None:
    """Write text files, by their relative paths, to a new or empty folder: all of them or none.

    Raises `InputError` if `target` is anything else, `OutputError` if it cannot be written.
    """
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise InputError(
                str(target), "something with this name exists already", "a new name or an empty folder", "Name another with -o."
            )
        for path, text in texts.items():
            file = beside / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(target)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"{target}: could not be written ({reason}); expected a place that you may write to.") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
