"""Copies of a draft share no mutable state with it, so that a week that is only tried leaves no trace in the plan."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from types import MappingProxyType, NoneType

import pytest

from planner import Host
from planner.athlete import Absence, Availability, Override
from planner.engine.state import State
from planner.engine.timetable import Timetable
from planner.engine.week_choice import draw_week
from planner.entry import Entry
from planner.ledger import Ledger
from planner.limits import merge
from planner.model import Done
from planner.records import Record, Value
from planner_pillars import progression
from tests.tiny_plugins import START, brief_of

UNCHANGING = (int, Fraction, str, NoneType, frozenset, tuple, MappingProxyType, Record, Value)
CACHES = {"_windows", "_fitting"}
"""What is the same for every draft of a plan, so that each may add to it for all."""
ASKED = {"talk", "commitments"}
"""What is only asked; it remembers what it said."""


@pytest.fixture
def state() -> State:
    """A draft in its third week, with something in each of its fields."""
    away = Absence(first=START + timedelta(days=20), last=START + timedelta(days=21))
    moved = Override(date=START, session="progression/run#1", by="A. Smith", note="as you like")
    brief = brief_of(override=(moved,), availability=Availability(away=(away,)))
    made = State(brief, brief.reading, merge(()), Host.of(progression).conversation(brief), 3)
    for number in (1, 2):
        made = draw_week(made, number)
    made.do(Done(date=START + timedelta(days=14), run_m=900, foot_m=None, allowed_m=800))
    made.cut(2, "squats", "no room")
    made.ledger.expect({START.toordinal() + 30: 5000})
    made.ledger.set_apart([START.toordinal()])
    return made


def shared(one: object, other: object) -> set[str]:
    """The fields in which two hold one and the same object, of those that can change."""
    assert vars(one).keys() == vars(other).keys()
    return {name for name, value in vars(one).items() if vars(other)[name] is value and not isinstance(value, UNCHANGING)}


def test_no_field_that_changes_is_shared_but_the_caches(state: State) -> None:
    assert shared(state, state.copy()) == ASKED
    assert any(isinstance(value, list) and value for value in vars(state).values()), "there is something to be shared"


def test_of_a_timetable_only_the_caches_are_shared(state: State) -> None:
    assert shared(state.timetable, state.timetable.copy()) == CACHES
    assert state.timetable.homes
    assert state.timetable.recent(START.toordinal() + 14)


def test_of_a_ledger_nothing_is_shared_but_what_is_to_come_which_is_replaced_whole(state: State) -> None:
    assert shared(state.ledger, state.ledger.copy()) == {"_coming"}


def test_what_is_tried_with_a_copy_leaves_the_draft_as_it_was(state: State) -> None:
    before, entered, kept = fields(state), fields(state.ledger), fields(state.timetable)
    twin = state.copy()
    day = START + timedelta(days=15)
    twin.do(Done(date=day, run_m=2000, foot_m=2500))
    twin.hear([Entry(date=day, session="progression/run#1", run_m=2000, foot_m=2500)], ())
    twin.cut(3, "squats", "no room")
    twin.timetable.keep_apart(5)
    twin = draw_week(twin, 3)
    twin.ledger.expect({})
    assert fields(twin) != before
    assert fields(twin.ledger) != entered
    assert fields(twin.timetable) != kept
    assert (fields(state), fields(state.ledger), fields(state.timetable)) == (before, entered, kept)


def fields(of: State | Ledger | Timetable) -> dict[str, str]:
    """What stands in each field, in words that change when it does."""
    return {name: repr(value) for name, value in vars(of).items() if name not in CACHES | ASKED | {"ledger", "timetable", "_heard"}}
