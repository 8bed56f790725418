"""The schema of an athlete file: the records of `planner.athlete`, with values as people write them in TOML."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, cast

import attrs

from planner.athlete import Athlete, Availability, Clearance, Commitment, Override, Progression, Running, Shoes
from planner.athlete_checks import CHANGES, MOST_LINE
from planner.athlete_file import MOST_RECENT_WEEKS, TABLES
from planner.athlete_values import KEPT_FOR, MILE
from planner.quantities import TEN_PERCENT, WEEKDAYS
from planner.schema.of_class import DATE, Schema, head, object_of, summary_of
from planner.settings import about

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planner.offers import Pillar

ONE_LINE = r"^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$"
_WHO: Schema = {"type": "string", "maxLength": MOST_LINE, "pattern": ONE_LINE.replace("^", r"^(?=.*\S)", 1)}
"""The name of a person who signs: one line that is not blank."""
TOP: dict[str, dict[str, object]] = {
    "birth_year": about("the year of birth; under 18 and over 55 other rules apply", least=1890, most=2100),
}
"""The top-level key whose range depends on other keys, so that the reader checks it and the field carries no bounds."""
WINDOWS = about('times of day in which sessions fit, like "07:00-08:00 run"; left out: all day, []: none')
AWAY = about("days away: a date, or first and last day with / between them, both included")
AVAILABILITY: dict[str, dict[str, object]] = {**{str(day): WINDOWS for day in WEEKDAYS}, "away": AWAY}
NAME: Schema = {"type": "string", "maxLength": 100, "pattern": ONE_LINE}
TOP_FORMS: dict[str, Schema] = {
    "id": {"type": "string", "pattern": r"^[A-Za-z0-9_-]([A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?$"},
    "name": NAME,
    "template": {"type": "string", "maxLength": 1000, "pattern": ONE_LINE, "default": "walk-run"},
}


def athlete_schema(pillars: Iterable[Pillar] = (), *, only: bool = False) -> Schema:
    """The schema of an athlete file with the settings of `pillars`; with `only`, settings of any other pillar are an error."""
    forms = {**TOP_FORMS, **{name: _table(name) for name in TABLES}}
    forms |= {"running": {}, "shoes": {"description": "a block for each pair", "type": "array"}}
    forms |= {"commitments": {"description": "a block for each fixed run", "type": "array"}, "override": _overrides()}
    forms["pillars"] = _pillars(pillars, only=only)
    optional = {f.name for f in attrs.fields(Athlete)} - {"start", "running"}
    description = "What `planner make` makes a plan from. TOML; dates have no quotes."
    return {
        **head("athlete", "Athlete file", description),
        **object_of(Athlete, forms=forms, about=TOP, optional=optional),
        "if": {"properties": {"units": {"const": "mi"}}, "required": ["units"]},
        "then": _in_units("mi"),
        "else": _in_units("km"),
        "$defs": {f"{name}-{unit}": _measured(cls, miles=unit == "mi") for name, cls in MEASURED.items() for unit in ("km", "mi")},
    }


MEASURED: dict[str, type] = {"running": Running, "shoes": Shoes, "commitments": Commitment}
"""The tables whose key names depend on `units`; all but `running` are arrays of tables."""


def _in_units(unit: str) -> Schema:
    blocks = {name: {"items": {"$ref": f"#/$defs/{name}-{unit}"}} for name in MEASURED if name != "running"}
    return {"properties": {"running": {"$ref": f"#/$defs/running-{unit}"}, **blocks}}


def _table(name: str) -> Schema:
    cls = TABLES[name]
    forms: dict[str, Schema] = {}
    if cls is Availability:
        forms = {**{day: _windows() for day in WEEKDAYS}, "away": {"type": "array", "items": {"type": "string", "pattern": _ABSENCE}}}
    elif cls is Progression:
        forms = {"growth": {"type": "number", "minimum": 0, "maximum": float(TEN_PERCENT)}}
    elif cls is Clearance:
        forms = {"by": _WHO}
    description = "on which days and at what times sessions fit" if cls is Availability else summary_of(cls)
    return {"description": description, **object_of(cls, forms=forms, about=AVAILABILITY)}


_ABSENCE = rf"^\s*{DATE.strip('^$')}\s*(/\s*{DATE.strip('^$')}\s*)?$"


def _windows() -> Schema:
    kept_for = rf"([\s,]+({'|'.join(KEPT_FOR)}))*"
    return {"type": "array", "items": _hours(kept_for)}


def _hours(kept_for: str = "") -> Schema:
    """The schema of a time window like 18:00-19:00, followed by the pattern `kept_for`."""
    clock = "([01]?[0-9]|2[0-4]):[0-5][0-9]"
    return {"type": "string", "pattern": rf"^\s*{clock}\s*[-–]\s*{clock}{kept_for}\s*$"}


def _overrides() -> Schema:
    """The schema of the blocks `[[override]]`, each with at least one change."""
    line: Schema = {"type": "string", "maxLength": MOST_LINE, "pattern": ONE_LINE}
    block = object_of(Override, forms={"by": _WHO, "note": line, "session": {**line, "pattern": "^[^/#]+/[^/#]+#[1-9][0-9]*$"}})
    block["anyOf"] = [{"required": [change]} for change in CHANGES]
    return {"description": "a block for each change by hand", "type": "array", "items": block}


def _measured(cls: type, *, miles: bool) -> Schema:
    """The schema of a table with distances or paces, in kilometres or miles."""
    fields = {f.name: f for f in attrs.fields(cast("type[attrs.AttrsInstance]", cls))}
    forms: dict[str, Schema] = {key: _pace(fields[key], miles=miles) for key in fields if key.endswith("_pace")}
    if cls in (Shoes, Commitment):
        forms |= {"name": {**_WHO, "maxLength": NAME["maxLength"]}, "time": _hours()}
    schema = {"description": summary_of(cls), **object_of(cls, forms=forms)}
    properties = cast("dict[str, Schema]", schema["properties"])
    if miles:
        schema["properties"] = properties = {
            _in_miles(key): _miles(value) if _in_miles(key) != key else value for key, value in properties.items()
        }
        schema["required"] = [_in_miles(key) for key in cast("list[str]", schema["required"])]
    if cls is Commitment:
        schema["oneOf"] = [{"required": ["on"]}, {"required": ["date"]}]
    if cls is Running:
        properties[_in_miles("recent_weeks_km") if miles else "recent_weeks_km"]["maxItems"] = MOST_RECENT_WEEKS
        schema["not"] = {"required": ["goal_minutes", "goal_week_mi" if miles else "goal_week_km"]}
    return schema


def _in_miles(key: str) -> str:
    return f"{key[:-2]}mi" if key == "km" or key.endswith("_km") else key


def _miles(schema: Schema) -> Schema:
    """The schema of a distance, converted to miles: bounds rounded outwards to whole miles, and no default except 0."""
    changed = {key: value for key, value in schema.items() if key != "default" or value == 0}
    changed["description"] = str(changed["description"]).replace("(km)", "(miles)")
    inner = cast("Schema", changed.get("items", changed))
    inner["minimum"] = int(Decimal(str(inner["minimum"])) / MILE)
    inner["maximum"] = int(Decimal(str(inner["maximum"])) / MILE) + 1
    return changed


def _pace(field: attrs.Attribute[object], *, miles: bool) -> Schema:
    """The schema of a pace like "6:40"; its minutes range from those of the fastest pace read to those of the slowest."""
    factor = MILE if miles else Decimal(1)
    fastest, slowest = (int(field.metadata[key] * factor) // 60 for key in ("least", "most"))
    minutes = "|".join(f"0?{m}" if m < 10 else str(m) for m in range(fastest, slowest + 1))
    words = f"{field.metadata['text']} (minutes and seconds per {'mile' if miles else 'kilometre'}, in quotes)"
    default: object = field.default
    usual: Schema = {"default": f"{default // 60}:{default % 60:02d}"} if isinstance(default, int) and not miles else {}
    return {"type": "string", "pattern": rf"^\s*({minutes}):[0-5][0-9]\s*$", "description": words, **usual}


def _pillars(pillars: Iterable[Pillar], *, only: bool) -> Schema:
    """The schema of the headings `[pillars.NAME]`, each with its pillar's settings."""
    known: Mapping[str, Schema] = {p.name: _settings(p) for p in sorted(pillars, key=lambda p: p.name)}
    others: Schema | bool = False if only else {"type": "object"}
    text = "settings of the pillars, each under [pillars.NAME]"
    return {"description": text, "type": "object", "properties": dict(known), "additionalProperties": others}


def _settings(pillar: Pillar) -> Schema:
    if pillar.settings is None:
        return {"description": f"{pillar.summary} (no settings)", "type": "object", "maxProperties": 0}
    return {"description": pillar.summary, **object_of(pillar.settings)}
