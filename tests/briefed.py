"""Sample athletes for briefs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from planner.athlete import Athlete, Running

START = date(2027, 1, 4)
"""A Monday."""
AS_OF = date(2027, 1, 2)


def kms(*weeks: str) -> tuple[Decimal, ...]:
    """Kilometres a week, as an athlete file has them."""
    return tuple(Decimal(km) for km in weeks)


def athlete(*, running: dict[str, object] | None = None, **more: object) -> Athlete:
    """An athlete who starts on `START`; `running` and `more` say what is different."""
    return Athlete(**{"id": "ana", "start": START, "running": Running(**{"easy_pace": 400, **(running or {})}), **more})
