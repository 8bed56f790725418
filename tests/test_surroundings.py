"""What a plugin does to the process while it is loaded or asked: nothing of it reaches the plan."""

from __future__ import annotations

import json
import sys
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from planner import Host
from planner.errors import PluginError
from tests.cli.helpers import example, run
from tests.tiny_plugins import PLAN_HOOKS, asked, brief_of, module

if TYPE_CHECKING:
    from pathlib import Path

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


def test_another_thread_leaves_standard_output_alone() -> None:
    seen: list[bool] = []
    output = sys.stdout
    talk = Host.of(module("other", limits=lambda: seen.append(sys.stdout is output))).session(brief_of())
    thread = Thread(target=talk.limits)
    thread.start()
    thread.join()
    talk.limits()
    assert seen == [True, False]
