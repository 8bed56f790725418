"""The athlete record: everything an athlete file can say about a runner, field for field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias, cast

from attrs import field, frozen

from planner.quantities import TEN_PERCENT, WEEKDAYS, Weekday
from planner.records import Record, table_of
from planner.settings import Plain, about

Day: TypeAlias = date
Site = Literal["kneecap", "outer", "below-kneecap", "joint-line", "shin-or-thigh", "groin", "behind", "other"]
Soreness = Literal["squat", "stairs", "running", "hopping", "sitting", "walking", "kneeling", "downhill"]
Kit = Literal[
    "bike",
    "pool",
    "elliptical",
    "gym",
    "treadmill",
    "band",
    "step",
    "foam-roller",
    "mat",
    "dumbbells",
    "rowing-machine",
]
A_RUN = frozenset({"run"})
"""The tags that every run has."""

MOST_PAIN, LOWER_PAIN = 2, 1


def _tables(pillars: Mapping[str, Mapping[str, Plain]]) -> Mapping[str, Mapping[str, Plain]]:
    """The pillars' settings as immutable tables."""
    return cast("Mapping[str, Mapping[str, Plain]]", table_of(pillars))


@frozen(kw_only=True, eq=False, repr=False)
class Running(Record):
    """`[running]`: paces and recent running. Distances are kilometres as exact decimals, paces whole seconds per kilometre."""

    easy_pace: int = field(metadata=about("easy running pace, like 6:40", unit="s/km", least=120, most=1200))
    walk_pace: int = field(default=630, metadata=about("brisk walking pace, like 10:30", unit="s/km", least=300, most=1800))
    cadence: int | None = field(default=None, metadata=about("steps per minute at easy pace", unit="steps/min", least=100, most=240))
    runs_per_week: int | None = field(default=None, metadata=about("runs a week", least=2, most=5))
    recent_weeks_km: tuple[Decimal, ...] = field(
        default=(), metadata=about("the last four weeks before the start, oldest first", unit="km", least=0, most=400)
    )
    longest_run_km: Decimal | None = field(
        default=None, metadata=about("the longest run of the last 30 days", unit="km", least=0, most=200)
    )
    last_run: date | None = field(default=None, metadata=about("the date of the last run"))
    goal_minutes: int | None = field(
        default=None, metadata=about("continuous running in every run of a week", unit="min", least=5, most=240)
    )
    goal_week_km: Decimal | None = field(default=None, metadata=about("running in a week", unit="km", least=1, most=300))


@frozen(kw_only=True, eq=False, repr=False)
class Knee(Record):
    """`[knee]`: where it hurts and how much, on 0-10. None means unanswered, which is not the same as 0."""

    site: Site | None = field(default=None, metadata=about("where it hurts (SITE-01 to SITE-07)"))
    side: Literal["left", "right", "both"] | None = field(default=None, metadata=about("which knee"))
    sore_with: tuple[Soreness, ...] | None = field(default=None, metadata=about("what makes it sore, [] for none of these"))
    pain_walk_30: int | None = field(
        default=None, metadata=about("during 30 minutes of brisk walking (ENT-01)", unit="points", least=0, most=10)
    )
    pain_stairs: int | None = field(default=None, metadata=about("on stairs (ENT-02)", unit="points", least=0, most=10))
    stairs_days_clean: int | None = field(
        default=None, metadata=about("days in a row with stairs at 2 or less (ENT-02)", unit="days", least=0, most=365)
    )
    pain_run_worst: int | None = field(default=None, metadata=about("worst while running, if running now", unit="points", least=0, most=10))
    pain_next_morning: int | None = field(default=None, metadata=about("the morning after", unit="points", least=0, most=10))
    weeks_of_pain: int | None = field(default=None, metadata=about("how long it has hurt", unit="weeks", least=0, most=2600))
    swelling: bool | None = field(default=None, metadata=about("visible swelling now (ENT-03)"))
    full_bend: bool | None = field(default=None, metadata=about("bends and straightens as far as the other knee (ENT-03)"))


@frozen(kw_only=True, eq=False, repr=False)
class Screening(Record):
    """`[screening]`: the safety questions. None means unanswered, which is not the same as "none apply"."""

    answered: date | None = field(default=None, metadata=about("when the questions were answered; they expire after 28 days"))
    red_flags: tuple[str, ...] | None = field(default=None, metadata=about("ids of the signs that apply, [] for none"))
    single_leg_squats: int | None = field(
        default=None, metadata=about("in a row on the worse leg at pain 2 or less (ENT-04)", least=0, most=100)
    )
    step_downs: int | None = field(
        default=None, metadata=about("from 20 cm on the worse leg at pain 2 or less (ENT-05)", least=0, most=100)
    )
    hops: int | None = field(default=None, metadata=about("on the spot on the worse leg at pain 2 or less (ENT-06)", least=0, most=500))
    jog_on_spot_s: int | None = field(
        default=None, metadata=about("jogging on the spot at pain 2 or less (ENT-07)", unit="s", least=0, most=3600)
    )
    failed_tests: int = field(default=0, metadata=about("how often the readiness tests were failed so far (ENT-11)", least=0, most=50))


@frozen(kw_only=True, eq=False, repr=False)
class Clearance(Record):
    """`[clearance]`: a professional lifted a stop (CLEAR-01)."""

    by: str = field(metadata=about("who cleared it, for instance a physiotherapist's name"))
    date: date = field(metadata=about("when"))
    for_: tuple[str, ...] = field(metadata=about("ids of the signs that it lifts"))


@frozen(kw_only=True, eq=False, repr=False)
class Window(Record):
    """A time of day, in minutes from midnight, when a session fits. `kept_for` reserves it for sessions with one of these tags; (): any."""

    start: int = field(metadata=about("from", unit="minutes from midnight", least=0, most=1440))
    end: int = field(metadata=about("to", unit="minutes from midnight", least=0, most=1440))
    kept_for: tuple[str, ...] = field(default=(), metadata=about("tags of the sessions that it is kept for; none: any session"))

    def takes(self, tags: frozenset[str]) -> bool:
        """Whether the window is open to a session with these tags."""
        return not self.kept_for or not tags.isdisjoint(self.kept_for)


@frozen(kw_only=True, eq=False, repr=False)
class Absence(Record):
    """Dates away, both ends inclusive."""

    first: date
    last: date


@frozen(kw_only=True, eq=False, repr=False)
class Availability(Record):
    """`[availability]`: the windows of each weekday (None: free all day, (): not available) and the dates away."""

    mon: tuple[Window, ...] | None = None
    tue: tuple[Window, ...] | None = None
    wed: tuple[Window, ...] | None = None
    thu: tuple[Window, ...] | None = None
    fri: tuple[Window, ...] | None = None
    sat: tuple[Window, ...] | None = None
    sun: tuple[Window, ...] | None = None
    away: tuple[Absence, ...] = ()

    def on(self, weekday: Weekday) -> tuple[Window, ...] | None:
        """The windows of a weekday; None means free all day."""
        windows: tuple[Window, ...] | None = getattr(self, weekday)
        return windows

    def away_on(self, day: date) -> bool:
        """Whether `day` lies in an absence."""
        return any(a.first <= day <= a.last for a in self.away)

    def windows(self, day: date) -> tuple[Window, ...] | None:
        """The windows of a date, () during an absence; None means free all day."""
        return () if self.away_on(day) else self.on(WEEKDAYS[day.weekday()])


@frozen(kw_only=True, eq=False, repr=False)
class Equipment(Record):
    """`[equipment]`: what the athlete has available."""

    have: tuple[Kit, ...] = field(default=(), metadata=about("bike, pool, elliptical, gym, treadmill, band, step, foam-roller ..."))


@frozen(kw_only=True, eq=False, repr=False)
class Shoes(Record):
    """One `[[shoes]]` entry: a pair of running shoes."""

    name: str = field(metadata=about("what you call the pair"))
    used_km: Decimal = field(default=Decimal(0), metadata=about("worn so far, walks included", unit="km", least=0, most=5000))
    limit_km: Decimal = field(
        default=Decimal(640),
        metadata=about("when it is due (SHOE-01: a rule of thumb, weak)", unit="km", least=50, most=5000),
    )
    since: date | None = field(default=None, metadata=about("first worn"))


@frozen(kw_only=True, eq=False, repr=False)
class Commitment(Record):
    """One `[[commitments]]` entry: a run that stays on its date whatever the plan says, weekly `on` a weekday or once on a `date`."""

    name: str = field(metadata=about("what you call it; calendars know it by this name"))
    km: Decimal = field(metadata=about("how far it goes, all of it counted as running", unit="km", least=Decimal("0.5"), most=200))
    kind: Literal["run", "race"] = field(default="run", metadata=about("a race is never easy running (law 7)"))
    on: Weekday | None = field(default=None, metadata=about("every week on this weekday"))
    until: Day | None = field(default=None, metadata=about("the last day that `on` applies to; without it there is no end"))
    time: Window | None = field(default=None, metadata=about("its time of day, like 18:00-19:00"))
    date: Day | None = field(default=None, metadata=about("once, on this day"))


@frozen(kw_only=True, eq=False, repr=False)
class Override(Record):
    """One `[[override]]` entry: a change made by hand to one session of one week; exactly one of move, shorten, drop and note."""

    date: Day = field(metadata=about("a day of the session's week, ideally the day it is on"))
    session: str = field(metadata=about("which one, like progression/run#1: `planner explain` names each"))
    by: str = field(metadata=about("who says so, for instance a physiotherapist's name"))
    move: Day | None = field(default=None, metadata=about("to this day of the same week"))
    shorten: int | None = field(
        default=None, metadata=about("to this many minutes, everything in the session included", unit="min", least=1, most=1440)
    )
    drop: bool = field(default=False, metadata=about("true: it is left out"))
    note: str = field(default="", metadata=about("a line shown with the session"))


@frozen(kw_only=True, eq=False, repr=False)
class Progression(Record):
    """`[progression]`: how the laws are interpreted. `growth` is in basis points (1000 is 10%); None: the planner's choice."""

    growth: int | None = field(
        default=None, metadata=about("the most a week may grow; never above 0.10", unit="basis points", least=0, most=1000)
    )
    measure: Literal["running", "on-foot"] = field(default="running", metadata=about("what law 1 counts"))
    missed: Literal["resume", "strict"] = field(default="resume", metadata=about("after runs that were missed for no pain"))
    rolling: Literal["report", "enforce"] = field(default="report", metadata=about("whether law 2 warns or forbids"))
    easy_week_every: int = field(default=4, metadata=about("weeks from one easy week to the next, 0 for none", least=0, most=12))

    @property
    def most_growth_bp(self) -> int:
        """The ceiling on a week's growth, in basis points."""
        return int(TEN_PERCENT * 10000) if self.growth is None else self.growth


@frozen(kw_only=True, eq=False, repr=False)
class Athlete(Record):
    """Everything one athlete file says. Its fields are the file's keys; docs/reference gives each one's unit, range and default."""

    id: str = field(
        metadata=about("tells calendars' plans apart: letters, digits, dots, dashes, underscores; the file's own name if left out")
    )
    start: date = field(metadata=about("the first day of the plan; weeks are the seven dates from here. It may be in the past"))
    running: Running
    name: str = field(default="", metadata=about("shown in the calendar"))
    birth_year: int | None = None
    timezone: str = field(default="UTC", metadata=about("where you live, by its IANA name, like Europe/Berlin"))
    weeks: int = field(default=12, metadata=about("how long the plan is", unit="weeks", least=1, most=52))
    template: str = field(
        default="walk-run", metadata=about("the programme: the name of an installed one, or the path of a file of your own beside this one")
    )
    units: Literal["km", "mi"] = field(
        default="km", metadata=about("kilometres or miles; with mi every *_km key is *_mi, and paces are per mile")
    )
    language: str = field(default="en", metadata=about("what the plan is written in, like en or de; calendars and pages follow it"))
    log: str | None = field(
        default=None, metadata=about("a log of what was done and how the knee felt, beside this file; `planner log` keeps it")
    )
    guardian_ok: bool = field(default=False, metadata=about("true: a parent or guardian agrees; needed under 18 (AGE-02)"))
    height_cm: int | None = field(
        default=None, metadata=about("with the weight it can make a first week gentler (PROG-13)", unit="cm", least=100, most=250)
    )
    weight_kg: Decimal | None = field(default=None, metadata=about("body weight", unit="kg", least=25, most=350))
    knee: Knee = field(factory=Knee)
    screening: Screening = field(factory=Screening)
    clearance: Clearance | None = None
    availability: Availability = field(factory=Availability)
    equipment: Equipment = field(factory=Equipment)
    shoes: tuple[Shoes, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    override: tuple[Override, ...] = ()
    pillars: Mapping[str, Mapping[str, Plain]] = field(factory=dict, converter=_tables)
    progression: Progression = field(factory=Progression)

    @property
    def miles(self) -> bool:
        """Whether distances are shown in miles."""
        return self.units == "mi"

    def age_on(self, day: date) -> int | None:
        """The highest age the athlete can have on `day`, from the year of birth alone; None if that is unknown."""
        return None if self.birth_year is None else day.year - self.birth_year

    def cleared(self, flag: str, day: date) -> bool:
        """Whether a professional had lifted this sign by `day` (CLEAR-01), on or after the day the questions were answered."""
        clearance, answered = self.clearance, self.screening.answered
        return clearance is not None and answered is not None and flag in clearance.for_ and answered <= clearance.date <= day

    def most_pain(self, day: date) -> int:
        """The most pain, on 0-10, that is acceptable before and during a run: 2 (PAIN-01), but 1 until cleared for pain on the outer side
        (SITE-02) or at a site that no question names (our judgement: the limit of 2 is for kneecap pain).
        """
        outer = self.knee.site == "outer" or "SITE-02" in (self.screening.red_flags or ())
        lower = (outer and not self.cleared("SITE-02", day)) or (self.knee.site == "other" and not self.cleared("SITE-01", day))
        return LOWER_PAIN if lower else MOST_PAIN
