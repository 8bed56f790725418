"""Text is decoded alike wherever it comes from, with or without a byte order mark, and what is not text is refused with its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import InputError
from planner.text_decoding import BOM, content_start, decode_any, decode_utf8

TEXT = "Köln\r\n5 km\n"
"""A text whose bytes are no text in UTF-8 if it is written in Windows-1252."""


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (TEXT.encode("utf-16"), "a.csv: this is UTF-16 text, not UTF-8; expected plain text in UTF-8. Save it again"),
        (TEXT.encode("utf-16-be"), "a.csv, line 1: NUL bytes"),
        (TEXT.encode("cp1252"), "a.csv, line 1: the file is not UTF-8 text"),
        (b"a\rb\r\nc\n\xff", "a.csv, line 4: the file is not UTF-8 text"),
        (b"a\n\n\0", "a.csv, line 3: NUL bytes: this is not text, or a part of the file was lost"),
    ],
)
def test_what_is_not_utf8_is_refused_with_its_line(raw: bytes, said: str) -> None:
    with pytest.raises(InputError) as refused:
        decode_utf8(raw, "a.csv")
    assert str(refused.value).startswith(said)
    with pytest.raises(InputError) as unplaced:
        decode_utf8(raw, "")
    assert unplaced.value.where == refused.value.where.removeprefix("a.csv").removeprefix(", ")


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_utf8_comes_back_as_it_was_written_and_its_mark_is_kept(text: str) -> None:
    raw = text.encode()
    assert decode_utf8(raw, "x") == text
    assert decode_utf8(BOM.encode() + raw, "x") == BOM + text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_exports_are_decoded_and_a_guess_is_noted(encoding: str) -> None:
    text, note = decode_any(TEXT.encode(encoding), expected="a table")
    assert text == TEXT
    assert ("Windows-1252" in note) == (encoding == "cp1252")


def test_a_mark_is_no_part_of_the_text_even_if_the_rest_is_windows_1252() -> None:
    text, note = decode_any(BOM.encode() + TEXT.encode("cp1252"), expected="a table")
    assert text == TEXT
    assert note


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (TEXT.encode("utf-16")[:-1], "text that says it is UTF-16, and is not; expected a table"),
        (TEXT.encode("utf-16-le"), "NUL bytes; expected a table"),
        ("a\0b".encode("utf-16"), "NUL bytes; expected a table"),
    ],
)
def test_exports_that_are_not_text_are_refused(raw: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        decode_any(raw, expected="a table")


def test_the_start_of_the_content_is_what_follows_the_mark_and_white_space() -> None:
    assert content_start(BOM.encode() + b" \r\n\t{}") == b"{}"
    assert content_start(BOM.encode() + b"\n") == content_start(b"") == b""
