"""Next mornings in rows of their own, each given to the session that it is about, as the planner itself does for running (decision 26)."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence, Set
    from datetime import date

    from planner import Entry

About: TypeAlias = "Callable[[Entry], bool]"
ONE_KNEE = ("left", "right")


def by_date(rows: Iterable[Entry], is_about: About, may_answer: About) -> Mapping[date, Sequence[Entry]]:
    """The rows that are about one kind of session, by the session's date; `rows` are in order of their dates.

    A next morning in a row of its own belongs to the day before if that lacks it, else to its own date, if `may_answer` says that it can be
    about such a session and it names none or this one.
    """
    found: dict[date, list[Entry]] = {}
    done: dict[date, Sequence[Entry]] = {}
    for on, of_date in groupby(rows, key=lambda row: row.date):
        told = list(of_date)
        done[on] = today = [row for row in told if is_about(row) and not row.only_next_morning]
        before = on - timedelta(days=1)
        yesterday = done.get(before, ())
        if today:
            found[on] = list(today)
        for row in told:
            if not row.only_next_morning or not may_answer(row):
                continue
            if _takes(yesterday, row) and (_lacks(yesterday, row) or not _takes(today, row) or not _lacks(today, row)):
                found[before].append(row)
            elif row.session or _takes(today, row):
                found.setdefault(on, []).append(row)
    return found


def _takes(rows: Sequence[Entry], morning: Entry) -> bool:
    """Whether a next morning may be about the session of these rows: it names none, or this one."""
    return bool(rows) and morning.session in {"", *(row.session for row in rows)}


def _lacks(rows: Sequence[Entry], morning: Entry) -> bool:
    """Whether a knee that the next morning is about has none in these rows."""
    felt = [row for row in rows if row.pains] or rows
    knees = meant({row.side for row in felt}, morning)
    answered = {row.side for row in felt if row.pain_next_morning is not None}
    return not knees or not knees <= answered


def meant(knees: Set[str], morning: Entry) -> Set[str]:
    """Which of the `knees`, by the sides of a session's rows, a next morning in a row of its own is about: without a side, all of them."""
    if morning.side not in ONE_KNEE:
        return knees
    return knees & {morning.side} or knees - set(ONE_KNEE)
