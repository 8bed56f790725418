"""What a plugin gives is looked at field by field before the engine trusts it."""

from datetime import UTC, date, datetime

import pytest
from attrs import evolve, fields

from planner import Attachment, Ceiling, Finding, Group, Proposal, RunProposal, RunShape, Spacing, Step, Unavailable, Why, checks
from planner.checks import misfit

STEP = Step(kind="exercise", seconds=60)
PROPOSAL = Proposal(key="a", title="A", steps=(STEP, Group(repeat=2, steps=(STEP,))), attach=Attachment(where="after", tag="run"))
RUNS = RunProposal(key="run", title="Run", runs=(RunShape(share=100),))
CEILING = Ceiling(of="runs", at_most=3, why="because", since=date(2027, 1, 4))


def test_every_field_of_a_record_that_plugins_give_is_looked_at():
    assert [f"{cls.__name__}.{f.name}" for cls, known in checks._CHECKS.items() for f in fields(cls) if f.name not in known] == []


@pytest.mark.parametrize("given", [STEP, PROPOSAL, RUNS, CEILING, Finding(rule="r", severity="info", message="m"), "no record", None])
def test_what_is_right_has_no_fault(given):
    assert misfit(given) == ""
    assert misfit(given) == ""


@pytest.mark.parametrize(
    ("given", "changes", "field"),
    [
        (PROPOSAL, {"title": None}, "title"),
        (PROPOSAL, {"title": " "}, "title"),
        (PROPOSAL, {"steps": ("x",)}, "steps"),
        (PROPOSAL, {"steps": [STEP]}, "steps"),
        (PROPOSAL, {"steps": (Group(repeat=1, steps=(Group(repeat=1, steps=("deep",)),)),)}, "steps"),
        (PROPOSAL, {"tags": None}, "tags"),
        (PROPOSAL, {"importance": ("x",)}, "importance"),
        (PROPOSAL, {"attach": "run"}, "attach"),
        (PROPOSAL, {"attach": Attachment(where="beside", tag="run")}, "attach"),
        (PROPOSAL, {"attach": Attachment(where="after", tag="run", ordinals=(0,))}, "attach"),
        (PROPOSAL, {"why": ("text",)}, "why"),
        (PROPOSAL, {"why": (Why(limit="content", text="", source=""),)}, "why"),
        (PROPOSAL, {"on": "restday"}, "on"),
        (PROPOSAL, {"on": datetime(2027, 1, 4, tzinfo=UTC)}, "on"),
        (PROPOSAL, {"prefers": ("monday",)}, "prefers"),
        (PROPOSAL, {"can_shrink_to": -1}, "can_shrink_to"),
        (PROPOSAL, {"can_drop": 1}, "can_drop"),
        (RUNS, {"importance": ()}, "importance"),
        (RUNS, {"runs": ("x",)}, "runs"),
        (RUNS, {"warm_up_s": 1.5}, "warm_up_s"),
        (RUNS, {"warm_up_s": True}, "warm_up_s"),
        (CEILING, {"since": "2027-01-04"}, "since"),
        (CEILING, {"why": None}, "why"),
    ],
)
def test_what_is_wrong_is_named(given, changes, field):
    assert misfit(evolve(given, **changes)).startswith(f"{field}: found ")


def test_what_cannot_be_evolved_is_named_too():
    assert misfit(Unavailable(dates=frozenset({"today"}), why="w")).startswith("dates")
    assert misfit(Spacing(after="", before="run", days=2, why="w")).startswith("after")
    assert misfit(Finding(rule="r", severity="info", message=None)).startswith("message")
