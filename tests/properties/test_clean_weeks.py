"""4d: whichever weeks were sore or cut short, a programme that waits for two clean weeks does not grow before them."""

from __future__ import annotations

from hypothesis import event, given, settings
from hypothesis import strategies as st

from tests.engine.test_clean_weeks import START, WEEK, lived, planned

LIVED = 4
NUMBERS = st.integers(1, LIVED)


@settings(max_examples=max(5, settings.default.max_examples // 40))
@given(st.dictionaries(NUMBERS, st.sampled_from([3, 4]), max_size=2), st.frozensets(NUMBERS, max_size=2))
def test_no_week_grows_before_two_clean_ones(sore: dict[int, int], missed: frozenset[int]) -> None:
    plan = planned(lived(sore, LIVED, missed), START + LIVED * WEEK)
    for number in range(3, LIVED + 3):
        before, week = plan.weeks[number - 2 : number]
        if not {number - 2, number - 1}.isdisjoint(sore):
            event("waits")
            assert week.run_m <= before.ceiling_run_m or before.decision == "off"  # after a week off laws 4 and 5 decide
            assert week.decision != "progress"
