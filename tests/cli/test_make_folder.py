"""`planner make` with watch formats, and `--private` with any format: what is written, removed and left alone."""

from __future__ import annotations

import errno
import json
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.cli.folder import keep
from planner.errors import OutputError
from planner.render import Folder
from tests.cli.helpers import EXAMPLES, SHORTLY_BEFORE, Said, run

BEFORE = "2027-01-03"
WEEK_3 = "2027-01-18"


def make(capsys: pytest.CaptureFixture[str], ana: Path, *args: str | Path, day: str = BEFORE) -> Said:
    return run(capsys, "make", ana, "--as-of", day, *args)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_workout_a_run_in_a_folder_beside_the_athlete_file(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = make(capsys, ana, "-f", "fit")
    assert (said.code, said.out) == (0, "")
    found = names(ana.parent / "ana-fit")
    assert len(found) == 33
    assert found[0] == "2027-01-05-week-1-run-2.fit"
    assert all((ana.parent / "ana-fit" / name).read_bytes()[8:12] == b".FIT" for name in found)
    assert f"Wrote {ana.parent / 'ana-fit'} (33 files). Next: copy them to the watch" in said.err
    assert names(ana.parent) == ["ana-fit", "ana.toml"]


def test_the_same_plan_is_the_same_files(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for target in ("one", "two"):
        make(capsys, ana, "-f", "FIT", "-o", ana.parent / target)
    one, two = ({path.name: path.read_bytes() for path in (ana.parent / target).iterdir()} for target in ("one", "two"))
    assert one == two


def test_again_later_only_what_is_ahead_stands_and_a_strangers_file_stays(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = ana.parent / "ana-fit"
    make(capsys, ana, "-f", "fit")
    strangers = ("notes.txt", "Tempo.fit", "2027-01-05-week-1.fit", "2027-01-05-week-1-run-2.fit.bak", "old-2027-01-05-week-1-run-2.fit")
    for name in strangers:
        (folder / name).write_bytes(b"mine")
    (folder / "2020-01-01-week-1-run-1.fit").mkdir()
    said = make(capsys, ana, "-f", "fit", day=WEEK_3)
    assert "older ones removed" in said.err
    left = set(names(folder)) - set(strangers) - {"2020-01-01-week-1-run-1.fit"}
    assert left
    assert min(left) >= WEEK_3
    assert all((folder / name).read_bytes() == b"mine" for name in strangers)
    assert (folder / "2020-01-01-week-1-run-1.fit").is_dir()


def test_a_run_that_moves_has_one_file(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make(capsys, ana, "-f", "fit")
    before = names(ana.parent / "ana-fit")
    text = ana.read_text(encoding="utf-8")
    assert "[availability]" in text
    ana.write_text(text.replace("[availability]", "[availability]\ntue = []", 1), encoding="utf-8")
    assert make(capsys, ana, "-f", "fit").code == 0
    after = names(ana.parent / "ana-fit")
    assert set(before) - set(after)
    assert len({name[10:] for name in after}) == len(after), "each run of a week once"


def test_the_summary_as_json_names_the_files(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(make(capsys, ana, "-f", "fit", "--json", "-q").out)
    assert told["file"] == str(ana.parent / "ana-fit")
    assert (len(told["files"]), told["removed"]) == (33, [])


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["-f", "fit", "-o", "-"], "-o: found - with a format of many files; expected a folder"),
        (["-o", "x.fit"], 'x.fit: found the ending ".fit"; expected one of .csv, .html, .ics, .intervals.txt, .json, .pdf, .txt'),
        (["-f", "nonsense"], 'format: found "nonsense"; expected one of csv, fit, html, ics, intervals, json, pdf, txt.\n'),
        (["-f", "fit", "--cancel"], "--cancel: found it with the format fit; expected a calendar (.ics)"),
        (["-f", "fit", "--diff"], "--diff: found it with the format fit; expected a calendar (.ics)"),
        (["-f", "intervals", "--alarm", "5m"], "--alarm: found it with the format intervals"),
    ],
)
def test_what_cannot_be_is_refused(ana: Path, capsys: pytest.CaptureFixture[str], args: list[str], words: str) -> None:
    said = make(capsys, ana, *args)
    assert said.code == 2
    assert words in said.err
    assert names(ana.parent) == ["ana.toml"]


def test_a_file_in_the_way_is_left_alone(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (ana.parent / "ana-fit").write_bytes(b"mine")
    said = make(capsys, ana, "-f", "fit")
    assert (said.code, (ana.parent / "ana-fit").read_bytes()) == (2, b"mine")
    assert "this is a file; expected a folder" in said.err
    assert make(capsys, ana, "-f", "fit", "-o", ana).code == 2
    assert make(capsys, ana, "-f", "fit", "-o", ana.parent / "no" / "such").code == 74


def test_a_stop_takes_the_workouts_out(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = ana.parent / "ana-fit"
    make(capsys, ana, "-f", "fit")
    (folder / "Tempo.fit").write_bytes(b"mine")
    text = ana.read_text(encoding="utf-8")
    assert "red_flags = []" in text
    ana.write_text(text.replace("red_flags = []", 'red_flags = ["RED-04"]'), encoding="utf-8")
    said = make(capsys, ana, "-f", "fit")
    assert said.code == 4
    assert "33 workouts removed" in said.err
    assert names(folder) == ["Tempo.fit"]


def test_without_the_extra_it_says_what_to_install(ana: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fit_tool", None)
    monkeypatch.delitem(sys.modules, "planner.render.fit", raising=False)
    said = make(capsys, ana, "-f", "fit")
    assert said.code == 2
    assert "pip install 'return-to-run[fit]'" in said.err
    assert names(ana.parent) == ["ana.toml"]


def test_workout_text_stands_beside_the_athlete_file(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = make(capsys, ana, "-f", "intervals")
    data = (ana.parent / "ana.intervals.txt").read_bytes()
    assert data.startswith(b"Tue 5 Jan 2027 - Wk 1 run 2: ")
    assert "intervals.icu" in said.err
    make(capsys, ana, "-o", ana.parent / "mine.intervals.txt")
    assert (ana.parent / "mine.intervals.txt").read_bytes() == data


@pytest.mark.parametrize("name", sorted(set(SHORTLY_BEFORE) - {"hugo"}))
@pytest.mark.parametrize("chosen", ["csv", "intervals", "json", "txt"])
def test_every_example_in_private_says_nothing_of_its_person(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, chosen: str
) -> None:
    target = tmp_path / "training"
    said = run(capsys, "make", EXAMPLES / f"{name}.toml", "--as-of", SHORTLY_BEFORE[name], "--private", "-f", chosen, "-o", target)
    assert said.code == 0
    data = target.read_text(encoding="utf-8").lower()
    for word in (name, "knee", "pain", "hip", "strength", "physio", "stretch", "shoe"):
        assert word not in data, word


def test_private_watch_files_have_the_same_names_and_no_drills(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make(capsys, ana, "-f", "fit")
    full = {path.name: path.read_bytes() for path in (ana.parent / "ana-fit").iterdir()}
    make(capsys, ana, "-f", "fit", "--private")
    private = {path.name: path.read_bytes() for path in (ana.parent / "ana-fit").iterdir()}
    assert private.keys() == full.keys()
    assert all(b"Drills" in data for data in full.values())
    assert not any(b"Drills" in data for data in private.values())


own = st.from_regex(r"a[0-9]", fullmatch=True)
others = st.from_regex(r"b[0-9]", fullmatch=True)
WAY = Folder(files=lambda *_: (), owns=lambda name: name.startswith("a"))


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(own, st.binary(max_size=3)), max_size=4), st.dictionaries(others, st.binary(max_size=3)))
def test_a_folder_holds_the_last_plan_and_what_was_a_strangers(
    tmp_path_factory: pytest.TempPathFactory, plans: list[dict[str, bytes]], strangers: dict[str, bytes]
) -> None:
    target = tmp_path_factory.mktemp("folder") / "out"
    if strangers:
        target.mkdir()
    for name, data in strangers.items():
        (target / name).write_bytes(data)
    for files in plans:
        keep(target, WAY, files.items())
    found = {path.name: path.read_bytes() for path in target.iterdir()} if target.exists() else {}
    assert found == {**strangers, **(plans[-1] if plans else {})}


def test_nothing_is_lost_when_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(tmp_path, WAY, {"a1": b"old", "a2": b"old"}.items())

    def fails(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(OutputError, match="No space left on device"):
        keep(tmp_path, WAY, {"a1": b"new"}.items())
    monkeypatch.undo()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a1": b"old", "a2": b"old"}
