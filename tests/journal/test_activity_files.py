"""From a path to activities: file types by content, folders, zips, and what must not be read."""

from __future__ import annotations

import gzip
import os
import tracemalloc
import zipfile
from typing import TYPE_CHECKING

import pytest

from planner.journal import archive
from planner.journal.activity_files import ActivityReader
from tests.journal.recordings import FOOT_M, RUN_M, START, Stretch, fit, gpx, tcx
from tests.journal.test_tables import GARMIN, PEAKS, STRAVA

if TYPE_CHECKING:
    from pathlib import Path

READER = ActivityReader()
SHORT = (Stretch(60, 260, 82),)
ROW = '{},"Jan 5, 2027, 6:02:00 AM",Morning,{},,1500,2.64,{},1500,1500,2640,82,\n'


def put(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def zipped(folder: Path, files: dict[str, bytes | str], name: str = "export.zip") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for inside, data in files.items():
            file.writestr(inside, data)
    return path


def why(path: Path) -> str:
    """The one reason why nothing was read."""
    read = READER.read(path)
    assert read.activities == ()
    (aside,) = read.aside
    assert aside.where.startswith(str(path))
    assert str(aside.error).startswith(aside.where)
    return str(aside.error).removeprefix(str(path))


@pytest.mark.parametrize(
    ("data", "reader"),
    [
        (fit(), "fit"),
        (gzip.compress(fit()), "fit"),
        (tcx(), "tcx"),
        (b"\n  " + tcx(), "tcx"),
        (b"\xef\xbb\xbf" + gpx(), "gpx"),
        (GARMIN + "Running,2027-01-05 07:02:10,false,x,5.0,1,30:00,--,--,--,--\n", "garmin"),
        (STRAVA + ROW.format(1, "Run", ""), "strava"),
        (PEAKS + "Easy,Run,0.5,5000,2027-01-05,5100,82,0.55,4\n", "trainingpeaks"),
    ],
)
def test_the_content_says_which_reader_not_the_name(tmp_path: Path, data: bytes | str, reader: str) -> None:
    (activity,) = READER.read(put(tmp_path, "anything.bin", data)).activities
    assert activity.reader == reader
    assert activity.records == ()
    if reader in ("fit", "tcx", "gpx"):
        assert activity.split is not None
        assert abs(activity.split.run_m - RUN_M) <= RUN_M * 2 // 100
        assert abs((activity.metres or 0) - FOOT_M) <= 5


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "it is empty"),
        (b" \n", "it is empty"),
        (b"%PDF-1.7 and so on", "this is not an activity file that can be read"),
        (b"<html><body/></html>", "this is a web page"),
        (b"<kml/>", "XML of another kind (<kml>)"),
        (GARMIN, "a row of names and nothing under it"),
        (gzip.compress(fit())[:-9], "it is cut short"),
        (b"\x1f\x8bjunk", "cannot be unpacked"),
        (gzip.compress(gzip.compress(fit())), "a packed file within a packed file"),
        (fit()[:9], "broken"),
    ],
)
def test_what_is_no_activity_is_named_with_its_reason(tmp_path: Path, data: bytes, words: str) -> None:
    assert words in why(put(tmp_path, "run.fit" if data[:2] == b"\x0e\x20" else "file", data))


def test_what_is_not_there_or_no_file(tmp_path: Path) -> None:
    assert "No such file" in why(tmp_path / "none.fit")
    assert "no activity file in it" in why(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    assert "this is not a file" in why(tmp_path / "pipe")


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = put(tmp_path, "large.fit", fit())
    with path.open("ab") as file:
        file.truncate(200_000_000)
    assert "larger than 30 MB" in why(path)


def test_bombs_stay_small(tmp_path: Path) -> None:
    bomb = bytes(8 * archive.MOST_BYTES)
    packed, in_zip = put(tmp_path, "bomb.fit.gz", gzip.compress(bomb, 1)), zipped(tmp_path, {"bomb.fit": bomb})
    del bomb
    tracemalloc.start()
    assert "larger than 30 MB" in why(packed)
    assert "larger than 30 MB" in why(in_zip)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 3 * archive.MOST_BYTES


def test_a_zip_may_not_unpack_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_IN_ALL", 2 * len(fit()) + 10)
    read = READER.read(zipped(tmp_path, {f"{n}.fit": fit() for n in range(4)}))
    assert len(read.activities) == 2
    assert all("when unpacked" in str(aside.error) for aside in read.aside)


@pytest.mark.parametrize(("size", "words"), [(30_000_000, "a zip with too many files in it"), (60, "not a whole zip")])
def test_a_zip_with_a_wrong_list_is_refused(tmp_path: Path, size: int, words: str) -> None:
    path = zipped(tmp_path, {"1.fit": fit()})
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x05\x06")
    data[at + 12 : at + 16] = size.to_bytes(4, "little")
    data[at + 16 : at + 20] = (0).to_bytes(4, "little")
    assert words in why(put(tmp_path, "wrong.zip", bytes(data)))


def test_zips_that_are_none(tmp_path: Path) -> None:
    whole = zipped(tmp_path, {"1.fit": fit()}).read_bytes()
    assert "not a whole zip" in why(put(tmp_path, "cut.zip", whole[:-30]))
    assert "no activity file in it" in why(zipped(tmp_path, {"photo.jpg": b"x"}))
    assert "this is a workbook" in why(zipped(tmp_path, {"[Content_Types].xml": "<x/>"}))
    wrong = whole.replace(whole[60:70], b"\0" * 10)
    assert "cannot be unpacked" in why(put(tmp_path, "wrong.zip", wrong))
    assert "no activity file in it" in why(zipped(tmp_path, {"inner.zip": whole}))


def test_a_link_in_a_zip_is_not_followed(tmp_path: Path) -> None:
    path = tmp_path / "links.zip"
    link = zipfile.ZipInfo("1.fit")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(link, "/etc/passwd")
    assert "this is a link" in why(path)


def test_an_export_of_strava(tmp_path: Path) -> None:
    table = STRAVA + ROW.format(1, "Run", "activities/1.fit.gz") + ROW.format(2, "Ride", "activities/2.fit.gz") + ROW.format(3, "Run", "")
    files = {"activities.csv": table, "activities/1.fit.gz": gzip.compress(fit()), "activities/2.fit.gz": b"no", "media/x.jpg": b"x"}
    read = READER.read(zipped(tmp_path, files))
    assert [a.source.partition(": ")[2] for a in read.activities] == [
        "activities.csv: line 2",
        "activities.csv: line 4",
        "activities/1.fit.gz",
    ]
    assert [(aside.where.partition(": ")[2], aside.wrong) for aside in read.aside] == [("activities.csv: line 3", False)]
    for name, data in files.items():
        put(tmp_path / "unpacked", name, data)
    for path in (tmp_path / "unpacked", tmp_path / "unpacked" / "activities.csv"):
        assert [a.reader for a in READER.read(path).activities] == ["strava", "strava", "fit"]
    above = zipped(tmp_path, {f"export_1/{name}": data for name, data in files.items()}, "above.zip")
    assert [a.reader for a in READER.read(above).activities] == ["strava", "strava", "fit"]


def test_a_folder_gives_its_recordings_and_never_what_lies_outside(tmp_path: Path) -> None:
    outside = put(tmp_path, "outside.fit", fit(SHORT))
    folder = tmp_path / "runs"
    put(folder, "1.fit", fit(SHORT))
    put(folder, "2.tcx", tcx(SHORT, start=START.replace(hour=9)))
    put(folder, "notes.txt", "hello")
    put(folder, ".hidden.fit", fit(SHORT))
    (folder / "link.fit").symlink_to(outside)
    (folder / "inside.fit").symlink_to(folder / "1.fit")
    read = READER.read(folder)
    assert [a.source.rpartition(": ")[2] for a in read.activities] == ["1.fit", "2.tcx", "inside.fit"]
    (aside,) = read.aside
    assert str(aside.error).startswith(f"{folder}: link.fit: it leads out of its folder")


@pytest.mark.parametrize("name", ["../outside.fit", "/etc/passwd", "activities/../../outside.fit"])
def test_a_table_cannot_name_what_lies_outside(tmp_path: Path, name: str) -> None:
    put(tmp_path, "outside.fit", fit())
    path = put(tmp_path / "export", "activities.csv", STRAVA + ROW.format(1, "Run", name))
    read = READER.read(path)
    assert [a.reader for a in read.activities] == ["strava"]
    assert len(read.aside) == 1
    assert read.aside[0].wrong


def test_a_broken_recording_leaves_its_row_and_the_others(tmp_path: Path) -> None:
    table = STRAVA + ROW.format(1, "Run", "activities/1.fit.gz") + ROW.format(2, "Run", "activities/2.gpx")
    read = READER.read(zipped(tmp_path, {"activities.csv": table, "activities/1.fit.gz": b"\x1f\x8bjunk", "activities/2.gpx": gpx(SHORT)}))
    assert [a.reader for a in read.activities] == ["strava", "strava", "gpx"]
    assert "activities/1.fit.gz: it cannot be unpacked" in str(read.aside[0].error)


@pytest.mark.parametrize("name", ["activities/1.gpx", "x" * 5000])
def test_a_table_without_its_recordings_is_read_by_itself(tmp_path: Path, name: str) -> None:
    read = READER.read(put(tmp_path, "activities.csv", STRAVA + ROW.format(1, "Run", name)))
    assert [activity.reader for activity in read.activities] == ["strava"]
    assert read.aside == ()
