"""The import contracts cover everything: each new room has its layer, and nothing bypasses the public API."""

from __future__ import annotations

import ast
import sys
import tomllib
from fnmatch import fnmatchcase
from pathlib import Path
from pkgutil import iter_modules

import pytest
from importlinter.cli import lint_imports

import planner

ROOT = Path(__file__).parent.parent
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ROOMS = {room.name for room in iter_modules(planner.__path__)}
CONTRACTS = {contract["name"]: contract for contract in SETTINGS["tool"]["importlinter"]["contracts"]}
DOWN = [set(layer.replace(" ", "").split("|")) for layer in CONTRACTS["Which way is down"]["layers"]]


def test_the_contracts_are_kept(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "path", list(sys.path))
    assert lint_imports(no_cache=True) == 0, capsys.readouterr().out


def test_every_room_stands_in_one_layer() -> None:
    assert sorted(room for layer in DOWN for room in layer) == sorted(ROOMS)
    assert CONTRACTS["Which way is down"]["exhaustive"]


def test_a_pillar_may_enter_no_room() -> None:
    forbidden = CONTRACTS["Pillars and templates see the front door only"]["forbidden_modules"]
    assert {room for room in ROOMS if not any(fnmatchcase(f"planner.{room}", expression) for expression in forbidden)} <= {"testing"}


def test_the_audit_stands_on_the_records() -> None:
    (at,) = (n for n, layer in enumerate(DOWN) if "audit" in layer)
    assert DOWN[at + 1] == {"model"}, "whatever stands between them the audit could share"


def test_the_manager_of_plugins_is_the_host_s() -> None:
    sources = (path for folder in ("src", "plugins", "templates") for path in (ROOT / folder).rglob("*.py"))
    naming = [path for path in sources if "PluginManager" in path.read_text(encoding="utf-8")]
    assert [path.relative_to(ROOT).as_posix() for path in naming] == ["src/planner/host/__init__.py"]


def test_names_of_our_pillars_are_words_in_few_rooms() -> None:
    pillars = set(SETTINGS["project"]["entry-points"]["planner"]) - {"programmes"}
    unlike_words = pillars - {"mobility", "progression"}  # the one is a tag as well, the other a heading of the athlete file
    named: set[str] = set()
    for path in (ROOT / "src" / "planner").rglob("*.py"):
        texts = (n.value for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Constant))
        if any(text in unlike_words or (text.partition("/")[0] in pillars and "#" in text) for text in texts if isinstance(text, str)):
            named.add(path.relative_to(ROOT / "src" / "planner").as_posix())
    assert named == {"foreign/table_own.py", "render/words.py", "testing/strategies.py", "testing/log_strategies.py"}
