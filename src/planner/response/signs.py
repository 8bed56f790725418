"""Signs that call for a professional, by id: how urgent each is, and what lifts a stop (evidence 4b, 4c, CLEAR-01).

The texts on what a sign looks like and whom to see are elsewhere; here are only the ids that a log may name and what follows from them.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from attrs import frozen

from planner.language import N_
from planner.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Set

    from planner.response.terms import Terms

Urgency: TypeAlias = Literal["now", "today", "within days", "before any exercise", "before any running", "within two weeks"]
"""How soon to be seen, most urgent first."""
URGENCIES: tuple[Urgency, ...] = get_args(Urgency)
SOON: Mapping[Urgency, str] = {
    "now": N_("now"),
    "today": N_("today"),
    "within days": N_("within days"),
    "before any exercise": N_("before any exercise"),
    "before any running": N_("before any running"),
    "within two weeks": N_("within two weeks"),
}
"""Each urgency as part of a sentence, to be translated with `_`."""

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
"""Signs that stop, each by itself, with their urgency. An id in none of these tables stops too, within days."""
CARES = frozenset({"RED-09-worse", "RED-09-night", "RED-09-past", "RED-09-periods", "RED-09-low-energy", "SITE-02", "SITE-07"})
"""Signs that do not stop by themselves; a run whose row names one is held (row 1b)."""
REMARKS = frozenset({"RED-09b", "SITE-01", "AGE-02", "MED-01"})
"""Signs that decide nothing alone: MED-01 is the answer `painkiller`; RED-09b counts together with bone hints."""
PAINKILLER = "MED-01"
NEVER_LIFTED = frozenset({"RED-01", "RED-03", "RED-10"})
"""No clearance lifts these (CLEAR-01): they end when the safety questions are answered again, on a later date, without them."""

BONE = "RED-09"
HINTS = frozenset({"RED-09-worse", "RED-09-night", "RED-09-past", "RED-09-periods"})
FELT_NOW = frozenset({"RED-09-worse", "RED-09-night"})
HOP = "RED-09b"
BONE_PARTS = HINTS | {HOP}
HINT_DAYS = 28
"""How many dates a bone hint is remembered, as long as safety answers count (evidence 4c)."""

TWICE = "3a-3"
AGAIN = "3a-12"
"""Ids by which a clearance lifts the stops of rows 3 and 12 of the decision table, which no safety question covers."""
SERIES: Mapping[str, Urgency] = {TWICE: "within days", AGAIN: "within two weeks"}
"""Row 12 is a routine referral within two weeks (4d). The evidence gives no time for row 3; the cautious reading is an urgent sign's."""


@frozen(kw_only=True, eq=False, repr=False)
class Stop(Record):
    """A stop that has not been lifted, `since` the date of the row or answers that called for it.

    `sign` is an id of the safety questions, `3a-3` (row 3) or `3a-12` (row 12). `halts` is `running` where strength and cross-training go
    on (row 12), else `everything`. `reason` is what the second row 11 followed from, where row 12 followed from that, in words to be told
    with `_`.
    """

    sign: str
    since: date
    urgency: Urgency
    halts: Literal["running", "everything"]
    reason: str = ""

    @property
    def by_clearance(self) -> bool:
        """Whether a clearance lifts it; otherwise answering the safety questions again does."""
        return self.sign not in NEVER_LIFTED


def stopping(named: Set[str], remembered: Set[str]) -> frozenset[str]:
    """The ids that stop, by those `named` on one date and the bone hints `remembered` from the 28 dates that end with it.

    Two hints are a bone sign where a single hop hurts or one of them is felt now (RED-09b), on dates that name a hint or the hop.
    """
    found = {sign for sign in named if sign not in CARES | REMARKS}
    hints = HINTS & (named | remembered)
    if named & BONE_PARTS and len(hints) >= 2 and (HOP in named | remembered or hints & FELT_NOW):
        found.add(BONE)
    return frozenset(found)


def urgency(sign: str) -> Urgency:
    """How soon a sign that stops is to be seen."""
    return SERIES.get(sign) or STOPS.get(sign, "within days")


def most_urgent(signs: Iterable[str]) -> str:
    """The most urgent sign; ties go by id."""
    return min(signs, key=lambda sign: (URGENCIES.index(urgency(sign)), sign))


def standing_stop(sign: str, since: date, terms: Terms, before: date) -> Stop | None:
    """The stop of `sign`, noted on `since`, as it stands on the date `before`; None where it was lifted (CLEAR-01).

    A clearance counts from its own date on and lifts nothing noted after it. RED-01, RED-03 and RED-10 end when the safety questions were
    answered again on a later date, all of them, without that sign.
    """
    lifted = _answered_anew if sign in NEVER_LIFTED else _cleared
    if lifted(sign, since, terms, before):
        return None
    halts: Literal["running", "everything"] = "running" if sign == AGAIN else "everything"
    return Stop(sign=sign, since=since, urgency=urgency(sign), halts=halts)


def answered_stops(terms: Terms, today: date) -> list[Stop]:
    """The stops of the signs named in the safety answers, by id, without those lifted by `today`."""
    since, named = terms.screening.answered or today, frozenset(terms.screening.red_flags or ())
    stops = [standing_stop(sign, since, terms, today) for sign in sorted(stopping(named, frozenset()))]
    return [stop for stop in stops if stop is not None]


def _cleared(sign: str, since: date, terms: Terms, before: date) -> bool:
    clearance = terms.clearance
    return clearance is not None and sign in clearance.for_ and since <= clearance.date <= before


def _answered_anew(sign: str, since: date, terms: Terms, before: date) -> bool:
    answered, flags = terms.screening.answered, terms.screening.red_flags
    return answered is not None and since < answered <= before and flags is not None and sign not in flags
