"""Running and walking that a plugin hides from the laws is refused, with the plugin's name, wherever it is hidden."""

from __future__ import annotations

import pytest

from planner import Attachment, Group, Proposal, Step
from tests.hostile.held import evil, forged, harmless, kinds, refused
from tests.tiny_plugins import START, exercise

RUN, WALK, SQUAT = (Step(kind=kind, seconds=1200) for kind in ("run", "walk", "exercise"))
TO_RUNS = Attachment(where="before", tag="run")
TO_STRENGTH = Attachment(where="after", tag="strength")


def deep(step: Step, levels: int) -> tuple[Group, ...]:
    """`step` in so many groups."""
    steps: tuple[Step | Group, ...] = (SQUAT, step)
    for _ in range(levels):
        steps = (Group(repeat=3, steps=steps),)
    return steps


class QuietGroup(Group):
    """A group that shows nothing of what it holds."""

    @property
    def __class__(self) -> type:
        return Step


class QuietStep(Step):
    """A step of another class."""


PLACES = {
    "a session": {},
    "an attachment to runs": {"attach": TO_RUNS},
    "an attachment to strength": {"attach": TO_STRENGTH},
    "a note": {"note": True, "on": START},
    "a note of each rest day": {"note": True, "on": "rest-day"},
}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("levels", [0, 1, 3])
def test_running_is_found_wherever_it_hides(place: dict[str, object], levels: int) -> None:
    steps = deep(RUN, levels) if levels else (RUN,)
    assert "has a running step" in refused(evil(sessions=[exercise(steps=steps, **place)]), "planner_sessions").problem


@pytest.mark.parametrize("place", [p for name, p in PLACES.items() if name != "a session"], ids=[n for n in PLACES if n != "a session"])
@pytest.mark.parametrize("levels", [0, 3])
def test_walking_is_found_wherever_it_hides(place: dict[str, object], levels: int) -> None:
    steps = deep(WALK, levels) if levels else (WALK,)
    problem = refused(evil(sessions=[exercise(steps=steps, **place)]), "planner_sessions").problem
    assert "attaches walking" in problem or "is a note and yet" in problem


@pytest.mark.parametrize("levels", [0, 1, 3])
def test_walking_in_the_open_is_counted_as_walking(levels: int) -> None:
    walk = Step(kind="walk", seconds=60)
    starting, going_on = harmless(evil(sessions=[exercise(steps=deep(walk, levels) if levels else (walk,))]))
    assert kinds(starting)["walk"]
    assert all(s.walk_s for s in going_on.sessions if s.pillar == "evil")


@pytest.mark.parametrize(
    "steps",
    [
        (QuietGroup(repeat=1, steps=(RUN,)),),
        (Group(repeat=1, steps=(QuietGroup(repeat=1, steps=(RUN,)),)),),
        (QuietStep(kind="run", seconds=60),),
        (forged(Group(repeat=1, steps=(SQUAT,)), steps=[RUN]),),
        [RUN],
    ],
)
@pytest.mark.parametrize("attach", [None, TO_RUNS])
def test_a_step_of_another_class_is_no_step(steps: object, attach: Attachment | None) -> None:
    assert "steps: found" in refused(evil(sessions=[forged(exercise(attach=attach), steps=steps)]), "planner_sessions").problem


SPELT = (
    " run",
    "run ",
    "RUN",
    "Run",
    "run\u200b",
    "ru\u0301n",
    "r\u03c5n",
    "\uff52\uff55\uff4e",
    "run-",
    "easy-run",
    "run-walk",
    "running",
    "jog",
    "jog-easy",
)
WALKED = ("Walk", " walk", "walk\u2060", "walking", "brisk-walk", "power-walking")


@pytest.mark.parametrize("kind", [*SPELT, *WALKED, "", " ", "x" * 41, "kind\n"])
@pytest.mark.parametrize("attach", [None, TO_RUNS])
def test_nothing_is_spelt_like_running_without_being_counted(kind: str, attach: Attachment | None) -> None:
    problem = refused(evil(sessions=[exercise(steps=(Step(kind=kind, seconds=600),), attach=attach)]), "planner_sessions").problem
    assert "has a step of kind" in problem or "kind: found" in problem


@pytest.mark.parametrize("kind", ["exercise", "warm-up", "cool-down", "ride", "swim", "stretch", "rowing", "trunk", "calf-raise", "4x4"])
def test_other_kinds_are_a_plugin_s_own(kind: str) -> None:
    for plan in harmless(evil(sessions=[exercise(steps=(Step(kind=kind, seconds=600),))])):
        assert kinds(plan)[kind]


@pytest.mark.parametrize("tag", ["run", "long-run", "new-level"])
def test_no_session_passes_for_a_run(tag: str) -> None:
    assert "carries a tag" in refused(evil(sessions=[exercise(tags=(tag,))]), "planner_sessions").problem


def test_runs_among_sessions_and_sessions_among_runs_are_refused() -> None:
    assert "returned Proposal; expected RunProposal" in refused(evil(runs=[exercise()]), "planner_runs").problem
    assert Proposal.__name__ in refused(evil(runs=[exercise()]), "planner_runs").problem
