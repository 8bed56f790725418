"""`planner pillars`: list the installed pillars, their distributions and their settings."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal, cast, get_args, get_origin, get_type_hints

import click

from planner.cli.common import json_option, plugin_option, print_json, verbosity_options, without_option

if TYPE_CHECKING:
    from pathlib import Path

    import attrs

    from planner.model import Contributor
    from planner.offers import Pillar

EPILOG = """\b
Examples:
  planner pillars
  planner pillars --json
  planner make ana.toml --without cross_training"""


@click.command("pillars", epilog=EPILOG)
@without_option
@plugin_option
@json_option
@verbosity_options
def command(without: tuple[str, ...], plugins: tuple[Path, ...], as_json: bool) -> None:  # noqa: FBT001  (a click flag)
    """List the pillars that are installed, with the distribution each came in and the settings it takes.

    Settings stand in the athlete file under [pillars.NAME].
    """
    from planner.host import Host  # noqa: PLC0415  (`--help` does not need it)

    host = Host.installed(without, plugins)
    found = [(pillar, host.contributor(pillar.name)) for pillar in host.pillars]
    if as_json:
        print_json([_data(pillar, by) for pillar, by in found])
    elif not found:
        click.echo("No pillar is installed.")
    else:
        click.echo("\n\n".join(_text(pillar, by) for pillar, by in found))


def _data(pillar: Pillar, by: Contributor) -> dict[str, object]:
    return {
        "name": pillar.name,
        "summary": pillar.summary,
        "distribution": by.distribution,
        "version": by.version,
        "sources": list(pillar.sources),
        "settings": [_setting(field, hint) for field, hint in _fields(pillar)],
    }


def _text(pillar: Pillar, by: Contributor) -> str:
    lines = [f"{pillar.name} ({f'{by.distribution} {by.version}'.strip()})", f"  {pillar.summary}"]
    settings = [_setting(field, hint) for field, hint in _fields(pillar)]
    if settings:
        lines.append(f"  Settings, under [pillars.{pillar.name}]:")
    for setting in settings:
        shown = f"{setting['name']} = {setting['default']}" if setting["default"] else f"{setting['name']} (no default)"
        lines.append(f"    {shown:<32} # {setting['text']}{_allowed(setting)}")
    if pillar.sources:
        lines.append(f"  Based on {', '.join(pillar.sources)}.")
    return "\n".join(lines)


def _fields(pillar: Pillar) -> list[tuple[attrs.Attribute[object], object]]:
    if pillar.settings is None:
        return []
    import attrs  # noqa: PLC0415

    hints = get_type_hints(pillar.settings)
    fields = attrs.fields(cast("type[attrs.AttrsInstance]", pillar.settings))
    return [(field, hints[field.name]) for field in fields]


def _setting(field: attrs.Attribute[object], hint: object) -> dict[str, object]:
    about = field.metadata
    bounds = {key: _plain(about[key]) for key in ("least", "most") if about.get(key) is not None}
    choices = [c for part in (hint, *get_args(hint)) if get_origin(part) is Literal for c in get_args(part)]
    return {
        "name": field.name.rstrip("_"),
        "text": about.get("text", ""),
        "unit": about.get("unit", ""),
        "default": _literal(field.default),
        **bounds,
        **({"choices": choices} if choices else {}),
    }


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Decimal) else value


def _literal(value: object) -> str:
    """A default in the syntax of the athlete file; "" if there is none."""
    import attrs  # noqa: PLC0415

    if value is None or value is attrs.NOTHING:
        return ""
    factory = getattr(value, "factory", None)
    if callable(factory):
        return _literal(factory())
    if isinstance(value, tuple):
        return f"[{', '.join(_literal(item) for item in value)}]"
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


def _allowed(setting: dict[str, object]) -> str:
    """The allowed values of a setting and its unit, in brackets."""
    parts: list[str] = []
    if "choices" in setting:
        parts.append(" or ".join(str(c) for c in cast("list[object]", setting["choices"])))
    elif "least" in setting and "most" in setting:
        parts.append(f"{setting['least']} to {setting['most']}")
    elif "least" in setting or "most" in setting:
        parts.append(f"at least {setting['least']}" if "least" in setting else f"at most {setting['most']}")
    if setting["unit"]:
        parts.append(str(setting["unit"]))
    return f" ({', '.join(parts)})" if parts else ""
