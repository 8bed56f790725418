"""Checks of one line of untrusted text."""

from __future__ import annotations

import pytest

from planner import RunProposal, RunShape
from planner.errors import InputError
from planner.text_checks import check_line, is_line
from tests.host.test_proposals_and_settings import fault
from tests.tiny_plugins import Tiny, exercise

NO_LINES = ["a\nb", "a\u2028b", "a\u202eb", "\u200b", "\u2066x", "\x00", "\u200b \u00ad"]


@pytest.mark.parametrize("text", ["a", "Ünder 3 km", "走る", "a\u00a0b", "👩\u200d🦰", "\u05d0\u200f1"])
def test_a_line_is_taken(text: str) -> None:
    assert is_line(text)
    check_line(text, "title", most=100)


@pytest.mark.parametrize("text", NO_LINES)
def test_what_is_no_line_is_refused_in_a_file_and_from_a_plugin(text: str) -> None:
    with pytest.raises(InputError, match="one line of ordinary text"):
        check_line(text, "title", most=100)
    run = RunProposal(key="run", title=text, runs=(RunShape(share=100),))
    unbroken = RunProposal(key="run", title="Run", unbroken=text, runs=(RunShape(share=100),))
    assert "title: found" in fault(Tiny(sessions=(exercise(title=text),)), "planner_sessions").problem
    assert "title: found" in fault(Tiny(runs=(run,)), "planner_runs").problem
    assert "unbroken: found" in fault(Tiny(runs=(unbroken,)), "planner_runs").problem
