"""The athlete record: immutable throughout, comparable, hashable and picklable."""

from __future__ import annotations

import copy
import pickle
from datetime import date

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.athlete import Athlete, Running
from planner.records import Table

SETTINGS = {"own": {"times": 3, "days": ["mon", "wed"], "deeper": [{"a": [1]}, {}]}, "other": {}}
PLAIN = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.dates(), st.decimals(allow_nan=False)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=6,
)
TABLES = st.dictionaries(st.text(max_size=5), st.dictionaries(st.text(max_size=5), PLAIN, max_size=3), max_size=3)


def athlete(**more: object) -> Athlete:
    return Athlete(id="ana", start=date(2027, 1, 4), running=Running(easy_pace=400), **more)


@pytest.mark.parametrize(
    "made", [athlete(pillars=SETTINGS), evolve(athlete(), pillars=SETTINGS), evolve(athlete(pillars=SETTINGS), weeks=3)]
)
def test_settings_of_pillars_cannot_be_changed(made: Athlete) -> None:
    for change in (
        lambda: made.pillars.__setitem__("x", {}),
        lambda: made.pillars.pop("own"),
        lambda: made.pillars["own"].update(times=4),
        lambda: made.pillars["own"]["days"].append("sun"),
        lambda: made.pillars["own"]["deeper"][0].update(a=2),
    ):
        with pytest.raises(AttributeError, match="has no attribute"):
            change()
    assert made.pillars == SETTINGS


def test_what_settings_were_made_from_is_no_part_of_them() -> None:
    given = copy.deepcopy(SETTINGS)
    made = athlete(pillars=given)
    given["own"]["days"].append("sun")
    given["new"] = {}
    assert made.pillars == SETTINGS


@settings(max_examples=300)
@given(TABLES, TABLES)
def test_equal_athletes_have_one_hash_and_come_back_as_they_went(one: dict, other: dict) -> None:
    made = athlete(pillars=one)
    assert (made == athlete(pillars=other)) == (one == other)
    for back in (pickle.loads(pickle.dumps(made)), copy.copy(made), copy.deepcopy(made), evolve(made, weeks=made.weeks)):  # noqa: S301
        assert (back, hash(back), repr(back)) == (made, hash(made), repr(made))
        assert type(back.pillars) is Table


def test_a_table_is_shown_and_compared_as_any_other() -> None:
    table = Table({"a": 1, "b": [{"c": 2}]})
    assert repr(table) == "{'a': 1, 'b': ({'c': 2},)}"
    assert table == {"b": ({"c": 2},), "a": 1}
    assert table == {"a": 1, "b": [{"c": 2}]}
    assert table != {"a": 1}
    assert table != [("a", 1)]
    assert dict(table) | {"a": 2} == {"a": 2, "b": ({"c": 2},)}
