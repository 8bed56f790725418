"""Code in a page is included from the sources."""

from __future__ import annotations

from pathlib import Path

import pytest
from docs_tools.site import on_config, with_code


def test_a_named_definition_stands_in_the_page_with_its_decorators() -> None:
    shown = with_code("Look:\n\n<!-- code: plugins/planner_pillars/mobility.py planner_pillar LEAST_S -->\n\nDone.\n")
    assert shown.startswith('Look:\n\n```python title="mobility.py"\n@hookimpl\ndef planner_pillar() -> Pillar:\n')
    assert "\n\n\nLEAST_S = 600\n```\n\nDone.\n" in shown


def test_imports_and_whole_files_can_be_shown() -> None:
    assert "from attrs import field, frozen" in with_code("<!-- code: plugins/planner_pillars/mobility.py imports -->")
    shown = with_code("<!-- code: examples/hugo.toml -->")
    assert shown.startswith('```toml title="hugo.toml"\n# Hugo')
    assert shown.endswith('red_flags = ["RED-04"]\n```')


@pytest.mark.parametrize("named", ["plugins/planner_pillars/mobility.py planner_piller", "plugins/planner_pillars/mobile.py"])
def test_code_that_is_not_there_stops_the_build(named: str) -> None:
    with pytest.raises(LookupError, match="found no"):
        with_code(f"<!-- code: {named} -->")


def test_decisions_stand_in_the_navigation_by_their_numbers(tmp_path: Path) -> None:
    (tmp_path / "decisions").mkdir()
    for name in ("0002-b.md", "0001-a.md"):
        (tmp_path / "decisions" / name).touch()
    config = on_config({"docs_dir": str(tmp_path), "nav": ["index.md", {"Decisions": []}, {"Glossary": "glossary.md"}]})
    assert config["nav"] == ["index.md", {"Decisions": ["decisions/0001-a.md", "decisions/0002-b.md"]}, {"Glossary": "glossary.md"}]
