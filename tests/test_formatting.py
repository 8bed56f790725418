"""A plugin's exceptions become one plain line, without the internals of our records."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from attrs import field, frozen, validators

from planner import Ceiling, Finding, Proposal, RunProposal, RunShape, Unavailable
from planner.formatting import cut, readable, written

if TYPE_CHECKING:
    from collections.abc import Callable


@frozen(kw_only=True)
class Record:
    """One field for each kind of validator."""

    kind: object = field(default=None, validator=validators.optional(validators.instance_of(int)))
    row: object = field(default=(), validator=validators.deep_iterable(validators.instance_of((int, str)), validators.instance_of(tuple)))
    day: object = field(default=None, validator=validators.optional(validators.instance_of(date)))
    word: object = field(default="x", validator=validators.in_({"y", "x"}))
    number: object = field(default=3, validator=validators.in_([3, 4]))
    like: object = field(default="x", validator=validators.matches_re("x+"))
    little: object = field(default=3, validator=validators.lt(9))
    other: object = field(default=3, validator=validators.not_(validators.instance_of(str)))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Ceiling(of="week-run-m", at_most=float("nan"), why="x"), "TypeError: at_most: found nan; expected a whole number"),
        (lambda: Ceiling(of="runs", at_most=-3, why="x"), "ValueError: at_most: found -3; expected at least 0"),
        (lambda: Unavailable(dates=(date(2027, 1, 4),), why="x"), "TypeError: dates: found tuple; expected a frozenset"),
        (
            lambda: Finding(rule="r", severity="fatal", message="m"),
            "ValueError: severity: found 'fatal'; expected one of stop, error, warning, info",
        ),
        (lambda: RunProposal(key="a", title="A", runs=()), "ValueError: runs: found 0 of them; expected at least 1"),
        (lambda: RunShape(share=float("nan")), "TypeError: share: found nan; expected a whole number from 1 to 100"),
        (lambda: RunShape(share=101), "ValueError: share: found 101; expected a whole number from 1 to 100"),
        (
            lambda: Proposal(key="A b", title="A"),
            'ValueError: key: found "A b"; expected small letters, digits and "-", a letter first',
        ),
        (lambda: Record(kind="x" * 100), f"TypeError: kind: found '{'x' * 57}...'; expected a whole number"),
        (lambda: Record(row=[1]), "TypeError: row: found list; expected a tuple"),
        (lambda: Record(row=(1, 1.5)), "TypeError: row: found 1.5; expected a whole number or text"),
        (lambda: Record(day="today"), "TypeError: day: found 'today'; expected a date"),
        (lambda: Record(word="z"), "ValueError: word: found 'z'; expected one of x, y"),
        (lambda: Record(number=5), "ValueError: number: found 5; expected one of 3, 4"),
        (lambda: Record(like="z"), "ValueError: like: found 'z'; expected text like 'x+'"),
        (lambda: Record(little=9), "ValueError: little: found 9; expected less than 9"),
        (lambda: int("ten"), "ValueError: invalid literal for int() with base 10: 'ten'"),
    ],
)
def test_a_wrong_value_is_named_with_what_was_expected(make: Callable[[], object], words: str) -> None:
    with pytest.raises((TypeError, ValueError)) as refused:
        make()
    assert readable(refused.value) == words


def test_a_validator_that_nobody_knows_says_its_own_sentence_alone() -> None:
    with pytest.raises(ValueError, match="not_") as refused:
        Record(other="s")
    assert "Attribute(" not in readable(refused.value)


def test_what_is_long_is_cut_and_shows_it() -> None:
    assert readable(ValueError("word " * 100)) == f"ValueError: {' '.join(['word'] * 60)} ..."
    assert readable(ValueError("x" * 300)) == f"ValueError: {'x' * 300}"
    assert readable(ValueError()) == "ValueError"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("06:40", '"06:40"'),
        ("f" * 60, f'"{"f" * 60}"'),
        ("f" * 61, f'"{"f" * 57}..."'),
        ("a\x07\nb", '"a\\x07\\nb"'),
        (True, "true"),
        (None, "null"),
        (-7, "-7"),
        (Decimal("6.40"), "6.40"),
        (1 << 20_000, "a number of very many digits"),
        (-(1 << 20_000), "a number of very many digits"),
        (Decimal("9" * 5000), f"{'9' * 57}..."),
        (date(2027, 1, 4), "2027-01-04"),
        ({"a": 1}, "a table"),
        ([1], "a list"),
    ],
    ids=type,
)
def test_a_value_of_a_file_is_said_as_the_file_says_it(value: object, words: str) -> None:
    assert written(value) == words


def test_a_file_of_another_kind_has_its_own_word_for_a_table() -> None:
    assert written({}, table="an object") == "an object"


def test_what_no_line_takes_is_escaped() -> None:
    assert cut("zone\u2028\ud800") == "zone\\u2028\\ud800"
    assert cut("Zürich") == "Zürich"
