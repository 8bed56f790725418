"""The decision table as data: evidence 3a with the changes of 4d. The first row that holds decides.

Rows keep the numbers of 3a. Where the evidence is silent, the cautious reading applies:

- Rows 3, 11 and 12 are about a series of runs. They come before the rows of a single run, or they would never be reached. A clean run
  (rows 9, 10) never falls under row 11: no progress although every run is clean is not the knee's fault.
- Row 2 asks for two days *and* the pain of before: until the log says that it is back, a run with more is a HOLD with a day of rest (`2b`).
- Row 7 applies without the next morning too, and row 7b rests a day as row 7 does. Row 8 is for each of the four answers. A missing
  answer before the run counts as 0 in comparisons, so that any later pain has risen.
- Row 11 rests at least three dates: its text says three to seven, and seven would also be time off (law 5).
- A sign that does not stop by itself (evidence 4b, 4c: `signs.CARES`) holds (`1b`).
- "Sore through the whole warm-up" (row 4) is not an answer in the log; it shows as pain before the run, or as the worst during it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, TypeAlias

from attrs import frozen

from planner.language import N_, _
from planner.records import Record
from planner.response import conditions
from planner.response.conditions import Situation
from planner.response.signs import AGAIN, SOON, TWICE, Stop

if TYPE_CHECKING:
    from planner.response.verdict import Outcome

Kind: TypeAlias = Literal["series", "knee", "run"]


@frozen(kw_only=True, eq=False, repr=False)
class DecisionRow(Record):
    """One row: when it holds, what it decides, and its text for the athlete (translated with `_`, placeholders in braces).

    `kind`: `knee` is judged on every date, `run` on dates with a run, `series` on how earlier dates went. `rest_days` are dates without
    running before the next run; `levels` is 0 or negative. `sign` is the id by which a clearance lifts the row's stop, "" for none.
    """

    row: str
    kind: Kind
    holds: Callable[[Situation], bool]
    decision: Outcome
    rest_days: int
    levels: int
    source: str
    text: str
    sign: str = ""


TABLE: tuple[DecisionRow, ...] = (
    DecisionRow(
        row="1",
        kind="series",
        holds=conditions.flagged,
        decision="stop",
        rest_days=0,
        levels=0,
        source="{sign}",
        text=N_(
            "You noted a sign ({sign}) that a professional has to look at, {when}. No running and none of these exercises until you have "
            "been seen."
        ),
    ),
    DecisionRow(
        row="3",
        kind="series",
        holds=conditions.twice,
        decision="stop",
        rest_days=2,
        levels=-2,
        source="3a row 3",
        sign=TWICE,
        text=N_(
            "Pain above 5, a limp or new swelling for the second time in two weeks. No running and none of these exercises until a doctor "
            "or physiotherapist has seen you, {when}."
        ),
    ),
    DecisionRow(
        row="12",
        kind="series",
        holds=conditions.hurt_often,
        decision="stop",
        rest_days=3,
        levels=-2,
        source="3a row 12",
        sign=AGAIN,
        text=N_(
            "Smaller doses keep hurting. Running pauses; strength and cross-training go on. See a physiotherapist {when}: that is routine, "
            "and rarely means damage."
        ),
    ),
    DecisionRow(
        row="12",
        kind="series",
        holds=conditions.replanned_twice,
        decision="stop",
        rest_days=3,
        levels=-2,
        source="3a row 12",
        sign=AGAIN,
        text=N_(
            "{reason} It is the second time. Running pauses; strength and cross-training stay. See a physiotherapist {when}: that is "
            "routine, and rarely means damage."
        ),
    ),
    DecisionRow(
        row="11",
        kind="series",
        holds=conditions.replanned,
        decision="regress",
        rest_days=3,
        levels=-2,
        source="3a row 11",
        text=N_(
            "{reason} Leave running for 3 to 7 days, keep strength and cross-training, and fill in the knee scores. Then go on two steps "
            "easier (without a ladder: at most 60% of the last run)."
        ),
    ),
    DecisionRow(
        row="2",
        kind="knee",
        holds=conditions.flaring,
        decision="regress",
        rest_days=2,
        levels=-2,
        source="PAIN-02",
        text=N_(
            "Pain above 5, a limp or new swelling: stop, and take two days off running, more if the knee is not back to where it was "
            "before. Then go on two steps easier (without a ladder: at most 60% of the last run). A flare-up is common and rarely means "
            "damage: we step back, we do not stop."
        ),
    ),
    DecisionRow(
        row="4",
        kind="knee",
        holds=conditions.sore_before,
        decision="regress",
        rest_days=2,
        levels=-1,
        source="PAIN-05",
        text=N_(
            "More than {limit} of 10 before a run: leave that run out, take two days off running, and then go on one step easier (without "
            "a ladder: at most 80% of the last run)."
        ),
    ),
    DecisionRow(
        row="5",
        kind="run",
        holds=conditions.worse_next_morning,
        decision="regress",
        rest_days=2,
        levels=-1,
        source="PAIN-01",
        text=N_(
            "The knee was worse the next morning than before the run: two days off running, then one step easier (without a ladder: at "
            "most 80% of the last run)."
        ),
    ),
    DecisionRow(
        row="6",
        kind="run",
        holds=conditions.sore_while_running,
        decision="regress",
        rest_days=1,
        levels=-1,
        source="PAIN-06",
        text=N_(
            "More than {limit} of 10 while running: walk home when that happens, take a day off running, and make the next run one step "
            "easier (without a ladder: at most 80% of the last run)."
        ),
    ),
    DecisionRow(
        row="7",
        kind="run",
        holds=conditions.not_settled,
        decision="hold",
        rest_days=1,
        levels=0,
        source="PAIN-01",
        text=N_("The knee had not settled an hour after the run: a day off running, then the same dose once more."),
    ),
    DecisionRow(
        row="2b",
        kind="run",
        holds=conditions.unsettled,
        decision="hold",
        rest_days=1,
        levels=0,
        source="3a row 2",
        text=N_("The knee was not yet back to where it was before the flare-up: a day off running, then the same dose once more."),
    ),
    DecisionRow(
        row="7b",
        kind="run",
        holds=conditions.creeping,
        decision="hold",
        rest_days=1,
        levels=0,
        source="4d row 7b",
        text=N_("Pain has been creeping up from week to week: a day off running, then the same dose once more, until it stops rising."),
    ),
    DecisionRow(
        row="1b",
        kind="run",
        holds=conditions.careful,
        decision="hold",
        rest_days=0,
        levels=0,
        source="RED-09b",
        text=N_(
            "You noted a sign that deserves care: the same dose once more. Tell a doctor or physiotherapist about it before you do more."
        ),
    ),
    DecisionRow(
        row="MED-01",
        kind="run",
        holds=conditions.masked,
        decision="hold",
        rest_days=0,
        levels=0,
        source="MED-01",
        text=N_("With a painkiller nobody can tell how the knee took the run: the same dose once more. Rate the knee without painkillers."),
    ),
    DecisionRow(
        row="8",
        kind="run",
        holds=conditions.unanswered,
        decision="hold",
        rest_days=0,
        levels=0,
        source="PAIN-08",
        text=N_("Not answered: {missing}. The same dose once more; a missing answer is never a yes."),
    ),
    DecisionRow(
        row="9",
        kind="run",
        holds=conditions.too_few,
        decision="hold",
        rest_days=0,
        levels=0,
        source="WR-04",
        text=N_("A clean run, {clean} in a row; a step up takes {needed}. The same dose once more."),
    ),
    DecisionRow(
        row="9",
        kind="run",
        holds=conditions.climbed_enough,
        decision="hold",
        rest_days=0,
        levels=0,
        source="WR-03",
        text=N_("A clean run, but the last seven days have already had the steps up that are allowed. The same dose once more."),
    ),
    DecisionRow(
        row="10",
        kind="run",
        holds=conditions.always,
        decision="progress",
        rest_days=0,
        levels=0,
        source="WR-04",
        text=N_("Clean: {limit} or less, settled within the hour, no worse next morning. One step up, within the 10% limit."),
    ),
)
"""Every row, in the order of evaluation."""


def row_named(name: str) -> DecisionRow:
    """The first row with a name."""
    return next(row for row in TABLE if row.row == name)


_SEEN = N_('Once a professional has seen you and agrees to running, add [clearance] with by, date and for = ["{sign}"] to your file.')
_OVER = N_("A clearance in the file does not lift this one: once it is over, answer the safety questions again.")


def called_for(stop: Stop) -> str:
    """The text of a stop for the athlete: that of its row, row 1 for a sign of the safety questions, and how the stop is lifted."""
    row = next((row for row in TABLE if row.sign == stop.sign and ("{reason}" in row.text) == bool(stop.reason)), TABLE[0])
    end = _(_SEEN, sign=stop.sign) if stop.by_clearance else _(_OVER)
    reason = _(stop.reason) if stop.reason else ""
    return f"{_(row.text, sign=stop.sign, when=_(SOON[stop.urgency]), reason=reason)} {end}"
