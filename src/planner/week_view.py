"""One week as hooks see it: what the laws leave it, its runs as they were sized, and what came before."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from planner.limits import Limits
from planner.model import DAY, Cap, Decision, Stage, Week
from planner.records import Record


@frozen(kw_only=True, eq=False, repr=False, slots=False)
class Room(Record):
    """What the laws and limits still allow a week's running: its sum in metres (on foot, where running is counted there alone), one run's
    metres and seconds, how many runs, and what gave the sum.
    """

    week_m: int
    run_m: int
    run_s: int
    runs: int
    bound_by: Cap


@frozen(kw_only=True, eq=False, repr=False, slots=False)
class RunView(Record):
    """One of this week's runs as it was sized, before it has a date. `ordinal` from 1, in the order of the proposal (longest first)."""

    pillar: str
    key: str
    ordinal: int
    run_s: int
    longest_stretch_s: int
    new_level: bool
    tags: tuple[str, ...]


@frozen(kw_only=True, eq=False, repr=False, slots=False)
class WeekView(Record):
    """One week as a hook sees it, unplaced: `runs` empty while runs are asked, `earlier` weeks, and its commitments (`committed`).

    `restarted` is the first date of the latest week, up to this one, before which there was no run on seven dates or more (law 5): running
    starts anew in it. `days_off` are those dates, and `after_pain` says that the knee was not well at the last run before them or since.
    None, 0 and False where there was no such week, and where no log is kept.

    `hurt_on` is the date of the last run before this week that cost levels (its planned date, if the plan has it), `hurt_level` the level
    that it was on (None: not known) and `levels_lost` how many levels it cost: -1 or -2 in table 3a, here 1 or 2. None, None and 0 where
    no run cost any, and where no log is kept.
    """

    number: int
    first_day: date
    stage: Stage
    decision: Decision
    limits: Limits
    room: Room
    runs: tuple[RunView, ...] = ()
    earlier: tuple[Week, ...] = ()
    committed: tuple[RunView, ...] = ()
    restarted: date | None = None
    days_off: int = 0
    after_pain: bool = False
    hurt_on: date | None = None
    hurt_level: int | None = None
    levels_lost: int = 0

    @property
    def last_day(self) -> date:
        """The seventh date."""
        return self.first_day + 6 * DAY
