"""Plugins that fail, exit, hang or pretend when they are loaded, read settings or are called: each is named."""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from attrs import field, frozen

from planner import Finding, Host, Pillar, about, hookimpl
from planner.errors import AuditError, ContradictionError, InputError, PluginError, StopError
from planner.host import budget
from planner_pillars import progression
from tests.host.test_budget import until_at_rest
from tests.hostile.held import NAME, briefs, evil, planned, refused
from tests.tiny_plugins import module, with_pillars

if TYPE_CHECKING:
    from collections.abc import Callable

HOOKS = ("screening", "limits", "runs", "sessions", "findings")


@frozen(kw_only=True)
class Listed:
    """`[pillars.evil]` with a list."""

    days: tuple[str, ...] = field(default=(), metadata=about("days"))


class Leaving(BaseException):
    """No `Exception`."""


class UnspeakableError(Exception):
    """An exception that fails when it is asked what it says."""

    def __str__(self) -> str:
        raise SystemExit(0)


class FineError(InputError):
    """An error of the athlete's that ends well."""

    exit_code = 0


def raising(error: BaseException) -> Callable[[], object]:
    def hook() -> object:
        raise error

    return hook


ERRORS = {
    "an exception": ValueError("knee"),
    "leaving": SystemExit(0),
    "leaving in another way": Leaving("bye"),
    "a generator's end": GeneratorExit(),
    "recursion": RecursionError("deep"),
    "no memory": MemoryError(),
    "an exception without words": UnspeakableError(),
    "an exception of a megabyte": ValueError("x" * 10**6),
    "an exception with escapes": ValueError("\x1b[2J\nplanner: all is well\r"),
    "interrupts in a group": BaseExceptionGroup("g", [KeyboardInterrupt()]),
    "another plugin's error": PluginError("progression", "return-to-run 1.0", "planner_runs", "is broken"),
    "a stop": StopError(["see a doctor"]),
    "a contradiction": ContradictionError(["progression"], "nothing"),
    "an audit": AuditError(["law-1"]),
    "a fine error": FineError("athlete", "nothing"),
    "the budget's own": budget.OverBudgetError(),
}


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("hook", HOOKS)
def test_whatever_a_hook_raises_it_is_named(hook: str, error: str) -> None:
    refused(evil(**{hook: raising(ERRORS[error])}), f"planner_{hook}")


@pytest.mark.parametrize("hook", HOOKS)
def test_a_failing_generator_is_named(hook: str) -> None:
    def some() -> object:
        yield from ()
        raise Leaving

    refused(evil(**{hook: some}), f"planner_{hook}")


@pytest.mark.parametrize("hook", HOOKS)
def test_an_interrupt_stays_an_interrupt(hook: str) -> None:
    with pytest.raises(KeyboardInterrupt):
        planned(evil(**{hook: raising(KeyboardInterrupt())}), briefs()[0])


@pytest.mark.parametrize("hook", HOOKS)
def test_what_a_hook_says_about_the_athlete_s_file_is_passed_on_with_its_name_beside(hook: str) -> None:
    with pytest.raises(InputError, match=r"^knee: found 3\.") as said:
        planned(evil(**{hook: raising(InputError("knee", "found 3"))}), briefs()[0])
    assert str(said.value) == "knee: found 3."
    assert said.value.__notes__ == ["Said by plugin evil, from given."]


@pytest.mark.parametrize("severity", ["error", "stop"])
def test_a_refusal_after_the_plan_is_the_plugin_s(severity: str) -> None:
    finding = Finding(rule="r", severity=severity, message="No.")
    assert refused(evil(findings=[finding]), "planner_findings").problem == "refused the plan (r): No."


def test_an_error_before_the_plan_refuses_nothing_and_a_stop_names_its_rule() -> None:
    with pytest.raises(StopError, match=r"^r: No\.$"):
        planned(evil(screening=[Finding(rule="r", severity="stop", message="No.")]), briefs()[0])
    plan = planned(evil(screening=[Finding(rule="r", severity="error", message="No.")]), briefs()[0])
    assert [f.by for f in plan.findings if f.rule == "r"] == [NAME]


# Settings


@frozen(kw_only=True)
class Raising:
    days: int = field(default=1, metadata=about("days"))

    def __attrs_post_init__(self) -> None:
        raise Leaving("settings")


@frozen(kw_only=True)
class Reading:
    days: int = field(default=1, metadata=about("days"), validator=lambda self, name, value: 1 // 0)


@frozen(kw_only=True)
class Unknown:
    days: NoSuchType = 1  # noqa: F821  (hostile)


@frozen(kw_only=True)
class Spinning:
    def __attrs_post_init__(self) -> None:
        while True:
            pass


@pytest.mark.parametrize("settings", [Raising, Reading])
def test_settings_that_fail_are_the_plugin_s_fault(settings: type) -> None:
    brief = with_pillars(briefs()[0], evil={"days": 2})
    with pytest.raises(PluginError, match=r"^plugin evil \(given\): raised "):
        Host.of(progression, module(NAME, settings=settings)).conversation(brief)


def test_settings_of_unknown_types_are_the_plugin_s_fault() -> None:
    with pytest.raises(PluginError, match=r"^plugin evil \(given\) in planner_pillar: .* days: its type is unknown when the program runs"):
        Host.of(progression, module(NAME, settings=Unknown))


def test_settings_have_the_budget_too(monkeypatch: pytest.MonkeyPatch) -> None:
    until_at_rest()
    monkeypatch.setattr(budget, "BUDGET_S", 0.05)
    monkeypatch.setattr(budget, "TICK_S", 0.02)
    with pytest.raises(PluginError, match="was stopped"):
        Host.of(module(NAME, settings=Spinning)).conversation(briefs()[0])
    until_at_rest()


class EndlessError(Exception):
    """An exception that never says what it is about."""

    def __str__(self) -> str:  # noqa: PLE0307  (hostile)
        while True:
            pass


def test_an_exception_has_the_budget_to_say_what_it_is_about(monkeypatch: pytest.MonkeyPatch) -> None:
    until_at_rest()
    monkeypatch.setattr(budget, "BUDGET_S", 0.05)
    monkeypatch.setattr(budget, "TICK_S", 0.02)
    with pytest.raises(PluginError) as error:
        Host.of(evil(limits=raising(EndlessError()))).conversation(briefs()[0]).limits()
    assert error.value.problem.startswith("raised EndlessError, at line ")
    until_at_rest()


# Loading


class Prickly:
    """Fails at whatever it is asked."""

    __name__ = NAME

    @property
    def anything(self) -> object:
        raise Leaving


class Unhashed(Prickly):
    def __hash__(self) -> int:
        raise ArithmeticError


class AlikeAll:
    """Equal to every plugin."""

    __name__ = NAME

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 1

    @hookimpl
    def planner_pillar(self) -> Pillar:
        return Pillar(name=NAME, summary="s")


@pytest.mark.parametrize("plugin", [Unhashed(), 3, None, "planner_pillars.progression", Host])
def test_what_cannot_be_a_plugin_is_none(plugin: object) -> None:
    try:
        host = Host.of(plugin)
    except PluginError as error:
        assert error.problem  # noqa: PT017  (some are refused, the others bring nothing)
    else:
        assert (host.pillars, host.templates()) == ((), ())


@pytest.mark.parametrize("error", [e for e in ERRORS if e not in ("the budget's own", "a fine error")])
def test_a_pillar_that_cannot_be_told_is_named(error: str) -> None:
    bad = ModuleType(NAME)
    bad.planner_pillar = hookimpl(raising(ERRORS[error]))
    with pytest.raises(PluginError) as refusal:
        Host.of(progression, bad)
    assert (refusal.value.plugin, refusal.value.hook) == (NAME, "planner_pillar")


def test_one_plugin_that_is_equal_to_all_hides_none() -> None:
    from planner.host import load, new_manager  # noqa: PLC0415
    from planner.model import Contributor  # noqa: PLC0415

    manager = new_manager()
    evil_one, real = Contributor(name="a", distribution="evil", version=""), Contributor(name="b", distribution="real", version="")
    host = Host([load(AlikeAll(), evil_one, manager), load(progression, real, manager)])
    assert [(p.name, p.contributor.distribution) for p in host.plugins] == [(NAME, "evil"), ("progression", "real")]


@pytest.mark.parametrize(
    "name", ["progression", "Progression", "progression ", "", "pro-gression", "\u0440rogression", "p" * 10**6, None, 3]
)
def test_a_name_is_taken_once_and_spelt_in_one_way(name: object) -> None:
    posing = module(NAME)
    pillar = object.__new__(Pillar)
    for slot, value in {"name": name, "summary": "for tests", "settings": None, "sources": ()}.items():
        object.__setattr__(pillar, slot, value)
    posing.planner_pillar = hookimpl(lambda: pillar)
    with pytest.raises(PluginError) as refusal:
        Host.of(progression, posing)
    assert refusal.value.source == "given"


def test_a_stolen_name_shows_both_distributions() -> None:
    from planner.host import load, new_manager  # noqa: PLC0415
    from planner.model import Contributor  # noqa: PLC0415

    thief = load(module("progression"), Contributor(name="aaa", distribution="evil-dist", version="6"), new_manager())
    real = load(progression, Contributor(name="progression", distribution="return-to-run", version="1"), new_manager())
    for order in ([thief, real], [real, thief]):
        with pytest.raises(PluginError) as refusal:
            Host(order)
        assert "evil-dist" in str(refusal.value)
        assert "return-to-run" in str(refusal.value)
