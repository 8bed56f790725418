"""`planner templates`: list the installed programmes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from planner.cli.common import count, json_option, plugin_option, print_json, verbosity_options, without_option

if TYPE_CHECKING:
    from pathlib import Path

    from planner.model import Contributor
    from planner.programme import Template

EPILOG = """\b
Examples:
  planner templates
  planner templates --json

Choose one with `template = "walk-run"` in the athlete file; a path like `template = "mine.toml"` takes one of your own."""


@click.command("templates", epilog=EPILOG)
@without_option
@plugin_option
@json_option
@verbosity_options
def command(without: tuple[str, ...], plugins: tuple[Path, ...], as_json: bool) -> None:  # noqa: FBT001  (a click flag)
    """List the programmes that are installed, with the distribution each came in, its source and its numbers."""
    from planner.host import Host  # noqa: PLC0415  (`--help` does not need it)
    from planner.programme import Template  # noqa: PLC0415

    host = Host.installed(without, plugins)
    givers = {t.name: p.contributor for p in host.plugins for t in p.answers("planner_templates", (Template,))}
    found = [(template, givers[template.name]) for template in host.templates()]
    if as_json:
        print_json([_data(template, by) for template, by in found])
    elif not found:
        click.echo("No programme is installed.")
    else:
        click.echo("\n\n".join(_text(template, by) for template, by in found))


def _data(template: Template, by: Contributor) -> dict[str, object]:
    import attrs  # noqa: PLC0415

    return {**attrs.asdict(template), "distribution": by.distribution, "version": by.version}


def _text(template: Template, by: Contributor) -> str:
    kind = f"ladder of {count(len(template.levels), 'level')}" if template.kind == "ladder" else "continuous running"
    runs = f"{template.runs_per_week} runs a week"
    if template.most_runs_per_week > template.runs_per_week:
        runs += f" (up to {template.most_runs_per_week})"
    weeks = f", published over {count(template.published_weeks, 'week')}" if template.published_weeks else ""
    read = "source read" if template.verified else "the source was not read, or is ours"
    return "\n".join(
        [
            f"{template.name} ({f'{by.distribution} {by.version}'.strip()})",
            f"  {template.title}: {template.summary}",
            f"  {kind}, {runs}{weeks}.",
            f"  From: {template.source.removesuffix('.')} ({read}).",
        ]
    )
