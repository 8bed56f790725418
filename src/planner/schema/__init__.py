"""JSON Schemas (2020-12) of athlete files, programmes and plans.

They are generated from the records, so that each field is described once; the shipped copies are in `planner/schemas`. A schema accepts
everything that the planner reads, but cannot express all that it refuses: a valid file may still be rejected.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from planner.schema.athlete import athlete_schema
from planner.schema.plan import plan_schema
from planner.schema.template import template_schema

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.offers import Pillar
    from planner.schema.of_class import Schema

KINDS = ("athlete", "template", "plan")
"""The kinds of files that have a schema."""


def schema_of(kind: str, pillars: Iterable[Pillar] = (), *, only: bool = False) -> Schema:
    """The schema of one of `KINDS`. An athlete's describes the settings of `pillars`, and with `only` accepts no other pillar's."""
    if kind == "athlete":
        return athlete_schema(pillars, only=only)
    return template_schema() if kind == "template" else plan_schema()


def written(schema: Schema) -> str:
    """A schema as JSON text: members in their order, plain ASCII, a final line break."""
    return json.dumps(schema, indent=1) + "\n"
