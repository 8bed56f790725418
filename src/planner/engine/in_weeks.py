"""Week numbers in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.language import ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence


def in_weeks(numbers: Sequence[int]) -> str:
    """Week numbers in words: `week 3`, `weeks 1-4, 6`."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    named = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)
    return ngettext("week {weeks}", "weeks {weeks}", len(set(numbers)), weeks=named)
