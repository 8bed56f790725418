"""Formatting of Markdown tables and sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; line breaks in cells become spaces, bars are escaped."""
    lines = [_row(heads), _row(["---"] * len(heads))]
    return "\n".join([*lines, *(_row(row) for row in rows)]) + "\n"


def _row(cells: Sequence[str]) -> str:
    shown = (" ".join(cell.split()).replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(shown)} |"


def sentence(text: str, *, capital: bool = True) -> str:
    """The text on one line, with a full stop at its end and, if `capital`, a capital first letter."""
    words = " ".join(text.split())
    return (words[:1].upper() if capital else words[:1]) + words[1:] + ("" if words.endswith((".", "!", "?", ":")) else ".")
