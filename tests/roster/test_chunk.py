"""A chunk: whatever happens in a row becomes that row's outcome, and plan files are written completely or not at all."""

from __future__ import annotations

import errno
import pickle
from pathlib import Path

import pytest

from planner.errors import AuditError, ContradictionError, InputError, OutputError, PluginError, StopError
from planner.maker import Chosen, Maker
from planner.render import Options
from planner.roster.chunk import make_chunk
from planner.roster.job import PARTS, BatchJob
from planner.roster.outcome import Asked
from planner.roster.recipe import Recipe, recipe_of
from planner.roster.sources import open_roster
from tests.cli.helpers import EXAMPLES
from tests.roster.batches import MOMENT, row, write_roster

ERRORS: list[tuple[Exception, str, str]] = [
    (StopError(["RED-04: see somebody"]), "stop", "RED-04: see somebody"),
    (InputError("pillars.hip_strength.sets", "found 99", "from 1 to 5"), "refused", "column pillars.hip_strength.sets: found 99"),
    (ContradictionError(["law-1", "weeks"], "no room"), "impossible", "law-1 and weeks contradict each other; no room"),
    (PluginError("arc", "arc 1.0", "planner_runs", "raised"), "plugin-fault", "plugin arc (arc 1.0) in planner_runs: raised."),
    (AuditError(["week 3: too far"]), "bug", "week 3: too far"),
    (RuntimeError("two\nlines"), "bug", "something went wrong inside (RuntimeError: two lines; test_chunk.py, line "),
    (RecursionError("deep"), "bug", "this is a bug in the planner."),
]


@pytest.fixture
def job(tmp_path: Path) -> BatchJob:
    (tmp_path / "plans" / PARTS).mkdir(parents=True)
    folder = tmp_path / "plans"
    return BatchJob(folder=folder, formats=("ics", "txt"), options=Options(), plugins=Chosen(), as_of=MOMENT.as_of, issued=MOMENT.issued)


@pytest.fixture
def rows(tmp_path: Path) -> tuple[Recipe, list[Asked]]:
    path = write_roster(tmp_path / "roster.csv", [row(n) for n in range(3)])
    roster = open_roster(path)
    return recipe_of(roster, path), [Asked(r) for r in roster.rows()]


@pytest.mark.parametrize(("error", "status", "sentence"), ERRORS, ids=[type(error).__name__ for error, *_ in ERRORS])
def test_an_error_is_the_outcome_of_its_row(
    job: BatchJob, rows: tuple[Recipe, list[Asked]], monkeypatch: pytest.MonkeyPatch, error: Exception, status: str, sentence: str
) -> None:
    plan = Maker.plan

    def fails(maker: Maker, athlete: object, *args: object, **more: object) -> object:
        if athlete.id == "runner-1":  # type: ignore[attr-defined]
            raise error
        return plan(maker, athlete, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Maker, "plan", fails)
    outcomes = make_chunk(job, *rows)
    assert [o.status for o in outcomes] == ["made", status, "made"]
    assert sentence in outcomes[1].error
    assert "\n" not in outcomes[1].error
    assert (outcomes[1].name, outcomes[1].files) == ("Runner 1", ())
    assert sorted(path.name for path in job.folder.iterdir()) == [PARTS, "runner-0.ics", "runner-0.txt", "runner-2.ics", "runner-2.txt"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_what_every_row_would_meet_ends_the_chunk_and_leaves_no_half(
    job: BatchJob, rows: tuple[Recipe, list[Asked]], monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    replace, error = Path.replace, OSError(number, "the disk said no")

    def fails(path: Path, target: Path) -> Path:
        if target.name == "runner-1.txt":
            raise error
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(OutputError, match=r"plans: could not be written \(the disk said no\)") as caught:
        make_chunk(job, *rows)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value), "it comes back from a worker"  # noqa: S301
    assert sorted(path.name for path in job.folder.iterdir()) == [PARTS, "runner-0.ics", "runner-0.txt", "runner-1.ics"]
    assert list((job.folder / PARTS).iterdir()) == []


def test_the_outcome_says_what_a_coach_wants_to_know(job: BatchJob, rows: tuple[Recipe, list[Asked]]) -> None:
    outcome = make_chunk(job, *rows)[0]
    assert (outcome.number, outcome.id, outcome.weeks, outcome.zone, outcome.day) == (2, "runner-0", 2, "Europe/Berlin", "2027-01-03")
    assert outcome.goal_week is not None
    assert outcome.goal_week > 2
    assert not outcome.goal_fits
    assert outcome.margin is not None
    assert outcome.law
    assert {said.rule for said in outcome.findings} >= {"goal-later", "history-estimated"}
    for facts in outcome.files:
        assert (job.folder / facts.name).stat().st_size == facts.size
        assert (job.folder / facts.name).stat().st_mtime_ns == facts.mtime_ns


def test_commitments_before_the_first_run_are_no_weeks_that_miss_the_goal(job: BatchJob, tmp_path: Path) -> None:
    group = tmp_path / "group"
    group.mkdir()
    text = (EXAMPLES / "ana.toml").read_text(encoding="utf-8").replace("pain_walk_30 = 0\n", "")
    club = '[[commitments]]\nname = "Club run"\nkm = 4\non = "tue"\n'
    (group / "ana.toml").write_text(f"{text}\n{club}", encoding="utf-8")
    roster = open_roster(group)
    (outcome,) = make_chunk(job, recipe_of(roster, group), [Asked(r) for r in roster.rows()])
    assert (outcome.status, outcome.weeks, outcome.goal_fits) == ("made", 0, True)


def test_a_chunk_travels(job: BatchJob, rows: tuple[Recipe, list[Asked]]) -> None:
    recipe, asked = rows
    assert pickle.loads(pickle.dumps((job, recipe, asked))) == (job, recipe, asked)  # noqa: S301
    assert len(pickle.dumps((job, recipe, asked[0]))) < 10_000
