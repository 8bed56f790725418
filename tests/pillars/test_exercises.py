"""Exercises: an entry that lacks anything required by 4f does not load."""

from __future__ import annotations

from copy import deepcopy

import pytest
from attrs import fields

from planner import InputError, clock
from planner_pillars.content import content
from planner_pillars.exercises import FILES, LONGEST_TEXT, Exercise, checked, exercises, recalled, written_out

TABLE_5A = [
    "side-lying-leg-lift",
    "clamshell",
    "side-plank-knees",
    "side-plank",
    "side-plank-clamshell",
    "side-plank-leg-lift",
    "hip-hike",
    "band-bridge",
    "wall-squat",
    "lateral-band-walk",
    "single-leg-squat-shallow",
    "single-knee-hip-lift",
    "step-down-10",
    "step-down-15",
    "step-down-20",
    "calf-raise",
    "band-walk-rotation",
    "band-terminal-knee-extension",
    "bridge-march",
    "split-squat",
    "split-squat-loaded",
    "romanian-deadlift",
    "monster-walk",
    "single-leg-reach",
    "hip-thrust",
    "single-leg-romanian-deadlift",
]
MOBILITY = [
    "quads-stretch",
    "hamstrings-stretch",
    "calf-stretch",
    "hip-flexor-stretch",
    "outer-hip-stretch",
    "figure-four-stretch",
    "ankle-stretch",
    "leg-swing-front",
    "leg-swing-side",
    "walking-lunge",
    "march",
    "high-knees",
    "butt-kicks",
    "skips",
    "roll-quads",
    "roll-hamstrings",
    "roll-outer-thigh",
    "roll-calves",
]
FIELDS = [f.name for f in fields(Exercise)]


def entries(**changes: object) -> dict[str, dict[str, object]]:
    """A file of one good exercise, with changes to it."""
    good = deepcopy(dict(content("exercises-hip")["clamshell"])) | {"easier": "", "harder": ""}
    return {"mine.toml": {"clamshell": good | changes}}


@pytest.mark.parametrize("key", [*TABLE_5A, *MOBILITY])
def test_everything_the_programme_needs_is_there(key: str) -> None:
    assert key in exercises()


@pytest.mark.parametrize("key", sorted(key for name in FILES for key in content(name)))
def test_every_exercise_can_be_written_out(key: str) -> None:
    exercise = exercises()[key]
    text = written_out(exercise)
    assert len(text) <= LONGEST_TEXT
    for said in (exercise.name, exercise.other, exercise.kit, exercise.start, exercise.movement, exercise.range, exercise.tempo):
        assert said in text
    for said in (exercise.load, exercise.feel, exercise.feel_not, exercise.stop, exercise.source):
        assert said in text
    assert "evidence" in text or "practice" in text
    assert len(recalled(exercise)) < len(text) / 2


def test_what_is_harder_never_leads_back() -> None:
    known = exercises()
    for key in known:
        seen = [key]
        while known[seen[-1]].harder:
            seen.append(known[seen[-1]].harder)
            assert seen[-1] not in seen[:-1], seen


def test_without_a_band_or_a_step_there_is_an_easier_way() -> None:
    for exercise in exercises().values():
        if set(exercise.needs) & {"band", "step"}:
            assert exercise.easier


def test_exercises_are_read_once_and_cannot_be_changed() -> None:
    assert exercises() is exercises()
    with pytest.raises(TypeError):
        exercises()["mine"] = exercises()["clamshell"]  # type: ignore[index]


@pytest.mark.parametrize("name", FIELDS)
def test_a_missing_field_is_named_with_its_place(name: str) -> None:
    tables = entries()
    del tables["mine.toml"]["clamshell"][name]
    with pytest.raises(InputError, match=rf"mine\.toml: clamshell\.{name}: missing; expected "):
        checked(tables)


@pytest.mark.parametrize("name", ["name", "kit", "load", "feel_not", "stop", "source"])
def test_an_empty_text_is_as_good_as_missing(name: str) -> None:
    with pytest.raises(InputError, match=rf"mine\.toml: clamshell\.{name}: empty text"):
        checked(entries(**{name: ""}))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"start": "Sit. Then stand. Then lie."}, r"clamshell\.start: 3 sentences; expected 1 to 2"),
        ({"movement": "One. Two. Three. Four."}, r"clamshell\.movement: 4 sentences; expected 1 to 3"),
        ({"movement": "no end"}, r"clamshell\.movement: 0 sentences"),
        ({"range": "as far as it goes"}, r'clamshell\.range: found "as far as it goes"; expected degrees or cm'),
        ({"faults": [["one", "fix"]]}, r"clamshell\.faults: .*two pairs"),
        ({"faults": [["one", "fix"], ["two"]]}, r"clamshell\.faults: .*two pairs"),
        ({"easier": "clamshel"}, r'clamshell\.easier: "clamshel" is not an exercise'),
        ({"harder": "nothing"}, r'clamshell\.harder: "nothing" is not an exercise'),
        ({"load": "heavy " * 150}, r"clamshell: \d{4} characters when written out; expected at most 900"),
        ({"group": "arms"}, r'clamshell\.group: found "arms"; expected one of hip, trunk'),
        ({"grade": "proven"}, r'clamshell\.grade: found "proven"'),
        ({"reps": 0}, r"clamshell\.reps: found 0; expected from 1 to 30"),
        ({"rep": 3}, r"clamshell\.rep: unknown key.*Did you mean `reps`"),
    ],
)
def test_what_is_wrong_is_said_clearly(changes: dict[str, object], message: str) -> None:
    with pytest.raises(InputError, match=message):
        checked(entries(**changes))


def test_an_id_belongs_to_one_exercise() -> None:
    with pytest.raises(InputError, match=r"b\.toml: clamshell: an id that is taken; expected one that a\.toml: clamshell does not use"):
        checked({"a.toml": entries()["mine.toml"], "b.toml": entries()["mine.toml"]})


@pytest.mark.parametrize(
    ("key", "sets", "amount", "seconds"),
    [
        ("clamshell", 2, 12, 2 * (12 * 6 * 2 + 30)),
        ("wall-squat", 2, 10, 2 * (10 * 6 + 60)),
        ("side-plank-knees", 2, 40, 2 * (40 * 2 + 30)),
        ("quads-stretch", 2, 30, 2 * (30 * 2 + 5)),
        ("roll-quads", 1, 30, 60),
    ],
)
def test_time_counts_both_sides_and_the_rests(key: str, sets: int, amount: int, seconds: int) -> None:
    exercise = exercises()[key]
    assert exercise.seconds(sets, amount) == seconds
    assert exercise.step(sets, amount).seconds == seconds


def test_a_step_holds_its_dose_in_its_own_fields() -> None:
    clamshell, plank, roll = (exercises()[key] for key in ("clamshell", "side-plank", "roll-calves"))
    step = clamshell.step(3, 12)
    assert (step.kind, step.text, step.sets, step.reps, step.side) == ("exercise", "Clamshell", 3, 12, "each")
    step = plank.step(3, 20)
    assert (step.text, step.sets, step.reps) == (f"Side plank, hold {clock(20)}", 3, None)
    assert (roll.step(1, 30).kind, roll.step(1, 30).text) == ("roll", "Roll the calf, 30 s")
    assert plank.dose(3, 20) == "3 x 20 s each side"
    assert exercises()["calf-raise"].dose(2, 12) == "2 x 12"


def test_an_exercise_does_not_contradict_itself() -> None:
    plank = exercises()["side-plank-clamshell"]
    assert "in line" in plank.range
    assert "hips straight" in plank.start
    for drill in ("high-knees", "butt-kicks"):
        assert "a step a second" in exercises()[drill].tempo
        assert "quick" not in exercises()[drill].name + exercises()[drill].movement
    assert "heavy table leg" in exercises()["band-terminal-knee-extension"].kit
