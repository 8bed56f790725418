"""Whole numbers in text, and that no other code parses untrusted digits."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import planner
from planner.cli.questions import _whole as answer
from planner.digits import whole_number
from planner.errors import InputError

HOME = Path(planner.__file__).parent
TESTS = {"isdigit", "isdecimal", "isnumeric"}


@given(st.integers(0, 10**9 - 1), st.integers(0, 3))
def test_plain_digits_are_a_number(number: int, zeros: int) -> None:
    text = ("0" * zeros + str(number))[:9]
    assert whole_number(text) == whole_number(text.encode()) == int(text)


@given(st.one_of(st.text(), st.text("0123456789²٣߁-+_ .", max_size=4), st.just("9" * 5000)), st.integers(1, 20))
def test_any_other_text_is_none(text: str, most: int) -> None:
    plain = bool(text) and set(text) <= set("0123456789") and len(text) <= most
    assert whole_number(text, most) == (int(text) if plain else None)


@pytest.mark.parametrize("text", ["²", "5" + "0" * 5000, "000005" + "9" * 5000, ""])
def test_a_question_refuses_what_is_no_number(text: str) -> None:
    with pytest.raises(InputError, match="a whole number from 0 to 10"):
        answer(text, 0, 10)


def test_nobody_else_asks_whether_text_is_digits_and_makes_a_number_of_it() -> None:
    asked = set[str]()
    for path in HOME.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in TESTS:
                asked.add(path.relative_to(HOME).as_posix())
    assert asked == {"digits.py"}
