"""The example roster: the athletes of the examples, one per row."""

from __future__ import annotations

from importlib.resources import files


def example() -> str:
    """Return the text of `example.csv` in this folder."""
    return files("planner.roster").joinpath("example.csv").read_text(encoding="utf-8")
