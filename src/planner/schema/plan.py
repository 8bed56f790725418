"""The schema of a plan in JSON (`planner-plan/1`): the records of `planner.model` as `planner.render.json` writes them.

Readers ignore unknown members, so these are allowed everywhere. The required members are those that `planner check` needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from planner.entry import Entry
from planner.findings import Finding
from planner.model import Contributor, Done, Goal, Paces, Plan, Reading, Session, Week, Why
from planner.plan_file import FORMAT, VERSION
from planner.plan_file.values import MOST
from planner.schema.of_class import Schema, head, object_of, summary_of
from planner.schema.plan_texts import TEXTS
from planner.settings import about
from planner.steps import Group, Step

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_ANY = {"additionalProperties": True}
_READING_OPTIONAL = ("close_run_s", "explicit_growth", "ladder")
_OPTIONAL = ("units", "as_of", "plugins", "findings", "disclaimer", "ahead_from", "log", "language", *_READING_OPTIONAL)
_SIGNED = ("margin_m",)
_NOT_MEMBERS = ("athlete_id", "athlete_name", "reading", "weeks", "history", "log", "findings", "plugins", "goal")
_ORDER = [
    "format",
    "athlete",
    "timezone",
    "units",
    "start",
    "as_of",
    "issued",
    "template",
    "run_gap_days",
    "close_run_s",
    "paces",
    "measure",
    "missed",
    "rolling",
    "growth",
    "explicit_growth",
    "easy_week_every",
    "ladder",
    "goal",
    "plugins",
    "history",
    "weeks",
    "sessions",
    "findings",
    "disclaimer",
    "ahead_from",
    "log",
    "language",
]


def plan_schema() -> Schema:
    """The schema of what `planner make -f json` writes and `planner check` reads."""
    own = _record(Plan, leave_out=_NOT_MEMBERS, optional=())
    reading = _record(Reading, leave_out=("paces",), optional=())
    properties: Schema = {
        **_properties(own),
        **_properties(reading),
        "format": {"description": "what this is, and its version", "const": FORMAT + VERSION},
        "athlete": _athlete(),
        "paces": _paces(),
        "goal": _record(Goal),
        "plugins": _list(_record(Contributor), "what took part"),
        "history": _list(
            _record(Done, optional=("foot_m", "longest_m", "allowed_m", "estimated")), "every past day that the laws looked at"
        ),
        "weeks": {**_list(_week(), "the plan's weeks, in order"), "minItems": 1},
        "sessions": _list(_session(), "every session, by week, date and time"),
        "log": _list(_record(Entry, leave_out=("line",), optional=_said_or_not()), "what was written down; missing: no log is kept"),
        "findings": _list(_record(Finding), "what there is to say about the plan, worst first"),
    }
    return {
        **head("plan", "Plan", "A return-to-run plan: dated sessions with their steps, what the laws allowed, and why. JSON."),
        "type": "object",
        "properties": {key: properties[key] for key in _ORDER},
        "required": [key for key in _ORDER if key not in _OPTIONAL],
        **_ANY,
        "$defs": {"step": _step(), "group": _group()},
    }


def _record(
    cls: type,
    *,
    forms: Mapping[str, Schema] | None = None,
    leave_out: Collection[str] = (),
    optional: Collection[str] | None = None,
) -> Schema:
    """The schema of a record: integers within the range that a reader accepts, texts from `TEXTS`, no defaults, as all is written."""
    facts = {key: about(text) for key, text in TEXTS[cls].items()}
    schema = object_of(cls, forms=forms, about=facts, optional=optional, leave_out=leave_out, null=True)
    for key, member in _properties(schema).items():
        if member.get("type") in ("integer", ["integer", "null"]):
            member["minimum"] = -MOST if key in _SIGNED else 0
            member["maximum"] = MOST
        member.pop("default", None)
    return {"description": summary_of(cls), **schema, **_ANY}


def _properties(schema: Schema) -> dict[str, Schema]:
    return cast("dict[str, Schema]", schema["properties"])


def _list(items: Schema, description: str = "") -> Schema:
    return {**({"description": description} if description else {}), "type": "array", "items": items}


def _said_or_not() -> tuple[str, ...]:
    """The members that a log row may leave out: all but its date."""
    return tuple(name for name in TEXTS[Entry] if name != "date")


def _week() -> Schema:
    return _record(Week, leave_out=("sessions",), optional=("ceiling_foot_m", "done_run_m"))


def _athlete() -> Schema:
    properties: Schema = {
        "id": {"description": "tells plans apart", "type": "string"},
        "name": {"description": "as shown in the calendar", "type": "string"},
    }
    return {"description": "whose plan it is", "type": "object", "properties": properties, "required": ["id"], **_ANY}


def _paces() -> Schema:
    whole: Schema = {"type": "integer", "minimum": 1, "maximum": MOST}
    names = {"run": "running easily", "walk": "walking briskly"}
    properties: Schema = {f"{key}_s_per_km": {"description": f"{text} (s/km)", **whole} for key, text in names.items()}
    return {"description": summary_of(Paces), "type": "object", "properties": properties, "required": list(properties), **_ANY}


def _session() -> Schema:
    names: Schema = {
        "id": {"description": "pillar/key#ordinal, unique within its week", "type": "string", "pattern": "#[0-9]{1,5}$"},
        "uid": {"description": "the identity of its calendar entry, unique everywhere", "type": "string"},
    }
    optional = ("start", "tags", "details", "why", "transparent", "status")
    forms = {"steps": _steps(), "why": _list(_record(Why), "why it is as it is")}
    schema = _record(Session, leave_out=("ordinal",), optional=optional, forms=forms)
    return {
        **schema,
        "properties": {**names, **_properties(schema)},
        "required": ["id", *cast("list[str]", schema["required"])],
    }


def _steps() -> Schema:
    """The schema of a list of steps and groups; groups have a `repeat`."""
    grouped: Schema = {"properties": {"repeat": {"type": "integer"}}, "required": ["repeat"]}
    return _list({"if": grouped, "then": {"$ref": "#/$defs/group"}, "else": {"$ref": "#/$defs/step"}})


def _step() -> Schema:
    return _record(Step, optional=("text", "sets", "reps", "side", "rpe"))


def _group() -> Schema:
    schema = _record(Group, forms={"steps": _steps()})
    _properties(schema)["repeat"]["minimum"] = 1
    return schema
