"""Discovery: plugins in name order; a duplicate name, a broken import and an unknown `--without` are reported by name."""

from __future__ import annotations

import sys
from importlib.metadata import distributions
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from planner import Host, InputError
from planner.errors import PluginError
from planner.host.discovery import discover
from planner.model import Contributor
from tests.tiny_plugins import TEMPLATES, module

if TYPE_CHECKING:
    from collections.abc import Callable

    Install = Callable[..., Path]
GROUP = "planner"


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Make what is installed with it the only distributions there are, each call in a folder of its own that comes later on the path."""
    monkeypatch.setattr(sys, "path", [place for place in sys.path if not any(Path(place or ".").glob("*.dist-info"))])

    def into_folder(name: str, entries: dict[str, str], *, version: str = "1.0", group: str = GROUP) -> Path:
        folder = tmp_path / f"place{len(sys.path)}"
        info = folder / f"{name}-{version}.dist-info"
        info.mkdir(parents=True)
        lines = [f"{key} = {value}" for key, value in entries.items()]
        text = "\n".join(["[console_scripts]", "other = json:loads", "", f"[{group}]", *lines, "", "[zzz]", "also = json"])
        (info / "entry_points.txt").write_text(text + "\n", encoding="utf-8")
        sys.path.append(str(folder))
        return folder

    return into_folder


def found(*without: str, group: str = GROUP) -> list[tuple[Contributor, object]]:
    return list(discover(group, frozenset(without)))


def refusal(*without: str) -> PluginError:
    with pytest.raises(PluginError) as refused:
        found(*without)
    return refused.value


def test_plugins_come_in_name_order_with_who_brings_them(install: Install) -> None:
    install("zoo", {"tail": "json", "calf": "string:digits"}, version="2.1")
    install("my_arc", {"knee": "decimal:Decimal.from_float"})
    assert [(c.name, c.distribution, c.version) for c, _ in found()] == [
        ("calf", "zoo", "2.1"),
        ("knee", "my-arc", "1.0"),
        ("tail", "zoo", "2.1"),
    ]
    assert found()[0][1] == "0123456789"
    assert [type(plugin).__name__ for _, plugin in found()] == ["str", "builtin_function_or_method", "module"]


def test_other_groups_are_none_of_our_business(install: Install) -> None:
    install("arc", {"knee": "no_such_module"}, group="planner.other")
    install("zoo", {"calf": "json"})
    assert [c.name for c, _ in found()] == ["calf"]
    assert found(group="empty") == []


def test_a_place_without_distributions_or_without_entry_points_is_fine(install: Install, tmp_path: Path) -> None:
    (tmp_path / "bare" / "dull-1.0.dist-info").mkdir(parents=True)
    sys.path.extend([str(tmp_path / "bare"), str(tmp_path / "nowhere")])
    install("zoo", {"calf": "json"})
    assert [c.name for c, _ in found()] == ["calf"]


@pytest.mark.parametrize("names", [("arc", "zoo"), ("zoo", "arc")])
def test_a_name_taken_by_two_distributions_names_both(install: Install, names: tuple[str, str]) -> None:
    for number, name in enumerate(names, 3):
        install(name, {"knee": "json"}, version=str(number))
    error = refusal()
    assert (error.plugin, error.exit_code, error.source) == ("knee", 5, f"{names[1]} 4")
    alone = f"--without leaves out both; `pip uninstall {names[1]}` takes out this one alone"
    assert error.problem == f"its name is taken by {names[0]}, and {alone}"
    assert found("knee") == []


@pytest.mark.parametrize("names", [("return_to_run", "stranger"), ("stranger", "return_to_run")])
def test_who_takes_the_name_of_one_of_ours_is_at_fault(install: Install, names: tuple[str, str]) -> None:
    for name in names:
        install(name, {"mobility": "json"})
    assert (refusal().source, refusal().problem.split(",")[0]) == ("stranger 1.0", "its name is taken by return-to-run")


def test_a_file_stands_in_for_all_of_its_name(install: Install, tmp_path: Path) -> None:
    for name in ("arc", "zoo"):
        install(name, {"knee": "json"})
    (tmp_path / "knee.py").write_text("", encoding="utf-8")
    ((contributor, _),) = discover(GROUP, frozenset({"knee"}), [tmp_path / "knee.py"])
    assert contributor.distribution == "file knee.py"


def test_a_name_twice_in_one_distribution_is_refused_too(install: Install) -> None:
    folder = install("arc", {"knee": "json"})
    with (folder / "arc-1.0.dist-info" / "entry_points.txt").open("a", encoding="utf-8") as file:
        file.write(f"[{GROUP}]\nknee = decimal\n")
    assert refusal().problem == "its name is taken by arc"


def test_one_distribution_found_twice_is_the_first_on_the_path(install: Install) -> None:
    install("arc", {"knee": "json"})
    install("arc", {"knee": "decimal"}, version="0.9")
    assert [(c.name, c.version) for c, _ in found()] == [("knee", "1.0")]


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("no_such_module_of_ours", "could not be imported: ModuleNotFoundError: No module named 'no_such_module_of_ours'"),
        ("json:no_such_name", "could not be imported: AttributeError: module 'json' has no attribute 'no_such_name'"),
    ],
)
def test_a_plugin_that_cannot_be_imported_is_named(install: Install, value: str, problem: str) -> None:
    install("arc", {"knee": value}, version="3")
    error = refusal()
    assert (error.plugin, error.source, error.hook, error.problem) == ("knee", "arc 3", "", problem)
    assert str(error).endswith("leave it out with --without knee.")


def test_a_module_that_raises_while_it_is_imported_is_named(install: Install) -> None:
    folder = install("arc", {"knee": "grumpy_plugin_of_ours"})
    (folder / "grumpy_plugin_of_ours.py").write_text("raise RuntimeError('not today')", encoding="utf-8")
    error = refusal()
    assert error.problem == "could not be imported: RuntimeError: not today"
    assert isinstance(error.__cause__, RuntimeError)


def test_what_is_left_out_is_not_even_imported(install: Install) -> None:
    install("arc", {"knee": "no_such_module_of_ours", "calf": "json"})
    assert [c.name for c, _ in found("knee")] == ["calf"]
    assert found("knee", "calf") == []


def test_leaving_out_what_is_not_there_is_the_user_s_mistake(install: Install) -> None:
    install("arc", {"hip_strength": "json", "mobility": "json"})
    with pytest.raises(InputError) as refused:
        found("hip_strenght")
    assert str(refused.value) == ('--without: found "hip_strenght"; expected the name of an installed plugin. Did you mean `hip_strength`?')
    with pytest.raises(InputError, match='found "aaa"'):
        found("zzz", "mobility", "aaa")


def test_a_host_of_what_is_installed(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    knee = module("knee", templates=lambda: [TEMPLATES["delaware"]])
    monkeypatch.setitem(sys.modules, "knee_plugin_of_ours", knee)
    monkeypatch.setitem(sys.modules, "hip_plugin_of_ours", module("hip"))
    install("arc", {"entry": "knee_plugin_of_ours", "calf": "no_such_module_of_ours"}, version="3")
    install("zoo", {"hip": "hip_plugin_of_ours"}, version="4")
    host = Host.installed(without=["calf"])
    assert host.contributors == (
        Contributor(name="hip", distribution="zoo", version="4"),
        Contributor(name="knee", distribution="arc", version="3"),
    )
    assert [sorted(p.hooks) for p in host.plugins] == [["planner_pillar"], ["planner_pillar", "planner_templates"]]
    with pytest.raises(PluginError, match="no_such_module_of_ours"):
        Host.installed()


def test_everything_that_comes_with_the_planner_is_found_through_the_same_gate() -> None:
    ours = {c.name: c.distribution for c, _ in found()}
    assert {"progression", "hip_strength", "running_form", "mobility", "footwear", "cross_training", "assessment", "programmes"} <= set(
        ours
    )
    assert ours["progression"] == ours["programmes"] == "return-to-run"


def test_python_s_own_reader_finds_the_same() -> None:
    installed = {(e.name, e.value) for d in distributions() for e in d.entry_points if e.group == GROUP}
    assert {c.name for c, _ in found()} == {name for name, _ in installed}


def egg(
    folder: Path, name: str, entries: dict[str, str], info: str | None = "Metadata-Version: 2.1\nName: own\nVersion: 0.3\n\nVersion: 9\n"
) -> None:
    """What an older installer leaves in a folder of the import path."""
    place = folder / f"{name}.egg-info"
    place.mkdir(parents=True)
    (place / "entry_points.txt").write_text("\n".join([f"[{GROUP}]", *(f"{key} = {value}" for key, value in entries.items())]))
    if info is not None:
        (place / "PKG-INFO").write_text(info)


@pytest.mark.parametrize("name", ["own_pillar", "own_pillar-0.3", "own_pillar-0.3-py3.11"])
def test_what_an_older_installer_installed_is_found_with_its_version(install: Install, name: str) -> None:
    egg(install("zoo", {"tail": "json"}), name, {"knee": "string"})
    assert [(c.name, c.distribution, c.version) for c, _ in found()] == [("knee", "own-pillar", "0.3"), ("tail", "zoo", "1.0")]


@pytest.mark.parametrize("info", [None, "", "Name: own\n", "\n\nVersion: 9"])
def test_an_older_one_without_a_version_has_none(install: Install, info: str | None) -> None:
    egg(install("zoo", {"tail": "json"}), "own", {"knee": "string"}, info)
    assert [(c.name, c.version) for c, _ in found()] == [("knee", ""), ("tail", "1.0")]


def test_a_distribution_that_both_installers_know_is_there_once(install: Install) -> None:
    egg(install("own_pillar", {"knee": "string"}, version="1.1"), "Own.Pillar", {"knee": "string"})
    assert [(c.name, c.version) for c, _ in found()] == [("knee", "1.1")]


def test_a_file_that_is_called_like_such_a_folder_is_passed_over(install: Install) -> None:
    (install("zoo", {"tail": "json"}) / "old.egg-info").write_text("Metadata-Version: 1.0\nName: old\n")
    assert [c.name for c, _ in found()] == ["tail"]
