"""JSON Schemas (2020-12) of what people and programs write and read: athlete files, programmes, plans.

They are generated from the records, so that a field is described once; what this distribution ships of them stands in
`planner/schemas`. A schema refuses nothing that the planner reads. It cannot say everything that the planner refuses: a file that
passes may still be told what is wrong with it.
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
"""What there is a schema of."""


def schema_of(kind: str, pillars: Iterable[Pillar] = (), *, only: bool = False) -> Schema:
    """The schema of one of `KINDS`. The settings of `pillars` are described in an athlete's; `only`: no other pillar's are accepted."""
    if kind == "athlete":
        return athlete_schema(pillars, only=only)
    return template_schema() if kind == "template" else plan_schema()


def written(schema: Schema) -> str:
    """A schema as text: members in their order, plain ASCII, a line break at the end."""
    return json.dumps(schema, indent=1) + "\n"
