"""Error messages for plugin authors: where the error was raised, in which record, and what was expected."""

from __future__ import annotations

import json

import pytest

from planner import Step
from planner.errors import PluginError
from tests.hostile.held import evil, forged, refused
from tests.tiny_plugins import exercise, run_proposal


def divides() -> list[object]:
    return [1 // 0]


def test_an_exception_says_where_it_was_raised() -> None:
    line = divides.__code__.co_firstlineno + 1
    assert refused(evil(limits=divides), "planner_limits").problem == (
        f"raised ZeroDivisionError: integer division or modulo by zero, at line {line} of test_blame_words.py"
    )


def test_one_that_a_library_raises_says_where_the_library_was_asked() -> None:
    problem = refused(evil(limits=lambda: json.loads("{")), "planner_limits").problem
    assert problem.endswith(" of test_blame_words.py")
    problem = refused(evil(sessions=lambda: [Step(kind="exercise", seconds=60.5)]), "planner_sessions").problem
    assert problem.startswith("raised TypeError: seconds: found 60.5; expected a whole number, 0 or more, at line ")
    assert problem.endswith(" of test_blame_words.py")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": 3}, "title: found 3; expected one line of text (key 'squats')"),
        ({"tags": ["x"]}, "tags: found list; expected tuple[str, ...] (key 'squats')"),
        ({"prefers": ("monday",)}, 'prefers: found tuple; expected a tuple of weekdays, such as ("mon", "thu") (key \'squats\')'),
        ({"times_per_week": 99}, "times_per_week: found 99; expected a whole number from 0 to 14 (key 'squats')"),
    ],
)
def test_a_wrong_record_says_which_and_what_was_expected(changes: dict[str, object], words: str) -> None:
    error = refused(evil(sessions=[exercise("fine"), forged(exercise(), **changes)]), "planner_sessions")
    assert error.problem == f"returned a Proposal with {words}"
    assert isinstance(error, PluginError)


def test_a_wrong_run_says_which() -> None:
    error = refused(evil(runs=[forged(run_proposal("long"), warm_up_s=True)]), "planner_runs")
    assert error.problem == "returned a RunProposal with warm_up_s: found True; expected a whole number from 0 to 1000000000 (key 'long')"
