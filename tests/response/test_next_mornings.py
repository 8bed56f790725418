"""Next mornings in rows of their own: which run and which knee each belongs to."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.entry import Entry, Side
from planner.response import Answers, Terms
from tests.response.rows import CLEAN, EAGER, FAR, MORNING, PLANNED, SILENT, day, decided, rolled, run, standing
from tests.response.test_properties import FEW

EVENING = (0, 2, 0, None)
SORE_EVENING = (1, 1, 1, None)
BOTH = [run(0, SORE_EVENING, side="left"), run(0, SORE_EVENING, side="right")]


def morning(number: int, pain: int = 3, side: Side = "", **more: object) -> Entry:
    """A row on day `number` with a next morning and no more of the knee."""
    return Entry(date=day(number), pain_next_morning=pain, side=side, **more)


@pytest.mark.parametrize(
    ("rows", "rules"),
    [
        ([run(0, EVENING), morning(1)], ["5"]),
        ([run(0, EVENING), morning(1, 0)], ["10"]),
        ([morning(1), run(0, EVENING)], ["5"]),
        ([run(0, EVENING), run(0, EVENING, side="left"), morning(1)], ["5"]),
        ([run(0, EVENING), morning(1), run(3, EVENING), morning(4, 0)], ["5", "10"]),
        ([run(0, MORNING), morning(1, 0)], ["5"]),
        ([run(0, EVENING), morning(2)], ["8"]),
        ([run(1, EVENING), morning(0)], ["8"]),
        ([run(0, EVENING), run(1, EVENING), morning(1)], ["5", "8"]),
        ([run(0, CLEAN), run(1, EVENING), morning(1)], ["10", "5"]),
    ],
)
def test_a_next_morning_on_its_own_date_is_that_of_the_run_of_the_day_before(rows: list[Entry], rules: list[str]) -> None:
    assert decided(rows) == rules


@pytest.mark.parametrize("more", [{}, {"session": "a/run#1"}], ids=str)
@pytest.mark.parametrize("names", [{}, {"session": "a/run#1"}], ids=str)
def test_a_next_morning_on_the_date_of_the_run_is_that_of_this_run(names: dict[str, str], more: dict[str, str]) -> None:
    assert decided([run(1, EVENING, **names), morning(1, **more)], runs=PLANNED) == ["5"]
    assert decided([run(1, EVENING, **names), morning(1, 0, **more)], runs=PLANNED) == ["10"]
    assert decided([run(1, SORE_EVENING, side="left", **names), morning(1, 1, **more)], runs=PLANNED) == ["10"]


def test_a_planned_run_with_a_next_morning_alone_is_a_run() -> None:
    assert decided([morning(1, 0, session="a/run#1")], runs=PLANNED) == ["8"]
    assert decided([run(0, EVENING, session="a/run#1"), morning(1, 0, session="a/run#1")], runs=PLANNED) == ["10"]
    both = standing([run(0, EVENING), morning(1, 0, session="a/run#1")], runs=PLANNED)
    assert [found.date for found in both.runs] == [day(0), day(1)], "the run of the day before bears no name"


@pytest.mark.parametrize(
    "more",
    [
        *({key: 0} for key in ("run_m", "foot_m", "seconds", "sets_done", "pain_before", "pain_during", "pain_after")),
        {"session": "a/strength#1"},
    ],
    ids=str,
)
def test_a_row_of_something_else_is_nobodys_next_morning(more: dict[str, object]) -> None:
    assert decided([run(0, EVENING), morning(1, **more)])[0] == "8"


@pytest.mark.parametrize(
    ("left", "right", "row"),
    [(4, 1, "5"), (1, 4, "5"), (1, 1, "10"), (2, 2, "5"), (None, 1, "8"), (1, None, "8"), (None, 4, "5"), (4, None, "5")],
)
@pytest.mark.parametrize("on", [0, 1])
def test_each_knee_has_a_next_morning_of_its_own(left: int | None, right: int | None, row: str, on: int) -> None:
    said: list[tuple[Side, int | None]] = [("left", left), ("right", right)]
    mornings = [morning(on, pain, side) for side, pain in said if pain is not None]
    assert {tuple(decided(rows)) for rows in permutations([*BOTH, *mornings])} == {(row,)}


def test_a_next_morning_never_hides_that_of_the_other_knee() -> None:
    rows = [run(0, (1, 1, 1, 4), side="left"), run(0, SORE_EVENING, side="right")]
    assert decided([*rows, morning(1, 1, "right")]) == ["5"]
    assert decided([*rows, morning(1, 1)]) == ["5"]


@pytest.mark.parametrize("side", ["", "both"])
def test_a_row_without_a_side_is_about_every_knee(side: Side) -> None:
    assert decided([*BOTH, morning(1, 1, side)]) == ["10"]
    assert decided([*BOTH, morning(1, 2, side)]) == ["5"]
    one = run(0, SORE_EVENING, side=side)
    for rows in permutations([one, morning(1, 4, "left"), morning(1, 1, "right")]):
        assert decided(rows) == ["5"]
    assert decided([one, morning(1, 1, "left")]) == ["10"]
    assert decided([run(0, (0, 1, 0, 0), side="left"), run(0, (2, 2, 2, None), side="right"), morning(1, 2, side)]) == ["10"]


def test_the_next_morning_of_a_knee_that_has_no_other_row_counts() -> None:
    assert decided([run(0, CLEAN, side="left"), morning(1, 4, "right")]) == ["5"]
    found = standing([run(0, EVENING, side="left"), morning(1, 0, "right")])
    assert found.runs[0].answers == (Answers(before=0, during=2, after=0), Answers(morning=0))
    assert found.verdicts[0].row == "8"


def test_of_several_next_mornings_the_highest_counts() -> None:
    for rows in permutations([run(0, EVENING), morning(1, 0), morning(1, 3)]):
        assert decided(rows) == ["5"]
    assert decided([run(0, CLEAN), morning(1)]) == ["5"], "two answers to one question"
    assert decided([run(0, (2, 2, 2, 2)), morning(1, 1)]) == ["10"]


def test_a_watch_s_row_gets_no_next_morning_of_its_own() -> None:
    rows = [run(0, SILENT), run(0, SORE_EVENING, None, side="left"), morning(1, 1)]
    assert decided(rows) == ["10"]


@pytest.mark.parametrize(
    ("more", "rows"),
    [
        ({"limp": True}, ["10", "2"]),
        ({"swelling": True}, ["10", "2"]),
        ({"red_flag": "RED-04"}, ["10", "1"]),
        ({"painkiller": True}, ["MED-01"]),
    ],
    ids=str,
)
def test_what_else_a_next_morning_s_row_says_is_heard(more: dict[str, object], rows: list[str]) -> None:
    assert decided([run(0, EVENING), morning(1, 0, **more)]) == rows


SIDES = st.sampled_from(("", "left", "right", "both"))
PAINS = st.one_of(st.none(), st.integers(0, 3))
RUNS = st.builds(lambda number, felt, side: run(number, felt, side=side), st.integers(0, 2), st.tuples(PAINS, PAINS, PAINS, PAINS), SIDES)
MORNINGS = st.builds(
    lambda number, pain, side, name: morning(number, pain, side, session=name),
    st.integers(0, 3),
    st.integers(0, 5),
    SIDES,
    st.sampled_from(("", "", "a/run#1")),
)


@given(st.lists(RUNS, min_size=1, max_size=3), st.lists(MORNINGS, min_size=1, max_size=3), st.randoms(use_true_random=False))
@FEW
def test_the_order_of_next_mornings_means_nothing(runs: list[Entry], mornings: list[Entry], random: object) -> None:
    rows = [*runs, *mornings]
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert rolled(shuffled, before=FAR, terms=EAGER) == rolled(rows, before=FAR, terms=EAGER)


@given(st.lists(RUNS, min_size=1, max_size=3), st.lists(MORNINGS, max_size=2), SIDES, st.integers(0, 3))
@FEW
def test_one_bad_next_morning_is_never_made_good_by_others(runs: list[Entry], mornings: list[Entry], side: Side, number: int) -> None:
    bad = [morning(number, 10, side)]
    near = any(row.date in (day(number), day(number - 1)) for row in runs)
    worst = {verdict.decision for verdict in rolled([*runs, *mornings, *bad], before=FAR, terms=Terms()).verdicts}
    assert not near or worst & {"regress", "stop"}
