"""The decision table: each row's decision, and the boundaries between rows."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from planner.athlete import Screening
from planner.response import TABLE, Terms
from planner.response.table import row_named
from tests.response.rows import CLEAN, EAGER, FLARE, MORNING, SILENT, SORE, UNSETTLED, judged, run, verdicts

BANNED = re.compile(r"\b(cure[ds]?|permanent(ly)?|safe(ly)?|guaranteed?|prevents?|lawful(ly)?)\b|[{}]", re.IGNORECASE)


def test_the_table() -> None:
    assert [(r.row, r.kind, r.decision, r.rest_days, r.levels, r.source, r.sign) for r in TABLE] == [
        ("1", "series", "stop", 0, 0, "{sign}", ""),
        ("3", "series", "stop", 2, -2, "3a row 3", "3a-3"),
        ("12", "series", "stop", 3, -2, "3a row 12", "3a-12"),
        ("12", "series", "stop", 3, -2, "3a row 12", "3a-12"),
        ("11", "series", "regress", 3, -2, "3a row 11", ""),
        ("2", "knee", "regress", 2, -2, "PAIN-02", ""),
        ("4", "knee", "regress", 2, -1, "PAIN-05", ""),
        ("5", "run", "regress", 2, -1, "PAIN-01", ""),
        ("6", "run", "regress", 1, -1, "PAIN-06", ""),
        ("7", "run", "hold", 1, 0, "PAIN-01", ""),
        ("2b", "run", "hold", 1, 0, "3a row 2", ""),
        ("7b", "run", "hold", 1, 0, "4d row 7b", ""),
        ("1b", "run", "hold", 0, 0, "RED-09b", ""),
        ("MED-01", "run", "hold", 0, 0, "MED-01", ""),
        ("8", "run", "hold", 0, 0, "PAIN-08", ""),
        ("9", "run", "hold", 0, 0, "WR-04", ""),
        ("9", "run", "hold", 0, 0, "WR-03", ""),
        ("10", "run", "progress", 0, 0, "WR-04", ""),
    ]
    assert all(row_named(row.row).row == row.row for row in TABLE)


@pytest.mark.parametrize(
    ("felt", "row", "decision", "rest", "levels"),
    [
        (CLEAN, "10", "progress", 0, 0),
        ((1, 2, 1, 1), "10", "progress", 0, 0),
        (UNSETTLED, "7", "hold", 1, 0),
        (SORE, "6", "regress", 1, -1),
        (MORNING, "5", "regress", 2, -1),
        ((3, 0, 0, 0), "4", "regress", 2, -1),
        (FLARE, "2", "regress", 2, -2),
        ((0, 2, 0, None), "8", "hold", 0, 0),
    ],
    ids=str,
)
def test_check_vectors(felt: tuple[int | None, ...], row: str, decision: str, rest: int, levels: int) -> None:
    verdict = judged(felt)
    assert (verdict.row, verdict.own, verdict.decision, verdict.rest_days, verdict.levels) == (row, row, decision, rest, levels)
    assert verdict.share == {0: Fraction(1), -1: Fraction(4, 5), -2: Fraction(3, 5)}[levels]
    assert verdict.signs == ()


@pytest.mark.parametrize("felt", [CLEAN, (1, 2, 1, 1)], ids=str)
def test_check_vectors_with_too_few_clean_runs(felt: tuple[int, ...]) -> None:
    verdict = judged(felt, Terms())
    assert (verdict.row, verdict.decision, verdict.clean) == ("9", "hold", True)


@pytest.mark.parametrize(
    ("felt", "row"),
    [
        ((0, 5, 0, 0), "6"),
        ((0, 3, 0, 0), "6"),
        ((0, 2, 0, 0), "10"),
        ((2, 2, 2, 2), "10"),
        ((2, 2, 0, 0), "10"),
        ((3, 3, 3, 3), "4"),
        ((3, 6, 3, 3), "2"),
        ((10, 5, 0, 0), "4"),
        ((2, 2, 2, 3), "5"),
        ((2, 4, 3, 3), "5"),
        ((2, 4, 3, 2), "6"),
        ((2, 2, 3, 2), "7"),
        ((0, 10, 10, 10), "2"),
        ((3, None, None, None), "4"),
        ((None, 6, None, None), "2"),
        ((None, 3, None, None), "6"),
        ((None, 0, 0, 0), "8"),
        ((None, 0, 1, 0), "7"),
        ((None, 0, 0, 1), "5"),
        ((0, None, 0, 0), "8"),
        ((0, None, 0, 1), "5"),
        ((0, None, 1, 0), "7"),
        ((0, 0, None, 0), "8"),
        ((0, 0, None, 1), "5"),
        ((0, 0, 0, None), "8"),
        ((0, 3, 0, None), "6"),
        ((0, 2, 1, None), "7"),
        (SILENT, "8"),
    ],
    ids=str,
)
def test_the_first_row_that_holds_decides(felt: tuple[int | None, ...], row: str) -> None:
    assert judged(felt).row == row


@pytest.mark.parametrize("sign", ["limp", "swelling"])
def test_a_limp_or_swelling_is_row_2_whatever_was_felt(sign: str) -> None:
    assert judged(CLEAN, **{sign: True}).row == "2"
    assert judged(SILENT, **{sign: True}).row == "2"
    assert judged(CLEAN, **{sign: False}).row == "10"


@pytest.mark.parametrize(
    ("most", "felt", "row"),
    [
        (1, (1, 1, 1, 1), "10"),
        (1, (0, 2, 0, 0), "6"),
        (1, (2, 0, 0, 0), "4"),
        (0, (0, 0, 0, 0), "10"),
        (0, (0, 1, 0, 0), "6"),
        (0, (1, 0, 0, 0), "4"),
        (0, (0, 0, 1, 0), "7"),
        (0, (0, 0, 0, 1), "5"),
    ],
)
def test_less_pain_is_fine_at_the_outer_side_and_none_in_a_bone(most: int, felt: tuple[int, ...], row: str) -> None:
    assert judged(felt, Terms(clean_needed=1, most_pain=most)).row == row


@pytest.mark.parametrize(
    "wrong", [{"most_pain": 3}, {"most_pain": -1}, {"clean_needed": 0}, {"levels_per_week": 0}, {"growth": Fraction(11, 100)}], ids=str
)
def test_terms_that_would_loosen_are_refused(wrong: dict[str, int | Fraction]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Terms(**wrong)


def test_the_terms_at_their_ends_and_by_default() -> None:
    plain = Terms()
    assert (plain.clean_needed, plain.levels_per_week, plain.most_pain, plain.growth) == (2, 2, 2, Fraction(1, 10))
    assert Terms(growth=Fraction(0), clean_needed=1, levels_per_week=1, most_pain=0).screening == Screening()
    with pytest.raises(ValueError, match="growth"):
        Terms(growth=Fraction(-1, 10))


def test_what_was_not_answered_is_named() -> None:
    assert judged((0, 0, 0, None)).text.startswith("Not answered: next morning.")
    assert judged(SILENT).text.startswith("Not answered: before, worst while running, an hour after, next morning.")


def test_words_name_the_limit_and_the_count() -> None:
    assert judged((3, 0, 0, 0)).text.startswith("More than 2 of 10 before a run")
    assert judged(SORE, Terms(most_pain=1)).text.startswith("More than 1 of 10 while running")
    assert judged(CLEAN, Terms(clean_needed=3)).text.startswith("A clean run, 1 in a row; a step up takes 3.")


def test_words_for_athletes_promise_nothing() -> None:
    rows = [run(n, felt) for n, felt in enumerate([CLEAN, SORE, SORE, FLARE, MORNING, UNSETTLED, SILENT, CLEAN, FLARE, (3, 0, 0, 0)])]
    said = [verdict.text for verdict in verdicts(rows, EAGER)]
    assert [text for text in (*said, judged(CLEAN, red_flag="RED-04").text) if BANNED.search(text)] == []
    assert [row.row for row in TABLE if BANNED.search(re.sub(r"{\w+}", "", row.text))] == []
