"""What several pillars read from an athlete's log: the rows that count, week by week, and the session that each tells of.

A row counts from its date on: those dated after the day of planning are for later plans. Where no log is kept there is nothing here to
ask, and pillars draw what they draw without one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner import cached_by_identity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from planner import Brief, Entry, Session

WEEK_DAYS = 7


@cached_by_identity(32)
def rows_so_far(brief: Brief) -> tuple[Entry, ...]:
    """The rows dated up to the day of planning, the oldest first; () where there are none, or no log is kept."""
    return tuple(sorted([row for row in brief.log or () if row.date <= brief.as_of], key=lambda row: row.date))


@cached_by_identity(32)
def _by_week(brief: Brief) -> Mapping[int, tuple[Entry, ...]]:
    found: dict[int, list[Entry]] = {}
    for row in rows_so_far(brief):
        found.setdefault((row.date - brief.start).days // WEEK_DAYS, []).append(row)
    return {number: tuple(rows) for number, rows in found.items()}


def rows_of_week(brief: Brief, first_day: date) -> tuple[Entry, ...]:
    """The rows so far that are dated in the plan's week from `first_day`."""
    return _by_week(brief).get((first_day - brief.start).days // WEEK_DAYS, ())


def has_begun(brief: Brief, first_day: date) -> bool:
    """Whether a log decides the week from `first_day`: one is kept, and the week is no longer ahead."""
    return brief.log is not None and first_day <= brief.as_of


def worse_next_morning(rows: Iterable[Entry]) -> bool | None:
    """Whether a knee was worse on the morning after than before (STR-10, PAIN-01), of rows about one session; None: not said.

    Each side is held against its own before; what was not said before counts as 0, so that any pain has risen.
    """
    before: dict[str, int] = {}
    morning: dict[str, int] = {}
    for row in rows:
        if row.pain_before is not None:
            before[row.side] = min(row.pain_before, before.get(row.side, row.pain_before))
        if row.pain_next_morning is not None:
            morning[row.side] = max(row.pain_next_morning, morning.get(row.side, 0))
    return any([pain > before.get(side, 0) for side, pain in morning.items()]) if morning else None


def told_of(sessions: Sequence[Session], rows: Sequence[Entry], unnamed: Sequence[Entry]) -> list[tuple[Entry, ...]]:
    """For each of a week's `sessions` what the week's `rows` tell of it: those that name it; else, of the rows that name none (`unnamed`),
    those of its date; what is left of these stands, date by date, for the sessions of which nothing is told.
    """
    named = [tuple([row for row in rows if row.session == session.id]) for session in sessions]
    left: dict[date, list[Entry]] = {}
    for row in unnamed:
        left.setdefault(row.date, []).append(row)
    found = [told or tuple(left.pop(session.date, ())) for session, told in zip(sessions, named, strict=True)]
    others = iter(sorted(left))
    return [told or tuple(left[on] if (on := next(others, None)) is not None else ()) for told in found]
