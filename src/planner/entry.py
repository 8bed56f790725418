"""`Entry`: one row of an athlete's log, with what was done on a date and how the knee felt."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal, TypeAlias

from attrs import frozen

from planner.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

Side: TypeAlias = Literal["", "left", "right", "both"]


@frozen(kw_only=True, eq=False, repr=False)
class Entry(Record):
    """One row of a log. None (or "") means "not recorded", never "none".

    `session` is the planned session, as `pillar/key#ordinal`, if it was one. `run_m` and `foot_m` are metres run and on foot, `seconds` is
    the length of the whole session. Pain is 0-10 (PAIN-04): before, worst during, 60 minutes after, and the next morning. `red_flag` is the
    id of a sign that calls for a professional (RED). `rpe` is effort, 0-10; `cadence` is in steps a minute; `shoes` is the pair's name;
    `akps` (0-100, higher is better) and `knee_worst` (worst pain of the week, 0-10) are outcome scores (OUT-01, OUT-02). `line` is the
    row's line number in the log, 0 if it has none.
    """

    date: date
    session: str = ""
    run_m: int | None = None
    foot_m: int | None = None
    seconds: int | None = None
    pain_before: int | None = None
    pain_during: int | None = None
    pain_after: int | None = None
    pain_next_morning: int | None = None
    side: Side = ""
    swelling: bool | None = None
    limp: bool | None = None
    painkiller: bool | None = None
    red_flag: str = ""
    rpe: int | None = None
    sets_done: int | None = None
    cadence: int | None = None
    shoes: str = ""
    akps: int | None = None
    knee_worst: int | None = None
    note: str = ""
    line: int = 0

    @property
    def answers(self) -> tuple[int | None, int | None, int | None, int | None]:
        """The four answers (PAIN-04): before, worst during, 60 minutes after, next morning."""
        return self.pain_before, self.pain_during, self.pain_after, self.pain_next_morning

    @property
    def pains(self) -> tuple[int, ...]:
        """Those of the four answers that were given."""
        return tuple([pain for pain in self.answers if pain is not None])

    @property
    def only_next_morning(self) -> bool:
        """Whether it records only a next morning's pain, and nothing done or felt on its date."""
        done_or_felt = self.run_m, self.foot_m, self.seconds, self.sets_done, self.pain_before, self.pain_during, self.pain_after
        return self.pain_next_morning is not None and all(told is None for told in done_or_felt)


def runs_of(rows: Iterable[Entry]) -> list[Entry]:
    """The rows of one date with metres run. With both knees sore a run has a row for each knee (BOTH-01), so then only the rows of the side
    with more metres, and those without a side, are returned.
    """
    runs = [row for row in rows if row.run_m]
    if {"left", "right"} <= {row.side for row in runs}:
        sides = [[row for row in runs if row.side != other] for other in ("right", "left")]
        return max(sides, key=lambda rows: sum(row.run_m or 0 for row in rows))
    return runs


def may_be_run(row: Entry) -> bool:
    """Whether a row without a session and without metres run may still be a run: it has a length or pain during, but no metres or sets."""
    other = row.foot_m is not None or row.sets_done is not None
    return not other and (row.seconds is not None or row.pain_during is not None)
