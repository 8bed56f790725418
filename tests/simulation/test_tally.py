"""Sums over lives, in constant space."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.simulation.kinds import KINDS
from planner.simulation.outcome import Fault, Life, Trouble
from planner.simulation.tally import MOST_FAULTS, Tally

SMALL = st.integers(0, 9)


def fault(trouble: Trouble, number: int = 1) -> Fault:
    return Fault(number, "2027-01-04", trouble, "words")


LIVES = st.lists(
    st.builds(
        Life,
        number=st.integers(1, 99),
        kind=st.sampled_from(list(KINDS)),
        template=st.just("walk-run"),
        plans=SMALL,
        goal_week=st.none() | st.integers(1, 12),
        holds=SMALL,
        missed=SMALL,
        faults=st.lists(st.sampled_from([fault("law"), fault("refused"), fault("bug")]), max_size=3).map(tuple),
    ),
    max_size=8,
)


def tally_of(lives: list[Life]) -> Tally:
    tally = Tally()
    for life in lives:
        tally.add(life)
    return tally


@settings(max_examples=200)
@given(LIVES)
def test_sums_are_those_of_the_lives_by_kind_and_together(lives: list[Life]) -> None:
    sums = tally_of(lives).sums()
    assert list(sums) == [kind for kind in KINDS if any(life.kind == kind for life in lives)] + ["all"]
    for kind, known in sums.items():
        own = [life for life in lives if kind in (life.kind, "all")]
        weeks = sorted(life.goal_week for life in own if life.goal_week is not None)
        assert (known.athletes, known.plans, known.holds) == (len(own), sum(x.plans for x in own), sum(x.holds for x in own))
        assert known.broken == sum(fault.trouble == "law" for life in own for fault in life.faults)
        assert (known.reached, sum(known.goal_weeks.values())) == (len(weeks), len(weeks))
        assert known.median_goal_week == (weeks[(len(weeks) - 1) // 2] if weeks else None)


@settings(max_examples=200)
@given(LIVES)
def test_the_order_of_lives_means_nothing(lives: list[Life]) -> None:
    one, other = tally_of(lives), tally_of(lives[::-1])
    assert (one.sums(), one.troubles, one.athletes) == (other.sums(), other.troubles, other.athletes)


def test_every_fault_is_counted_and_some_are_kept_one_a_runner() -> None:
    lives = [Life(n, "sore", "walk-run", faults=(fault("law", n), fault("bug", n))) for n in range(150)]
    tally = tally_of(lives)
    assert [fault.number for fault in tally.faults] == list(range(MOST_FAULTS))
    assert tally.troubles == {"law": 150, "bug": 150}
