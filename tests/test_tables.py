"""The cache of parsed tables: always up to date with the file, whatever is cached and whether caching works."""

from __future__ import annotations

import os
import sys
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import planner_templates
from planner_templates.tables import kept_at, table

OURS = sorted(Path(planner_templates.__file__).parent.glob("*/*.toml"))
TEXT = "name = 'hip'\nsets = [3, 2]\n[deep.er]\nyes = true\n"


@pytest.fixture(autouse=True)
def keeping(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables are kept, whatever the environment says about byte code."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "words.toml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def no_parser(text: str, **_: object) -> dict[str, object]:
    raise AssertionError(f"parsed {text[:40]!r}")


def place_of(file: Path) -> Path:
    place = kept_at(file)
    assert place is not None
    return place


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_every_table_of_ours_is_what_the_parser_says_and_can_be_kept(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    parsed = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    assert table(path) == table(copy) == parsed
    assert place_of(copy).exists()
    assert table(copy) == parsed
    assert list(table(copy)) == list(parsed)


def test_what_is_kept_is_not_parsed_again(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = table(file)
    assert [path.name for path in place_of(file).parent.iterdir()] == [f"words.{sys.implementation.cache_tag}.table"]
    monkeypatch.setattr(tomllib, "loads", no_parser)
    assert table(file) == first == {"name": "hip", "sets": [3, 2], "deep": {"er": {"yes": True}}}
    file.write_text(TEXT + "#", encoding="utf-8")
    with pytest.raises(AssertionError, match="parsed"):
        table(file)


@given(st.lists(st.sampled_from("abcd"), min_size=2, max_size=6))
@settings(max_examples=30, deadline=None)
def test_a_changed_file_is_never_taken_for_the_one_before(words: list[str]) -> None:
    """Not even one of the same size and time, as two releases of one reproducible wheel are."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "words.toml")
        for word in words:
            file.write_text(f"word = '{word}'\n", encoding="utf-8")
            os.utime(file, (1_580_601_600, 1_580_601_600))
            assert table(file) == {"word": word}


@pytest.mark.parametrize("kept", [b"", b"\x00", b"not marshal at all", b"i\x01\x00\x00\x00", b"(\x01\x00\x00\x00N"])
def test_what_is_kept_wrong_is_parsed_again(file: Path, kept: bytes) -> None:
    first = table(file)
    place_of(file).write_bytes(kept)
    assert table(file) == first


def test_a_table_that_is_half_kept_is_parsed_again(file: Path) -> None:
    first = table(file)
    whole = place_of(file).read_bytes()
    for length in range(len(whole)):
        place_of(file).write_bytes(whole[:length])
        assert table(file) == first
        assert place_of(file).read_bytes() == whole


def test_nothing_is_kept_where_python_keeps_no_byte_code(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert table(file) == tomllib.loads(TEXT)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys.implementation, "cache_tag", None)
    assert table(file) == tomllib.loads(TEXT)
    assert list(file.parent.iterdir()) == [file]


def test_where_nothing_can_be_written_it_is_parsed_each_time(file: Path) -> None:
    (file.parent / "__pycache__").write_text("in the way", encoding="utf-8")
    assert table(file) == table(file) == tomllib.loads(TEXT)


def test_dates_and_fractions_are_read_rightly_each_time(file: Path) -> None:
    file.write_text("day = 2027-01-04\nkm = 4.5\n", encoding="utf-8")
    for _ in range(2):
        assert table(file) == {"day": date(2027, 1, 4), "km": Decimal("4.5")}
    assert not place_of(file).exists()


def test_a_file_that_is_no_toml_or_not_there_is_said(file: Path) -> None:
    file.write_text("word = \n", encoding="utf-8")
    with pytest.raises(tomllib.TOMLDecodeError):
        table(file)
    file.unlink()
    with pytest.raises(FileNotFoundError):
        table(file)
