"""Modules written for one test and importable by name."""

from __future__ import annotations

import sys
from importlib import import_module, invalidate_caches
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType

    Write = Callable[[str, str], ModuleType]
PILLAR = """
from planner import Ceiling, Pillar, Proposal, Spacing, Step, hookimpl

@hookimpl
def planner_pillar():
    return Pillar(name="{name}", summary="for tests")

"""


@pytest.fixture
def importable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write a module with a pillar of its name and `body`, and import it."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def write(name: str, body: str) -> ModuleType:
        (tmp_path / f"{name}.py").write_text(PILLAR.format(name=name) + body, encoding="utf-8")
        invalidate_caches()
        monkeypatch.delitem(sys.modules, name, raising=False)
        return import_module(name)

    return write
