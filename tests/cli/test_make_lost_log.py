"""A calendar that follows a log is not made again without it; a log that was never begun is asked of nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.helpers import EXAMPLES, Said, run

LOG = 'log = "l.csv"\ntemplate ='


def athlete(folder: Path, name: str, *, log: bool = True) -> Path:
    """An example that may run, in three weeks."""
    path, text = folder / f"{name}.toml", (EXAMPLES / f"{name}.toml").read_text(encoding="utf-8")
    lines = ["red_flags = []" if line.startswith("red_flags") else line for line in text.split("\n")]
    text = "\n".join("weeks = 3" if line.startswith("weeks =") else line for line in lines)
    path.write_text(text.replace("template =", LOG) if log else text, encoding="utf-8")
    return path


def make(capsys: pytest.CaptureFixture[str], path: Path, day: str) -> Said:
    return run(capsys, "make", path, "-q", "--as-of", day)


def history(path: Path) -> str:
    lines = path.with_suffix(".ics").read_bytes().replace(b"\r\n ", b"").decode().split("\r\n")
    return next(line for line in lines if line.startswith("X-PLANNER-HISTORY:"))


def test_walks_that_nobody_logged_are_no_log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hugo = athlete(tmp_path, "hugo")
    assert [make(capsys, hugo, day).code for day in ("2027-01-02", "2027-01-08")] == [0, 0]
    assert " 2027-01-07/0/2857/" in history(hugo)
    assert make(capsys, hugo, "2027-01-09").code == 0


def test_runs_that_only_the_calendar_has_are_no_log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ana = athlete(tmp_path, "ana", log=False)
    make(capsys, ana, "2027-01-03")
    text = ana.read_text(encoding="utf-8").replace("weeks = 3", "weeks = 2")
    ana.write_text(text, encoding="utf-8")
    make(capsys, ana, "2027-01-08")
    assert " 2027-01-05/2200/" in history(ana)
    ana.write_text(text.replace("template =", LOG), encoding="utf-8")
    assert make(capsys, ana, "2027-01-09").code == 0


@pytest.mark.parametrize("row", ["2027-01-05,hip_strength/strength-1#1,", "2027-01-06,,0.5"])
def test_a_run_or_a_session_that_was_logged_is(tmp_path: Path, capsys: pytest.CaptureFixture[str], row: str) -> None:
    hugo = athlete(tmp_path, "hugo")
    log = tmp_path / "l.csv"
    log.write_text(f"date,session,run_km\n{row}\n", encoding="utf-8")
    assert [make(capsys, hugo, day).code for day in ("2027-01-02", "2027-01-08")] == [0, 0]
    log.unlink()
    said = make(capsys, hugo, "2027-01-09")
    assert said.code == 2
    assert f"there is no file {log}" in said.err
