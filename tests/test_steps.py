"""Steps: their seconds with repetitions, and access to each of them however deeply nested."""

from __future__ import annotations

import copy
import pickle
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.model import Session, Why
from planner.records import fields_of, is_record, names_of
from planner.steps import RUNNING, WALKING, Group, Step, each_step, seconds_of

if TYPE_CHECKING:
    from planner.steps import Steps

KINDS = ("run", "walk", "warm-up", "note")
STEP = st.builds(Step, kind=st.sampled_from(KINDS), seconds=st.integers(0, 900))
TREE = st.recursive(
    STEP, lambda inner: st.builds(Group, repeat=st.integers(1, 4), steps=st.lists(inner, max_size=3).map(tuple)), max_leaves=8
)
STEPS = st.lists(TREE, max_size=4).map(tuple)
SESSION: Steps = (
    Step(kind="warm-up", seconds=300),
    Group(repeat=3, steps=(Step(kind="run", seconds=60), Group(repeat=2, steps=(Step(kind="walk", seconds=45),)))),
    Step(kind="run", seconds=30),
    Step(kind="note", text="slowly"),
)


def played(steps: Steps) -> list[Step]:
    """The steps one after the other as they are done."""
    done: list[Step] = []
    for step in steps:
        done += [step] if isinstance(step, Step) else played(step.steps) * step.repeat
    return done


def test_seconds_count_every_repetition() -> None:
    assert seconds_of(SESSION, "run") == 210
    assert seconds_of(SESSION, "walk") == 270
    assert seconds_of(SESSION, "warm-up") == 300
    assert seconds_of(SESSION, "ride") == 0
    assert seconds_of(SESSION) == 780
    assert seconds_of(()) == 0


@given(STEPS)
@settings(max_examples=200)
def test_seconds_are_those_of_the_steps_as_they_are_done(steps: Steps) -> None:
    done = played(steps)
    assert seconds_of(steps) == sum(s.seconds for s in done)
    for kind in KINDS:
        assert seconds_of(steps, kind) == sum(s.seconds for s in done if s.kind == kind)


@given(STEPS)
@settings(max_examples=200)
def test_each_step_is_seen_once_in_order_and_no_group(steps: Steps) -> None:
    def once(part: Steps) -> list[Step]:
        return [s for step in part for s in ([step] if isinstance(step, Step) else once(step.steps))]

    assert list(each_step(steps)) == once(steps)


def test_what_the_laws_count_is_called_run_and_walk() -> None:
    assert (RUNNING, WALKING) == ("run", "walk")


@pytest.mark.parametrize("seconds", [-1, 1.5, "60", None])
def test_a_step_takes_whole_seconds(seconds: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        Step(kind="run", seconds=seconds)


@pytest.mark.parametrize("repeat", [0, -1, 1.5, "2"])
def test_a_group_is_done_at_least_once(repeat: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        Group(repeat=repeat, steps=())


def test_a_step_without_a_time_is_fine() -> None:
    assert Step(kind="note").seconds == 0
    assert Group(repeat=1, steps=()).repeat == 1


VALUES = [*SESSION, Why(limit="content", text="because")]


@pytest.mark.parametrize("value", VALUES)
def test_a_value_is_shown_compared_and_hashed_by_its_fields(value: Step | Group | Why) -> None:
    again = type(value)(**{name: getattr(value, name) for name in names_of(type(value))})
    assert (again, hash(again), repr(again)) == (value, hash(value), repr(value))
    assert eval(repr(value)) == value  # noqa: S307  (it is shown as it is written)
    assert value != 5


@pytest.mark.parametrize("value", VALUES)
def test_a_value_survives_copy_and_pickle(value: Step | Group | Why) -> None:
    for again in (copy.copy(value), copy.deepcopy(value), *(pickle.loads(pickle.dumps(value, n)) for n in range(2, 6))):  # noqa: S301
        assert (type(again), again) == (type(value), value)


@pytest.mark.parametrize("value", VALUES)
def test_a_value_is_made_by_keyword_and_cannot_be_changed(value: Step | Group | Why) -> None:
    with pytest.raises(TypeError):
        type(value)(*value)
    for name in names_of(type(value)):
        for change in (setattr, object.__setattr__):
            with pytest.raises(AttributeError):
                change(value, name, 1)
    with pytest.raises(AttributeError):
        object.__setattr__(value, "more", 1)
    with pytest.raises(TypeError):
        vars(value)


def test_a_changed_copy_asks_the_class() -> None:
    step = Step(kind="run", seconds=60)
    assert step._replace(seconds=30) == Step(kind="run", seconds=30)
    assert step == Step(kind="run", seconds=60)
    with pytest.raises(ValueError, match="seconds: found -1; expected a whole number, 0 or more"):
        step._replace(seconds=-1)
    with pytest.raises(ValueError, match="repeat: found 0; expected a whole number, 1 or more"):
        Group(repeat=1, steps=())._replace(repeat=0)
    with pytest.raises(TypeError):
        step._replace(colour="red")


def test_values_are_records_whose_fields_have_names() -> None:
    assert all(is_record(type(value)) for value in VALUES)
    assert [(f.name, f.default) for f in fields_of(Step)][1:3] == [("seconds", 0), ("text", "")]
    assert names_of(Group) == ("repeat", "steps")
    assert is_record(Session)
    assert not is_record(tuple)
    assert not is_record(STEP)
