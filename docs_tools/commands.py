"""Generates the page of commands: the exact help text of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from planner.cli.app import main

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTH = 100
INTRODUCTION = """\
# Commands

What each command says when it is asked with `--help`, word for word. [Exit codes](exit-codes.md) are the same everywhere.

"""


def page() -> str:
    """The page's text."""
    return INTRODUCTION + "\n".join(_sections(main, click.Context(main, info_name="planner")))


def _sections(command: click.Command, above: click.Context) -> Iterator[str]:
    """A command's section, then those of its subcommands."""
    path = above.command_path
    yield f"## {path}\n\n```text\n{_help(command, path)}\n```\n"
    if isinstance(command, click.Group):
        for name in command.list_commands(above):
            inner = command.get_command(above, name)
            if inner is None:
                raise LookupError(f"{path} {name}: found no such command; expected one, as it is listed")
            yield from _sections(inner, click.Context(inner, info_name=name, parent=above))


def _help(command: click.Command, path: str) -> str:
    context = click.Context(command, info_name=path, terminal_width=WIDTH, help_option_names=["-h", "--help"])
    return command.get_help(context).rstrip()
