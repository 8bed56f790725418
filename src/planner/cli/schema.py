"""`planner schema`: print the JSON Schema of athlete files, programmes or plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from planner.cli.common import json_option, plugin_option, print_json, verbosity_options, without_option

if TYPE_CHECKING:
    from pathlib import Path

SCHEMAS = {
    "athlete": "what `planner make` reads: an athlete file, with the settings of the pillars that are installed",
    "template": 'a programme of your own, as `template = "mine.toml"` names it',
    "plan": "what `planner make -f json` writes and `planner check` reads",
}
EPILOG = """\b
Examples:
  planner schema                                   # what there is
  planner schema athlete > athlete.schema.json     # for your editor
  planner schema plan | less

Most editors that know TOML complete and check a file that begins with: #:schema ./athlete.schema.json"""


@click.command("schema", epilog=EPILOG)
@click.argument("kind", metavar="[athlete|template|plan]", required=False, type=click.Choice(tuple(SCHEMAS)))
@without_option
@plugin_option
@json_option
@verbosity_options
def command(kind: str | None, without: tuple[str, ...], plugins: tuple[Path, ...], as_json: bool) -> None:  # noqa: FBT001  (a click flag)
    """Print a JSON Schema (2020-12): every key with its type, unit, range and default.

    Without a name it lists what there is. A schema is JSON, with --json or without.
    """
    if kind is not None:
        click.echo(_schema(kind, without, plugins), nl=False)
    elif as_json:
        print_json(SCHEMAS)
    else:
        click.echo("\n".join(f"{name:<9} {text}" for name, text in SCHEMAS.items()))


def _schema(kind: str, without: tuple[str, ...], plugins: tuple[Path, ...]) -> str:
    from planner.schema import schema_of, written  # noqa: PLC0415  (`--help` does not need it)

    if kind != "athlete":
        return written(schema_of(kind))
    from planner.host import Host  # noqa: PLC0415

    return written(schema_of(kind, Host.installed(without, plugins).pillars, only=True))
