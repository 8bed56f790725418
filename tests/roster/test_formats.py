"""Batches in formats whose file names do not match the format's name, as single files and in shards."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from planner.render import Options
from tests.roster.batches import OWN_FILES, batch, row, run, write_roster

FORMATS = ("fit", "intervals", "txt")


def roster_of(folder: Path, *ids: str) -> Path:
    rows = [{**row(number), "id": own, "name": f"Runner {number}"} for number, own in enumerate(ids, 1)]
    return write_roster(folder / "roster.csv", rows)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.is_file()} - OWN_FILES - {".planner-batch.sqlite"}


def test_workouts_of_a_roster_are_a_zip_for_each(tmp_path: Path) -> None:
    roster, out = roster_of(tmp_path, "ana", "b.c"), tmp_path / "plans"
    assert run(roster, out, formats=FORMATS).counts == {"made": 2}
    found = {name for name in names(out) if not name.startswith(".")}
    assert found >= {"ana.fit.zip", "ana.intervals.txt", "ana.txt", "b.c.fit.zip", "b.c.intervals.txt", "b.c.txt"}
    with zipfile.ZipFile(out / "ana.fit.zip") as archive:
        assert len(archive.namelist()) == 6
        assert all(name.endswith(".fit") for name in archive.namelist())
    assert run(roster, out, formats=FORMATS).counts == {"unchanged": 2}


def test_the_same_files_stand_in_shards(tmp_path: Path) -> None:
    roster = roster_of(tmp_path, "ana", "b.c")
    run(roster, tmp_path / "files", formats=FORMATS)
    assert run(roster, tmp_path / "zips", formats=FORMATS, shards=1).counts == {"made": 2}
    with zipfile.ZipFile(tmp_path / "zips" / "shard-0001.zip") as archive:
        packed = {name: archive.read(name) for name in archive.namelist()}
    assert len(packed) == 6
    assert packed == {name: (tmp_path / "files" / name).read_bytes() for name in packed}
    assert zipfile.is_zipfile(io.BytesIO(packed["ana.fit.zip"]))
    assert run(roster, tmp_path / "zips", formats=FORMATS, shards=1).counts == {"unchanged": 2}


def test_an_id_whose_file_would_be_anothers_is_refused_where_it_would(tmp_path: Path) -> None:
    roster, out = roster_of(tmp_path, "ana", "ana.intervals"), tmp_path / "plans"
    assert run(roster, out, formats=("intervals", "txt")).counts == {"made": 1, "refused": 1}
    assert "ana.intervals.txt is nobody else's" in (out / "report.csv").read_text(encoding="utf-8-sig")
    assert run(roster, tmp_path / "text", formats=("txt",)).counts == {"made": 2}
    assert run(roster, tmp_path / "zips", formats=("txt",), shards=1).counts == {"made": 2}


def test_private_is_for_every_format(tmp_path: Path) -> None:
    roster, out = roster_of(tmp_path, "ana"), tmp_path / "plans"
    assert run(roster, out, formats=("ics", "txt", "csv", "json"), options=Options(private=True)).counts == {"made": 1}
    for name in ("ana.ics", "ana.txt", "ana.csv", "ana.json"):
        data = (out / name).read_text(encoding="utf-8").lower()
        assert "runner 1" not in data
        assert "knee" not in data
    assert batch(roster, out).options.private is False
