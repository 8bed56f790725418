"""Plugins receive records that equal the engine's, share nothing mutable with them, and are copied once."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Literal, get_args, get_origin, get_type_hints

from attrs import evolve

from planner.host.copies import Copies, afresh, handed
from planner.model import Session, Week
from planner.records import Record, Value, names_of
from planner.steps import each_step
from planner.week_view import Room, RunView, WeekView
from tests.hostile.held import twisted
from tests.plans import sample_plan
from tests.tiny_plugins import brief_of, week_of


def inside(value: object) -> list[object]:
    """All records, lists and tables in a value, itself included."""
    if isinstance(value, Fraction):
        return [value]
    if isinstance(value, list) or type(value) is tuple:
        return [found for held in value for found in inside(held)]
    if isinstance(value, dict):
        return [value, *[found for held in value.values() for found in inside(held)]]
    if isinstance(value, Record | Value):
        return [value, *[found for name in names_of(type(value)) for found in inside(getattr(value, name))]]
    return []


def shared(one: object, other: object) -> list[object]:
    mine = {id(found) for found in inside(one)}
    return [found for found in inside(other) if id(found) in mine]


def test_a_copy_is_equal_and_shares_no_record() -> None:
    plan, brief = sample_plan(), brief_of()
    for record in (plan, brief, plan.weeks[3]):
        for copy in (handed(record), afresh(record)):
            assert copy == record
            assert shared(record, copy) == []
            assert repr(copy) == repr(record)


def test_tables_and_lists_are_copied_too() -> None:
    table = {"days": ["mon"], "more": {"deep": [1]}}
    copy = handed(table)
    copy["days"].append("sun")
    copy["more"]["deep"].clear()
    assert table == {"days": ["mon"], "more": {"deep": [1]}}


def test_a_plan_s_own_records_are_copied_once_for_all_that_are_asked() -> None:
    weeks, copies = sample_plan().weeks, Copies()
    one, other = (copies.week(evolve(week_of(n), earlier=weeks[: n - 1])) for n in (5, 6))
    assert isinstance(one, WeekView)
    assert all(a is b for a, b in zip(one.earlier, other.earlier, strict=False))
    plan = copies.plan(sample_plan())
    assert shared(plan, weeks) == []
    assert copies.plan(evolve(sample_plan(), weeks=weeks)).weeks[:4] == one.earlier


def test_what_somebody_changed_is_not_handed_out_again() -> None:
    plan = sample_plan()
    for session in handed(plan).sessions:
        for step in each_step(session.steps):
            twisted(step, seconds=99_999)
    assert handed(plan) == plan


def test_what_is_passed_on_within_a_flat_record_cannot_be_changed() -> None:
    plain = {str, int, bool, date, datetime, type(None)}
    for cls, copied in ((Week, {"sessions"}), (Session, {"steps", "why"}), (Room, set()), (RunView, set())):
        for name, hint in get_type_hints(cls).items():
            kinds = {type(said) for said in get_args(hint)} if get_origin(hint) is Literal else {*get_args(hint)} - {...} or {hint}
            assert (name in copied) != (kinds <= plain), f"{cls.__name__}.{name}: {hint}"


def test_a_changed_fraction_is_a_plugin_s_own() -> None:
    brief = brief_of()
    growth = handed(brief).reading.growth
    growth._numerator = 99
    assert (brief.reading.growth, handed(brief).reading.growth) == (Fraction(1, 10), Fraction(1, 10))
