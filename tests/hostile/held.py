"""Plans with a hostile plugin beside progression, and checks the result against the laws with two independent readings."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from planner import Host, build_plan
from planner.audit import audit
from planner.errors import PluginError
from planner.records import Value, names_of
from planner.steps import each_step, seconds_of
from planner_pillars import progression
from tests.audit_slow_reading import PLAN_DAYS, Layout, SlowReading
from tests.tiny_plugins import START, brief_of, module

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner import Brief, Plan

NAME = "evil"


def briefs() -> tuple[Brief, Brief]:
    """Somebody who starts from nothing, and somebody who runs."""
    runs = {"recent_weeks_km": (Decimal(6),) * 4, "longest_run_km": Decimal(2), "last_run": START - timedelta(days=2)}
    return brief_of(weeks=3), brief_of(weeks=3, running=runs)


def evil(**hooks: object) -> object:
    """A plugin whose hooks (by what follows `planner_`) are these functions, or always these answers."""
    return module(NAME, **{hook: given if callable(given) else _always(given) for hook, given in hooks.items()})


def _always(answer: object) -> Callable[[], object]:
    return lambda: answer


def forged(record: object, **lies: object) -> object:
    """A record with fields that its own class would refuse, as anybody can make one who goes round its initialiser."""
    if isinstance(record, Value):
        return tuple.__new__(type(record), [lies.get(name, getattr(record, name)) for name in names_of(type(record))])
    for name, lie in lies.items():
        object.__setattr__(record, name, lie)
    return record


def twisted(record: object, **lies: object) -> object:
    """A tuple that says other things from now on, although what it holds cannot be changed: it was given another class."""
    assert isinstance(record, Value)
    with pytest.raises(AttributeError):
        object.__setattr__(record, next(iter(lies)), None)
    with pytest.raises(AttributeError):
        vars(type(record).__mro__[2])[next(iter(lies))].__set__(record, None)
    told = {name: property(lambda _, lie=lie: lie) for name, lie in lies.items()}
    object.__setattr__(record, "__class__", type(type(record).__name__, type(record).__mro__[1:], {"__slots__": (), **told}))
    assert all(getattr(record, name) == lie for name, lie in lies.items())
    return record


def planned(plugin: object, brief: Brief) -> Plan:
    """The plan with the progression and `plugin`, held against the laws by both readings."""
    plan = build_plan(brief, Host.of(progression, plugin))
    assert [f for f in audit(plan) if f.severity == "error"] == []
    assert [broken for broken in slowly_read(plan, brief).read() if broken[0] != "law-2"] == []
    return plan


def slowly_read(plan: Plan, brief: Brief) -> SlowReading:
    """The second reading of a plan: doses by date from its steps alone, the past from the brief that it was asked with."""
    dose = {"run": Counter(), "walk": Counter()}
    for session in plan.sessions:
        for kind, days in dose.items():
            days[(session.date - START).days] += seconds_of(session.steps, kind)
    decisions = dict.fromkeys(range(1, PLAN_DAYS // 7 + 1), "off") | {week.number: week.decision for week in plan.weeks}
    return SlowReading(
        Layout(
            planned={day: (dose["run"][day], dose["walk"][day]) for day in sorted({*dose["run"], *dose["walk"]})},
            past={(d.date - START).days: (d.run_m, d.foot_m, d.longest_m, d.allowed_m) for d in brief.history},
            decisions=decisions,
            growth=brief.reading.growth,
            paces=brief.reading.paces,
            on_foot=brief.reading.measure == "on-foot",
        )
    )


def harmless(plugin: object) -> list[Plan]:
    """The lawful plans that `plugin` took part in: none of it crashed, and no past was changed."""
    plans = []
    for brief in briefs():
        before = repr(brief)
        plans.append(planned(plugin, brief))
        assert repr(brief) == before
    return plans


def refused(plugin: object, hook: str = "") -> PluginError:
    """The error that `plugin` is refused with for everybody: it names plugin, distribution and hook, and the way out."""
    errors = []
    for brief in briefs():
        try:
            planned(plugin, brief)
        except PluginError as error:
            errors.append(error)
    assert [(e.plugin, e.source, e.hook) for e in errors] == [(NAME, "given", hook)] * 2
    assert all(str(e).endswith(f"leave it out with --without {NAME}.") and str(e).isprintable() and len(str(e)) < 1000 for e in errors)
    return errors[0]


def kinds(plan: Plan) -> Counter[str]:
    """How often a step of each kind stands in a plan."""
    return Counter(step.kind for session in plan.sessions for step in each_step(session.steps))
