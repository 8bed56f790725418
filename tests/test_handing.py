"""What plugins are handed is equal to the engine's own, shares nothing with it that could be changed, and is copied once."""

from __future__ import annotations

from attrs import evolve, fields

from planner.handing import Copies, afresh, handed
from planner.model import WeekView
from planner.records import Record
from planner.steps import Group, Step, each_step
from tests.plans import sample_plan
from tests.tiny_plugins import brief_of, week_of


def inside(value: object) -> list[object]:
    """All records, lists and tables in a value, itself included."""
    if isinstance(value, tuple | list):
        return [found for held in value for found in inside(held)]
    if isinstance(value, dict):
        return [value, *[found for held in value.values() for found in inside(held)]]
    if isinstance(value, Record | Step | Group):
        return [value, *[found for f in fields(type(value)) for found in inside(getattr(value, f.name))]]
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
            object.__setattr__(step, "seconds", 99_999)
    assert handed(plan) == plan
