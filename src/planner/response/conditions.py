"""What the rows of the decision table ask: one named condition each, over one knee's answers and what came before them."""

from __future__ import annotations

from typing import NamedTuple

from planner.response.answers import Answers

HIGH_PAIN = 5
"""Above this a run stops (row 2)."""
ROW_11_IN_A_ROW = 2
ROW_12_REGRESSES = 3
ROW_12_PLANS = 2


class Situation(NamedTuple):
    """All that a row may ask about: one knee's answers on a date, and what came before it.

    `drifts`, `painkiller`, `care` are the conditions of rows 7b, MED-01, 1b; `back_to` is the pain that row 2 asked to come back to.
    `clean` counts clean runs in a row, this one included; `climbed` steps on in the seven dates that end with this one, without it. What
    follows is of rows 1, 3, 11 and 12: signs that stop, dates under row 2 in 14 days, runs in a row and in 21 days that count as regress,
    plans made anew, and no step on for 14 days.
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


def above(pain: int | None, limit: int) -> bool:
    """Whether a pain was said, and is more than `limit`."""
    return pain is not None and pain > limit


def flagged(s: Situation) -> bool:
    """Row 1: a sign that stops."""
    return bool(s.signs)


def twice(s: Situation) -> bool:
    """Row 3: row 2 for the second time in 14 days."""
    return s.flares >= 2


def again(s: Situation) -> bool:
    """Row 12: three regresses in 21 days, or row 11 for the second time."""
    return s.in_21_days >= ROW_12_REGRESSES or s.replans >= ROW_12_PLANS


def replanned(s: Situation) -> bool:
    """Row 11: two regresses in a row, or no step on in 14 days of training."""
    return s.in_a_row >= ROW_11_IN_A_ROW or s.stalled


def flaring(s: Situation) -> bool:
    """Row 2: worst pain above 5, a limp, or new swelling."""
    return above(s.answers.during, HIGH_PAIN) or s.limp or s.swelling


def sore_before(s: Situation) -> bool:
    """Row 4: more than 2 before the run, at rest or on stairs."""
    return s.answers.start > s.most_pain


def worse_next_morning(s: Situation) -> bool:
    """Row 5: more the next morning than before the run."""
    return above(s.answers.morning, s.answers.start)


def sore_while_running(s: Situation) -> bool:
    """Row 6, read strictly as for running (PAIN-03): more than 2 during the run (above 5 is row 2)."""
    return above(s.answers.during, s.most_pain)


def not_settled(s: Situation) -> bool:
    """Row 7: more an hour after than before the run."""
    return above(s.answers.after, s.answers.start)


def unanswered(s: Situation) -> bool:
    """Row 8: any of the four answers is missing."""
    return bool(s.answers.missing)


def too_few(s: Situation) -> bool:
    """Row 9: a clean run, but fewer in a row than WR-04 asks for."""
    return s.clean < s.needed


def climbed_enough(s: Situation) -> bool:
    """Row 9 too: as many steps on in seven dates as WR-03 allows."""
    return s.climbed >= s.levels_per_week


def unsettled(s: Situation) -> bool:
    """Row 2b: not yet back to the pain before the run of row 2."""
    return s.back_to is not None and s.answers.start > s.back_to


def creeping(s: Situation) -> bool:
    """Row 7b: the week's mean has risen (4d)."""
    return s.drifts


def careful(s: Situation) -> bool:
    """Row 1b: a sign that does not stop by itself."""
    return s.care


def masked(s: Situation) -> bool:
    """MED-01: a painkiller from 24 hours before the run up to the next morning."""
    return s.painkiller


def always(_: Situation) -> bool:
    """Row 10: nothing else held, so the run was clean, often enough."""
    return True
