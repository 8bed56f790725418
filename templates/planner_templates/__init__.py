"""Programmes and content as data: the walk-run ladders, and what sessions say."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from planner import hookimpl

if TYPE_CHECKING:
    from planner import Template


@hookimpl
def planner_templates() -> tuple[Template, ...]:
    """The programmes of `programmes/*.toml`, by name. Raises `InputError` where a file does not fit the record."""
    return _programmes()


@lru_cache(maxsize=1)
def _programmes() -> tuple[Template, ...]:
    from planner import Template, structure  # noqa: PLC0415  (whoever only wants content does not pay for the records)

    found = sorted(Path(__file__).with_name("programmes").glob("*.toml"))
    tables = {file.name: tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal) for file in found}
    return tuple(structure(Template, table, name) for name, table in tables.items())
