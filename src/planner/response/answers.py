"""Group log rows by date: what was run on each, and how each knee felt."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from planner.entry import may_be_run, only_next_morning
from planner.language import N_
from planner.model import DAY
from planner.records import Record
from planner.response.signs import PAINKILLER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence, Set

    from planner.entry import Entry

_DATE = attrgetter("date")
ASKED = (N_("before"), N_("worst while running"), N_("an hour after"), N_("next morning"))
"""When the knee is asked about, in words to be translated with `_`."""


@frozen(kw_only=True, eq=False, repr=False)
class Answers(Record):
    """Pain of one knee, 0-10 (PAIN-04): before, worst during, 60 minutes after, next morning; None where not answered."""

    before: int | None = None
    during: int | None = None
    after: int | None = None
    morning: int | None = None

    @property
    def start(self) -> int:
        """The baseline of the other answers: the pain before, 0 where not answered, so that any later pain counts as a rise."""
        return self.before or 0

    @property
    def missing(self) -> tuple[str, ...]:
        """The answers not given, in the words of `ASKED`."""
        return tuple(words for words, pain in zip(ASKED, (self.before, self.during, self.after, self.morning), strict=True) if pain is None)

    @property
    def none_given(self) -> bool:
        """Whether none of the four answers was given."""
        return len(self.missing) == 4


@frozen(kw_only=True, eq=False, repr=False)
class Day(Record):
    """What the log says about one date.

    `ran`: it holds a run, of `run_m` metres (None: not known) and of the planned `session` (or ""). `answers` are those about the run, for
    each knee (BOTH-01) and for each row where rows contradict; `others` are those of rows without a run. `limp`, `swelling` and
    `painkiller` are true where any row says so; `named` are the signs in its rows. `before` and `during` are the worse knee's, on a run.
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
    """Groups rows by date repeatedly, with a cache: a date whose rows are unchanged gives the same `Day`."""

    def __init__(self) -> None:
        """Start with an empty cache."""
        self._known: dict[date, tuple[tuple[Entry, ...], tuple[bool, ...], Day]] = {}

    def of(self, entries: Iterable[Entry], *, before: date, runs: Set[str]) -> list[Day]:
        """The dates of the log before `before`, in order, whatever the order of the rows; `runs` are the ids of planned runs.

        All rows of a date make one day: there are never two runs on a date (law 6), and with both knees sore there is a row for each.
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
    """The rows in date order; a next morning logged alone on its own date is moved to the run of the day before that lacks one.

    Such a row names no session, or that of the run.
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
    """Whether a row is a run: it has metres run or, without metres, names a planned run or, without a session either, has pain during it
    and neither sets nor metres on foot.
    """
    if entry.run_m is not None:
        return entry.run_m > 0
    if entry.session:
        return entry.session in runs
    return entry.pain_during is not None and may_be_run(entry)


def _day(on: date, rows: Sequence[Entry], ran: Sequence[bool]) -> Day:
    """Merge the rows of a date; `ran` says which of them are runs."""
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
    """The distinct answers of rows, knee by knee, in an order that does not depend on that of the rows.

    Rows without any answer (a watch's, for instance) are left out beside rows that have some.
    """
    sides = sorted({row.side for row in rows})
    answers = {a for side in sides for a in _of_one_knee([row for row in rows if row.side == side])}
    given = {a for a in answers if not a.none_given} or answers
    return tuple(sorted(given, key=repr))


def _of_one_knee(rows: Sequence[Entry]) -> Iterable[Answers]:
    """Merge rows that complete each other, such as an evening's and the next morning's; where they contradict, keep each."""
    each = [(row.pain_before, row.pain_during, row.pain_after, row.pain_next_morning) for row in rows]
    said = [{pain for pain in pains if pain is not None} for pains in zip(*each, strict=True)]
    if all(len(pains) <= 1 for pains in said):
        before, during, after, morning = (next(iter(pains), None) for pains in said)
        return (Answers(before=before, during=during, after=after, morning=morning),)
    return (Answers(before=b, during=d, after=a, morning=m) for b, d, a, m in each)
