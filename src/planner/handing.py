"""What plugins are handed: copies, so that nothing a plugin does to a record changes the engine's own.

Frozen records can be changed all the same by whoever goes round them. A plan is drawn, and audited, from records that no plugin holds;
those of one plan are copied once, however often they are handed out.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter
from typing import TYPE_CHECKING, TypeAlias, TypeVar, cast

from attrs import evolve, fields

from planner.model import Plan, WeekView, Why
from planner.programme import Template
from planner.records import Record
from planner.remembered import by_identity
from planner.steps import Group, Step

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")
Slots: TypeAlias = "tuple[Callable[[object], Sequence[object]], tuple[Callable[[object, object], None], ...]]"
"""What reads all fields of a record, and what writes each."""
_SLOTS: dict[type, Slots] = {}
_REMEMBERED = frozenset({Step, Group, Why})
"""Records that come back again and again in one plan and the next: copied once."""
_PLAIN = frozenset({str, int, bool, date, datetime, Decimal, Fraction, type(None)})


def handed(value: T) -> T:
    """A copy of a record, and of the records, tuples, lists and tables in it. Steps, reasons and programmes are copied once and for all."""
    return cast("T", _twin(value))


def afresh(value: object) -> object:
    """A copy that nobody else was ever handed any part of: to find out who changes what they are handed."""
    kind = type(value)
    if kind is tuple:
        return tuple([afresh(held) for held in cast("tuple[object, ...]", value)])
    if kind is dict:
        return {key: afresh(held) for key, held in cast("dict[str, object]", value).items()}
    if kind in _REMEMBERED:
        return cast("Callable[..., object]", kind)(**{name: afresh(getattr(value, name)) for name in _names(kind)})
    return _copied(value, afresh) if issubclass(kind, Record) else value


class Copies:
    """The copies that were handed out while one plan is made."""

    def __init__(self) -> None:
        """With nothing handed out yet."""
        self._kept: dict[int, tuple[object, object]] = {}

    def week(self, view: WeekView) -> WeekView:
        """A week as a hook may see it."""
        return WeekView(
            number=view.number,
            first_day=view.first_day,
            stage=view.stage,
            decision=view.decision,
            limits=self._once(view.limits),
            room=handed(view.room),
            runs=handed(view.runs),
            earlier=tuple([self._once(week) for week in view.earlier]),
        )

    def plan(self, plan: Plan) -> Plan:
        """A plan as a hook may see it."""
        weeks = tuple([self._once(week) for week in plan.weeks])
        return evolve(
            plan,
            weeks=weeks,
            reading=handed(plan.reading),
            goal=handed(plan.goal),
            history=handed(plan.history),
            plugins=handed(plan.plugins),
            findings=handed(plan.findings),
        )

    def _once(self, record: T) -> T:
        known = self._kept.get(id(record))
        if known is None:
            known = self._kept[id(record)] = record, handed(record)
        return cast("T", known[1])


def _twin(value: object) -> object:
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind is tuple:
        return _row(cast("tuple[object, ...]", value))
    if kind in _REMEMBERED:
        return _anew(value)
    if kind is dict:
        return {key: _twin(held) for key, held in cast("dict[str, object]", value).items()}
    if kind is list:
        return [_twin(held) for held in cast("list[object]", value)]
    if kind is Template:
        return _programme(cast("Template", value))
    return _copied(value) if issubclass(kind, Record) else value


def _row(values: tuple[object, ...]) -> tuple[object, ...]:
    """A tuple is of one kind throughout: one of plain values is as good as its copy."""
    if not values or type(values[0]) in _PLAIN:
        return values
    if type(values[0]) not in _REMEMBERED:
        return tuple([_twin(value) for value in values])
    copies = _known_row(values)
    return copies if copies == values else tuple([afresh(value) for value in values])  # somebody has changed them since


@by_identity(4096)
def _known_row(values: tuple[object, ...]) -> tuple[object, ...]:
    return tuple([_anew(value) for value in values])


@by_identity(8192)
def _anew(value: object) -> object:
    """A copy of a record that remembers its own hash."""
    cls = type(value)
    return cast("Callable[..., object]", cls)(**{name: _twin(getattr(value, name)) for name in _names(cls)})


def _copied(record: object, twin_of: Callable[[object], object] = _twin) -> object:
    """A copy made slot by slot: its initialiser would only look again at what was looked at."""
    cls = type(record)
    read, puts = _SLOTS.get(cls) or _slots(cls)
    values = list(read(record))
    for at, kind in enumerate(map(type, values)):
        if kind not in _PLAIN:
            values[at] = twin_of(values[at])
    twin = object.__new__(cls)
    for put, value in zip(puts, values, strict=True):
        put(twin, value)
    return twin


def _programme(template: Template) -> Template:
    """The copy that was handed out before, as pillars remember programmes by identity, unless somebody has changed it since."""
    copy = _known_programme(template)
    return copy if copy == template else cast("Template", _copied(template))


@by_identity(64)
def _known_programme(template: Template) -> Template:
    return cast("Template", _copied(template))


def _names(cls: type) -> list[str]:
    return [f.name for f in fields(cls)]


def _slots(cls: type) -> Slots:
    names = _names(cls)
    read = attrgetter(*names) if len(names) > 1 else lambda record: [getattr(record, name) for name in names]
    _SLOTS[cls] = read, tuple([getattr(cls, name).__set__ for name in names])
    return _SLOTS[cls]
