"""Renders records as sections of a page: the docstring, then the fields with types and defaults."""

from __future__ import annotations

from typing import ForwardRef

from attrs import NOTHING

from docs_tools.signatures import doc, methods
from docs_tools.tables import table
from planner import athlete, model, week_view
from planner.records import fields_of, is_record

INNER: dict[str, type] = {
    cls.__name__: cls
    for cls in (
        athlete.Running,
        athlete.Knee,
        athlete.Screening,
        athlete.Clearance,
        athlete.Availability,
        athlete.Window,
        athlete.Absence,
        athlete.Equipment,
        athlete.Shoes,
        athlete.Progression,
        model.Done,
        model.Reading,
        model.Paces,
        model.Goal,
        model.Contributor,
        week_view.Room,
    )
}
"""Records inside public records, which plugins read but never build."""


def records() -> dict[str, type]:
    """Every documented record: the public ones and those inside them."""
    import planner  # noqa: PLC0415  (its names are imported on first access)

    public = {name: getattr(planner, name) for name in planner.__all__}
    found = {name: value for name, value in public.items() if is_record(value)}
    return {**found, **INNER}


def record(name: str, cls: type, level: int = 3) -> str:
    """The section of a record: the docstring, the fields, the public methods and properties."""
    rows = [(f"`{f.name}`", f"`{_type(cls, f.name)}`", _default(f.default), str(f.metadata.get("text", ""))) for f in fields_of(cls)]
    described = any(row[3] for row in rows)
    heads = ["field", "type", "default", "is"] if described else ["field", "type", "default"]
    parts = [f"{'#' * level} {name}", doc(cls), table(heads, [row[: len(heads)] for row in rows]).rstrip() if rows else ""]
    return "\n\n".join(part for part in [*parts, "\n".join(methods(cls))] if part) + "\n"


def _type(cls: type, name: str) -> str:
    hint = next(c.__annotations__[name] for c in cls.__mro__ if name in getattr(c, "__annotations__", {}))
    return hint.__forward_arg__ if isinstance(hint, ForwardRef) else str(hint)


def _default(value: object) -> str:
    if value is NOTHING:
        return "needed"
    factory = getattr(value, "factory", None)
    return f"`{value!r}`" if factory is None else f"`{factory.__name__}()`"


def anchor(heading: str) -> str:
    """The URL fragment of a heading."""
    return heading.lower()
