"""What answers are judged by: numbers of the programme and of the athlete, and what a professional has said."""

from __future__ import annotations

from fractions import Fraction

from attrs import field, frozen, validators

from planner.athlete import Clearance, Screening
from planner.quantities import TEN_PERCENT
from planner.records import Record


@frozen(kw_only=True, eq=False, repr=False)
class Terms(Record):
    """The terms of one plan's decisions.

    `clean_needed`: clean runs at a level before the next (WR-04); `levels_per_week`: new levels in any seven dates (WR-03); both by the
    template. `most_pain`: the most pain that is fine before and during a run, which is 2 (PAIN-01), 1 where it hurts at the outer side
    (SITE-02) or elsewhere, 0 for bone-type pain (PAIN-07). `growth`: what a lowered ceiling regains with each progress, at most 1/10.
    `levels_m`: metres of running on each level of the ladder, the easiest first; empty without one, where a step back is a share (4d).
    `clearance` and `screening` are the athlete file's: they lift stops (CLEAR-01).
    """

    clean_needed: int = field(default=2, validator=validators.ge(1))
    levels_per_week: int = field(default=2, validator=validators.ge(1))
    most_pain: int = field(default=2, validator=[validators.ge(0), validators.le(2)])
    growth: Fraction = field(default=TEN_PERCENT, validator=[validators.ge(Fraction(0)), validators.le(TEN_PERCENT)])
    levels_m: tuple[int, ...] = ()
    clearance: Clearance | None = None
    screening: Screening = field(factory=Screening)
