"""Files that cannot be written: one athlete's costs that athlete's row, a whole folder's ends the batch, and no stop is lost."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from planner.errors import OutputError
from planner.roster.outcome import Stops
from tests.roster.batches import outcome, row, run_here, write_roster

STOPPED = {"screening__red_flags": "RED-04"}
LOCKED = "the knee is locked"
Report = dict[str, dict[str, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Plans of three athletes; in `roster.csv` the second is stopped since, and the third has another pace."""
    folder = tmp_path / "plans"
    run_here(write_roster(tmp_path / "roster.csv", [row(n) for n in range(3)]), folder)
    write_roster(tmp_path / "roster.csv", [row(0), row(1, **STOPPED), row(2, running__easy_pace="7:00")])
    return folder


def refuse(monkeypatch: pytest.MonkeyPatch, number: int, *names: str) -> None:
    """Let no file of these names be replaced."""
    replace = Path.replace

    def fails(path: Path, target: Path) -> Path:
        if target.name in names:
            raise OSError(number, "not permitted")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", fails)


def told(folder: Path, athlete: str) -> str:
    """The athlete's line of the report."""
    (line,) = [line for line in (folder / "report.csv").read_text(encoding="utf-8").splitlines() if f",{athlete}," in line]
    return line


def test_a_calendar_that_cannot_be_replaced_costs_its_own_row(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, errno.EPERM, "runner-2.ics")
    stood = (folder / "runner-2.ics").read_bytes()
    summary = run_here(tmp_path / "roster.csv", folder)
    assert summary.counts == {"unchanged": 1, "stop": 1, "refused": 1}
    assert "cannot be replaced (not permitted)" in told(folder, "runner-2")
    assert (folder / "runner-2.ics").read_bytes() == stood
    monkeypatch.undo()
    assert run_here(tmp_path / "roster.csv", folder).counts == {"unchanged": 1, "stop": 1, "made": 1}


def test_a_stop_stays_one_if_its_calendar_cannot_be_replaced(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, errno.EPERM, "runner-1.ics")
    assert run_here(tmp_path / "roster.csv", folder).counts == {"unchanged": 1, "stop": 1, "made": 1}
    assert LOCKED in told(folder, "runner-1")
    assert "still shows what was planned" in told(folder, "runner-1")


def test_a_full_folder_ends_the_batch_and_names_the_stops(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, errno.ENOSPC, "runner-1.ics", "runner-2.ics", "report.csv")
    with pytest.raises(OutputError, match="could not be written") as caught:
        run_here(tmp_path / "roster.csv", folder)
    note, still = caught.value.__notes__
    assert note.startswith("runner-1 must stop. ")
    assert LOCKED in note
    assert still == "runner-1 must stop. The calendar still shows what was planned."


def test_each_referral_is_said_once_with_everybody_it_is_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, signs = tmp_path / "plans", ["RED-04", "RED-05", "RED-04", "RED-04|RED-05"]
    run_here(write_roster(tmp_path / "roster.csv", [row(n) for n in range(3)]), folder)
    roster = write_roster(tmp_path / "roster.csv", [row(n, screening__red_flags=sign) for n, sign in enumerate(signs)])
    refuse(monkeypatch, errno.ENOSPC, *(f"runner-{n}.ics" for n in range(3)), "report.csv")
    with pytest.raises(OutputError, match=r"Make room and run the same command again; what was finished stays\.") as caught:
        run_here(roster, folder)
    locked, swollen, still = caught.value.__notes__
    assert locked.startswith("runner-0, runner-2, runner-3 must stop. RED-04: ")
    assert still == "runner-0, runner-1, runner-2 must stop. The calendar still shows what was planned."
    assert swollen.startswith("runner-1, runner-3 must stop. RED-05: ")
    assert LOCKED in locked
    assert "very swollen" in swollen


def test_the_stops_of_a_worker_and_of_finished_chunks_are_joined() -> None:
    error, referral = OutputError("no room"), "RED-04: see a doctor."
    for number in (2, 1):
        stops = Stops()
        stops.add([outcome(number, "stop", referrals=(referral,), error=referral), outcome(9, error="no stop")])
        stops.note(error)
    assert error.__notes__ == [f"runner-1, runner-2 must stop. {referral}"]


def test_what_cannot_be_cancelled_for_who_left_is_said(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_roster(tmp_path / "roster.csv", [row(0)])
    refuse(monkeypatch, errno.EPERM, "runner-2.ics")
    summary = run_here(tmp_path / "roster.csv", folder, prune=True)
    assert summary.counts == {"unchanged": 1, "vanished": 2}
    assert "cannot be replaced" in told(folder, "runner-2")
