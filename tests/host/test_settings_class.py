"""A plugin's settings class is validated once, on load: an unreadable field is reported as that plugin's fault."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any, Literal, Optional

import pytest
from attrs import field, frozen

from planner import about
from planner.errors import PluginError
from planner.host import Host
from planner.schema.athlete import athlete_schema
from tests.tiny_plugins import module

if TYPE_CHECKING:
    pass


class Colour(Enum):
    RED = "red"


@frozen(kw_only=True)
class Inner:
    n: int = field(default=1, metadata=about("inner n", least=1, most=3))


@frozen(kw_only=True)
class BadInner:
    n: float = 1.0


def settings(hint: object, **more: object) -> type:
    """A class of settings with one field, `it`, of this type."""
    return frozen(kw_only=True)(type("Settings", (), {"__annotations__": {"it": hint}, "it": field(metadata=about("it"), **more)}))


def fault(cls: type) -> str:
    with pytest.raises(PluginError) as refused:
        Host.of(module("odd", settings=cls))
    assert (refused.value.plugin, refused.value.hook, refused.value.exit_code) == ("odd", "planner_pillar", 5)
    return refused.value.problem.removeprefix("returned a Pillar whose settings cannot be read: ")


@pytest.mark.parametrize(
    "hint",
    [float, Colour, list[int], dict[str, int], time, frozenset[str], object, Any, Sequence[int], int | str, tuple[int, str], tuple, bytes],
)
def test_a_type_that_no_file_holds_is_refused_by_its_field(hint: object) -> None:
    assert fault(settings(hint)).startswith("it: found the type ")
    assert "; expected str, int, bool, Decimal, date, a Literal" in fault(settings(hint))


def test_a_type_that_is_imported_for_checkers_only_is_refused_by_its_field() -> None:
    assert fault(settings("Unseen")).startswith("it: its type is unknown when the program runs (name 'Unseen' is not defined)")


def test_a_flaw_of_a_record_inside_is_named_by_its_path() -> None:
    assert fault(settings(BadInner)).startswith("it.n: found the type float")


def test_a_default_that_cannot_be_made_is_refused_by_its_field() -> None:
    assert fault(settings(int, factory=lambda: 1 // 0)).startswith("it: its default cannot be made: ZeroDivisionError")


@pytest.mark.parametrize(
    ("hint", "default", "words"),
    [
        (int, None, "found null; expected a whole number"),
        (int, "3", 'found "3"; expected a whole number'),
        (int, 9, "found 9; expected at most 5"),
        (Literal["a", "b"], "c", 'found "c"; expected one of a, b'),
        (tuple[int, ...], (1, 7), "found 7; expected at most 5"),
    ],
)
def test_a_default_that_a_file_could_not_hold_is_refused_by_its_field(hint: object, default: object, words: str) -> None:
    cls = frozen(kw_only=True)(
        type("Settings", (), {"__annotations__": {"it": hint}, "it": field(default=default, metadata=about("it", most=5))})
    )
    assert fault(cls) == f"it: its default is not what its own type and range take: {words}"


@frozen(kw_only=True)
class Sound:
    """Every type that a setting may have."""

    needed: str = field(metadata=about("needed"))
    word: str = field(default="x", metadata=about("word"))
    number: int = field(default=3, metadata=about("number", least=1, most=5))
    sure: bool = field(default=False, metadata=about("sure"))
    part: Decimal = field(default=Decimal("0.5"), metadata=about("part"))
    day: date = field(default=date(2027, 1, 4), metadata=about("day"))
    maybe: date | None = field(default=None, metadata=about("maybe"))
    old: Optional[int] = field(default=None, metadata=about("old"))  # noqa: UP045  (as older plugins write it)
    side: Literal["left", "right"] = field(default="left", metadata=about("side"))
    days: tuple[date, ...] = field(factory=tuple, metadata=about("days"))
    inner: Inner = field(default=Inner(n=2), metadata=about("inner"))
    inners: tuple[Inner, ...] = field(default=(Inner(),), metadata=about("inners"))


def test_every_supported_type_is_taken_and_described() -> None:
    host = Host.of(module("sound", settings=Sound))
    described = json.loads(json.dumps(athlete_schema(host.pillars)))
    assert set(described["properties"]["pillars"]["properties"]["sound"]["properties"]) == {f.name for f in Sound.__attrs_attrs__}
