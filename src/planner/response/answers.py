"""From the rows of a log to dates: what was run on each, and how each knee felt."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from planner.entry import may_be_run, only_next_morning
from planner.language import noted
from planner.model import DAY
from planner.records import Record
from planner.response.signs import PAINKILLER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence, Set

    from planner.entry import Entry

_DATE = attrgetter("date")
ASKED = (noted("before"), noted("worst while running"), noted("an hour after"), noted("next morning"))
"""When the knee is asked about, in words to be told with `_`."""


@frozen(kw_only=True, eq=False, repr=False)
class Answers(Record):
    """How one knee felt, on 0-10 (PAIN-04): before, worst during, 60 minutes after, next morning; None where it was not said."""

    before: int | None = None
    during: int | None = None
    after: int | None = None
    morning: int | None = None

    @property
    def start(self) -> int:
        """What the other answers are compared with: the pain before, 0 where it was not said, so that any pain later has risen."""
        return self.before or 0

    @property
    def missing(self) -> tuple[str, ...]:
        """The answers that were not given, in words of `ASKED`."""
        return tuple(words for words, pain in zip(ASKED, (self.before, self.during, self.after, self.morning), strict=True) if pain is None)

    @property
    def none_given(self) -> bool:
        """Whether nothing was said at all."""
        return len(self.missing) == 4


@frozen(kw_only=True, eq=False, repr=False)
class Day(Record):
    """What the log says about one date.

    `ran`: it holds a run. `run_m` is its metres, None where they are not known; `session` the planned session that it was, or "". `answers`
    are those about the run, one for each row, so for each knee (BOTH-01); `others` those of rows without a run. `limp`, `swelling` and
    `painkiller` are true where any row says so; `named` are the signs of its rows. `before` and `during` are the worse knee's, on a run.
    """

    date: date
    ran: bool
    session: str
    run_m: int | None
    answers: tuple[Answers, ...]
    others: tuple[Answers, ...]
    limp: bool
    swelling: bool
    painkiller: bool
    named: frozenset[str]
    before: int | None
    during: int | None


class Days:
    """From rows to dates, again and again: a date whose rows are what they were is the same `Day`."""

    def __init__(self) -> None:
        """No date is known yet."""
        self._known: dict[date, tuple[tuple[Entry, ...], tuple[bool, ...], Day]] = {}

    def of(self, entries: Iterable[Entry], *, before: date, runs: Set[str]) -> list[Day]:
        """The dates of the log before `before`, in order; the order of rows means nothing.

        All rows of one date are one day: there are never two runs on a date (law 6), and with both knees sore there is a row for each.
        """
        seen = sorted((entry for entry in entries if entry.date < before), key=_DATE)
        return [self._day(on, tuple(rows), runs) for on, rows in groupby(_mornings_after(seen, runs), key=_DATE)]

    def _day(self, on: date, rows: tuple[Entry, ...], runs: Set[str]) -> Day:
        ran = tuple([is_run(row, runs) for row in rows])
        known = self._known.get(on)
        if known is None or known[0] != rows or known[1] != ran:
            known = self._known[on] = (rows, ran, _day(on, rows, ran))
        return known[2]


def _mornings_after(entries: Sequence[Entry], runs: Set[str]) -> Iterable[Entry]:
    """The rows in their order, a next morning that stands alone on its own date told by the run of the day before, if that has none yet.

    Such a row names no session or that run's.
    """
    if not any(map(only_next_morning, entries)):
        return entries
    waiting: dict[date, set[str]] = {}
    for entry in entries:
        if is_run(entry, runs) and entry.pain_next_morning is None:
            waiting.setdefault(entry.date, {""}).add(entry.session)
    alone = {e.date - DAY: e for e in entries if only_next_morning(e) and e.session in waiting.get(e.date - DAY, ())}
    kept = (entry for entry in entries if alone.get(entry.date - DAY) is not entry)
    return [
        evolve(entry, pain_next_morning=alone[entry.date].pain_next_morning) if entry.date in alone and is_run(entry, runs) else entry
        for entry in kept
    ]


def is_run(entry: Entry, runs: Set[str]) -> bool:
    """Whether a row is a run: it says metres run, or is of a planned run; without either, it says how the knee was during something that
    names no session, counts no sets and is no walk.
    """
    if entry.run_m is not None:
        return entry.run_m > 0
    if entry.session:
        return entry.session in runs
    return entry.pain_during is not None and may_be_run(entry)


def _day(on: date, rows: Sequence[Entry], ran: Sequence[bool]) -> Day:
    """The rows of a date as one; `ran` says which of them are runs."""
    run_rows = [row for row, is_one in zip(rows, ran, strict=True) if is_one]
    metres = [row.run_m for row in run_rows if row.run_m is not None]
    named = frozenset(row.red_flag for row in rows if row.red_flag)
    answers = _told(run_rows)
    return Day(
        date=on,
        ran=bool(run_rows),
        session=min((row.session for row in run_rows if row.session), default=""),
        run_m=max(metres, default=None),
        answers=answers,
        others=_told([row for row, is_one in zip(rows, ran, strict=True) if not is_one]),
        limp=any(row.limp for row in rows),
        swelling=any(row.swelling for row in rows),
        painkiller=any(row.painkiller for row in rows) or PAINKILLER in named,
        named=named,
        before=max((a.before for a in answers if a.before is not None), default=None),
        during=max((a.during for a in answers if a.during is not None), default=None),
    )


def _told(rows: Sequence[Entry]) -> tuple[Answers, ...]:
    """The answers of rows, for each knee, in an order of their own.

    A row that answers nothing (a watch's, for instance) is left out beside one that does.
    """
    sides = sorted({row.side for row in rows})
    answers = {a for side in sides for a in _of_one_knee([row for row in rows if row.side == side])}
    given = {a for a in answers if not a.none_given} or answers
    return tuple(sorted(given, key=repr))


def _of_one_knee(rows: Sequence[Entry]) -> Iterable[Answers]:
    """Rows that add to each other, such as an evening's and the next morning's, are one; where they contradict, each is judged."""
    each = [(row.pain_before, row.pain_during, row.pain_after, row.pain_next_morning) for row in rows]
    said = [{pain for pain in pains if pain is not None} for pains in zip(*each, strict=True)]
    if all(len(pains) <= 1 for pains in said):
        before, during, after, morning = (next(iter(pains), None) for pains in said)
        return (Answers(before=before, during=during, after=after, morning=morning),)
    return (Answers(before=b, during=d, after=a, morning=m) for b, d, a, m in each)
