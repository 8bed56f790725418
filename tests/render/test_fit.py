"""FIT workouts for watches, read back with fitdecode: the same steps and repeats for any session, and reproducible bytes."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from datetime import UTC, timedelta
from typing import NamedTuple

import fitdecode
import pytest
from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planner.errors import InputError
from planner.model import DAY, Plan
from planner.render import Options, by_ending, folder, renderer
from planner.render.workout import Repeat, WatchStep, strides, watch_steps, workouts, written_out
from planner.steps import Group, Step
from tests.plan_strategies import plans
from tests.plans import sample_plan
from tests.watches import KIND_OF, Counted, dressed, on_foot, opened, plan_with, runs

INTERVALS = (
    Step(kind="warm-up", seconds=300, text="walk briskly"),
    Step(kind="exercise", seconds=50, text="Leg swings"),
    Step(kind="exercise", seconds=70, text="Butt kicks"),
    Step(kind="note", text="Knee 0-2 before you start."),
    Group(repeat=6, steps=(Step(kind="run", seconds=90, rpe=4), Step(kind="walk", seconds=60))),
    Step(kind="run", seconds=45, rpe=4),
    Step(kind="cool-down", seconds=300),
    Step(kind="stretch", seconds=130, text="Calf"),
)


class Read(NamedTuple):
    """A file as fitdecode reads it: fields of the file, of the workout, of each step."""

    file_id: dict[str, object]
    workout: dict[str, object]
    steps: list[dict[str, object]]


def read(data: bytes) -> Read:
    found: dict[str, list[dict[str, object]]] = {}
    with fitdecode.FitReader(io.BytesIO(data), check_crc=fitdecode.CrcCheck.RAISE, error_handling=fitdecode.ErrorHandling.RAISE) as reader:
        for frame in reader:
            if isinstance(frame, fitdecode.FitDataMessage):
                found.setdefault(frame.name, []).append({field.name: field.value for field in frame.fields})
    assert set(found) == {"file_id", "workout", "workout_step"}
    return Read(*found["file_id"], *found["workout"], found["workout_step"])


def files_of(plan: Plan, **options: bool) -> dict[str, bytes]:
    way = folder("fit")
    assert way is not None
    found = way.files(plan, Options(**options))
    assert len(dict(found)) == len(found), "no two files have one name"
    assert all(way.owns(name) for name, _ in found)
    return dict(found)


def done(steps: list[dict[str, object]]) -> list[Counted]:
    """What a watch counts down, step by step: a repeat goes back to the step it names until that was done so many times."""
    found, times, at = [], dict.fromkeys(range(len(steps)), 0), 0
    while at < len(steps):
        step = steps[at]
        if step["duration_type"] == "repeat_until_steps_cmplt":
            back = step["duration_step"]
            assert isinstance(back, int)
            assert back < at
            times[at] += 1
            if times[at] < step["repeat_steps"]:
                for inner in range(back, at):
                    times[inner] = 0
                at = back
                continue
        else:
            assert step["duration_type"] == "time"
            seconds = step["duration_time"]
            assert isinstance(seconds, float)
            assert seconds.is_integer()
            found.append(Counted(KIND_OF[str(step["intensity"])], int(seconds)))
        at += 1
    return found


def deepest(steps: list[dict[str, object]]) -> int:
    """How many repeats lie within each other."""
    spans = [(int(str(s["duration_step"])), n) for n, s in enumerate(steps) if s["duration_type"] == "repeat_until_steps_cmplt"]
    return max([sum(low <= first and last <= high for low, high in spans) for first, last in spans], default=0)


def test_a_run_as_a_watch_counts_it_down():
    plan = plan_with(INTERVALS)
    name, data = next(iter(files_of(plan).items()))
    file_id, workout, steps = read(data)
    first = runs(plan)[0]
    assert name == f"{first.date}-week-1-run-{first.ordinal}.fit"
    assert (file_id["type"], file_id["time_created"]) == ("workout", plan.issued)
    assert workout == {"sport": "running", "num_valid_steps": 7, "wkt_name": f"Wk 1 run {first.ordinal}: {first.run_s // 60} min"}
    assert [(s.get("wkt_step_name"), s.get("intensity"), s.get("duration_time")) for s in steps] == [
        ("Warm-up", "warmup", 300),
        ("Drills", "warmup", 120),
        ("Run", "active", 90),
        ("Walk", "recovery", 60),
        (None, None, None),
        ("Run", "active", 45),
        ("Cool-down", "cooldown", 300),
    ]
    assert (steps[4]["duration_step"], steps[4]["repeat_steps"], steps[4]["message_index"]) == (2, 6, 4)
    assert all(step["target_type"] == "open" for step in steps)


@settings(max_examples=500)
@given(dressed)
def test_equal_durations_and_repeats(steps):
    plan = plan_with(steps)
    file_id, workout, messages = read(next(iter(files_of(plan).values())))
    assert done(messages) == opened(steps)
    assert [message["message_index"] for message in messages] == list(range(len(messages)))
    assert workout["num_valid_steps"] == len(messages)
    assert deepest(messages) <= 2
    assert file_id["serial_number"] not in (0, None)


@given(on_foot, st.integers(0, 3))
def test_repeats_that_are_written_out_are_the_same_run(steps, most):
    session = evolve(runs(sample_plan(weeks=1))[0], steps=steps)
    before = watch_steps(session)
    after = written_out(before, most)
    assert counted(after) == counted(before) == opened(steps)
    assert depth(after) <= most


def counted(steps: tuple[WatchStep | Repeat, ...]) -> list[Counted]:
    found: list[Counted] = []
    for step in steps:
        found += step.times * counted(step.steps) if isinstance(step, Repeat) else [Counted(step.phase, step.seconds)]
    return found


def depth(steps: tuple[WatchStep | Repeat, ...]) -> int:
    return max((1 + depth(step.steps) for step in steps if isinstance(step, Repeat)), default=0)


def test_a_repeat_within_a_repeat_stays_one():
    inner = Group(repeat=3, steps=(Step(kind="run", seconds=60), Step(kind="walk", seconds=30)))
    plan = plan_with((Group(repeat=2, steps=(inner, Step(kind="walk", seconds=120))),))
    messages = read(next(iter(files_of(plan).values()))).steps
    assert [(m.get("duration_step"), m.get("repeat_steps")) for m in messages if "repeat_steps" in m] == [(0, 3), (0, 2)]


def test_what_comes_between_is_a_pause_and_what_follows_is_not_the_watchs():
    steps = (Step(kind="run", seconds=60), Step(kind="exercise", seconds=30), Step(kind="stretch", seconds=20), *INTERVALS[5:])
    names = [step.get("wkt_step_name") for step in read(next(iter(files_of(plan_with(steps)).values()))).steps]
    assert names == ["Run", "Pause", "Run", "Cool-down"]


@pytest.mark.parametrize(
    ("tag", "band"), [("cadence-172", (83, 86)), ("cadence-165", (79, 82)), ("cadence-fast", None), ("new-level", None)]
)
def test_a_cadence_target_is_told_in_strides_and_ends_at_the_target(tag, band):
    messages = read(next(iter(files_of(plan_with(INTERVALS, tags=("run", tag))).values()))).steps
    told = {
        m["wkt_step_name"]: (m["target_type"], m.get("custom_target_cadence_low"), m.get("custom_target_cadence_high"))
        for m in messages[:4]
    }
    assert told["Run"] == (("cadence", *band) if band else ("open", None, None))
    assert told["Walk"][0] == told["Warm-up"][0] == "open"
    assert band is None or 2 * strides(172)[1] <= 172


def test_only_runs_that_are_ahead_have_a_file():
    plan = sample_plan(weeks=2)
    first, second, *others = runs(plan)
    became = {first.id: "done", second.id: "cancelled"}
    week = plan.weeks[0]
    changed = evolve(week, sessions=tuple(evolve(s, status=became.get(s.id, s.status)) for s in week.sessions))
    later = evolve(plan, weeks=(changed, plan.weeks[1]), as_of=first.date)
    assert [w.session.id for w in workouts(later)] == [s.id for s in others]
    tomorrow = evolve(plan, as_of=others[0].date + DAY)
    assert [name[:10] for name in files_of(tomorrow)] == [str(s.date) for s in others[1:]]
    assert len(files_of(evolve(plan, as_of=others[-1].date))) == 1, "today's run is still ahead"


def test_a_file_is_known_by_its_runs_identity():
    plan = sample_plan(weeks=1)
    week, moved = plan.weeks[0], runs(plan)[0]
    later = evolve(plan, weeks=(evolve(week, sessions=tuple(evolve(s, date=s.date + DAY) if s is moved else s for s in week.sessions)),))
    serials = [{read(data).file_id["serial_number"] for data in files_of(made).values()} for made in (plan, later)]
    assert serials[0] == serials[1]
    assert len(serials[0]) == 3
    others = {read(data).file_id["serial_number"] for data in files_of(evolve(plan, athlete_id="ben")).values()}
    assert others.isdisjoint(serials[0])
    assert set(files_of(plan)) - set(files_of(later)) == {f"{moved.date}-week-1-run-{moved.ordinal}.fit"}


@settings(max_examples=300)
@given(plans())
def test_any_plan_has_files_of_its_own(plan):
    assume(len({(s.week, s.id) for s in plan.sessions}) == len(plan.sessions))
    for data in files_of(plan).values():
        name = str(read(data).workout["wkt_name"])
        assert 0 < len(name) <= 24


def test_two_runs_of_one_name_on_one_date_are_two_files():
    plan = sample_plan(weeks=1)
    week, first = plan.weeks[0], runs(plan)[0]
    twice = evolve(plan, weeks=(evolve(week, sessions=(*week.sessions, evolve(first, pillar="commitments"))),))
    assert len(files_of(twice)) == 4
    assert len([name for name in files_of(twice) if name.startswith(f"{first.date}-week-1-run-x")]) == 2


def test_one_file_of_all_is_a_zip_of_them():
    plan = sample_plan(weeks=2)
    with zipfile.ZipFile(io.BytesIO(renderer("fit")(plan, Options()))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files_of(plan)
    assert by_ending("plan.fit") is None, "a folder is asked for by -f"


def test_the_moment_is_the_plans():
    plan = sample_plan(weeks=1)
    later = evolve(plan, issued=plan.issued + timedelta(hours=3))
    times = [{read(data).file_id["time_created"] for data in files_of(made).values()} for made in (plan, later)]
    assert times == [{plan.issued.astimezone(UTC)}, {later.issued.astimezone(UTC)}]


def test_without_the_extra_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "fit_tool", None)
    monkeypatch.delitem(sys.modules, "planner.render.fit", raising=False)
    with pytest.raises(InputError, match=r"the package fit-tool is not installed; .*pip install 'return-to-run\[fit\]'"):
        folder("fit")


def test_other_outputs_do_not_load_it():
    program = "import sys; from planner.render import renderer; renderer('txt'); renderer('ics'); sys.exit('fit_tool' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
