"""Signs that call for a professional, by id: how urgent each is, and what lifts a stop (evidence 4b, 4c, CLEAR-01).

What a sign looks like and whom to see is told in words elsewhere; here are only the ids that a log may name and what follows from them.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from attrs import frozen

from planner.language import noted
from planner.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Set

    from planner.response.terms import Terms

Urgency: TypeAlias = Literal["now", "today", "within days", "before any exercise", "before any running", "within two weeks"]
"""How soon to be seen, most urgent first."""
URGENCIES: tuple[Urgency, ...] = get_args(Urgency)
SOON: Mapping[Urgency, str] = {
    "now": noted("now"),
    "today": noted("today"),
    "within days": noted("within days"),
    "before any exercise": noted("before any exercise"),
    "before any running": noted("before any running"),
    "within two weeks": noted("within two weeks"),
}
"""The same in the words of a sentence, to be told with `_`."""

STOPS: Mapping[str, Urgency] = {
    "RED-01": "now",
    "RED-02": "today",
    "RED-03": "now",
    "RED-04": "within days",
    "RED-05": "within days",
    "RED-06": "within two weeks",
    "RED-07": "within days",
    "RED-08": "within days",
    "RED-09": "within days",
    "RED-09-spot": "within days",
    "RED-10": "now",
    "RED-11": "today",
    "RED-12": "before any running",
    "SITE-03": "within two weeks",
    "SITE-04": "within two weeks",
    "SITE-05": "within two weeks",
    "SITE-06": "within days",
    "AGE-01": "before any running",
    "AGE-03": "today",
    "PREG-01": "before any running",
    "PREG-02": "before any running",
    "HEART-01": "before any exercise",
    "MED-02": "before any running",
    "MED-03": "today",
    "SURG-01": "before any running",
    "BOTH-01": "within two weeks",
}
"""Any of these in a row of the log stops. An id that stands in none of these tables stops too, within days."""
CARES = frozenset({"RED-09-worse", "RED-09-night", "RED-09-past", "RED-09-periods", "RED-09-low-energy", "SITE-02", "SITE-07"})
"""None of these stops by itself; a run whose row names one is not built upon."""
REMARKS = frozenset({"RED-09b", "SITE-01", "AGE-02", "MED-01"})
"""These say nothing about going on. MED-01 is the answer `painkiller`; RED-09b counts together with others."""
PAINKILLER = "MED-01"
NEVER_LIFTED = frozenset({"RED-01", "RED-03", "RED-10"})
"""No clearance lifts these (CLEAR-01): they end when the safety questions are answered anew, on a later date, without them."""

BONE = "RED-09"
HINTS = frozenset({"RED-09-worse", "RED-09-night", "RED-09-past", "RED-09-periods"})
FELT_NOW = frozenset({"RED-09-worse", "RED-09-night"})
HOP = "RED-09b"
BONE_PARTS = HINTS | {HOP}
HINT_DAYS = 28
"""For so many dates a hint is remembered, as answers are (evidence 4c)."""

TWICE = "3a-3"
AGAIN = "3a-12"
"""What a clearance names to lift the stops of rows 3 and 12 of the decision table, which no sign of the safety questions stands for."""
SERIES: Mapping[str, Urgency] = {TWICE: "within days", AGAIN: "within two weeks"}
"""Row 12 is a routine referral within two weeks (4d). How soon for row 3 is not said; the cautious reading is that of an urgent sign."""


@frozen(kw_only=True, eq=False, repr=False)
class Stop(Record):
    """A stop that nobody has lifted: since the date of the row that called for it.

    `sign` is an id of the safety questions, `3a-3` (row 3) or `3a-12` (row 12). `halts` is `running` where strength and cross-training go
    on (row 12), else `everything`.
    """

    sign: str
    since: date
    urgency: Urgency
    halts: Literal["running", "everything"]

    @property
    def by_clearance(self) -> bool:
        """Whether a clearance lifts it; else answering the safety questions anew does."""
        return self.sign not in NEVER_LIFTED


def stopping(named: Set[str], remembered: Set[str]) -> frozenset[str]:
    """The ids that stop, of those `named` on one date and the bone hints `remembered` from the 28 dates that end with it.

    Two hints are a bone sign where a single hop hurts or one of them is felt now (RED-09b); only a date that names one of them adds to it.
    """
    found = {sign for sign in named if sign not in CARES | REMARKS}
    hints = HINTS & (named | remembered)
    if named & BONE_PARTS and len(hints) >= 2 and (HOP in named | remembered or hints & FELT_NOW):
        found.add(BONE)
    return frozenset(found)


def urgency(sign: str) -> Urgency:
    """How soon to be seen for a sign that stops."""
    return SERIES.get(sign) or STOPS.get(sign, "within days")


def most_urgent(signs: Iterable[str]) -> str:
    """The sign to be seen for first; ties by id."""
    return min(signs, key=lambda sign: (URGENCIES.index(urgency(sign)), sign))


def standing_stop(sign: str, since: date, terms: Terms, before: date) -> Stop | None:
    """The stop that `sign` in a row dated `since` still is on the date `before`, or None where it was lifted (CLEAR-01).

    A clearance counts from its own date on, and lifts nothing that was answered after it. RED-01, RED-03 and RED-10 end when the safety
    questions were answered anew on a later date, all of them, without that sign.
    """
    lifted = _answered_anew if sign in NEVER_LIFTED else _cleared
    if lifted(sign, since, terms, before):
        return None
    halts: Literal["running", "everything"] = "running" if sign == AGAIN else "everything"
    return Stop(sign=sign, since=since, urgency=urgency(sign), halts=halts)


def answered_stops(terms: Terms, today: date) -> list[Stop]:
    """The stops of the signs that the safety questions' answers name, by id; none for what a clearance lifted by `today`."""
    since, named = terms.screening.answered or today, frozenset(terms.screening.red_flags or ())
    stops = [standing_stop(sign, since, terms, today) for sign in sorted(stopping(named, frozenset()))]
    return [stop for stop in stops if stop is not None]


def _cleared(sign: str, since: date, terms: Terms, before: date) -> bool:
    clearance = terms.clearance
    return clearance is not None and sign in clearance.for_ and since <= clearance.date <= before


def _answered_anew(sign: str, since: date, terms: Terms, before: date) -> bool:
    answered, flags = terms.screening.answered, terms.screening.red_flags
    return answered is not None and since < answered <= before and flags is not None and sign not in flags
