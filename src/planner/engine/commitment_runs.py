"""Commitments on their dates, by the athlete file and its overrides: runs that stand whatever the laws say."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_CEILING
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from planner.athlete_checks import week_of
from planner.athlete_values import key_of
from planner.model import COMMITMENTS
from planner.placement.shape import RACE, RUN
from planner.quantities import DAYS_OF_WEEK, WEEKDAYS, metres_run
from planner.week_view import RunView

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.athlete import Athlete, Commitment, Override, Window
    from planner.model import Session
    from planner.quantities import Weekday

COMMITMENT_TAG = "commitment"


class Fixed(NamedTuple):
    """One commitment on day number `day`, with the overrides that apply to it (`asked`); `dropped` where one of them left it out.

    `whole_m` are its metres by the athlete file: what is shortened or dropped goes to no other run of the week.
    """

    name: str
    race: bool
    day: int
    run_s: int
    run_m: int
    whole_m: int
    time: Window | None
    asked: tuple[Override, ...]
    dropped: bool

    @property
    def key(self) -> str:
        """The key in the session's id."""
        return key_of(self.name)

    @property
    def tags(self) -> tuple[str, ...]:
        """The session's tags."""
        return (RUN, COMMITMENT_TAG, RACE) if self.race else (RUN, COMMITMENT_TAG)

    @property
    def view(self) -> RunView:
        """The commitment as hooks see it."""
        return RunView(
            pillar=COMMITMENTS,
            key=self.key,
            ordinal=1,
            run_s=self.run_s,
            longest_stretch_s=self.run_s,
            new_level=False,
            tags=self.tags,
        )

    @property
    def seconds(self) -> int:
        """Seconds it takes of the day: the length of its `time`, at least that of the running."""
        return self.run_s if self.time is None else max(self.run_s, 60 * (self.time.end - self.time.start))


class Commitments:
    """All commitments of an athlete, by date."""

    def __init__(self, athlete: Athlete, pace: int) -> None:
        """`pace` (seconds per km) turns distances into seconds, rounded up so that they are covered in full."""
        self._athlete, self._pace = athlete, pace
        self._asked = asked_of(athlete)
        self._weeks: dict[int, tuple[Fixed, ...]] = {}

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self._athlete.commitments)

    def of_week(self, number: int) -> tuple[Fixed, ...]:
        """The commitments of week `number`, dropped ones included, by date and name."""
        if number not in self._weeks:
            found = [self._fixed(one, number) for one in self._athlete.commitments]
            self._weeks[number] = tuple(sorted((f for f in found if f is not None), key=lambda f: (f.day, f.key)))
        return self._weeks[number]

    def between(self, first: int, last: int) -> tuple[Fixed, ...]:
        """The commitments that stand on day numbers `first` to `last`, by date and name."""
        if not self._athlete.commitments:
            return ()
        start = self._athlete.start.toordinal()
        weeks = range((first - start) // DAYS_OF_WEEK + 1, (last - start) // DAYS_OF_WEEK + 2)
        return tuple(f for week in weeks for f in self.of_week(week) if first <= f.day <= last and not f.dropped)

    def dropped(self, number: int) -> tuple[Fixed, ...]:
        """The commitments of week `number` that overrides left out."""
        return tuple(f for f in self.of_week(number) if f.dropped)

    def coming(self, first: int) -> Mapping[int, int]:
        """Metres by day number over the two weeks from `first`, for law 2 to look ahead."""
        metres: dict[int, int] = {}
        for fixed in self.between(first, first + 2 * DAYS_OF_WEEK):
            metres[fixed.day] = metres.get(fixed.day, 0) + fixed.run_m
        return metres

    def _fixed(self, one: Commitment, number: int) -> Fixed | None:
        day = self._day(one, number)
        if number < 1 or day is None:
            return None
        asked = self._asked.get((number, f"{COMMITMENTS}/{key_of(one.name)}#1"), ())
        run_s = whole_s = -(-int((one.km * 1000).to_integral_value(ROUND_CEILING)) * self._pace // 1000)
        for change in asked:
            day = day if change.move is None else change.move.toordinal()
            run_s = run_s if change.shorten is None else min(run_s, 60 * change.shorten)
        run_m, whole_m = (metres_run(seconds, self._pace) for seconds in (run_s, whole_s))
        dropped = any(change.drop for change in asked)
        return Fixed(one.name, one.kind == "race", day, run_s, run_m, whole_m, one.time, asked, dropped)

    def _day(self, one: Commitment, number: int) -> int | None:
        """The day number of a commitment in week `number`; None where it has none. Weekly ones pause while the athlete is away."""
        if one.date is not None:
            return one.date.toordinal() if week_of(self._athlete, one.date) == number else None
        if one.on is None:
            return None
        day = first_weekly(self._athlete, one.on) + DAYS_OF_WEEK * (number - 1)
        stands = one.until is None or day <= one.until.toordinal()
        return day if stands and not self._athlete.availability.away_on(date.fromordinal(day)) else None


def first_weekly(athlete: Athlete, on: Weekday) -> int:
    """The day number of a weekday in the plan's first week."""
    return athlete.start.toordinal() + (WEEKDAYS.index(on) - athlete.start.weekday()) % DAYS_OF_WEEK


def asked_of(athlete: Athlete) -> Mapping[tuple[int, str], tuple[Override, ...]]:
    """Overrides by week number and session id, in the order of the file."""
    asked: dict[tuple[int, str], tuple[Override, ...]] = {}
    for one in athlete.override:
        place = (week_of(athlete, one.date), one.session)
        asked[place] = (*asked.get(place, ()), one)
    return MappingProxyType(asked)


def own(session: Session) -> bool:
    """Whether a session is the plan's own to size, not a commitment."""
    return session.pillar != COMMITMENTS


def beyond(session: Session) -> bool:
    """Whether a commitment holds more than it was allowed."""
    return session.pillar == COMMITMENTS and session.run_m > session.ceiling_m


def counted_m(session: Session) -> int:
    """Running metres that later weeks may grow from: of a commitment, only those allowed."""
    return min(session.run_m, session.ceiling_m) if session.pillar == COMMITMENTS else session.run_m
