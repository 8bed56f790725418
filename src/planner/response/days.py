"""Group log rows by date: what was run on each, and how each knee felt."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from attrs import frozen

from planner.entry import may_be_run
from planner.model import DAY
from planner.records import Record
from planner.response.answers import Answers, Morning, distinct, knees_of, lacks_morning, with_mornings
from planner.response.signs import PAINKILLER

if TYPE_CHECKING:
    from collections.abc import Iterable, Set

    from planner.entry import Entry

_DATE = attrgetter("date")


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


class _Rows(NamedTuple):
    """The rows of one date: all of them; those about its run; those of them with answers; next mornings of this run from other rows."""

    on: date
    all: tuple[Entry, ...]
    run: tuple[Entry, ...]
    answered: tuple[Entry, ...]
    mornings: tuple[Morning, ...] = ()

    def takes(self, row: Entry) -> bool:
        """Whether a row with a next morning alone may be about the run of this date: it names none, or this one."""
        return bool(self.answered) and row.session in {"", *(run.session for run in self.answered)}

    def lacks(self, row: Entry) -> bool:
        """Whether the next morning in `row` answers what the rows of the run leave open."""
        return lacks_morning(knees_of(self.answered), row.side)

    def adding(self, rows: Iterable[Entry]) -> _Rows:
        """With the next mornings of further rows."""
        more = [Morning(row.side, row.pain_next_morning) for row in rows if row.pain_next_morning is not None]
        return self._replace(mornings=tuple(sorted([*self.mornings, *more])))


class Days:
    """Groups rows by date repeatedly, with a cache: a date whose rows are unchanged gives the same `Day`."""

    def __init__(self) -> None:
        """Start with an empty cache."""
        self._known: dict[date, tuple[_Rows, Day]] = {}

    def of(self, entries: Iterable[Entry], *, before: date, runs: Set[str]) -> list[Day]:
        """The dates of the log before `before`, in order, whatever the order of the rows; `runs` are the ids of planned runs.

        All rows of a date make one day: there are never two runs on a date (law 6), and with both knees sore there is a row for each.
        """
        seen = sorted((entry for entry in entries if entry.date < before), key=_DATE)
        found: list[_Rows] = []
        for on, rows in groupby(seen, key=_DATE):
            yesterday = found[-1] if found and found[-1].on == on - DAY else None
            today, late = _sorted_out(on, tuple(rows), runs, yesterday)
            if yesterday is not None and late:
                found[-1] = yesterday.adding(late)
            found.append(today)
        return [self._day(rows) for rows in found]

    def _day(self, rows: _Rows) -> Day:
        known = self._known.get(rows.on)
        if known is None or known[0] != rows:
            known = self._known[rows.on] = (rows, _day(rows))
        return known[1]


def _sorted_out(on: date, rows: tuple[Entry, ...], runs: Set[str], yesterday: _Rows | None) -> tuple[_Rows, list[Entry]]:
    """The rows of a date, and those of them with the next morning of yesterday's run.

    A next morning in a row of its own is about yesterday's run if that lacks it, else about the run of its own date if that does. What
    else such a row says stays on its date.
    """
    run = tuple([row for row in rows if is_run(row, runs)])
    alone = [row for row in rows if row.only_next_morning]
    if not alone:
        return _Rows(on, rows, run, run), []
    today = _Rows(on, rows, run, tuple([row for row in run if not row.only_next_morning]))
    late: list[Entry] = []
    own: list[Entry] = []
    for row in alone:
        takes = bool(today.answered) and (today.takes(row) or is_run(row, runs))
        if yesterday is not None and yesterday.takes(row) and (yesterday.lacks(row) or not takes or not today.lacks(row)):
            late.append(row)
        elif takes:
            own.append(row)
    run = tuple([row for row in run if row not in late])
    return today._replace(run=run, answered=today.answered or run).adding(own), late


def is_run(entry: Entry, runs: Set[str]) -> bool:
    """Whether a row is a run: it has metres run or, without metres, names a planned run or, without a session either, has pain during it
    and neither sets nor metres on foot.
    """
    if entry.run_m is not None:
        return entry.run_m > 0
    if entry.session:
        return entry.session in runs
    return entry.pain_during is not None and may_be_run(entry)


def _day(rows: _Rows) -> Day:
    """Merge the rows of a date."""
    metres = [row.run_m for row in rows.run if row.run_m is not None]
    named = frozenset(row.red_flag for row in rows.all if row.red_flag)
    answers = distinct(with_mornings(knees_of(rows.answered), rows.mornings))
    return Day(
        date=rows.on,
        ran=bool(rows.run),
        session=min((row.session for row in rows.run if row.session), default=""),
        run_m=max(metres, default=None),
        answers=answers,
        others=distinct(knees_of([row for row in rows.all if row not in rows.run])),
        limp=any(row.limp for row in rows.all),
        swelling=any(row.swelling for row in rows.all),
        painkiller=any(row.painkiller for row in rows.all) or PAINKILLER in named,
        named=named,
        before=max((a.before for a in answers if a.before is not None), default=None),
        during=max((a.during for a in answers if a.during is not None), default=None),
    )
