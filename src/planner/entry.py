"""`Entry`: one row of an athlete's log, what was done on a date and how the knee felt."""

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
    """What one row of a log says. None (or "") is "not said", never "none".

    `session` is `pillar/key#ordinal` of the planned session, when it is one. `run_m` and `foot_m` are metres run and on foot, `seconds` the
    whole session's length. Pain is 0-10 (PAIN-04): `pain_before` it, the worst `pain_during` it, 60 minutes `pain_after` it, and on the
    `pain_next_morning`. `red_flag` is an id of a sign that calls for a professional (RED). `rpe` is effort, 0-10; `cadence` steps a minute;
    `shoes` the pair's name; `akps` (0-100, higher is better) and `knee_worst` (worst pain of the week, 0-10) are outcome scores (OUT-01,
    OUT-02). `line` is the row's line in the log, 0 where it stands in none.
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


def runs_of(rows: Iterable[Entry]) -> list[Entry]:
    """The rows of one date that tell metres run. With both knees sore there is a row for each (BOTH-01): then the rows of the side that ran
    further count.
    """
    runs = [row for row in rows if row.run_m]
    if {"left", "right"} <= {row.side for row in runs}:
        sides = [[row for row in runs if row.side != other] for other in ("right", "left")]
        return max(sides, key=lambda rows: sum(row.run_m or 0 for row in rows))
    return runs


def may_be_run(row: Entry) -> bool:
    """Whether a row that names no session and tells no metres run may be a run: it has a length or pain meanwhile, and says no other."""
    other = row.foot_m is not None or row.sets_done is not None
    return not other and (row.seconds is not None or row.pain_during is not None)


def only_next_morning(row: Entry) -> bool:
    """Whether a row tells of a next morning, and of nothing that was done or felt on its date."""
    done_or_felt = row.run_m, row.foot_m, row.seconds, row.sets_done, row.pain_before, row.pain_during, row.pain_after
    return row.pain_next_morning is not None and all(told is None for told in done_or_felt)
