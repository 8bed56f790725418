"""Starting points of simulated runners: recent running and goal by kind of programme, weekly availability, paces, readings."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from planner.athlete import Availability, Knee, Progression, Running, Screening, Window
from planner.records import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

MORNING, EVENING = Window(start=390, end=480), Window(start=1080, end=1170)


@frozen(kw_only=True, eq=False, repr=False)
class Start(Record):
    """Recent running and a goal. `last_run` is the number of days from the last run to the start."""

    weeks_km: tuple[str, ...]
    last_run: int
    goal_minutes: int | None = None
    goal_week_km: str | None = None

    def running(self, easy_pace: int, walk_pace: int) -> Running:
        """Return the `[running]` section, without the date of the last run and the runs per week."""
        return Running(
            easy_pace=easy_pace,
            walk_pace=walk_pace,
            recent_weeks_km=tuple(Decimal(km) for km in self.weeks_km),
            goal_minutes=self.goal_minutes,
            goal_week_km=None if self.goal_week_km is None else Decimal(self.goal_week_km),
        )


STARTS: Mapping[str, tuple[Start, ...]] = {
    "ladder": (
        Start(weeks_km=("0", "0", "0", "0"), last_run=44, goal_minutes=30),
        Start(weeks_km=("0", "0", "0", "0"), last_run=31, goal_minutes=20),
        Start(weeks_km=("0", "0", "4.5", "6"), last_run=2, goal_minutes=30),
        Start(weeks_km=("3", "3.5", "4", "4.5"), last_run=1, goal_minutes=25),
        Start(weeks_km=("8", "7", "0", "0"), last_run=16, goal_minutes=30),
        Start(weeks_km=("9", "10", "11", "12"), last_run=3, goal_minutes=45),
    ),
    "continuous": (
        Start(weeks_km=("15", "15", "15", "15"), last_run=2),
        Start(weeks_km=("16", "17", "18", "18"), last_run=2, goal_week_km="30"),
        Start(weeks_km=("33", "35", "34", "35"), last_run=1, goal_week_km="40"),
        Start(weeks_km=("6", "7", "7.5", "8"), last_run=3, goal_minutes=30),
        Start(weeks_km=("20", "22", "12", "0"), last_run=9, goal_minutes=60),
    ),
}
"""By kind of programme."""

WEEKS: tuple[Availability, ...] = (
    Availability(),
    Availability(sun=()),
    Availability(mon=(MORNING,), wed=(EVENING,), sat=(MORNING, EVENING), sun=()),
    Availability(mon=(), wed=(), thu=(), fri=(), sun=()),
    Availability(tue=(evolve(EVENING, kept_for=("run",)),), thu=(evolve(EVENING, kept_for=("run",)),), fri=(), sat=(MORNING,)),
)
PACES: tuple[tuple[int, int], ...] = ((400, 630), (360, 600), (320, 570), (430, 660), (601, 720))
"""Easy pace and walking pace, in seconds per kilometre."""

READINGS: tuple[Progression, ...] = (
    Progression(),
    Progression(),
    Progression(missed="strict"),
    Progression(rolling="enforce"),
    Progression(growth=500, easy_week_every=0),
    Progression(easy_week_every=3, missed="strict", rolling="enforce"),
)
ON_FOOT: tuple[Progression, ...] = (*READINGS, Progression(measure="on-foot"), Progression(measure="on-foot", missed="strict"))
"""Readings of the laws for ladders, which can also count metres on foot."""

KNEE = Knee(
    site="kneecap",
    side="left",
    sore_with=("squat", "stairs", "running"),
    pain_walk_30=0,
    pain_stairs=1,
    stairs_days_clean=7,
    pain_run_worst=2,
    pain_next_morning=0,
    weeks_of_pain=8,
    swelling=False,
    full_bend=True,
)
READY = Screening(red_flags=(), single_leg_squats=12, step_downs=12, hops=15, jog_on_spot_s=60)
"""Readiness tests passed; the date of the answers is set for each runner."""
