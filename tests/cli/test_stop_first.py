"""A stop is told and decides the exit code, whatever else goes wrong on the way."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from tests.cli.helpers import EXAMPLES, run

DAY = "2027-01-06"
SIGN = "RED-04: Your answers name this sign: the knee is locked"


@pytest.fixture
def ana(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Ana's file, planned for three weeks; then she answers that her knee is locked."""
    path = tmp_path / "ana.toml"
    calm = (EXAMPLES / "ana.toml").read_text(encoding="utf-8").replace("weeks = 12", 'weeks = 3\nlog = "ana-log.csv"')
    path.write_text(calm, encoding="utf-8")
    (tmp_path / "ana-log.csv").write_text("date,run_km\n2027-01-05,2\n", encoding="utf-8")
    for args in ([], ["-f", "fit"]):
        assert run(capsys, "make", path, "--as-of", "2027-01-06", "-q", *args).code == 0
    path.write_text(calm.replace("red_flags = []", 'red_flags = ["RED-04"]'), encoding="utf-8")
    return path


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(
    ("command", "trouble"),
    [
        (["make"], "could not be written (No space left on device)"),
        (["make", "-f", "fit"], "could not be removed (No space left on device)"),
    ],
)
def test_a_full_disk_hides_no_stop(
    ana: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: list[str], trouble: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        patch.setattr(Path, "unlink", full)
        said = run(capsys, command[0], ana, "--as-of", DAY, "-q", *command[1:])
    assert said.code == 4
    assert trouble in said.err
    assert said.err.splitlines()[-1].startswith(f"planner: {SIGN}")


def test_a_handover_that_cannot_be_written_hides_no_stop_of_the_log(
    ana: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ana.write_text(ana.read_text(encoding="utf-8").replace('["RED-04"]', "[]"), encoding="utf-8")
    ana.with_name("ana-log.csv").write_text("date,run_km,red_flag\n2027-01-05,2,RED-04\n", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        said = run(capsys, "handover", ana, "--as-of", DAY)
    assert said.code == 4
    assert "could not be written" in said.err
    assert "the knee is locked" in said.err.splitlines()[-1]


def test_a_calendar_that_cannot_be_read_hides_no_stop(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ana.with_suffix(".ics").write_bytes(b"x" * 20_000_001)
    said = run(capsys, "make", ana, "--as-of", DAY, "-q")
    assert (said.code, SIGN in said.err) == (4, True)


def test_a_log_that_has_gone_hides_no_stop(ana: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ana.with_name("ana-log.csv").unlink()
    said = run(capsys, "make", ana, "--as-of", DAY, "-q")
    assert (said.code, SIGN in said.err) == (4, True)


def test_a_log_on_a_full_disk_hides_no_advice(ana: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    before = ana.with_name("ana-log.csv").read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        said = run(capsys, "log", ana, "--as-of", DAY, "--red-flag", "RED-01", "-q")
    assert said.code == 74
    assert "go to an emergency department" in said.err
    assert "could not be written" in said.err.splitlines()[-1]
    assert ana.with_name("ana-log.csv").read_bytes() == before
