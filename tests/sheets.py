"""Inspection of printed pages and of the data from which they are made."""

from __future__ import annotations

import re

CODE = '#panic("x") *b* _i_ $x$ `r` <l> @ref \\ #import "@preview/x:1.0.0" // /* = - +'
"""What typst would act on if it were source."""


def page_count(data: bytes) -> int:
    found = re.search(rb"<xmpTPg:NPages>(\d+)</xmpTPg:NPages>", data)
    assert found
    return int(found[1])


def said(data: object) -> str:
    """All texts of a page's data."""
    if isinstance(data, dict):
        return " ".join(said(part) for part in data.values())
    if isinstance(data, list | tuple):
        return " ".join(said(part) for part in data)
    return data if isinstance(data, str) else ""
