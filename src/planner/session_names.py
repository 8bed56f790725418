"""Names of sessions as people write them by hand: which known one was meant where a name is none of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

ALIKE = 0.8
"""Two names that are less alike than this are two names, not one with a slip of the pen."""
_NUMBER = re.compile(r"(-?[0-9]+)?#[0-9]+$")


def meant(name: str, known: Iterable[str]) -> str:
    """The one of `known` that is most like `name`; "" where it is one of them up to its numbers, or like none.

    Numbers count for nothing: which week has `strength-3` or a fourth run changes from plan to plan.
    """
    names = sorted(known)
    stems = {_NUMBER.sub("", one): one for one in reversed(names)}
    stem = _NUMBER.sub("", name)
    if stem in stems:
        return ""
    from difflib import get_close_matches  # noqa: PLC0415  (only for a slip of the pen)

    close = get_close_matches(stem.casefold(), stems, n=1, cutoff=ALIKE)
    if not close:
        return ""
    alike = [one for one in names if _NUMBER.sub("", one) == close[0]]
    return next((one for one in alike if one.endswith(name[len(stem) :])), alike[0])
