"""Programmes and content as data: the walk-run ladders, and what sessions say."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from planner import hookimpl
from planner_templates.tables import table

if TYPE_CHECKING:
    from planner import Template


@hookimpl
def planner_templates() -> tuple[Template, ...]:
    """The programmes of `programmes/*.toml`, by name. Raises `InputError` where a file does not fit the record."""
    return _programmes()


@lru_cache(maxsize=1)
def _programmes() -> tuple[Template, ...]:
    from planner import Template, structure  # noqa: PLC0415  (whoever only wants content does not pay for the records)

    found = sorted(file for file in Path(__file__).with_name("programmes").iterdir() if file.suffix == ".toml")
    return tuple(structure(Template, table(file), file.name) for file in found)
