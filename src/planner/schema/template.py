"""The schema of a programme file: the record `planner.programme.Template`, with rules that involve several fields."""

from __future__ import annotations

from typing import cast

from planner.programme import Level, Template
from planner.schema.athlete import ONE_LINE
from planner.schema.of_class import Schema, head, object_of

NAME = "^[a-z0-9][a-z0-9-]{0,63}$"
MOST_LADDER_RPE = 4
LINES = ("title", "summary", "source")


def template_schema() -> Schema:
    """The schema of programmes, custom and installed ones alike."""
    level = {**object_of(Level), "if": {"properties": {"reps": {"minimum": 2}}, "required": ["reps"]}, "then": _walks_between()}
    schema = object_of(Template, forms={"levels": {"type": "array", "items": level}})
    properties = cast("dict[str, Schema]", schema["properties"])
    properties["name"]["pattern"] = NAME
    for key in LINES:
        properties[key] |= {"maxLength": 1000, "pattern": ONE_LINE}
    return {
        **head("template", "Programme", "A way back to running: a ladder of levels, or a continuous build. TOML."),
        **schema,
        "if": {"properties": {"kind": {"const": "ladder"}}},
        "then": _ladder(),
    }


def _walks_between() -> Schema:
    return {"properties": {"walk_s": {"minimum": 1}}, "required": ["walk_s"]}


def _ladder() -> Schema:
    """The members of a ladder: at least one level, easy running, and a rest day between runs."""
    properties: Schema = {"levels": {"minItems": 1}, "rpe": {"maximum": MOST_LADDER_RPE}, "run_gap_days": {"const": 2}}
    return {"properties": properties, "required": ["levels"]}
