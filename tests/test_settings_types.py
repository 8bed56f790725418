"""The type of a record's field: what `typing` resolves, wherever the names in its annotation are defined."""

from __future__ import annotations

import sys
import typing
from datetime import date, datetime
from decimal import Decimal
from types import ModuleType
from typing import Literal

import pytest
from attrs import field, frozen

from planner import Finding, Pillar, RunShape, Template
from planner.athlete import Athlete, Availability, Clearance, Knee, Progression, Running, Screening, Shoes
from planner.errors import InputError
from planner.model import Brief, Goal, Plan, Reading
from planner.programme import Level
from planner.settings import about, structure, type_hints
from planner_pillars.exercises import Exercise
from planner_pillars.screening import Flag

RECORDS = (Athlete, Availability, Clearance, Knee, Progression, Running, Screening, Shoes, Template, Level, Exercise, Flag)
SIDES = "from planner import about\nfrom attrs import field, frozen\nfrom typing import Literal\nSide = Literal[{sides}]\n"
CLASS = "@frozen(kw_only=True)\nclass Settings:\n    side: 'Side'\n"


@frozen(kw_only=True)
class Leg:
    side: Literal["left", "right"] = "left"


@frozen(kw_only=True)
class Legs:
    both: tuple["Leg", ...] = ()  # noqa: UP037  (quotes inside an annotation are understood too)
    spare: Leg | None = None
    day: date = date(2027, 1, 4)


@frozen(kw_only=True)
class More(Legs):
    km: Decimal = Decimal(0)
    nothing: tuple[()] = ()


@pytest.mark.parametrize("cls", [*RECORDS, Legs, More, Finding, Pillar, RunShape, Brief, Goal, Plan, Reading])
def test_each_field_has_the_type_that_typing_finds(cls: type) -> None:
    found = typing.get_type_hints(cls)
    assert {name: type_hints(cls)[name] for name in found} == found


def test_quotes_inherited_fields_and_empty_tuples_are_read() -> None:
    read = structure(More, {"both": [{"side": "right"}, {}], "km": 3, "nothing": []}, "x")
    assert read == More(both=(Leg(side="right"), Leg()), km=Decimal(3))
    with pytest.raises(InputError, match=r'x\.both\[2\]\.side: found "up"; expected one of left, right\.'):
        structure(More, {"both": [{}, {"side": "up"}]}, "x")


def test_a_name_that_only_the_class_itself_knows_is_found() -> None:
    @frozen(kw_only=True)
    class Own:
        Side = Literal["inside", "outside"]
        side: Side = "inside"  # type: ignore[valid-type]  # mypy wants an alias to be declared as one; typing does not

    assert structure(Own, {"side": "outside"}, "x").side == "outside"
    with pytest.raises(InputError, match="expected one of inside, outside"):
        structure(Own, {"side": "left"}, "x")


def test_two_modules_of_one_name_do_not_lend_each_other_meanings(monkeypatch: pytest.MonkeyPatch) -> None:
    """As when a plugin's file is executed, changed, and executed again."""
    read = []
    for sides in ("'left'", "'right'"):
        module = ModuleType("file legs.py")
        monkeypatch.setitem(sys.modules, module.__name__, module)
        exec(SIDES.format(sides=sides) + CLASS, module.__dict__)  # noqa: S102  (as a plugin named with --plugin is run)
        read.append(structure(module.Settings, {"side": sides.strip("'")}, "x").side)
    assert read == ["left", "right"]


def test_a_value_of_a_subclass_is_read_and_one_of_the_exact_type_is_taken() -> None:
    @frozen(kw_only=True)
    class Taken:
        count: int = 0
        day: date = date(2027, 1, 4)
        names: tuple[str, ...] = ()
        sure: bool = False
        most: int = field(default=1, metadata=about("", most=3))

    said = {"count": 7, "day": date(2027, 2, 1), "names": ["a", "b"], "sure": True, "most": 3}
    assert structure(Taken, said, "x") == Taken(**{**said, "names": ("a", "b")})  # type: ignore[arg-type]
    for wrong, words in (
        ({"count": True}, "x.count: found true; expected a whole number."),
        ({"day": datetime(2027, 2, 1)}, "x.day: found 2027-02-01 00:00:00; expected a date like 2027-01-04."),  # noqa: DTZ001
        ({"names": ["a", 1]}, "x.names[2]: found 1; expected text in quotes."),
        ({"sure": 1}, "x.sure: found 1; expected true or false."),
        ({"most": 4}, "x.most: found 4; expected at most 3."),
        ({"most": True}, "x.most: found true; expected a whole number."),
    ):
        with pytest.raises(InputError) as refused:
            structure(Taken, wrong, "x")
        assert str(refused.value) == words
