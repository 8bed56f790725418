"""Workout text for intervals.icu, read back by a small parser of its rules: the same steps and repeats."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

from attrs import evolve
from hypothesis import given

from planner.athlete_file import read_athlete
from planner.maker import Maker
from planner.model import DAY, Plan
from planner.render import Options, by_ending, renderer
from planner.render.words import day_words
from planner.render.workout import WatchStep, watch_steps
from planner.steps import Group, Step
from tests.plans import sample_plan
from tests.watches import KIND_OF, Counted, dressed, opened, plan_with, runs

EXAMPLES = Path(__file__).parents[2] / "examples"
STEP = re.compile(r"- \D+ (?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?: \d+-\d+rpm)? intensity=([a-z]+)")


def text_of(plan: Plan, **options: bool) -> str:
    return renderer("intervals")(plan, Options(**options)).decode()


def parts_of(text: str) -> list[list[str]]:
    """The lines of each part, without its heading; parts are two blank lines apart."""
    return [part.split("\n")[1:] for part in text.rstrip("\n").split("\n\n\n")]


def done(lines: list[str]) -> list[Counted]:
    """What is done in a part by the builder's rules: blank lines end blocks, `6x` repeats what stands under it in its block."""
    found: list[Counted] = []
    for block in "\n".join(lines).split("\n\n"):
        own = [line for line in block.split("\n") if line]
        times = [int(line[:-1]) for line in own if re.fullmatch(r"\d+x", line)]
        assert not times or re.fullmatch(r"\d+x", own[0]), "a repeat begins its block"
        assert len(times) <= 1, "no repeat stands in another"
        steps = [match for match in map(STEP.fullmatch, own) if match]
        assert sum(line.startswith("-") for line in own) == len(steps), "every step is one that can be read"
        inside = [Counted(KIND_OF[m[4]], 3600 * int(m[1] or 0) + 60 * int(m[2] or 0) + int(m[3] or 0)) for m in steps]
        found += (times[0] if times else 1) * inside
    return found


def test_a_run_as_text():
    steps = (
        Step(kind="warm-up", seconds=300, text="walk"),
        Step(kind="exercise", seconds=90, text="Skips"),
        Group(repeat=6, steps=(Step(kind="run", seconds=90), Step(kind="walk", seconds=60))),
        Step(kind="run", seconds=45),
        Step(kind="cool-down", seconds=300),
    )
    plan = plan_with(steps, tags=("run", "cadence-172"))
    run = runs(plan)[0]
    heading = f"{day_words(run.date, year=True)} {run.start:%H:%M} - Wk 1 run {run.ordinal}: {run.run_s // 60} min"
    assert text_of(plan) == (
        f"{heading}\n\nWarmup\n- Warm-up 5m intensity=warmup\n- Drills 1m30s intensity=warmup\n\n"
        "6x\n- Run 1m30s 83-86rpm intensity=active\n- Walk 1m intensity=recovery\n\n"
        "- Run 45s 83-86rpm intensity=active\n\nCooldown\n- Cool-down 5m intensity=cooldown\n"
    )


@given(dressed)
def test_equal_durations_and_repeats(steps):
    plan = plan_with(steps)
    parts = parts_of(text_of(plan))
    assert len(parts) == 1
    assert done(parts[0]) == opened(steps)


def test_runs_that_are_ahead_in_their_order():
    plan = sample_plan(weeks=2)
    after = evolve(plan, as_of=runs(plan)[2].date + DAY)
    headings = [part.split("\n")[0] for part in text_of(after).split("\n\n\n")]
    assert len(headings) == 3
    assert all(" Jan 2027 " in heading and " - Wk 2 run " in heading for heading in headings)
    over = evolve(plan, as_of=plan.weeks[-1].last_day + DAY)
    assert text_of(over) == "No run is ahead.\n"


def test_a_file_of_that_name_is_one():
    assert by_ending("ana.intervals.txt") == "intervals"
    assert by_ending("ana.txt") == by_ending("ana.TXT") == "txt"


def test_the_cadence_that_running_form_asks_for_reaches_the_watch():
    """Half of 172 steps, met from three strides below it on; runs without a target have none."""
    athlete = read_athlete(EXAMPLES / "ana.toml")
    plan = Maker.installed().plan(athlete, EXAMPLES, as_of=date(2027, 1, 2), issued=datetime(2027, 1, 2, tzinfo=UTC))
    first, _, third = (session for session in plan.weeks[0].sessions if session.run_s)
    assert "cadence-172" in first.tags
    assert {step.cadence for step in watch_steps(first) if isinstance(step, WatchStep) and step.phase == "run"} == {172}
    assert not any(tag.startswith("cadence-") for tag in third.tags)
    assert b"83-86rpm" in renderer("intervals")(plan, Options())
