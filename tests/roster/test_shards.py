"""Shards: the same plans in a few zips, each rewritten only when something in it is new."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.errors import InputError
from planner.maker import Chosen
from planner.render import Options
from planner.roster.job import PARTS, BatchJob
from planner.roster.shards import write_zip
from tests.roster.batches import MOMENT, plans, report, row, run, run_here, write_roster

ROWS = [row(n) for n in range(12)]
SHARDS = 3


@pytest.fixture
def done(roster: Path, tmp_path: Path) -> Path:
    run(roster, tmp_path / "plans", shards=SHARDS)
    return tmp_path / "plans"


def members(folder: Path) -> dict[str, bytes]:
    """Every plan in every zip."""
    found: dict[str, bytes] = {}
    for path in sorted(folder.glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
            assert archive.namelist() == sorted(archive.namelist())
            found |= {name: archive.read(name) for name in archive.namelist()}
    return found


def test_the_zips_hold_the_plans_that_files_would(roster: Path, done: Path, tmp_path: Path) -> None:
    run(roster, tmp_path / "files")
    assert members(done) == plans(tmp_path / "files")
    assert sorted(plans(done)) == ["shard-0001.zip", "shard-0002.zip", "shard-0003.zip"]
    assert all(str(line["files"][0]).startswith("shard-000") for line in report(done))  # type: ignore[index]


def test_the_same_plans_are_the_same_zips_whatever_came_before(roster: Path, done: Path, tmp_path: Path) -> None:
    good = plans(done)
    write_roster(roster, ROWS[:7])
    run(roster, tmp_path / "again", shards=SHARDS, workers=2)
    run(write_roster(roster, ROWS), tmp_path / "again", shards=SHARDS)
    assert plans(tmp_path / "again") == good


def test_a_zip_in_which_nothing_is_new_is_left_as_it_is(roster: Path, done: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in done.glob("*.zip")}
    assert run(roster, done, shards=SHARDS).counts == {"unchanged": 12}
    assert {path: path.stat().st_mtime_ns for path in done.glob("*.zip")} == before
    write_roster(roster, [row(0, running__easy_pace="7:30"), *ROWS[1:]])
    old = members(done)
    assert run(roster, done, shards=SHARDS).counts == {"made": 1, "unchanged": 11}
    assert sum(path.stat().st_mtime_ns != then for path, then in before.items()) == 1
    assert {name for name, data in members(done).items() if data != old[name]} == {"runner-0.ics"}


@pytest.mark.parametrize("harm", ["delete", "cut"])
def test_a_zip_that_somebody_harmed_is_made_again(roster: Path, done: Path, harm: str) -> None:
    good, zipped = plans(done), done / "shard-0002.zip"
    inside = zipfile.ZipFile(zipped).namelist()
    zipped.unlink() if harm == "delete" else zipped.write_bytes(good[zipped.name][:1000])
    assert run(roster, done, shards=SHARDS).counts == {"made": len(inside), "unchanged": 12 - len(inside)}
    assert plans(done) == good


def test_new_names_are_gone_through_once_however_many_they_are(done: Path, tmp_path: Path) -> None:
    times: list[int] = []

    class Names(list[str]):
        def __iter__(self) -> Iterator[str]:
            times.append(1)
            return super().__iter__()

    job = BatchJob(folder=done, formats=("ics",), options=Options(), plugins=Chosen(), as_of=None, issued=MOMENT.issued, shards=SHARDS)
    names = Names(zipfile.ZipFile(job.archive(1)).namelist())
    job.members(1).mkdir(parents=True)
    for name in list(names)[1:]:
        (job.members(1) / name).write_bytes(b"new")
    times.clear()
    write_zip(job, 1, Names(names[1:]))
    assert len(times) == 1
    with zipfile.ZipFile(done / PARTS / job.archive(1).name) as archive:
        assert len(names) > 2
        assert [archive.read(name) == b"new" for name in names] == [False, *[True] * (len(names) - 1)]


def test_who_has_left_stays_in_the_zip(roster: Path, done: Path) -> None:
    good = members(done)
    write_roster(roster, [row(0, running__easy_pace="7:30"), *ROWS[1:6]])
    assert run(roster, done, shards=SHARDS).counts["vanished"] == 6
    assert members(done).keys() == good.keys()


@pytest.mark.parametrize("shards", [0, 4])
def test_another_number_of_shards_is_refused(roster: Path, done: Path, shards: int) -> None:
    with pytest.raises(InputError, match=r"--shards: found \d, but .* holds 3 shards; .* Use --shards 3, or another folder"):
        run(roster, done, shards=shards)


def test_a_run_that_was_killed_before_packing_goes_on(roster: Path, done: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "cut"
    monkeypatch.setattr("planner.roster.shards.Shards.pack", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        run(roster, folder, shards=SHARDS)
    monkeypatch.undo()
    assert list(folder.glob("*.zip")) == []
    monkeypatch.setattr("tests.roster.batches.make_chunk", lambda _job, _recipe, asked: list(asked and pytest.fail("planned again")))
    assert run_here(roster, folder, shards=SHARDS).counts == {"made": 12}
    assert plans(folder) == plans(done)
