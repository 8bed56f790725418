"""What sessions say, read from the data package once a process."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import planner_templates
from planner_templates.tables import table

if TYPE_CHECKING:
    from collections.abc import Mapping


@lru_cache(maxsize=64)
def content(name: str) -> Mapping[str, object]:
    """The table of `content/NAME.toml`, as TOML says it; fractions of numbers are exact decimals."""
    return table(Path(planner_templates.__file__).with_name("content").joinpath(f"{name}.toml"))
