"""Arbitrary athletes, programmes and plugins: within what their files may say, and far outside what anybody would."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from attrs import field, frozen
from hypothesis import strategies as st

from planner import (
    Attachment,
    Ceiling,
    Group,
    Level,
    Pillar,
    Proposal,
    RunProposal,
    RunShape,
    Spacing,
    Step,
    Template,
    Unavailable,
    hookimpl,
)
from planner.athlete import Absence, Athlete, Availability, Progression, Running, Window
from planner.limits import SUBJECTS
from planner.quantities import WEEKDAYS
from planner.steps import each_step

START = date(2027, 1, 4)
ISSUED = datetime(2027, 1, 2, 9, tzinfo=UTC)
AS_OF = date(2027, 1, 2)
TAGS = ("run", "strength", "cross-training", "mobility", "hills", "strides", "sprints", "long-run", "any", "other")

levels = st.builds(
    Level,
    run_s=st.integers(15, 3600),
    walk_s=st.sampled_from([0, 15, 30, 60, 90, 300]),
    reps=st.integers(1, 12),
)


@st.composite
def templates(draw):
    kind = draw(st.sampled_from(["ladder", "continuous"]))
    gap = draw(st.sampled_from([1, 2]))
    return Template(
        name="any",
        title="Any",
        kind=kind,
        summary="",
        source="",
        levels=tuple(draw(st.lists(levels, min_size=1 if kind == "ladder" else 0, max_size=8))),
        opening_s=draw(st.sampled_from([60, 300, 480, 600])),
        runs_per_week=draw(st.integers(2, 5)),
        most_runs_per_week=5,
        run_gap_days=gap,
        clean_sessions=draw(st.integers(1, 3)),
        shares=tuple(draw(st.lists(st.integers(10, 100), max_size=5))),
        longest_run_s=draw(st.sampled_from([0, 900, 1500])),
        reduced_weeks=draw(st.integers(0, 3)),
        reduced_percent=draw(st.sampled_from([100, 80, 50])),
        rpe=draw(st.integers(1, 5)),
    )


@st.composite
def windows(draw):
    start = draw(st.integers(0, 22 * 60))
    end = draw(st.integers(start + 10, min(24 * 60 - 1, start + 300)))
    kept = draw(st.sampled_from([(), (), ("run",), ("strength",), ("run", "mobility")]))
    return Window(start=start, end=end, kept_for=kept)


days = st.one_of(st.none(), st.none(), st.none(), st.just(()), windows().map(lambda w: (w,)))


@st.composite
def availabilities(draw):
    away = []
    for _ in range(draw(st.integers(0, 2))):
        first = START + timedelta(days=draw(st.integers(-3, 100)))
        away.append(Absence(first=first, last=first + timedelta(days=draw(st.integers(0, 40)))))
    return Availability(away=tuple(away), **{day: draw(days) for day in WEEKDAYS})


@st.composite
def runnings(draw):
    pace = draw(st.integers(150, 1199))
    weeks = tuple(Decimal(m) / 1000 for m in draw(st.lists(st.one_of(st.just(0), st.integers(0, 60_000)), max_size=4)))
    last = None
    recent = [n for n, km in enumerate(reversed(weeks)) if km]
    if recent and draw(st.booleans()):
        last = START - timedelta(days=7 * recent[0] + draw(st.integers(1, 7)))
    longest = None
    if recent and draw(st.booleans()):
        top = max(weeks)
        longest = top if last is not None else (top / draw(st.integers(1, 2))).quantize(Decimal("0.001")) + Decimal("0.001")
    goal = draw(st.sampled_from([{}, {}, {"goal_minutes": 20}, {"goal_minutes": 90}, {"goal_week_km": Decimal(30)}]))
    return Running(
        easy_pace=pace,
        walk_pace=draw(st.integers(300, 1800)),
        runs_per_week=draw(st.one_of(st.none(), st.integers(2, 5))),
        recent_weeks_km=weeks,
        longest_run_km=longest,
        last_run=last,
        **goal,
    )


progressions = st.builds(
    Progression,
    growth=st.one_of(st.none(), st.integers(0, 1000)),
    measure=st.sampled_from(["running", "on-foot"]),
    missed=st.sampled_from(["resume", "strict"]),
    rolling=st.sampled_from(["report", "enforce"]),
    easy_week_every=st.integers(0, 5),
)


def athletes(max_weeks=20):
    return st.builds(
        Athlete,
        id=st.just("any"),
        start=st.just(START),
        timezone=st.sampled_from(["Europe/Berlin", "America/New_York", "UTC"]),
        weeks=st.integers(1, max_weeks),
        running=runnings(),
        availability=availabilities(),
        progression=progressions,
    )


steps = st.builds(
    Step,
    kind=st.sampled_from(["exercise", "walk", "walk", "ride", "note", "warm-up"]),
    seconds=st.integers(0, 5000),
    rpe=st.one_of(st.none(), st.integers(1, 10)),
)
groups = st.builds(Group, repeat=st.integers(1, 5), steps=st.lists(steps, max_size=3).map(tuple))
tags = st.lists(st.sampled_from(TAGS), max_size=3).map(tuple)
shapes = st.builds(
    RunShape,
    share=st.integers(1, 100),
    stretch_s=st.one_of(st.none(), st.integers(15, 4000)),
    walk_s=st.integers(0, 600),
    new_level=st.booleans(),
)
run_proposals = st.builds(
    RunProposal,
    key=st.sampled_from(["run", "track-night", "more"]),
    title=st.just("Run"),
    runs=st.lists(shapes, min_size=1, max_size=7).map(tuple),
    rpe=st.integers(1, 10),
    warm_up_s=st.integers(0, 900),
    cool_down_s=st.integers(0, 900),
    tags=tags,
    prefers=st.lists(st.sampled_from(WEEKDAYS), max_size=3).map(tuple),
    importance=st.lists(st.integers(-100, 200), min_size=1, max_size=3).map(tuple),
)
own_tags = st.lists(st.sampled_from(("strength", "cross-training", "mobility", "hills", "other")), max_size=3).map(tuple)
notes = st.builds(
    Proposal,
    key=st.sampled_from(["n", "m"]),
    title=st.just("Note"),
    note=st.just(True),
    on=st.sampled_from([None, "rest-day", START, START + timedelta(days=9)]),
)


def _walks_stand_alone(proposal):
    return proposal.attach is None or all(step.kind != "walk" for step in each_step(proposal.steps))


sessions = st.builds(
    Proposal,
    key=st.sampled_from(["a", "b", "c", "d"]),
    title=st.just("Session"),
    steps=st.lists(st.one_of(steps, groups), max_size=4).map(tuple),
    times_per_week=st.integers(0, 8),
    tags=own_tags,
    importance=st.lists(st.integers(-100, 200), min_size=1, max_size=3).map(tuple),
    can_shrink_to=st.one_of(st.none(), st.integers(0, 2000)),
    can_drop=st.booleans(),
    attach=st.one_of(
        st.none(),
        st.builds(
            Attachment,
            where=st.sampled_from(["before", "after"]),
            tag=st.sampled_from(TAGS),
            ordinals=st.sampled_from([None, (1,), (2, 3)]),
        ),
    ),
    prefers=st.lists(st.sampled_from(WEEKDAYS), max_size=3).map(tuple),
    avoids=st.lists(st.sampled_from(WEEKDAYS), max_size=3).map(tuple),
)
proposals = st.one_of(sessions.filter(_walks_stand_alone), notes)
dates = st.integers(-3, 90).map(lambda n: START + timedelta(days=n))
limits = st.one_of(
    st.builds(
        Ceiling,
        of=st.sampled_from(SUBJECTS),
        at_most=st.integers(0, 12_000),
        why=st.just("because"),
        since=st.one_of(st.none(), dates),
        until=st.one_of(st.none(), dates),
    ),
    st.builds(Spacing, after=st.sampled_from(TAGS), before=st.sampled_from(TAGS), days=st.integers(0, 9), why=st.just("because")),
    st.builds(Unavailable, dates=st.frozensets(dates, max_size=30), why=st.just("because"), tag=st.sampled_from(TAGS)),
)


def distinct(items):
    return tuple({item.key: item for item in items}.values())


@frozen(kw_only=True)
class AnyPlugin:
    """A plugin that answers whatever it was drawn with, the same every week."""

    name: str
    given_limits: tuple = ()
    runs: tuple = field(default=(), converter=distinct)
    sessions: tuple = field(default=(), converter=distinct)

    @hookimpl
    def planner_pillar(self):
        return Pillar(name=self.name, summary="arbitrary")

    @hookimpl
    def planner_limits(self):
        return self.given_limits

    @hookimpl
    def planner_runs(self):
        return self.runs

    @hookimpl
    def planner_sessions(self):
        return self.sessions


def plugins(name):
    return st.builds(
        AnyPlugin,
        name=st.just(name),
        given_limits=st.lists(limits, max_size=3).map(tuple),
        runs=st.lists(run_proposals, max_size=2).map(tuple),
        sessions=st.lists(proposals, max_size=3).map(tuple),
    )
