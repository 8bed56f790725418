"""One week as hooks see it: what the laws allow, its runs as sized, and the weeks before."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from planner.limits import Limits
from planner.model import DAY, Cap, Decision, Stage, Week
from planner.records import Record


@frozen(kw_only=True, eq=False, repr=False, slots=False)
class Room(Record):
    """What the laws and limits still allow a week's running: its total in metres (on foot, where only those are counted), one run's metres
    and seconds, the number of runs, and the cap that set the total.
    """

    week_m: int
    run_m: int
    run_s: int
    runs: int
    bound_by: Cap


@frozen(kw_only=True, eq=False, repr=False, slots=False)
class RunView(Record):
    """One of this week's runs as sized, before it has a date. `ordinal` counts from 1, in the order of the proposal (longest first)."""

    pillar: str
    key: str
    ordinal: int
    run_s: int
    longest_stretch_s: int
    new_level: bool
    tags: tuple[str, ...]


@frozen(kw_only=True, eq=False, repr=False, slots=False)
class WeekView(Record):
    """One week as a hook sees it, before placement. `runs` is empty while runs are being proposed; `earlier` are the weeks before it and
    `committed` its commitments.

    `restarted` is the first date of the latest week, up to this one, in which running restarts after a gap of seven dates or more (law 5).
    `days_off` is the number of dates in that gap; `after_pain` says whether the knee was not well at the last run before it or since. They
    are None, 0 and False without such a week, or where no log is kept.

    `hurt_on` is the date of the last run before this week that cost levels (its planned date if the plan has it), `hurt_level` the level it
    was on (None: not known) and `levels_lost` how many levels it cost, 1 or 2 (table 3a). They are None, None and 0 without such a run, or
    without a log.
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
        """The week's seventh date."""
        return self.first_day + 6 * DAY
