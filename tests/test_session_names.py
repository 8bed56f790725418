"""Suggestions for session names written by hand."""

from __future__ import annotations

import pytest

from planner.session_names import meant

KNOWN = ("progression/run#1", "progression/run#2", "progression/rest-day#1", "hip_strength/strength-1#1", "hip_strength/strength-2#1")


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("progression/run#1", ""),
        ("progression/run#7", ""),
        ("hip_strength/strength-3#1", ""),
        ("progression/rum#1", "progression/run#1"),
        ("progression/rum#2", "progression/run#2"),
        ("progression/rum#9", "progression/run#1"),
        ("Progression/run#1", "progression/run#1"),
        ("hip_strenght/strength-2#1", "hip_strength/strength-2#1"),
        ("cross_training/bike#1", ""),
        ("stretching/rows#1", ""),
    ],
)
def test_the_nearest_name_is_the_one_that_was_meant(name: str, nearest: str) -> None:
    assert meant(name, KNOWN) == nearest


def test_where_nothing_is_known_nothing_was_meant() -> None:
    assert meant("progression/rum#1", ()) == ""
