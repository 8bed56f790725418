"""Discovery: installed plugins in name order; a name taken twice, a broken import and an unknown `--without` are said by name."""

from __future__ import annotations

import sys
from importlib.metadata import EntryPoint
from types import ModuleType, SimpleNamespace

import pytest

from planner import Host, InputError, Pillar, hookimpl
from planner.discovery import discover
from planner.errors import PluginError
from planner.model import Contributor

GROUP = "planner"


def distribution(name: str, entries: dict[str, str], *, version: str = "1.0", group: str = GROUP) -> SimpleNamespace:
    """An installed distribution with `entries`: entry point's name to what it loads."""
    points = tuple(EntryPoint(name=key, value=value, group=group) for key, value in entries.items())
    return SimpleNamespace(name=name, version=version, entry_points=points)


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch):
    """Make these the only distributions there are."""

    def only(*distributions: SimpleNamespace) -> None:
        monkeypatch.setattr("planner.discovery.distributions", lambda: iter(distributions))

    return only


def found(*without: str, group: str = GROUP) -> list[tuple[Contributor, object]]:
    return list(discover(group, frozenset(without)))


def refusal(*without: str) -> PluginError:
    with pytest.raises(PluginError) as refused:
        found(*without)
    return refused.value


def test_plugins_come_in_name_order_with_who_brings_them(install) -> None:
    install(distribution("zoo", {"tail": "json", "calf": "string:digits"}, version="2.1"), distribution("arc", {"knee": "decimal:Decimal"}))
    assert [(c.name, c.distribution, c.version) for c, _ in found()] == [
        ("calf", "zoo", "2.1"),
        ("knee", "arc", "1.0"),
        ("tail", "zoo", "2.1"),
    ]
    assert found()[0][1] == "0123456789"


def test_other_groups_are_none_of_our_business(install) -> None:
    install(distribution("arc", {"knee": "no_such_module"}, group="console_scripts"), distribution("zoo", {"calf": "json"}))
    assert [c.name for c, _ in found()] == ["calf"]
    assert found(group="empty") == []


@pytest.mark.parametrize("turn", [1, -1])
def test_a_name_taken_by_two_distributions_names_both(install, turn: int) -> None:
    both = [distribution("arc", {"knee": "json"}, version="3"), distribution("zoo", {"knee": "json"}, version="4")][::turn]
    install(*both)
    error = refusal()
    assert (error.plugin, error.exit_code) == ("knee", 5)
    assert (error.source, error.problem) == (f"{both[1].name} {both[1].version}", f"its name is taken by {both[0].name}")


def test_a_name_twice_in_one_distribution_is_refused_too(install) -> None:
    twice = distribution("arc", {"knee": "json"})
    twice.entry_points += distribution("arc", {"knee": "decimal"}).entry_points
    install(twice)
    assert refusal().problem == "its name is taken by arc"


def test_one_distribution_found_twice_on_the_path_is_one(install) -> None:
    install(distribution("arc", {"knee": "json"}), distribution("arc", {"knee": "decimal"}, version="0.9"))
    assert [(c.name, c.version) for c, _ in found()] == [("knee", "1.0")]


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("no_such_module_of_ours", "could not be imported: ModuleNotFoundError: No module named 'no_such_module_of_ours'"),
        ("json:no_such_name", "could not be imported: AttributeError: module 'json' has no attribute 'no_such_name'"),
    ],
)
def test_a_plugin_that_cannot_be_imported_is_named(install, value: str, problem: str) -> None:
    install(distribution("arc", {"knee": value}, version="3"))
    error = refusal()
    assert (error.plugin, error.source, error.hook, error.problem) == ("knee", "arc 3", "", problem)
    assert str(error).endswith("leave it out with --without knee.")


def test_a_module_that_raises_while_it_is_imported_is_named(install, tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "grumpy_plugin_of_ours.py").write_text("raise RuntimeError('not today')", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    install(distribution("arc", {"knee": "grumpy_plugin_of_ours"}))
    error = refusal()
    assert error.problem == "could not be imported: RuntimeError: not today"
    assert isinstance(error.__cause__, RuntimeError)


def test_what_is_left_out_is_not_even_imported(install) -> None:
    install(distribution("arc", {"knee": "no_such_module_of_ours", "calf": "json"}))
    assert [c.name for c, _ in found("knee")] == ["calf"]
    assert found("knee", "calf") == []


def test_leaving_out_what_is_not_there_is_the_user_s_mistake(install) -> None:
    install(distribution("arc", {"hip_strength": "json", "mobility": "json"}))
    with pytest.raises(InputError) as refused:
        found("hip_strenght")
    assert str(refused.value) == ('--without: found "hip_strenght"; expected the name of an installed plugin. Did you mean `hip_strength`?')
    with pytest.raises(InputError, match='found "aaa"'):
        found("zzz", "mobility", "aaa")


def test_a_host_of_what_is_installed(install, monkeypatch: pytest.MonkeyPatch) -> None:
    plugin = ModuleType("knee_plugin_of_ours")
    plugin.planner_pillar = hookimpl(lambda: Pillar(name="knee", summary="for tests"))
    monkeypatch.setitem(sys.modules, "knee_plugin_of_ours", plugin)
    install(distribution("arc", {"entry": "knee_plugin_of_ours", "calf": "no_such_module_of_ours"}, version="3"))
    host = Host.installed(without=["calf"])
    assert host.contributors == (Contributor(name="knee", distribution="arc", version="3"),)
    with pytest.raises(PluginError, match="no_such_module_of_ours"):
        Host.installed()


def test_everything_that_comes_with_the_planner_is_found_through_the_same_gate() -> None:
    ours = {c.name: c.distribution for c, _ in found()}
    assert {"progression", "hip_strength", "running_form", "mobility", "footwear", "cross_training", "assessment", "programmes"} <= set(
        ours
    )
    assert ours["progression"] == ours["programmes"] == "return-to-run"
