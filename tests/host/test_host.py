"""The host: calls plugins one at a time in name order, validates every result, and names the plugin at fault."""

from __future__ import annotations

from functools import cache, partial
from itertools import count
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from attrs import define, evolve, frozen
from pluggy import HookimplMarker

from planner import Finding, Host, Pillar, hookimpl
from planner.errors import PluginError
from planner.host import Plugin, load, new_manager
from planner.model import Contributor
from tests.tiny_plugins import (
    PLAN_HOOKS,
    TEMPLATES,
    Tiny,
    asked,
    brief_of,
    ceiling,
    exercise,
    module,
    run_proposal,
)

if TYPE_CHECKING:
    from collections.abc import Callable


def fault(plugin: object, hook: str | None = None) -> PluginError:
    """The error that a plugin is refused with: on load, or when it is asked `hook`."""
    with pytest.raises(PluginError) as refused:
        asked(plugin, hook) if hook else Host.of(plugin)
    return refused.value


def nothing() -> list[object]:
    """A hook that has nothing to say."""
    return []


# On load


def test_plugins_are_known_by_their_pillar_and_sorted_by_name() -> None:
    host = Host.of(module("zeta"), Tiny(name="alpha"), module("mid", pillar=Pillar(name="beta", summary="b")))
    assert [p.name for p in host.plugins] == [p.name for p in host.pillars] == ["alpha", "beta", "zeta"]
    assert host.contributors == tuple(Contributor(name=n, distribution="given", version="") for n in ("alpha", "beta", "zeta"))
    assert host.contributor("beta").name == "beta"


def test_a_plugin_that_brings_templates_only_needs_no_pillar() -> None:
    bare = ModuleType("my.programmes")
    bare.planner_templates = hookimpl(lambda: [TEMPLATES["delaware"]])
    host = Host.of(bare)
    assert ([p.name for p in host.plugins], host.pillars, host.templates()) == (["programmes"], (), (TEMPLATES["delaware"],))
    assert host.conversation(brief_of()).limits() == []


@pytest.mark.parametrize("hook", PLAN_HOOKS)
def test_any_other_hook_needs_a_pillar(hook: str) -> None:
    bare = ModuleType("quiet")
    setattr(bare, hook, hookimpl(nothing))
    error = fault(bare)
    assert (error.plugin, error.hook) == ("quiet", "planner_pillar")
    assert "is missing or returned nothing" in str(error)


def test_a_pillar_that_is_no_pillar_is_refused() -> None:
    @frozen(kw_only=True)
    class NearlyPillar(Pillar):
        pass

    error = fault(module("odd", pillar=3))
    assert (error.plugin, error.hook, error.problem) == ("odd", "planner_pillar", "returned int; expected Pillar")
    assert "returned NearlyPillar; expected Pillar" in str(fault(module("odd", pillar=NearlyPillar(name="odd", summary=""))))


def test_two_plugins_of_one_name_are_both_named_with_where_they_came_from() -> None:
    def loaded(name: str, distribution: str) -> Plugin:
        return load(Tiny(name=name), Contributor(name=f"entry_{distribution}", distribution=distribution, version="1.2"), new_manager())

    one, two = loaded("twin", "dist-a"), loaded("twin", "dist-b")
    with pytest.raises(PluginError) as refused:
        Host([one, loaded("other", "x"), two])
    error = refused.value
    assert (error.plugin, error.source, error.problem) == ("twin", "dist-b 1.2", "its name is taken by dist-a")
    for order in ([loaded("twin", "return-to-run"), one], [one, loaded("twin", "return-to-run")]):
        with pytest.raises(PluginError, match=r"^plugin twin \(dist-a 1\.2\) in planner_pillar: its name is taken by return-to-run\."):
            Host(order)
    assert Host([one]).contributors == (Contributor(name="twin", distribution="dist-a", version="1.2"),)


def test_a_misspelt_hook_offers_the_nearest() -> None:
    error = fault(module("typo", limit=nothing))
    assert error.problem == "has an unknown hook planner_limit. Did you mean `planner_limits`?"
    assert str(error).endswith("leave it out with --without typo.")


def limits_of_a_class(*more: Callable[..., object]) -> type:
    """A class of plugins whose `planner_limits` is under `more` decorators, none of them ours."""

    class Unmarked(Tiny):
        def planner_limits(self=None) -> list[object]:
            return []

        for _decorate in more:
            planner_limits = _decorate(planner_limits)

    return Unmarked


def unmarked_module() -> ModuleType:
    """A module that defines `planner_limits`, with a pillar, and marks the pillar alone."""
    bare = module("bare")
    exec("def planner_limits(): return []", vars(bare))  # noqa: S102  (a function that this module defines)
    return bare


UNMARKED = [limits_of_a_class(*more)() for more in ([], [staticmethod], [classmethod], [cache])]


@pytest.mark.parametrize("plugin", [unmarked_module(), *UNMARKED])
def test_a_hook_without_its_mark_is_refused_rather_than_never_asked(plugin: object) -> None:
    assert fault(plugin).problem == "has planner_limits without @hookimpl, so nobody would ask it; expected @hookimpl above it"


@pytest.mark.parametrize("made", [brief_of, partial(brief_of), PluginError, 3, HookimplMarker("planner")])
def test_what_a_module_only_imports_or_keeps_needs_no_mark(made: object) -> None:
    helped = module("helped")
    helped.planner_helper = made
    assert len(Host.of(helped).plugins[0].hooks) == 1
    helped.planner_limits = made
    if isinstance(made, partial | HookimplMarker):
        assert "without @hookimpl" in fault(helped).problem
    else:
        assert len(Host.of(helped).plugins[0].hooks) == 1


def test_what_a_part_of_a_package_defines_is_the_package_s() -> None:
    package, part = module("package"), unmarked_module()
    part.planner_limits.__module__ = f"{package.__name__}.part"
    package.planner_limits = part.planner_limits
    assert "has planner_limits without @hookimpl" in fault(package).problem
    part.planner_limits.__module__ = f"{package.__name__}_of_another"
    assert len(Host.of(package).plugins[0].hooks) == 1


def test_two_functions_for_one_hook_are_refused_as_one_would_be_lost() -> None:
    double = module("double", limits=lambda: [ceiling(3)])
    double.also = hookimpl(specname="planner_limits")(lambda: [ceiling(2)])
    assert fault(double).problem == "has two functions for planner_limits, and only one of them would be asked; expected one"


@pytest.mark.parametrize("empty", [ModuleType("empty"), 5, "words", None])
def test_a_plugin_without_a_hook_is_none(empty: object) -> None:
    assert fault(empty).problem == "has no hook; expected functions with @hookimpl above them, planner_pillar among them"


def test_an_argument_that_the_hook_does_not_have_is_refused_without_memory_addresses() -> None:
    error = fault(module("extra", limits=lambda brief, calendar: []))
    assert error.plugin == "extra"
    assert "planner_limits" in str(error)
    assert "0x" not in str(error)


@pytest.mark.parametrize("order", [{"tryfirst": True}, {"trylast": True}, {"wrapper": True}, {"hookwrapper": True}])
def test_whoever_asks_for_an_order_is_refused(order: dict[str, bool]) -> None:
    pushy = module("pushy")

    def planner_limits():
        yield

    pushy.planner_limits = hookimpl(**order)(planner_limits)
    error = fault(pushy)
    assert (error.hook, "the order of plugins means nothing" in str(error)) == ("planner_limits", True)


def test_a_coroutine_is_refused() -> None:
    async def planner_limits() -> None: ...

    later = module("later")
    later.planner_limits = hookimpl(planner_limits)
    assert "is a coroutine" in str(fault(later))


def test_an_unhashable_plugin_is_told_what_a_plugin_is() -> None:
    @define
    class Loose:
        name: str = "loose"

    assert fault(Loose()).problem == "is not hashable; a plugin is a module or a frozen instance"


# Answers


@pytest.mark.parametrize("hook", PLAN_HOOKS)
def test_a_plugin_that_raises_is_named_with_its_hook_and_the_way_out(hook: str) -> None:
    def boom() -> None:
        raise KeyError("knee")

    error = fault(module("boom", **{hook.removeprefix("planner_"): boom}), hook)
    assert (error.plugin, error.source, error.hook, error.exit_code) == ("boom", "given", hook, 5)
    place = f"at line {boom.__code__.co_firstlineno + 1} of test_host.py"
    advice = "Tell its author, or leave it out with --without boom."
    assert str(error) == f"plugin boom (given) in {hook}: raised KeyError: 'knee', {place}. {advice}"
    assert isinstance(error.__cause__, KeyError)


def test_an_exception_on_the_way_through_a_generator_is_caught_too() -> None:
    def planner_limits():
        yield ceiling(3)
        raise ValueError("later")

    error = fault(module("late", limits=planner_limits), "planner_limits")
    assert "raised ValueError: later" in str(error)


@pytest.mark.parametrize("hook", PLAN_HOOKS)
@pytest.mark.parametrize("junk", [42, "text", [None], [ceiling, 3], {"a": 1}, object()])
def test_junk_is_named(hook: str, junk: object) -> None:
    error = fault(module("junky", **{hook.removeprefix("planner_"): lambda: junk}), hook)
    assert (error.plugin, error.hook) == ("junky", hook)
    assert "expected " in error.problem


def test_what_was_expected_is_said() -> None:
    wrong = module("wrong", limits=lambda: [exercise()], runs=lambda: [exercise()], sessions=lambda: [run_proposal()])
    assert fault(wrong, "planner_limits").problem == "returned Proposal; expected Ceiling or Spacing or Unavailable"
    assert fault(wrong, "planner_runs").problem == "returned Proposal; expected RunProposal"
    assert fault(wrong, "planner_sessions").problem == "returned RunProposal; expected Proposal"
    assert fault(module("n", limits=lambda: 3), "planner_limits").problem == (
        "returned int; expected an iterable of Ceiling or Spacing or Unavailable"
    )


@pytest.mark.parametrize("hook", PLAN_HOOKS)
def test_nothing_is_an_answer(hook: str) -> None:
    assert asked(module("shy", **{hook.removeprefix("planner_"): lambda: None}), hook) == []
    assert asked(module("shy"), hook) == []
    assert asked(module("shy", **{hook.removeprefix("planner_"): lambda: iter(())}), hook) == []


@pytest.mark.parametrize(("answers", "fine"), [(1000, True), (1001, False)])
def test_a_thousand_answers_are_enough(answers: int, fine: bool) -> None:
    plugin = module("much", limits=lambda: [ceiling(n) for n in range(answers)])
    if fine:
        assert len(asked(plugin, "planner_limits")) == 1000
    else:
        assert fault(plugin, "planner_limits").problem == "returned more than 1000 answers"


def test_a_generator_without_end_is_found_out() -> None:
    assert "more than 1000" in str(fault(module("endless", limits=lambda: map(ceiling, count())), "planner_limits"))


def test_every_limit_is_signed_by_its_plugin_whatever_it_says_itself() -> None:
    talk = Host.of(Tiny(name="b", limits=(ceiling(3, by=("a",)),)), Tiny(name="a", limits=(ceiling(2),))).conversation(brief_of())
    assert [limit.by for limit in talk.limits()] == [("a",), ("b",)]
    said = Finding(rule="r", severity="info", message="m", by="somebody else")
    assert [f.by for f in asked(Tiny(screening=(said,)), "planner_screening")] == ["tiny"]
    assert asked(Tiny(findings=(said,)), "planner_findings") == [evolve(said, by="tiny")]


@pytest.mark.parametrize("severity", ["error", "stop"])
def test_a_finding_that_refuses_the_plan_names_the_plugin(severity: str) -> None:
    error = fault(Tiny(findings=(Finding(rule="mine", severity=severity, message="Too much."),)), "planner_findings")
    assert (error.plugin, error.problem) == ("tiny", "refused the plan (mine): Too much.")
