"""Generates the pages of the athlete file, the programme file and the plan, each from its schema."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, cast

from docs_tools.tables import sentence, table
from planner.athlete_file import BLOCKS
from planner.schema import schema_of
from planner.schema.athlete import MEASURED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planner.schema.of_class import Schema

HEADS = ("key", "is", "may be", "default")
MOST_PATTERN = 40
ATHLETE = """\
# Athlete file

One small TOML file about a runner; `planner new` writes one with every key explained. `planner schema athlete` prints the schema that this
page is made from, with the settings of every pillar that is installed: [let your editor check the file](../how-to/let-your-editor-help.md).

An unknown key is an error that names the nearest known one. What is not answered is not "none" and not 0.

"""
PROGRAMME = """\
# Programme file

A programme of your own, which an athlete file names with `template = "mine.toml"`:
[how to write one](../how-to/write-your-own-programme.md).
On a ladder `rpe` is at most 4, `run_gap_days` is 2, and a level that is repeated has a walk.

"""
PLAN = """\
# Plan as JSON

What `planner make -f json` writes and `planner check` reads, format `planner-plan/1`. `planner schema plan` prints its schema. Readers pass
over members that they do not know.

"""
UNITS = """\
With `units = "mi"` every `_km` key (and `km` itself) is written `_mi` (`mi`), in miles, and paces are per mile.

"""


def athlete_page() -> str:
    """The page of the athlete file."""
    schema = schema_of("athlete")
    defs, tables = _objects(schema, "$defs"), _objects(schema, "properties")
    top = {k: v for k, v in tables.items() if "properties" not in v and k not in (*MEASURED, *BLOCKS)}
    parts = [f"## Above the first heading\n\n{table(HEADS, rows(top, ('start',)))}\n"]
    for name, value in tables.items():
        if name in MEASURED:
            parts.append(_section(f"[[{name}]]" if name in BLOCKS else f"[{name}]", defs[f"{name}-km"], UNITS))
        elif name in BLOCKS:
            parts.append(_section(f"[[{name}]]", cast("Schema", value["items"])))
        elif "properties" in value and name != "pillars":
            parts.append(_section(f"[{name}]", value))
    pillars = "## [pillars.NAME]\n\nThe settings of each pillar, which it checks itself: [pillars](pillars.md).\n"
    return ATHLETE + "\n".join([*parts, pillars])


def programme_page() -> str:
    """The page of the programme file."""
    schema = schema_of("template")
    level = cast("Schema", _objects(schema, "properties")["levels"]["items"])
    top = table(HEADS, rows(_objects(schema, "properties"), _needed(schema)))
    return f"{PROGRAMME}## Above the first heading\n\n{top}\n{_section('[[levels]]', level)}"


def plan_page() -> str:
    """The page of the plan."""
    schema = schema_of("plan")
    parts = [f"## The plan\n\n{table(HEADS[:3], _three(rows(_objects(schema, 'properties'), _needed(schema))))}"]
    for name, value in _objects(schema, "properties").items():
        inner = cast("Schema", value.get("items", value))
        if "properties" in inner:
            parts.append(_members(name, inner))
            parts += [_members(f"{name}: {key}", item) for key, item in _lists(inner) if "properties" in item]
    parts += [_members(name, value) for name, value in _objects(schema, "$defs").items()]
    return PLAN + "\n".join(parts)


def _lists(schema: Schema) -> Iterator[tuple[str, Schema]]:
    for key, value in _objects(schema, "properties").items():
        if "items" in value:
            yield key, cast("Schema", value["items"])


def _members(name: str, schema: Schema) -> str:
    shown = table(HEADS[:3], _three(rows(_objects(schema, "properties"), _needed(schema))))
    return f"## {name}\n\n{sentence(str(schema['description']))}\n\n{shown}"


def _three(found: list[tuple[str, str, str, str]]) -> list[tuple[str, ...]]:
    return [(key, is_, f"{form}; needed" if default == "needed" else form) for key, is_, form, default in found]


def _section(heading: str, schema: Schema, more: str = "") -> str:
    head = f"## {heading}\n\n{sentence(str(schema['description']))}\n\n" if "description" in schema else f"## {heading}\n\n"
    return f"{head}{more}{table(HEADS, rows(_objects(schema, 'properties'), _needed(schema)))}"


def _objects(schema: Schema, key: str) -> dict[str, Schema]:
    return cast("dict[str, Schema]", schema[key])


def _needed(schema: Schema) -> tuple[str, ...]:
    return tuple(cast("list[str]", schema.get("required", [])))


def rows(properties: Mapping[str, Schema], needed: tuple[str, ...] = ()) -> list[tuple[str, str, str, str]]:
    """The table rows of a schema's properties: key, description, allowed values, default."""
    return [
        (f"`{key}`", str(value.get("description", "")), may_be(value), "needed" if key in needed else _default(value))
        for key, value in properties.items()
    ]


def _default(schema: Schema) -> str:
    return f"`{json.dumps(schema['default'])}`" if "default" in schema else ""


def may_be(schema: Schema) -> str:
    """The values that a schema allows, in words."""
    if "const" in schema:
        return f"`{json.dumps(schema['const'])}`"
    if "enum" in schema:
        return ", ".join("null" if word is None else f"`{word}`" for word in cast("list[object]", schema["enum"]))
    kind = schema.get("type", "object")
    if kind == "array":
        inner = cast("Schema", schema.get("items", {}))
        return f"a list of: {may_be(inner)}" if "type" in inner or "enum" in inner else "a list"
    return f"{_kind(kind, schema)}{_bounds(schema)}"


_WORDS = {
    "integer": "a whole number",
    "number": "a number",
    "string": "text",
    "boolean": "`true` or `false`",
    "object": "an object",
    "null": "null",
}


def _kind(kind: object, schema: Schema) -> str:
    if schema.get("format") in ("date", "date-time"):
        words = "a date" if schema["format"] == "date" else "a moment with its offset"
        return f"{words} or null" if isinstance(kind, list) else words
    if isinstance(kind, list):
        return " or ".join(_WORDS[part] for part in cast("list[str]", kind))
    return _WORDS[str(kind)]


def _bounds(schema: Schema) -> str:
    least, most = schema.get("minimum"), schema.get("maximum")
    if most in (None, 10**9):
        return f", at least {least}" if least not in (None, 0, -(10**9)) else ""
    return f", {least} to {most}" if re.fullmatch(r"[\d.]+", str(least)) else f", at most {most}"
