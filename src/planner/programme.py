"""Programmes: templates of a return to running, as data.

A template is a ladder of levels (from walk-run to continuous running) or a continuous build; the laws decide how fast an athlete
progresses. Templates come from plugins (`planner_templates`) or from an athlete's own TOML file.
"""

from __future__ import annotations

from typing import Literal

from attrs import field, frozen

from planner.records import Record
from planner.settings import about


@frozen(kw_only=True, eq=False, repr=False)
class Level(Record):
    """One level of a ladder: `reps` times (run `run_s`, walk `walk_s`). `walk_s = 0` with one repetition is continuous running."""

    run_s: int = field(metadata=about("seconds of running without a walk", unit="s", least=15, most=14400))
    walk_s: int = field(default=0, metadata=about("seconds of walking between two stretches of running", unit="s", least=0, most=1800))
    reps: int = field(default=1, metadata=about("how often run and walk are repeated", least=1, most=60))
    label: str = field(default="", metadata=about("the level's name in its source"))

    @property
    def total_s(self) -> int:
        """Seconds of running in the whole session."""
        return self.run_s * self.reps


@frozen(kw_only=True, eq=False, repr=False)
class Template(Record):
    """A programme. `kind`: `ladder` climbs `levels`; `continuous` builds on existing running.

    `run_gap_days` is the minimum difference between two run dates (2 on a ladder: WR-02; 1 only where running never stopped: WR-09, where
    `close_run_s` limits the length of runs on consecutive days).
    """

    name: str = field(metadata=about("the programme's name: small letters, digits and dashes"))
    title: str = field(metadata=about("the programme's name as people write it"))
    kind: Literal["ladder", "continuous"] = field(metadata=about("ladder or continuous"))
    summary: str = field(metadata=about("one sentence: whom it is for"))
    source: str = field(metadata=about("where it comes from"))
    verified: bool = field(default=False, metadata=about("true when the source was read, not remembered"))
    levels: tuple[Level, ...] = field(default=(), metadata=about("the ladder's levels, easiest first"))
    opening_s: int = field(
        default=600,
        metadata=about("running in each session of a first week from nothing (ENT-12)", unit="s", least=60, most=600),
    )
    runs_per_week: int = field(default=3, metadata=about("runs a week unless the athlete asks for another number", least=2, most=5))
    most_runs_per_week: int = field(default=3, metadata=about("the most runs a week that the programme allows", least=2, most=5))
    run_gap_days: Literal[1, 2] = field(default=2, metadata=about("least difference of two run dates", unit="days"))
    close_run_s: int = field(
        default=0,
        metadata=about(
            "with run_gap_days = 1: seconds of running at most with a run on the date before or after, and such runs only while the last "
            "one was clean; 0: no such bound (WR-09)",
            unit="s",
            least=0,
            most=14400,
        ),
    )
    clean_sessions: int = field(default=2, metadata=about("clean sessions at a level before the next (WR-04)", least=1, most=6))
    levels_per_week: int = field(default=2, metadata=about("new levels a week at most (WR-03)", least=1, most=7))
    shares: tuple[int, ...] = field(
        default=(),
        metadata=about("the week's runs against each other, longest first, in percent of the longest", unit="%", least=10, most=100),
    )
    longest_run_s: int = field(
        default=0,
        metadata=about("seconds that no run exceeds at first, 0: no such bound (WR-08)", unit="s", least=0, most=14400),
    )
    reduced_weeks: int = field(
        default=0,
        metadata=about("weeks at the start that hold `reduced_percent` of the present volume (4d)", least=0, most=8),
    )
    reduced_percent: int = field(
        default=100, metadata=about("share of the present volume in the reduced weeks", unit="%", least=10, most=100)
    )
    clean_weeks: int = field(
        default=0,
        metadata=about(
            "clean weeks with running, after the reduced ones, before a week grows; 0: the answers to the week before decide alone (4d)",
            unit="weeks",
            least=0,
            most=4,
        ),
    )
    published_weeks: int = field(
        default=0,
        metadata=about("how many weeks the source takes, 0: it does not say", unit="weeks", least=0, most=104),
    )
    rpe: int = field(
        default=4,
        metadata=about("effort of its runs on 0-10; at most 4 on a ladder, 5 elsewhere (PROG-23)", least=1, most=5),
    )
