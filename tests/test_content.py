"""All texts for athletes: no impossible promises, and every exercise complete (4e, 4f)."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from planner.language import use_language
from planner_pillars.content import content, names_of_content, source_texts
from planner_pillars.exercises import FILES, exercises

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = files("planner_templates")
NAMES = sorted(
    f"{folder}/{f.name}" for folder in ("content", "programmes") for f in ROOT.joinpath(folder).iterdir() if f.name.endswith(".toml")
)
BANNED = re.compile(
    r"\b(cure[ds]?|curing|permanent(ly)?|safe(r|st|ly)?|guarantee[ds]?|prevent(s|ed|ing|ion|ive)?|lawful(ly)?)\b|blood[- ]flow",
    re.IGNORECASE,
)
REQUIRED = [
    "name",
    "other",
    "kit",
    "start",
    "movement",
    "range",
    "sets",
    "reps",
    "rep_s",
    "tempo",
    "rest_s",
    "load",
    "feel",
    "feel_not",
    "faults",
    "easier",
    "harder",
    "stop",
    "source",
    "grade",
]
SOURCE = re.compile(r"(PROG|WR|PAIN|ENT|RED|SITE|STR|MOB|FORM|SHOE|XT|OUT|SCHED)-\d\d[a-z]?|[A-Z]+-\d\d|S\d\d?b?|4[a-f]|5a")


def table_of(name: str) -> dict[str, object]:
    return tomllib.loads(ROOT.joinpath(*name.split("/")).read_text(encoding="utf-8"))


def texts(value: object, place: str) -> Iterator[tuple[str, str]]:
    """Every text in a table, with its place."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts(item, f"{place}.{key}")
    elif isinstance(value, list):
        for number, item in enumerate(value, 1):
            yield from texts(item, f"{place}[{number}]")


def test_there_is_content() -> None:
    assert {f"content/{name}.toml" for name in (*FILES, "strength", "mobility")} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_promised(name: str) -> None:
    found = [(place, hit[0], text) for place, text in texts(table_of(name), name) if (hit := BANNED.search(text))]
    assert not found


@pytest.mark.parametrize("word", ["cure", "Cured", "permanently", "safe", "guaranteed", "prevents", "prevent", "prevention", "lawful"])
def test_the_banned_words_are_found(word: str) -> None:
    assert BANNED.search(f"It is {word}, really.")


@pytest.mark.parametrize("word", ["secure", "safety questions", "manicure", "unlawful act", "event"])
def test_other_words_are_left_alone(word: str) -> None:
    assert not BANNED.search(word)


@pytest.mark.parametrize("name", [f"content/{file}.toml" for file in FILES])
def test_every_exercise_has_every_field(name: str) -> None:
    for key, entry in table_of(name).items():
        assert isinstance(entry, dict)
        assert not [field for field in REQUIRED if field not in entry], key


def test_every_exercise_loads_and_names_its_source() -> None:
    assert len(exercises()) == sum(len(table_of(f"content/{file}.toml")) for file in FILES)
    for key, exercise in exercises().items():
        assert SOURCE.fullmatch(exercise.source), key
        assert exercise.grade in {"trial", "weak", "practice"}, key


@pytest.mark.parametrize("name", ["content/strength.toml", "content/mobility.toml"])
def test_reasons_name_their_source(name: str) -> None:
    reasons = [item for value in table_of(name).values() if isinstance(value, list) for item in value if isinstance(item, dict)]
    assert reasons
    assert all(SOURCE.fullmatch(reason["source"]) and reason["text"].endswith(".") for reason in reasons)


def test_strength_makes_no_claim_about_form_and_calls_weak_evidence_weak() -> None:
    table = table_of("content/strength.toml")
    reasons = {reason["source"]: reason["text"] for reason in table["why"] if "stage" not in reason}  # type: ignore[union-attr,index]
    assert "not been found to change how people run" in reasons["STR-12"]
    assert "weak evidence" in reasons["STR-04"]
    assert "weak evidence" in table["text"]["pain"]  # type: ignore[index]


def test_texts_claim_no_more_than_their_evidence() -> None:
    trial = next(reason for reason in table_of("content/strength.toml")["why"] if reason["source"] == "S19")  # type: ignore[attr-defined,index,union-attr]
    assert "did not differ" in trial["text"]
    assert "weak evidence" in table_of("content/footwear.toml")["fitting"]["why"]  # type: ignore[index]
    assert "In one study (S33)" in table_of("content/assessment.toml")["notes"]["referral"]["details"]  # type: ignore[index]


def test_mobility_promises_range_of_motion_and_nothing_else() -> None:
    said = " ".join(text for _, text in texts(table_of("content/mobility.toml"), ""))
    assert "joints move further; that is all" in said
    assert "not been shown to lower the risk of injury" in said
    assert "Nothing more is claimed" in said


def by_key(value: object, *keys: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text in a table, with its key and the key of the table that holds it."""
    if isinstance(value, str):
        yield keys[-2:], value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from by_key(item, *keys, name)
    elif isinstance(value, list):
        for item in value:
            yield from by_key(item, *keys)


@pytest.mark.parametrize("name", names_of_content())
def test_a_key_holds_either_texts_for_people_or_names_for_the_programme(name: str) -> None:
    translated = set(source_texts(name))
    kinds: dict[tuple[str, ...], set[bool]] = {}
    for keys, text in by_key(table_of(f"content/{name}.toml")):
        if text:
            kinds.setdefault(keys, set()).add(text in translated)
    assert [keys for keys, found in kinds.items() if len(found) > 1] == []


def test_a_sign_and_a_stage_of_one_word_are_translated() -> None:
    with use_language("de"):
        signs = {flag["id"]: flag["sign"] for flag in content("red-flags")["flag"]}  # type: ignore[attr-defined]
        assert signs["PREG-01"] == "du bist schwanger"
        assert content("strength")["stages"][-1] == "kräftig"  # type: ignore[index]
