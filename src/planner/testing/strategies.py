"""Hypothesis strategies for athletes, programmes and briefs: everything that their files may say, however unusual."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, get_args

from attrs import evolve
from hypothesis import assume
from hypothesis import strategies as st

from planner.athlete import (
    Absence,
    Athlete,
    Availability,
    Commitment,
    Equipment,
    Kit,
    Knee,
    Override,
    Progression,
    Running,
    Window,
)
from planner.briefing import make_brief
from planner.errors import InputError
from planner.model import Brief
from planner.programme import Level, Template
from planner.quantities import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hypothesis.strategies import DrawFn, SearchStrategy

    from planner.settings import Plain

START = date(2027, 1, 4)
"""The first day of every plan of the kit: a Monday."""
AS_OF = date(2027, 1, 2)
RUNS_BY_NAME = ("progression/run#1", "progression/run#2", "progression/run#3", "commitments/club-run#1", "commitments/race#1")
"""The sessions that `overrides` change by default."""
ISSUED = datetime(2027, 1, 2, 9, tzinfo=UTC)


def levels() -> SearchStrategy[Level]:
    """Levels of a ladder: up to twelve times 30 s to 20 min of running with walks of up to 300 s, or 15 s to an hour without a walk."""
    walked = st.builds(
        Level,
        run_s=st.integers(30, 1200),
        walk_s=st.sampled_from([15, 30, 60, 90, 300]),
        reps=st.integers(1, 12),
    )
    return st.one_of(walked, st.builds(Level, run_s=st.integers(15, 3600)))


@st.composite
def templates(draw: DrawFn) -> Template:
    """Valid programmes of both kinds."""
    kind = draw(st.sampled_from(["ladder", "continuous"]))
    gap = 2 if kind == "ladder" else draw(st.sampled_from([1, 2]))
    return Template(
        name="any",
        title="Any",
        kind="ladder" if kind == "ladder" else "continuous",
        summary="",
        source="",
        levels=tuple(draw(st.lists(levels(), min_size=1 if kind == "ladder" else 0, max_size=8))),
        opening_s=draw(st.sampled_from([60, 300, 480, 600])),
        runs_per_week=draw(st.integers(2, 5)),
        most_runs_per_week=5,
        run_gap_days=1 if gap == 1 else 2,
        close_run_s=draw(st.sampled_from([0, 600, 1200])),
        clean_sessions=draw(st.integers(1, 3)),
        shares=tuple(draw(st.lists(st.integers(10, 100), max_size=5))),
        longest_run_s=draw(st.sampled_from([0, 900, 1500])),
        reduced_weeks=draw(st.integers(0, 3)),
        reduced_percent=draw(st.sampled_from([100, 80, 50])),
        clean_weeks=draw(st.sampled_from([0, 0, 2, 3])),
        rpe=draw(st.integers(1, 4 if kind == "ladder" else 5)),
    )


@st.composite
def _windows(draw: DrawFn) -> Window:
    start = draw(st.integers(0, 22 * 60))
    end = draw(st.integers(start + 10, min(24 * 60 - 1, start + 300)))
    kept = draw(st.sampled_from([(), (), ("run",), ("strength",), ("run", "mobility")]))
    return Window(start=start, end=end, kept_for=kept)


def _days() -> SearchStrategy[tuple[Window, ...] | None]:
    free: SearchStrategy[tuple[Window, ...] | None] = st.none()
    return st.one_of(free, free, free, st.just(()), _windows().map(lambda w: (w,)))


@st.composite
def _availabilities(draw: DrawFn) -> Availability:
    away = []
    for _ in range(draw(st.integers(0, 2))):
        first = START + timedelta(days=draw(st.integers(-3, 100)))
        away.append(Absence(first=first, last=first + timedelta(days=draw(st.integers(0, 40)))))
    return Availability(away=tuple(away), **{day: draw(_days()) for day in WEEKDAYS})


@st.composite
def _runnings(draw: DrawFn) -> Running:
    pace = draw(st.integers(150, 1199))
    weeks = tuple(Decimal(m) / 1000 for m in draw(st.lists(st.one_of(st.just(0), st.integers(0, 60_000)), max_size=4)))
    last = None
    recent = [n for n, km in enumerate(reversed(weeks)) if km]
    if bool(recent) and draw(st.booleans()):
        last = START - timedelta(days=7 * recent[0] + draw(st.integers(1, 7)))
    elif not recent and draw(st.booleans()):
        last = START - timedelta(days=7 * len(weeks) + draw(st.integers(1, 30)))
    longest = None
    if bool(recent) and draw(st.booleans()):
        top = max(weeks)
        longest = top if last is not None else min(top, (top / draw(st.integers(1, 2))).quantize(Decimal("0.001")) + Decimal("0.001"))
    minutes, week_km = draw(st.sampled_from([(None, None), (None, None), (20, None), (90, None), (None, Decimal(30))]))
    return Running(
        easy_pace=pace,
        walk_pace=draw(st.integers(300, 1800)),
        runs_per_week=draw(st.one_of(st.none(), st.integers(2, 5))),
        recent_weeks_km=weeks,
        longest_run_km=longest,
        last_run=last,
        goal_minutes=minutes,
        goal_week_km=week_km,
    )


def _progressions() -> SearchStrategy[Progression]:
    return st.builds(
        Progression,
        growth=st.one_of(st.none(), st.integers(0, 1000)),
        measure=st.sampled_from(["running", "on-foot"]),
        missed=st.sampled_from(["resume", "strict"]),
        rolling=st.sampled_from(["report", "enforce"]),
        easy_week_every=st.integers(0, 5),
    )


def _equipments() -> SearchStrategy[Equipment]:
    kit: tuple[Kit, ...] = get_args(Kit)
    return st.builds(Equipment, have=st.lists(st.sampled_from(kit), max_size=4, unique=True).map(tuple))


def _knees() -> SearchStrategy[Knee]:
    pain = st.one_of(st.none(), st.integers(0, 10))
    return st.builds(Knee, pain_stairs=pain, pain_walk_30=pain, weeks_of_pain=st.one_of(st.none(), st.integers(0, 200)))


@st.composite
def commitments(draw: DrawFn) -> tuple[Commitment, ...]:
    """Up to three commitments of any length, once or weekly, on any days, even closed ones."""
    found: list[Commitment] = []
    for name in draw(st.lists(st.sampled_from(["Club run", "Parkrun", "Race"]), max_size=3, unique=True)):
        weekly = draw(st.booleans())
        span = draw(st.one_of(st.none(), st.tuples(st.integers(0, 20), st.integers(1, 3))))
        metres = draw(st.one_of(st.integers(500, 4000), st.integers(500, 42_195)))
        found.append(
            Commitment(
                name=name,
                km=Decimal(metres) / 1000,
                kind=draw(st.sampled_from(["run", "run", "race"])),
                on=draw(st.sampled_from(WEEKDAYS)) if weekly else None,
                date=None if weekly else START + timedelta(days=draw(st.integers(-7, 80))),
                until=START + timedelta(days=draw(st.integers(-7, 80))) if weekly and draw(st.booleans()) else None,
                time=None if span is None else Window(start=60 * span[0], end=60 * (span[0] + span[1])),
            )
        )
    return tuple(found)


@st.composite
def overrides(draw: DrawFn, sessions: Sequence[str] = RUNS_BY_NAME) -> tuple[Override, ...]:
    """Up to five overrides of `sessions`, at most one per week and session."""
    found: list[Override] = []
    for week, session in draw(st.lists(st.tuples(st.integers(1, 8), st.sampled_from(sessions)), max_size=5, unique=True)):
        first = START + timedelta(days=7 * (week - 1))
        asked = Override(date=first + timedelta(days=draw(st.integers(0, 6))), session=session, by="Kim")
        moved = evolve(asked, move=first + timedelta(days=draw(st.integers(0, 6))))
        shorter = evolve(asked, shorten=draw(st.integers(1, 90)))
        found.append(draw(st.sampled_from([moved, shorter, evolve(asked, drop=True), evolve(asked, note="as it comes")])))
    return tuple(found)


def athletes(
    max_weeks: int = 20, pillars: Mapping[str, Mapping[str, Plain]] | None = None, *, real_weeks: bool = False
) -> SearchStrategy[Athlete]:
    """Athletes who start on `START`, with any history, absences, settings, paces, age, equipment and pain, for 1 to `max_weeks` weeks.

    `pillars` are their tables of pillar settings, by name; `real_weeks` adds commitments and overrides. Their settings may contradict each
    other; `briefs` excludes such athletes.
    """
    nothing: SearchStrategy[tuple[()]] = st.just(())
    return st.builds(
        Athlete,
        id=st.just("any"),
        start=st.just(START),
        timezone=st.sampled_from(["Europe/Berlin", "America/New_York", "UTC"]),
        weeks=st.integers(1, max_weeks),
        running=_runnings(),
        availability=_availabilities(),
        progression=_progressions(),
        birth_year=st.one_of(st.none(), st.integers(1930, 2017)),
        equipment=_equipments(),
        knee=_knees(),
        pillars=st.just(pillars or {}),
        commitments=commitments() if real_weeks else nothing,
        override=overrides() if real_weeks else nothing,
    )


@st.composite
def briefs(draw: DrawFn, max_weeks: int = 12, pillars: Mapping[str, Mapping[str, Plain]] | None = None) -> Brief:
    """Briefs of an athlete (see `athletes`) and a programme that suit each other, planned on `AS_OF`."""
    athlete, template = draw(athletes(max_weeks, pillars)), draw(templates())
    try:
        return make_brief(athlete, template, as_of=AS_OF, issued=ISSUED)
    except InputError:
        assume(False)  # noqa: FBT003  (the signature is Hypothesis's)
        raise
