"""Conditions of the decision table's rows: one named predicate each, over one knee's answers and what came before them."""

from __future__ import annotations

from typing import NamedTuple

from planner.language import N_
from planner.response.answers import Answers

HIGH_PAIN = 5
"""Pain above this during a run is a flare (row 2)."""
ROW_11_IN_A_ROW = 2
ROW_12_REGRESSES = 3
ROW_12_PLANS = 2
HURT_AGAIN = N_("The smaller dose hurt again.")
STALLED = N_("Two weeks brought no step on.")
MASKED = N_("Two weeks brought no step on: with a painkiller nobody can tell how the knee took a run.")


class Situation(NamedTuple):
    """All that a row may ask about: one knee's answers on a date, and what came before it.

    `most_pain`, `needed` (clean runs) and `levels_per_week` are of `Terms`. `drifts`, `painkiller` and `care` are for rows 7b, MED-01 and
    1b; `back_to` is the pain that the knee must come back to after row 2. `clean` counts clean runs in a row, this one included; `climbed`
    counts progress in the seven dates that end with this one, without it. Rows 1, 3, 11 and 12 ask about `signs` that stop, `flares` in 14
    days (row 2), counted regresses `in_a_row` and `in_21_days`, `replans` (row 11), and `stalled`: no progress in 14 days of training.
    """

    most_pain: int
    needed: int
    levels_per_week: int
    limp: bool
    swelling: bool
    painkiller: bool
    care: bool
    drifts: bool
    back_to: int | None
    clean: int
    climbed: int
    answers: Answers = Answers()
    signs: tuple[str, ...] = ()
    flares: int = 0
    in_a_row: int = 0
    in_21_days: int = 0
    replans: int = 0
    stalled: bool = False


def why_replanned(s: Situation) -> str:
    """What row 11 followed from, in words to be told with `_`."""
    if hurt_again(s):
        return HURT_AGAIN
    return MASKED if s.painkiller else STALLED


def above(pain: int | None, limit: int) -> bool:
    """Whether a pain was answered and exceeds `limit`."""
    return pain is not None and pain > limit


def flagged(s: Situation) -> bool:
    """Row 1: a sign that stops."""
    return bool(s.signs)


def twice(s: Situation) -> bool:
    """Row 3: a second flare (row 2) in 14 days."""
    return s.flares >= 2


def hurt_often(s: Situation) -> bool:
    """Row 12: three counted regresses in 21 days."""
    return s.in_21_days >= ROW_12_REGRESSES


def replanned_twice(s: Situation) -> bool:
    """Row 12 too: row 11 for the second time in 84 days."""
    return s.replans >= ROW_12_PLANS


def hurt_again(s: Situation) -> bool:
    """Row 11: two counted regresses in a row."""
    return s.in_a_row >= ROW_11_IN_A_ROW


def replanned(s: Situation) -> bool:
    """Row 11: two counted regresses in a row, or no progress in 14 days of training."""
    return hurt_again(s) or s.stalled


def flaring(s: Situation) -> bool:
    """Row 2: worst pain above 5, a limp, or new swelling."""
    return above(s.answers.during, HIGH_PAIN) or s.limp or s.swelling


def sore_before(s: Situation) -> bool:
    """Row 4: more than `most_pain` (at most 2) before the run, at rest or on stairs."""
    return s.answers.start > s.most_pain


def worse_next_morning(s: Situation) -> bool:
    """Row 5: more pain the next morning than before the run."""
    return above(s.answers.morning, s.answers.start)


def sore_while_running(s: Situation) -> bool:
    """Row 6, read strictly as for running (PAIN-03): more than `most_pain` during the run (above 5 is row 2)."""
    return above(s.answers.during, s.most_pain)


def not_settled(s: Situation) -> bool:
    """Row 7: more pain an hour after the run than before it."""
    return above(s.answers.after, s.answers.start)


def unanswered(s: Situation) -> bool:
    """Row 8: any of the four answers is missing."""
    return bool(s.answers.missing)


def too_few(s: Situation) -> bool:
    """Row 9: a clean run, but fewer in a row than WR-04 asks for."""
    return s.clean < s.needed


def climbed_enough(s: Situation) -> bool:
    """Row 9 too: the seven dates already hold as many levels of progress as WR-03 allows."""
    return s.climbed >= s.levels_per_week


def unsettled(s: Situation) -> bool:
    """Row 2b: not yet back to the pain before the flare of row 2."""
    return s.back_to is not None and s.answers.start > s.back_to


def creeping(s: Situation) -> bool:
    """Row 7b: the mean pain of a week has risen (4d)."""
    return s.drifts


def careful(s: Situation) -> bool:
    """Row 1b: a sign that does not stop by itself."""
    return s.care


def masked(s: Situation) -> bool:
    """MED-01: a painkiller on the date of the run, the day before or the day after."""
    return s.painkiller


def always(_: Situation) -> bool:
    """Row 10: no other row held, so the run was clean, as were enough runs before it."""
    return True
