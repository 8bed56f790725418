"""The worked example: its own tests and types pass, and it has the same layout as a new distribution."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from planner.plugin_template import distribution
from tests.cli.test_plugin import here

EXAMPLE = Path(__file__).parent.parent.parent / "plugins" / "example_foam_rolling"


def test_its_own_tests_pass() -> None:
    done = here(EXAMPLE, "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", PYTHONPATH=str(EXAMPLE / "src"))
    assert done.returncode == 0, done.stdout + done.stderr


def test_its_types_are_strict(tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    done = here(EXAMPLE, "mypy", "--cache-dir", str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr


def test_it_is_laid_out_as_a_new_distribution_is() -> None:
    new = distribution("soft-tissue", "MIT")
    there = {
        str(f.relative_to(EXAMPLE))
        for f in EXAMPLE.rglob("*")
        if f.is_file() and "__pycache__" not in f.parts and ".hypothesis" not in f.parts
    }
    assert {path.replace("soft_tissue", "foam_rolling") for path in new} == there
    ours, theirs = tomllib.loads((EXAMPLE / "pyproject.toml").read_text(encoding="utf-8")), tomllib.loads(new["pyproject.toml"])
    assert ours.keys() == theirs.keys()
    assert ours["tool"].keys() == theirs["tool"].keys()
    assert ours["build-system"] == theirs["build-system"]
    assert ours["project"].keys() == theirs["project"].keys()
