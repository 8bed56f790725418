"""What sessions say, read from the data package once a process."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import planner_templates

if TYPE_CHECKING:
    from collections.abc import Mapping


@lru_cache(maxsize=64)
def content(name: str) -> Mapping[str, object]:
    """The table of `content/NAME.toml`, as TOML says it; fractions of numbers are exact decimals."""
    text = Path(planner_templates.__file__).with_name("content").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text, parse_float=Decimal)
