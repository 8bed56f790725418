"""Copies of the records that plugins receive, so that nothing a plugin does to a record affects the engine's own.

Python code can bypass a frozen record's protection, and give a tuple another class. Plans are drawn and audited from records that no plugin
holds; each record of a plan is copied once, however often it is handed out.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar, cast

from attrs import evolve

from planner.caching import cached_by_identity
from planner.model import Plan, Session, Week, Why
from planner.programme import Template
from planner.records import Record, Table, names_of
from planner.steps import Group, Step
from planner.week_view import WeekView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from planner.steps import Steps

T = TypeVar("T")
D = TypeVar("D", bound=Record)
_made = tuple.__new__
_EMPTY = ()
_PLAIN = frozenset({str, int, bool, date, datetime, Decimal, type(None)})
"""Immutable types."""


def handed(value: T) -> T:
    """A deep copy of a record and of the records, tuples, lists and tables in it. A programme's copy is cached."""
    return cast("T", _twin(value))


def afresh(value: object) -> object:
    """A deep copy that shares nothing with any other copy, to find out which plugin changes its arguments."""
    kind = type(value)
    if kind is Template:
        return _copied(value, afresh)
    if kind is tuple:
        return tuple([afresh(held) for held in cast("tuple[object, ...]", value)])
    if kind is Table:
        return Table({key: afresh(held) for key, held in cast("Table", value).items()})
    if kind is dict:
        return {key: afresh(held) for key, held in cast("dict[str, object]", value).items()}
    return _copied(value, afresh) if issubclass(kind, Record) else _twin(value)


def classes(value: object) -> list[type]:
    """The classes of a value and of everything in it, in order, which its `repr` does not reliably show."""
    kind = type(value)
    if issubclass(kind, tuple):
        held: Iterable[object] = tuple.__iter__(cast("tuple[object, ...]", value))
    elif issubclass(kind, Record):
        held = [getattr(value, name) for name in names_of(kind)]
    else:
        tables = kind is dict or kind is Table
        held = cast("Mapping[object, object]", value).values() if tables else cast("list[object]", value) if kind is list else ()
    return [kind, *[inner for part in held for inner in classes(part)]]


class Copies:
    """The copies handed out during one plan."""

    def __init__(self) -> None:
        """Start with no copies."""
        self._kept: dict[int, tuple[object, object]] = {}

    def week(self, view: WeekView) -> WeekView:
        """The copy of a week for a hook."""
        return WeekView(
            number=view.number,
            first_day=view.first_day,
            stage=view.stage,
            decision=view.decision,
            limits=self._once(view.limits, handed),
            room=_flat(view.room),
            runs=tuple([_flat(run) for run in view.runs]),
            earlier=tuple([self._once(week, _week) for week in view.earlier]),
            committed=tuple([_flat(run) for run in view.committed]),
            restarted=view.restarted,
            days_off=view.days_off,
            after_pain=view.after_pain,
            hurt_on=view.hurt_on,
            hurt_level=view.hurt_level,
            levels_lost=view.levels_lost,
        )

    def plan(self, plan: Plan) -> Plan:
        """The copy of a plan for a hook."""
        weeks = tuple([self._once(week, _week) for week in plan.weeks])
        return evolve(
            plan,
            weeks=weeks,
            reading=handed(plan.reading),
            goal=handed(plan.goal),
            history=handed(plan.history),
            plugins=handed(plan.plugins),
            findings=handed(plan.findings),
        )

    def _once(self, record: T, copied: Callable[[T], T]) -> T:
        known = self._kept.get(id(record))
        if known is None:
            known = self._kept[id(record)] = record, copied(record)
        return cast("T", known[1])


def _week(week: Week) -> Week:
    return _flat(week, sessions=tuple([_session(session) for session in week.sessions]))


def _session(session: Session) -> Session:
    return _flat(session, steps=_steps(session.steps), why=tuple([_made(Why, why + _EMPTY) for why in session.why]))


def _flat(record: D, **fresh: object) -> D:
    """A shallow copy of a record that has a `__dict__`, with the `fresh` fields replaced; all other fields must be immutable."""
    twin = object.__new__(type(record))
    object.__setattr__(twin, "__dict__", record.__dict__ | fresh)
    return twin


def _twin(value: object) -> object:
    kind = type(value)
    if kind in _PLAIN:
        return value
    own = _OWN.get(kind)
    if own is not None:
        return own(value)
    if kind is dict:
        return {key: _twin(held) for key, held in cast("dict[str, object]", value).items()}
    if kind is list:
        return [_twin(held) for held in cast("list[object]", value)]
    return _copied(value) if issubclass(kind, Record) else value


def _row(values: tuple[object, ...]) -> tuple[object, ...]:
    """A copy of a tuple. Its items all have one type, or are steps and groups; a tuple of immutable values needs no copy."""
    if not values:
        return values
    kind = type(values[0])
    if kind in _PLAIN:
        return values
    if kind is Step or kind is Group:
        return _steps(cast("Steps", values))
    return tuple(map(_OWN.get(kind, _twin), values))


def _steps(steps: Steps) -> Steps:
    """Copies of steps: a plugin could change the class of such a tuple, though not its items."""
    return tuple([_made(Step, step + _EMPTY) if type(step) is Step else _group(cast("Group", step)) for step in steps])


def _group(group: Group) -> Group:
    return _made(Group, (group.repeat, _steps(group.steps)))


def _why(why: Why) -> Why:
    return _made(Why, why + _EMPTY)


def _fraction(fraction: Fraction) -> Fraction:
    return Fraction(fraction.numerator, fraction.denominator)


def _copied(record: object, twin_of: Callable[[object], object] = _twin) -> object:
    """A copy made field by field, without the initialiser, which would only repeat the validation."""
    cls = type(record)
    names, put = names_of(cls), object.__setattr__
    twin = object.__new__(cls)
    for name in names:
        value = getattr(record, name)
        put(twin, name, value if type(value) in _PLAIN else twin_of(value))
    return twin


def _programme(template: Template) -> Template:
    """The cached copy, since pillars cache by the identity of programmes; a new copy if a plugin has changed the cached one."""
    copy = _known_programme(template)
    try:
        if copy == template:
            return copy
    except AttributeError:  # a plugin emptied it
        pass
    return cast("Template", _copied(template))


@cached_by_identity(64)
def _known_programme(template: Template) -> Template:
    return cast("Template", _copied(template))


_OWN: dict[type, Callable[..., object]] = {
    tuple: _row,
    Group: _group,
    Step: lambda step: _made(Step, step + _EMPTY),
    Why: _why,
    Fraction: _fraction,
    Session: _session,
    Week: _week,
    Table: lambda table: Table({key: _twin(held) for key, held in table.items()}),
    Template: _programme,
}
