"""Rules for the sources as a whole."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDERS = ("src", "plugins", "templates", "docs_tools", "tests", "tools", "bench")
MOST_LINES = 300
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]


def test_the_source_distribution_holds_what_its_tests_import() -> None:
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "tests").rglob("*.py"))
    names = {
        n.module.partition(".")[0] for tree in trees for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module and not n.level
    }
    ours = {name for name in names if (ROOT / name).is_dir()}
    assert {"docs_tools", "tests", "tools"} <= ours <= set(SETTINGS["hatch"]["build"]["targets"]["sdist"]["include"])


def test_whatever_is_not_a_test_is_typed() -> None:
    typed = set(FOLDERS) - {"tests"}
    assert set(SETTINGS["mypy"]["files"]) == set(SETTINGS["pyright"]["include"]) == typed


def test_every_file_stays_under_300_lines() -> None:
    lengths = {path: path.read_text(encoding="utf-8").count("\n") for folder in FOLDERS for path in (ROOT / folder).rglob("*.py")}
    assert {path.relative_to(ROOT).as_posix(): lines for path, lines in lengths.items() if lines > MOST_LINES} == {}
