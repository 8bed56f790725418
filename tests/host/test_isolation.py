"""What a plugin does to the process while it is loaded or called has no effect on the plan."""

from __future__ import annotations

import decimal
import json
import sys
from pathlib import Path
from threading import Thread

import pytest

from planner import Host
from planner.errors import PluginError
from planner.host.isolation import MOVED
from tests.cli.helpers import example, run
from tests.tiny_plugins import PLAN_HOOKS, asked, brief_of, module

TALKATIVE = """
from planner import Pillar, hookimpl
from attrs import field, frozen

print("HELLO while it is loaded")

@frozen(kw_only=True)
class Settings:
    def __attrs_post_init__(self):
        print("HELLO from settings")

@hookimpl
def planner_pillar():
    print("HELLO from the pillar")
    return Pillar(name="talkative", summary="talks, for tests", settings=Settings)

@hookimpl
def planner_limits():
    print("HELLO from limits")
    yield from ()
    print("HELLO from a generator")

@hookimpl
def planner_findings():
    print("HELLO from findings")
"""


@pytest.mark.parametrize("words", [["make", "-f", "json", "-o", "-", "-q"], ["show", "--json"], ["explain", "--json"]])
def test_what_a_plugin_prints_is_not_in_the_plan(words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "talkative.py").write_text(TALKATIVE, encoding="utf-8")
    said = run(capsys, words[0], *example("ana"), *words[1:], "--plugin", tmp_path / "talkative.py")
    assert said.code == 0
    assert json.loads(said.out)
    assert said.err.count("HELLO from") == 5
    assert "HELLO while it is loaded" in said.err


def test_nor_in_what_is_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "talkative.py").write_text(TALKATIVE, encoding="utf-8")
    for words in (["pillars", "--json"], ["templates", "--json"], ["schema", "athlete"]):
        said = run(capsys, *words, "--plugin", tmp_path / "talkative.py")
        assert (said.code, bool(json.loads(said.out))) == (0, True)


@pytest.mark.parametrize("hook", PLAN_HOOKS)
def test_standard_output_comes_back_whatever_a_hook_does(hook: str, capsys: pytest.CaptureFixture[str]) -> None:
    def leaves() -> None:
        sys.stdout.write("HELLO")
        sys.stdout = None
        raise SystemExit(3)

    before = sys.stdout
    with pytest.raises(PluginError):
        asked(module("leaves", **{hook.removeprefix("planner_"): leaves}), hook)
    assert sys.stdout is before
    said = capsys.readouterr()
    assert (said.out, "HELLO" in said.err) == ("", True)


@pytest.mark.parametrize("hook", PLAN_HOOKS)
def test_how_the_process_reckons_comes_back_whatever_a_hook_does(hook: str) -> None:
    def unsettles() -> None:
        decimal.getcontext().prec = 2
        decimal.getcontext().traps[decimal.Inexact] = True
        sys.setrecursionlimit(sys.getrecursionlimit() + 1000)
        sys.stderr = None

    before = repr(decimal.getcontext()), sys.getrecursionlimit(), sys.stderr
    asked(module("unsettles", **{hook.removeprefix("planner_"): unsettles}), hook)
    assert (repr(decimal.getcontext()), sys.getrecursionlimit(), sys.stderr) == before


WANDERING = """
import os
from planner import Pillar, hookimpl
{loaded}
@hookimpl
def planner_pillar():
    return Pillar(name="wandering", summary="goes elsewhere, for tests")

@hookimpl
def planner_limits():
    {asked}
    return []
"""
AWAY = "os.chdir(os.path.dirname(__file__))"


@pytest.mark.parametrize(
    ("loaded", "asked", "hook"), [("", AWAY, " in planner_limits"), (AWAY, "", ""), ("", f"{AWAY}; 1 / 0", " in planner_limits")]
)
def test_whoever_changes_the_current_folder_is_named_and_nothing_is_written_elsewhere(
    loaded: str, asked: str, hook: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "wandering.py").write_text(WANDERING.format(loaded=loaded, asked=asked), encoding="utf-8")
    monkeypatch.chdir(tmp_path / "here")
    said = run(capsys, "make", *example("ana"), "--plugin", tmp_path / "wandering.py", "-o", "o.ics", "-q")
    problem = "raised ZeroDivisionError" if "1 / 0" in asked else f"{MOVED}. Tell its author"
    assert said.err.startswith(f"planner: plugin wandering (file wandering.py){hook}: {problem}")
    assert (said.code, Path.cwd()) == (5, tmp_path / "here")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["here", "wandering.py"]


@pytest.mark.skipif(sys.platform == "win32", reason="a folder that is in use cannot be taken away there")
def test_a_folder_that_is_gone_is_nobody_s_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert asked(module("still", limits=lambda: None), "planner_limits") == []


def test_another_thread_leaves_standard_output_alone() -> None:
    seen: list[bool] = []
    output = sys.stdout
    talk = Host.of(module("other", limits=lambda: seen.append(sys.stdout is output))).conversation(brief_of())
    thread = Thread(target=talk.limits)
    thread.start()
    thread.join()
    talk.limits()
    assert seen == [True, False]
