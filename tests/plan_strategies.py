"""Random plans, valid as records only, that a plan file must be able to hold."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import get_args

from hypothesis import strategies as st

from planner.findings import SEVERITIES, Finding
from planner.model import Contributor, Decision, Done, Goal, Paces, Plan, Reading, Session, Stage, Status, Week, Why
from planner.steps import Group, Step
from planner.zones import zone

START = date(2027, 1, 4)
ZONES = ("Europe/Berlin", "America/New_York", "UTC", "Asia/Kathmandu")

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
tags = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
metres = st.integers(0, 50_000)
days = st.dates(date(2026, 12, 1), date(2027, 6, 30))
steps = st.recursive(
    st.builds(
        Step,
        kind=st.sampled_from(["run", "walk", "warm-up", "exercise"]) | words,
        seconds=st.integers(0, 4000),
        text=words,
        sets=st.none() | st.integers(0, 9),
        reps=st.none() | st.integers(0, 30),
        side=st.sampled_from(["", "each", "left", "right"]),
        rpe=st.none() | st.integers(0, 10),
    ),
    lambda inner: st.builds(Group, repeat=st.integers(1, 9), steps=st.lists(inner, max_size=3).map(tuple)),
    max_leaves=5,
)


@st.composite
def sessions(draw: st.DrawFn, week: int, timezone: str) -> Session:
    later = st.integers(0, 180 * 86_400).map(lambda s: datetime(2027, 1, 1, tzinfo=UTC) + timedelta(seconds=s))
    start = draw(st.none() | later.map(lambda moment: moment.astimezone(zone(timezone))))
    return Session(
        week=week,
        pillar=draw(words),
        key=draw(words),
        ordinal=draw(st.integers(0, 99)),
        date=start.date() if start else draw(days),
        start=start,
        duration_s=draw(st.integers(0, 9000)),
        title=draw(words),
        steps=tuple(draw(st.lists(steps, max_size=3))),
        tags=tuple(draw(st.lists(tags, max_size=3))),
        run_s=draw(metres),
        walk_s=draw(metres),
        run_m=draw(metres),
        foot_m=draw(metres),
        ceiling_m=draw(metres),
        bound_by=draw(words),
        details=draw(words),
        why=tuple(draw(st.lists(st.builds(Why, limit=words, text=words, source=words), max_size=2))),
        transparent=draw(st.booleans()),
        status=draw(st.sampled_from(get_args(Status))),
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    timezone = draw(st.sampled_from(ZONES))
    weeks = [
        Week(
            number=number,
            start=START + timedelta(days=7 * (number - 1)),
            stage=draw(st.sampled_from(get_args(Stage))),
            decision=draw(st.sampled_from(get_args(Decision))),
            run_s=draw(metres),
            run_m=draw(metres),
            foot_m=draw(metres),
            ceiling_run_m=draw(metres),
            ceiling_foot_m=draw(st.none() | metres),
            bound_by=draw(words),
            sessions=tuple(draw(st.lists(sessions(number, timezone), max_size=2))),
            done_run_m=draw(st.none() | metres),
        )
        for number in range(1, draw(st.integers(1, 3)) + 1)
    ]
    done = st.builds(
        Done,
        date=days,
        run_m=metres,
        foot_m=st.none() | metres,
        longest_m=st.none() | metres,
        allowed_m=st.none() | metres,
        estimated=st.booleans(),
    )
    goal = st.builds(
        Goal,
        minutes=st.none() | metres,
        week_m=st.none() | metres,
        first_run=st.none() | days,
        every_run=st.none() | days,
        foreseen=st.none() | metres,
        latest=st.none() | metres,
    )
    reading = st.builds(
        Reading,
        paces=st.builds(Paces, run=st.integers(1, 1200), walk=st.integers(1, 1800)),
        run_gap_days=st.integers(1, 2),
        close_run_s=st.integers(0, 1800),
        measure=st.sampled_from(["running", "on-foot"]),
        missed=st.sampled_from(["resume", "strict"]),
        rolling=st.sampled_from(["report", "enforce"]),
        growth=st.fractions(0, Fraction(1, 10), max_denominator=10_000),
        explicit_growth=st.booleans(),
        easy_week_every=st.integers(0, 12),
        ladder=st.booleans(),
    )
    finding = st.builds(
        Finding,
        rule=words,
        severity=st.sampled_from(SEVERITIES),
        message=words,
        where=words,
        source=words,
        margin_m=st.none() | st.integers(-9999, 9999),
        by=words,
    )
    return Plan(
        athlete_id=draw(words),
        athlete_name=draw(words),
        timezone=timezone,
        units=draw(st.sampled_from(["km", "mi"])),
        start=START,
        as_of=draw(days),
        issued=datetime(2027, 1, 2, 9, draw(st.integers(0, 59)), tzinfo=UTC),
        template=draw(words),
        reading=draw(reading),
        goal=draw(goal),
        plugins=tuple(draw(st.lists(st.builds(Contributor, name=words, distribution=words, version=words), max_size=2))),
        history=tuple(draw(st.lists(done, max_size=3))),
        weeks=tuple(weeks),
        findings=tuple(draw(st.lists(finding, max_size=2))),
        disclaimer=draw(words),
    )
