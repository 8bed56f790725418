"""Log queries that pillars share: the rows that count, by week, and the sessions that they are about.

Rows dated after the day of planning do not count yet. Without a log there are no rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner import cached_by_identity
from planner_pillars.mornings import meant

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from planner import Brief, Entry, Session

WEEK_DAYS = 7


@cached_by_identity(32)
def rows_so_far(brief: Brief) -> tuple[Entry, ...]:
    """The rows dated up to the day of planning, oldest first; empty without a log."""
    return tuple(sorted([row for row in brief.log or () if row.date <= brief.as_of], key=lambda row: row.date))


@cached_by_identity(32)
def _by_week(brief: Brief) -> Mapping[int, tuple[Entry, ...]]:
    found: dict[int, list[Entry]] = {}
    for row in rows_so_far(brief):
        found.setdefault((row.date - brief.start).days // WEEK_DAYS, []).append(row)
    return {number: tuple(rows) for number, rows in found.items()}


def rows_of_week(brief: Brief, first_day: date) -> tuple[Entry, ...]:
    """The rows so far of the plan's week from `first_day`."""
    return _by_week(brief).get((first_day - brief.start).days // WEEK_DAYS, ())


def has_begun(brief: Brief, first_day: date) -> bool:
    """Whether a log is kept and the week from `first_day` has begun."""
    return brief.log is not None and first_day <= brief.as_of


def worse_next_morning(rows: Iterable[Entry]) -> bool | None:
    """Whether rows about one session say that a knee was worse the next morning than before it (STR-10, PAIN-01); None if they do not say.

    Each side is compared with its own value before; a missing one counts as 0. A next morning in a row of its own is about the knee that it
    names, and about every knee if it names none (decision 26).
    """
    rows = list(rows)
    felt = [row for row in rows if row.pains and not row.only_next_morning]
    before: dict[str, int] = {}
    for row in felt:
        if row.pain_before is not None:
            before[row.side] = min(row.pain_before, before.get(row.side, row.pain_before))
    sides = {row.side for row in felt}
    mornings: list[tuple[str, int]] = [(row.side, row.pain_next_morning) for row in felt if row.pain_next_morning is not None]
    for row in rows:
        if row.pain_next_morning is not None and row.only_next_morning:
            mornings += [(side, row.pain_next_morning) for side in meant(sides, row) or {row.side}]
    return any([pain > before.get(side, 0) for side, pain in mornings]) if mornings else None


def told_of(sessions: Sequence[Session], rows: Sequence[Entry], unnamed: Sequence[Entry]) -> list[tuple[Entry, ...]]:
    """The log rows about each of a week's `sessions`: those of `rows` that name it, else those of `unnamed` with its date.

    Remaining `unnamed` rows go, date by date, to the sessions that have none.
    """
    named = [tuple([row for row in rows if row.session == session.id]) for session in sessions]
    left: dict[date, list[Entry]] = {}
    for row in unnamed:
        left.setdefault(row.date, []).append(row)
    found = [told or tuple(left.pop(session.date, ())) for session, told in zip(sessions, named, strict=True)]
    others = iter(sorted(left))
    return [told or tuple(left[on] if (on := next(others, None)) is not None else ()) for told in found]
