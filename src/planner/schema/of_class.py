"""Generates a JSON Schema from a record class: types from its hints; texts, units and ranges from `settings.about`."""

from __future__ import annotations

import types
import typing
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, TypeAlias, Union, get_args, get_origin

from attrs import NOTHING

from planner.records import fields_of, is_record

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from planner.records import Field

Schema: TypeAlias = "dict[str, object]"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_PLAIN: dict[object, Schema] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    Decimal: {"type": "number"},
    date: {"type": "string", "format": "date", "pattern": DATE},
    datetime: {"type": "string", "format": "date-time"},
    Fraction: {"type": "string", "pattern": "^[0-9]{1,6}/0*[1-9][0-9]*$"},
}
_BOUNDS = (("least", "minimum"), ("most", "maximum"))


def head(kind: str, title: str, description: str) -> Schema:
    """The opening members of a schema."""
    return {"$schema": DIALECT, "$id": f"urn:planner:{kind}:1", "title": title, "description": description}


def object_of(
    cls: type,
    *,
    forms: Mapping[str, Schema] | None = None,
    about: Mapping[str, Mapping[str, object]] | None = None,
    optional: Collection[str] | None = None,
    leave_out: Collection[str] = (),
    null: bool = False,
) -> Schema:
    """The schema of an object (or TOML table) that a record class reads; unknown keys are refused.

    `forms` replace the schema of fields with a special notation; `about` holds texts and ranges of fields without metadata; `optional` are
    the fields that may be missing (None: those with a default); with `null`, a field that may be None may be written as null.
    """
    hints = typing.get_type_hints(cls)
    properties: Schema = {}
    required: list[str] = []
    for field in fields_of(cls):
        key = field.name.rstrip("_")
        if field.name in leave_out:
            continue
        facts = field.metadata or (about or {}).get(key, {})
        properties[key] = _described(field, _form(hints[field.name], facts, (forms or {}).get(key), null=null), facts)
        if key not in optional if optional is not None else field.default is NOTHING:
            required.append(key)
    needed: Schema = {"required": required} if required else {}
    return {"type": "object", "properties": properties, **needed, "additionalProperties": False}


def _form(hint: object, facts: Mapping[str, object], form: Schema | None, *, null: bool) -> Schema:
    """The schema of a field's value: its special form, or that of its type and range."""
    if form is not None:
        return dict(form)
    schema = type_of(hint, null=null)
    inner = typing.cast("Schema", schema.get("items", schema))
    for name, keyword in _BOUNDS:
        if facts.get(name) is not None:
            inner[keyword] = plain(facts[name])
    return schema


def _described(field: Field, schema: Schema, facts: Mapping[str, object]) -> Schema:
    text, unit = str(facts.get("text") or ""), facts.get("unit")
    words = f"{text} ({unit})" if text and unit and unit != "basis points" else text
    described: Schema = {"description": words, **schema} if words else schema
    default = _default(field)
    if default not in (None, [], "") and "default" not in described and "$ref" not in described:
        described["default"] = default
    return described


def _default(field: Field) -> object:
    """A field's default as plain JSON; None if it has none or a factory."""
    value = field.default
    if value is NOTHING or hasattr(value, "factory"):
        return None
    return plain(value)


def plain(value: object) -> object:
    """A record's value as JSON data."""
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if is_record(type(value)):
        return {f.name.rstrip("_"): plain(held) for f in fields_of(type(value)) if (held := getattr(value, f.name)) is not None}
    return value


def type_of(hint: object, *, null: bool = False) -> Schema:
    """The schema of a type hint; with `null`, an optional type may be null."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        kept = next(a for a in arguments if a is not type(None))
        return _or_null(type_of(kept)) if null else type_of(kept)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is tuple:
        return {"type": "array", "items": type_of(arguments[0])}
    if isinstance(hint, type) and is_record(hint):
        return object_of(hint)
    return dict(_PLAIN[hint])


def _or_null(schema: Schema) -> Schema:
    if "enum" in schema:
        return {"enum": [*typing.cast("list[object]", schema["enum"]), None]}
    return {**schema, "type": [schema["type"], "null"]}


def summary_of(cls: type) -> str:
    """The first sentence of a class's docstring, without a TOML heading that it may begin with."""
    sentence = " ".join((cls.__doc__ or "").split()).partition(". ")[0].rstrip(".")
    return sentence.partition("]`: ")[2] or sentence
