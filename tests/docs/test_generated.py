"""The generated reference pages are current and cover everything that the code offers."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import ModuleType

import pytest
from docs_tools import commands, findings, hooks
from docs_tools.generated import MARK, REFERENCE, ROOT, generated, stale

import planner
from planner import hookspecs, testing
from planner.audit.margin import LAWS
from planner.cli.app import COMMANDS
from planner.laws import WORDS
from planner_pillars.screening import flags
from tests.cli.helpers import SHORTLY_BEFORE, example, run


def page(name: str) -> str:
    return (REFERENCE / f"{name}.md").read_text(encoding="utf-8")


def test_every_generated_file_is_current() -> None:
    assert [path.relative_to(ROOT).as_posix() for path in stale()] == [], "run: python -m docs_tools"


def test_a_generated_page_says_that_it_is_one() -> None:
    assert all(text.startswith((MARK, "{")) for text in generated().values())


def test_a_command_whose_help_changes_makes_its_page_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    before = commands.page()
    assert all(f"## planner {name}\n" in before for name in COMMANDS)
    monkeypatch.setitem(COMMANDS, "make", "Bake the plan.")
    assert commands.page() != before


@pytest.mark.parametrize("name", [n for n in vars(hookspecs) if n.startswith("planner_")])
def test_every_hook_has_a_section_with_its_signature_and_a_test(name: str) -> None:
    hook = hooks.hooks()[name]
    assert f"## {name}\n\n```text\n{hooks.signature(name, hook)}\n```" in page("hooks")
    tests = [p for p in (ROOT / "tests").rglob("*.py") if p != Path(__file__) and name in p.read_text(encoding="utf-8")]
    assert tests, "a hook without a test"


@pytest.mark.parametrize(("name", "module"), [("front-door", planner), ("test-kit", testing)])
def test_every_public_name_has_a_section(name: str, module: ModuleType) -> None:
    headings = re.findall(r"^## (\S+)$", page(name), re.MULTILINE)
    assert sorted(headings) == sorted(module.__all__)


def test_every_rule_has_a_section() -> None:
    headings = set(re.findall(r"^### (\S+)$", page("findings"), re.MULTILINE))
    assert set(findings.rules()) | set(LAWS) | set(flags()) == headings


@pytest.mark.parametrize("name", sorted(set(SHORTLY_BEFORE) - {"hugo"}))
def test_no_plan_gives_a_finding_that_is_not_explained(capsys: pytest.CaptureFixture[str], name: str) -> None:
    plan = json.loads(run(capsys, "make", *example(name), "-f", "json", "-o", "-", "-q").out)
    given = {finding["rule"] for finding in plan["findings"]}
    assert given
    assert all(f"\n### {rule}\n" in page("findings") for rule in given)


def test_a_rule_without_an_explanation_stops_the_generator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "rules", lambda: {"law-99": {"planner.audit"}})
    with pytest.raises(LookupError, match="law-99"):
        findings.page()


def test_an_explanation_without_a_rule_stops_the_generator(monkeypatch: pytest.MonkeyPatch) -> None:
    known = findings.rules()
    known.pop("goal-later")
    monkeypatch.setattr(findings, "rules", lambda: known)
    with pytest.raises(LookupError, match="goal-later"):
        findings.page()


@pytest.mark.parametrize("text", ["Finding(rule=name(), severity='info')", "Finding(severity='info')"])
def test_a_rule_that_cannot_be_read_from_the_source_is_named_with_its_line(text: str) -> None:
    with pytest.raises(LookupError, match=r"some\.py:2"):
        list(findings._rules_in(findings.ast.parse(f"\n{text}"), "some.py"))


def test_the_laws_page_has_a_section_for_each_law() -> None:
    headings = re.findall(r"^## (\d)\. ", page("laws"), re.MULTILINE)
    assert [f"law-{number}" for number in headings] == list(LAWS)


def test_the_laws_page_names_every_cap() -> None:
    named = page("laws").partition("its cap: ")[2].partition(". The plan keeps both")[0]
    assert re.findall(r"`([\w:-]+)`", named) == [*WORDS, "override", "plugin:NAME"]


def test_the_glossary_is_in_order_and_says_each_word_once() -> None:
    words = re.findall(r"^\| ([a-z ,]+) \|", (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE)[1:]
    assert words == sorted(set(words))


def test_every_page_stands_in_the_navigation() -> None:
    pages = (path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md"))
    written = {page for page in pages if not page.startswith("decisions/")}
    named = set(re.findall(r"[\w/-]+\.md", (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:")[2]))
    assert written <= named
