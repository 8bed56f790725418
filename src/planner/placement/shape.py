"""Input and output of placement: one week as days, jobs and rules, and its arrangement.

Days are the week's dates, 0 to 6; a week need not start on a Monday. A set of days is a bit mask, bit d for day d. Times are whole
minutes, clock times minutes from midnight. Time zones and calendars do not matter here.
"""

from __future__ import annotations

from typing import NamedTuple

RUN, LONG_RUN, NEW_LEVEL, RACE = "run", "long-run", "new-level", "race"
STRENGTH, NEW_STAGE = "strength", "new-stage"
CROSS_TRAINING, VIGOROUS = "cross-training", "vigorous"
MOBILITY = "mobility"
EVERY_DAY = 0b1111111


class Window(NamedTuple):
    """A span of the day from `start` to `end`, in minutes from midnight, `kept_for` jobs with one of these tags, or () for any job."""

    start: int
    end: int
    kept_for: tuple[str, ...] = ()

    def takes(self, tags: frozenset[str]) -> bool:
        """Whether it admits a job with these tags."""
        return not self.kept_for or not tags.isdisjoint(self.kept_for)


class Job(NamedTuple):
    """One session to place. `name` is pillar/key; name and `ordinal` identify it within the week.

    `minutes` is its length, `least` what it can shrink to (equal where it cannot). `days`, `prefers` and `avoids` are masks of its allowed,
    preferred and avoided days (`prefers` 0: no preference). `home` is the day it had last week. The least `importance` is dropped first.
    Tags that placement knows: run, long-run, new-level, strength, new-stage, cross-training, vigorous, mobility.
    """

    name: str
    ordinal: int
    minutes: int
    least: int
    tags: frozenset[str]
    importance: int
    days: int = EVERY_DAY
    prefers: int = 0
    avoids: int = 0
    home: int | None = None


class Rule(NamedTuple):
    """A spacing rule: a job tagged `before` comes at least `days` days after any job tagged `after` on its date or earlier.

    Where both tags are the same, the dates of any two such jobs differ by at least `days`. `name` is for messages.
    """

    after: str
    before: str
    days: int
    name: str


class WeekShape(NamedTuple):
    """One week to arrange.

    `days` holds seven entries: the day's windows, () for a closed day, None for one free all day. `earlier` are past sessions as (day
    offset, tags), -1 being the day before day 0, for the spacing rules. The first run is on day `latest_first_run` or before where that
    costs no run. At least `rest_days` days hold no training (SCHED-02).
    """

    jobs: tuple[Job, ...]
    days: tuple[tuple[Window, ...] | None, ...] = (None,) * 7
    rules: tuple[Rule, ...] = ()
    earlier: tuple[tuple[int, frozenset[str]], ...] = ()
    latest_first_run: int | None = None
    rest_days: int = 1


class Placed(NamedTuple):
    """A job on its `day`; `start` in minutes from midnight (None on a day without windows), `minutes` its length after shrinking."""

    job: Job
    day: int
    start: int | None
    minutes: int


class Arrangement(NamedTuple):
    """An arranged week: `placed` by day and order within the day, `dropped` in the order of dropping."""

    placed: tuple[Placed, ...]
    dropped: tuple[Job, ...]
