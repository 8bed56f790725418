"""The catalogues: complete, with the placeholders of the English, and without messages that extraction misses."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from tools import catalogues

from planner.language import CATALOGUES, languages

ROOT = Path(__file__).parents[1]
CODE = [file for folder in catalogues.CODE for file in sorted((ROOT / folder).rglob("*.py"))]


@pytest.fixture(scope="module")
def wanted() -> Catalog:
    return catalogues.messages()


@pytest.mark.parametrize("language", [code for code in languages() if code != "en"])
def test_a_catalogue_is_complete_and_nothing_in_it_is_a_guess(language: str, wanted: Catalog) -> None:
    assert list(catalogues.faults(catalogues.updated(language, wanted))) == []


def test_what_is_missing_guessed_or_lost_in_translation_is_a_fault() -> None:
    found = Catalog(locale="de", fuzzy=False)
    found.add("left", "")
    found.add("guessed", "geraten", flags={"fuzzy"})
    found.add("{n} weeks", "Wochen")
    found.add("a week", "{n} Wochen")
    found.add(("{n} run", "{n} runs"), ("ein Lauf", "{n} Läufe"))
    found.add("fine {here}", "gut {here}")
    assert list(catalogues.faults(found)) == [
        "not translated: 'left'",
        "fuzzy: 'guessed'",
        "places in braces are missing: '{n} weeks'",
        "places in braces that the English has not: '{n} Wochen'",
    ]


def test_messages_come_from_code_pages_and_content(wanted: Catalog) -> None:
    places = {Path(place).suffix for message in wanted for place, _ in message.locations}
    assert places == {".py", ".j2", ".toml"}
    assert "Soldiers' knee programme" in wanted


@pytest.mark.parametrize("file", CODE, ids=lambda file: file.stem)
def test_no_message_is_made_of_parts(file: Path) -> None:
    """What is put together before it is told stands in no catalogue. `_` of a table's value is fine: `noted` names that one."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in catalogues.KEYWORDS:
            assert not isinstance(node.args[0], ast.JoinedStr | ast.BinOp), f"{file}:{node.lineno}"


def test_messages_inside_f_strings_and_of_several_literals_are_found() -> None:
    source = """f"<p>{text(_('inside'))}"\nN_("in " "two")\nngettext("{n} run", "{n} runs", 3)\n_(TABLE[key])\nother("not this")"""
    assert set(catalogues.of_source(source)) == {"inside", "in two", ("{n} run", "{n} runs")}


def test_german_tells_walking_from_running() -> None:
    """A cool-down is a walk, and whoever is to walk home is told not to run on."""
    with (CATALOGUES / "de" / "LC_MESSAGES" / "planner.po").open("rb") as stream:
        german = read_po(stream, locale="de")
    assert {str(german[word].string) for word in ("cool-down", "Cool-down")} == {"Zum Abschluss", "Abschluss"}
    home = [str(m.string) for m in german if isinstance(m.id, str) and "walk home" in m.id]
    assert home
    assert all("nicht weiter" in text and "sondern" in text and "nach Hause" in text for text in home)
