"""Suggestions for misspelt session names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

ALIKE = 0.8
"""The least similarity (`difflib`, 0 to 1) at which an unknown name counts as a misspelling."""
_NUMBER = re.compile(r"(-?[0-9]+)?#[0-9]+$")


def meant(name: str, known: Iterable[str]) -> str:
    """The one of `known` most similar to `name`; "" if `name` is one of them apart from its numbers, or similar to none.

    Numbers are ignored: which week has `strength-3` or a fourth run differs from plan to plan.
    """
    names = sorted(known)
    stems = {_NUMBER.sub("", one): one for one in reversed(names)}
    stem = _NUMBER.sub("", name)
    if stem in stems:
        return ""
    from difflib import get_close_matches  # noqa: PLC0415  (needed only for misspellings)

    close = get_close_matches(stem.casefold(), stems, n=1, cutoff=ALIKE)
    if not close:
        return ""
    alike = [one for one in names if _NUMBER.sub("", one) == close[0]]
    return next((one for one in alike if one.endswith(name[len(stem) :])), alike[0])
