"""Writing a log: atomically, and by several processes at once without loss."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from planner.entry import Entry
from planner.errors import OutputError
from planner.journal import log_guard
from planner.journal.log_file import editing, read_log
from tests.journal.logs import add, correct

TODAY = date(2027, 1, 10)
MONDAY = Entry(date=date(2027, 1, 4), run_m=5200, seconds=2100, pain_before=0, pain_during=2)


@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_what_stood_stands_when_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException) -> None:
    path = tmp_path / "ana-log.csv"
    add(path, [MONDAY])
    before = path.read_bytes()

    def fails(*_: object) -> None:
        raise error

    monkeypatch.setattr(*((os, "fsync") if step == "fsync" else (Path, "replace")), fails)
    with pytest.raises(OutputError if isinstance(error, OSError) else KeyboardInterrupt) as caught:
        correct(path, MONDAY, {"note": "x"})
    monkeypatch.undo()
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
    if isinstance(error, OSError):
        assert "could not be written (No space left on device)" in str(caught.value)


def test_what_an_editor_saved_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "ana-log.csv"
    add(path, [MONDAY])

    def both_write() -> None:
        with editing(path) as log:
            log.correct(log.entries[0], {"note": "ours"})
            path.write_text("date,note\n2027-01-04,theirs\n", encoding="utf-8")

    with pytest.raises(OutputError, match="another program changed it just now"):
        both_write()
    assert read_log(path, today=None)[0].note == "theirs"
    assert list(tmp_path.iterdir()) == [path]


def test_where_nothing_can_be_written_it_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="could not be written"):
        add(tmp_path / "none" / "ana-log.csv", [MONDAY])


WRITER = """
import sys
from datetime import date, timedelta
from pathlib import Path
from planner.entry import Entry
from planner.journal.log_file import editing
path, who = Path(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
sys.stdin.readline()
for n in range(int(sys.argv[3])):
    with editing(path) as log:
        log.add([Entry(date=date(2026, 1, 1) + timedelta(days=n), note=f"{who} {n}")])
"""


def writer(path: Path, *args: str, code: str = WRITER) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", code, str(path), *args], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ana-log.csv"
    processes = [writer(path, who, "15") for who in ("ana", "ben", "cara")]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    for process in processes:
        process.communicate()
        assert process.returncode == 0
    notes = {entry.note for entry in read_log(path, today=None)}
    assert notes == {f"{who} {n}" for who in ("ana", "ben", "cara") for n in range(15)}
    assert list(tmp_path.iterdir()) == [path]


HOLDER = """
import sys, time
from pathlib import Path
from planner.journal.log_guard import guarded
with guarded(Path(sys.argv[1])):
    print("ready", flush=True)
    time.sleep(600)
"""


def test_a_writer_who_dies_holds_nobody_up_and_one_who_stays_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ana-log.csv"
    holder = writer(path, code=HOLDER)
    monkeypatch.setattr(log_guard, "TRIES", 3)
    with pytest.raises(OutputError, match="another planner is still writing it"):
        add(path, [MONDAY])
    assert not path.exists()
    holder.send_signal(signal.SIGKILL)
    holder.communicate()
    assert [p.name for p in tmp_path.iterdir()] == [".ana-log.csv.lock"], "it left its lock file behind"
    add(path, [MONDAY])
    assert list(tmp_path.iterdir()) == [path]


def test_a_lock_file_that_its_owner_just_deleted_locks_nobody_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, lock, real = tmp_path / "ana-log.csv", tmp_path / ".ana-log.csv.lock", log_guard._lock
    deleted = []

    def locks(handle: int) -> None:
        real(handle)
        if not deleted:
            deleted.append(lock.stat().st_ino)
            lock.unlink()

    monkeypatch.setattr(log_guard, "_lock", locks)
    with log_guard.guarded(path):
        assert lock.exists(), "ours is the one that others see"
    assert deleted
    assert not lock.exists()
