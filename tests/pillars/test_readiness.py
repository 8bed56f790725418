"""Readiness: what keeps running off is told by what is open, and the block's walks are the only walking there is."""

from __future__ import annotations

import pytest
from assessed import KNEE, asked, ceilings
from attrs import evolve


@pytest.mark.parametrize(
    ("open_keys", "told"),
    [
        (("pain_next_morning",), "Not answered yet: pain_next_morning under [knee], for the test brisk walk (ENT-01)."),
        (("pain_walk_30",), "Not answered yet: pain_walk_30 under [knee], for the test brisk walk (ENT-01)."),
        (("stairs_days_clean",), "Not answered yet: stairs_days_clean under [knee], for the test stairs (ENT-02)."),
        (("pain_walk_30", "pain_next_morning"), "Not tested yet: brisk walk (ENT-01)."),
        (("pain_stairs", "stairs_days_clean"), "Not tested yet: stairs (ENT-02)."),
        (
            ("pain_walk_30", "pain_next_morning", "pain_stairs", "stairs_days_clean"),
            "Not tested yet: brisk walk (ENT-01), stairs (ENT-02).",
        ),
    ],
)
def test_a_test_that_is_answered_in_part_is_told_by_the_key_that_is_open(open_keys, told):
    about = asked(knee=evolve(KNEE, **dict.fromkeys(open_keys)))
    assert ceilings(about)["week-run-m"].why == told
