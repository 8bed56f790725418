"""Private outputs: the same times and runs, but no names and nothing about the knee, in any format."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.entry import Entry
from planner.findings import Finding
from planner.model import Contributor, Plan, Session, Why
from planner.plan_file import plan_from
from planner.render import Options, formats, renderer
from planner.render.json import document
from planner.render.private import private
from planner.steps import Group, Step, Steps, seconds_of
from tests.plan_strategies import plans
from tests.plans import sample_plan

READABLE = tuple(name for name in formats() if name != "pdf")
"""What holds its words as they are. A PDF packs them; it is handed the same plan."""
STRUCTURE = frozenset({"run", "walk", "warm-up", "cool-down"})
secrets = st.integers(0, 10**9).map(lambda number: f"zq{number}qz")
"""Words that no output has by itself."""


def with_secrets(plan: Plan, word: Callable[[], str]) -> Plan:
    """The plan with another secret word in each place that holds words."""

    def step(one: Step | Group) -> Step | Group:
        if isinstance(one, Group):
            return one._replace(steps=tuple(map(step, one.steps)))
        return one._replace(text=word(), kind=one.kind if one.kind in STRUCTURE else word())

    def session(one: Session, number: int) -> Session:
        why = tuple(Why(limit=word(), text=word(), source=word()) for _ in range(2))
        return evolve(
            one,
            pillar=word(),
            key=word(),
            ordinal=number,
            title=word(),
            details=word(),
            bound_by=word(),
            tags=(word(), "run", word()),
            steps=tuple(map(step, one.steps)),
            why=why,
        )

    weeks = tuple(
        evolve(week, bound_by=word(), sessions=tuple(session(one, number) for number, one in enumerate(week.sessions)))
        for week in plan.weeks
    )
    row = Entry(date=plan.start, session=word(), red_flag=word(), shoes=word(), note=word(), pain_during=7, knee_worst=8)
    return evolve(
        plan,
        athlete_id=word(),
        athlete_name=f"{word()} {word()}",
        template=word(),
        disclaimer=word(),
        plugins=(Contributor(name=word(), distribution=word(), version=word()),),
        findings=(Finding(rule=word(), severity="warning", message=word(), where=word(), source=word(), by=word()),),
        log=(row,),
        weeks=weeks,
    )


def told(data: bytes) -> str:
    """What a file says, the names of files in it included; lines that a calendar folds are whole, how a page looks is no word."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "".join(name + archive.read(name).decode("latin-1") for name in archive.namelist())
    return re.sub(r"<(style|script)\b.*?</\1>", "", data.decode().replace("\r\n ", ""), flags=re.DOTALL)


@st.composite
def secret_plans(draw: st.DrawFn) -> tuple[Plan, list[str]]:
    """A plan in which every word is a secret, and the secrets."""
    words: list[str] = []

    def word() -> str:
        words.append(f"{draw(secrets)}x{len(words)}")
        return words[-1]

    return with_secrets(draw(plans()), word), words


def test_the_secrets_are_told_where_nothing_is_private():
    words: list[str] = []

    def word() -> str:
        words.append(f"zq{len(words)}qz")
        return words[-1]

    plan = with_secrets(sample_plan(weeks=1), word)
    assert all(word in told(renderer("json")(plan, Options())) for word in words)
    assert plan.athlete_name in told(renderer("txt")(plan, Options()))


@settings(max_examples=200)
@given(secret_plans())
def test_no_word_of_a_plan_is_in_what_is_left_of_it(drawn: tuple[Plan, list[str]]) -> None:
    plan, words = drawn
    left = repr(private(plan))
    assert [word for word in words if word in left] == []


@settings(max_examples=100)
@given(secret_plans())
@pytest.mark.parametrize("name", READABLE)
def test_no_word_of_a_plan_is_in_a_private_output(name: str, drawn: tuple[Plan, list[str]]) -> None:
    plan, words = drawn
    said = told(renderer(name)(plan, Options(private=True, alarm_s=60)))
    assert [word for word in words if word in said] == []


@pytest.mark.parametrize("name", sorted({*READABLE} - {"html"}))
def test_no_private_output_speaks_of_a_knee(name: str) -> None:
    plan = sample_plan(athlete_id="ana", weeks=4)
    week = plan.weeks[0]
    sore = evolve(week, decision="regress", stage="pre-run", bound_by="pain")
    plan = evolve(plan, template="soldiers-knee", weeks=(sore, *plan.weeks[1:]))
    said = told(renderer(name)(plan, Options(private=True))).lower()
    for word in ("knee", "pain", "sore", "regress", "step back", "before running", "ana@", "hip", "strength", "clinician"):
        assert word not in said, word
    assert re.search(r"\bana\b", said) is None


@settings(max_examples=200)
@given(plans())
def test_dates_hours_lengths_and_runs_stay(plan: Plan) -> None:
    left = private(plan)
    assert private(left) == left
    assert (left.start, left.as_of, left.issued, left.timezone, left.units, left.reading, left.goal) == (
        *(plan.start, plan.as_of, plan.issued, plan.timezone, plan.units, plan.reading, plan.goal),
    )
    for before, after in zip(plan.sessions, left.sessions, strict=True):
        for key in ("week", "date", "start", "duration_s", "run_s", "walk_s", "run_m", "foot_m", "transparent", "status"):
            assert getattr(after, key) == getattr(before, key)
        assert after.title == ("Training note" if before.transparent else "Training")
        if seconds_of(before.steps, "run"):
            assert [seconds_of(after.steps, kind) for kind in STRUCTURE] == [seconds_of(before.steps, kind) for kind in STRUCTURE]
    for before, after in zip(plan.weeks, left.weeks, strict=True):
        assert (after.run_m, after.foot_m, after.ceiling_run_m) == (before.run_m, before.foot_m, before.ceiling_run_m)


@settings(max_examples=200)
@given(plans())
def test_what_is_left_has_one_name_a_session_and_is_a_plan(plan: Plan) -> None:
    apart = evolve(plan, weeks=tuple(evolve(w, sessions=_named(w.sessions)) for w in plan.weeks))
    left = private(apart)
    for week in left.weeks:
        assert len({session.id for session in week.sessions}) == len(week.sessions)
    assert plan_from(document(left)) == left


def _named(sessions: tuple[Session, ...]) -> tuple[Session, ...]:
    """Sessions of which no two have the same name."""
    return tuple(evolve(session, pillar=f"p{number}") for number, session in enumerate(sessions))


def test_a_name_does_not_depend_on_where_a_session_stands() -> None:
    plan = sample_plan(weeks=1)
    week = plan.weeks[0]
    turned = evolve(plan, weeks=(evolve(week, sessions=week.sessions[::-1]),))
    names = [{s.date: s.id for s in private(one).sessions if s.run_s} for one in (plan, turned)]
    assert names[0] == names[1]
    assert sorted(names[0].values()) == ["training/run#1", "training/run#2", "training/run#3"]


def test_groups_keep_their_repeats_and_a_target_its_cadence() -> None:
    steps: Steps = (
        Step(kind="note", text="Knee 0-2?"),
        Group(repeat=3, steps=(Step(kind="run", seconds=60, rpe=4, text="run"), Step(kind="note", text="how is it?"))),
        Group(repeat=2, steps=(Step(kind="stretch", seconds=30),)),
    )
    plan = sample_plan(weeks=1)
    run = next(s for s in plan.sessions if s.run_s)
    changed = evolve(plan, weeks=(evolve(plan.weeks[0], sessions=(evolve(run, steps=steps, tags=("run", "long-run", "cadence-170")),)),))
    (left,) = private(changed).sessions
    assert left.steps == (Group(repeat=3, steps=(Step(kind="run", seconds=60, rpe=4),)),)
    assert left.tags == ("run", "cadence-170")
