"""What a plugin returns is validated field by field before the engine trusts it."""

from datetime import UTC, date, datetime

import pytest
from attrs import NOTHING, evolve

from planner import (
    Attachment,
    Ceiling,
    EasierShape,
    Finding,
    Group,
    Level,
    Pillar,
    Proposal,
    RunProposal,
    RunShape,
    Spacing,
    Step,
    Template,
    Unavailable,
    Why,
)
from planner.formatting import NOTHING as NOTHING_HELD
from planner.host import validation
from planner.host.validation import taken
from planner.records import fields_of, names_of
from planner.steps import each_step
from tests.hostile.held import forged, twisted

STEP = Step(kind="exercise", seconds=60)
PROPOSAL = Proposal(key="a", title="A", steps=(STEP, Group(repeat=2, steps=(STEP,))), attach=Attachment(where="after", tag="run"))
EASIER = EasierShape(level=1, stretch_s=60, walk_s=90)
RUNS = RunProposal(key="run", title="Run", runs=(RunShape(share=100, level=2, easier=(EASIER,)),))
CEILING = Ceiling(of="runs", at_most=3, why="because", since=date(2027, 1, 4))


def test_every_field_of_a_record_that_plugins_give_is_looked_at():
    assert [f"{cls.__name__}.{f.name}" for cls, known in validation._CHECKS.items() for f in fields_of(cls) if f.name not in known] == []


@pytest.mark.parametrize("given", [STEP, PROPOSAL, RUNS, CEILING, Finding(rule="r", severity="info", message="m"), "no record", None])
def test_what_is_right_has_no_fault(given):
    assert taken(given) == (given, "")
    assert taken(given) == (given, "")


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
        (PROPOSAL, {"attach": Attachment(where="beside", tag="run")}, "where"),
        (PROPOSAL, {"attach": Attachment(where="after", tag="run", ordinals=(0,))}, "ordinals"),
        (PROPOSAL, {"why": ("text",)}, "why"),
        (RUNS, {"runs": (forged(RunShape(share=100), easier=("x",)),)}, "easier"),
        (RUNS, {"runs": (forged(RunShape(share=100), easier=(forged(evolve(EASIER), level="x"),)),)}, "level"),
        (PROPOSAL, {"why": (Why(limit="content", text="", source=""),)}, "text"),
        (PROPOSAL, {"on": "restday"}, "on"),
        (PROPOSAL, {"on": datetime(2027, 1, 4, tzinfo=UTC)}, "on"),
        (PROPOSAL, {"prefers": ("monday",)}, "prefers"),
        (PROPOSAL, {"can_shrink_to": -1}, "can_shrink_to"),
        (PROPOSAL, {"can_drop": 1}, "can_drop"),
        (RUNS, {"importance": ()}, "importance"),
        (RUNS, {"runs": ("x",)}, "runs"),
        (RUNS, {"title": "a\nb"}, "title"),
        (RUNS, {"warm_up_s": True}, "warm_up_s"),
        (CEILING, {"since": "2027-01-04"}, "since"),
        (CEILING, {"why": None}, "why"),
    ],
)
def test_what_is_wrong_is_named(given, changes, field):
    assert taken(evolve(given, **changes))[1].startswith(f"{field}: found ")


def test_what_cannot_be_evolved_is_named_too():
    assert taken(Unavailable(dates=frozenset({"today"}), why="w"))[1].startswith("dates")
    assert taken(Spacing(after="", before="run", days=2, why="w"))[1].startswith("after")
    assert taken(Finding(rule="r", severity="info", message=None))[1].startswith("message")


LEVEL = Level(run_s=60, walk_s=60, reps=5)
TEMPLATE = Template(name="t", title="T", kind="ladder", summary="", source="", levels=(LEVEL,))
PILLAR = Pillar(name="a", summary="")
RECORDS = [
    STEP,
    PROPOSAL.steps[1],
    PROPOSAL,
    PROPOSAL.attach,
    RUNS,
    RUNS.runs[0],
    EASIER,
    CEILING,
    Why(limit="content", text="x"),
    LEVEL,
    TEMPLATE,
    PILLAR,
]


def test_a_field_that_is_not_copied_takes_no_record():
    assert {type(record) for record in RECORDS} | {Finding, Spacing, Unavailable} == set(validation._CHECKS)
    for cls, known in validation._CHECKS.items():
        for name, check in known.items():
            taking = [held for record in RECORDS for held in (record, (record,), frozenset({record})) if check(held)]
            assert bool(taking) == (name in validation._HOLDS.get(cls, ())), f"{cls.__name__}.{name} takes {taking}"


def test_a_default_that_is_passed_over_would_be_found_right():
    for form in validation._FORMS.values():
        for name, check, default in zip(form.names, form.checks, form.defaults, strict=True):
            assert default is validation._NEEDED or check(default), f"{form.cls.__name__}.{name}"
    for record in (PROPOSAL, RUNS, CEILING):
        for name in names_of(type(record)):
            for nothing in (NOTHING, NOTHING_HELD, validation.Form):
                own = forged(evolve(record), **{name: nothing})
                assert taken(own)[1].startswith(f"{name}: found "), name


def test_steps_are_copies_that_do_not_follow_theirs():
    late = evolve(PROPOSAL, steps=(Step(kind="exercise", seconds=60), Group(repeat=2, steps=(Step(kind="exercise", seconds=60),))))
    own, _ = taken(late)
    for step in each_step(late.steps):
        twisted(step, kind="run", seconds=99_999)
    twisted(late.steps[1], repeat=99, steps=())
    assert own == PROPOSAL
    assert [type(step) for step in each_step(own.steps)] == [Step, Step]
    assert taken(late)[0] is own


@pytest.mark.parametrize("kind", [Step, Group, Why])
@pytest.mark.parametrize("held", [(), ("run",), ("run",) * 30, (Step, Step)])
def test_a_tuple_of_another_length_is_none_of_ours(kind, held):
    own, wrong = taken(tuple.__new__(kind, held))
    assert "found " in wrong or len(own) == len(names_of(kind))
