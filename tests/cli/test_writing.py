"""Atomic writing: the old file or the new one, never part of each."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from io import RawIOBase
from pathlib import Path
from threading import Barrier, Thread
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from planner.cli.writing import STANDARD_OUTPUT, write
from planner.errors import InputError, OutputError

if TYPE_CHECKING:
    from collections.abc import Buffer  # typed since Python 3.12; the annotation is never read


def test_a_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    target = tmp_path / "plan.ics"
    write(target, b"one")
    target.chmod(0o640)
    write(target, b"two")
    assert target.read_bytes() == b"two"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [target], "nothing is left beside it"


class Sipping(RawIOBase):
    """An output that takes a few bytes at a time, as an unbuffered pipe does whose reader is slow."""

    def __init__(self) -> None:
        self.drunk = b""

    def writable(self) -> bool:
        return True

    def write(self, data: Buffer, /) -> int:
        self.drunk += bytes(data)[:7]
        return min(7, len(bytes(data)))


def test_standard_output_gets_all_of_it_however_little_it_takes_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    sipping = Sipping()
    monkeypatch.setattr("sys.stdout", SimpleNamespace(buffer=sipping, flush=lambda: None))
    write(STANDARD_OUTPUT, b"a plan that is longer than what the pipe holds")
    assert sipping.drunk == b"a plan that is longer than what the pipe holds"


def test_a_new_file_has_the_permissions_of_any_other(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    write(tmp_path / "plan.ics", b"")
    assert (tmp_path / "plan.ics").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.ics", tmp_path / "link.ics"
    real.write_bytes(b"old")
    link.symlink_to(real)
    write(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_what_stood_stands_when_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, error: BaseException) -> None:
    target = tmp_path / "plan.ics"
    target.write_bytes(b"old")

    def fails(*_: object) -> None:
        raise error

    monkeypatch.setattr(*((os, "fsync") if step == "fsync" else (Path, "replace")), fails)
    with pytest.raises(OutputError if isinstance(error, OSError) else KeyboardInterrupt) as caught:
        write(target, b"new")
    monkeypatch.undo()
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]
    if isinstance(error, OSError):
        assert "plan.ics: could not be written (No space left on device)" in str(caught.value)


def test_a_folder_is_refused_with_an_offer(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"this is a folder; expected a file\. Give a name in it, like .*plan\.ics"):
        write(tmp_path, b"")


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="could not be written"):
        write(tmp_path / "none" / "plan.ics", b"")
    with pytest.raises(OutputError, match="could not be written"):
        write(tmp_path / ("x" * 300), b"")


def test_a_device_is_written_as_it_is() -> None:
    write(Path(os.devnull), b"anything")
    assert not stat.S_ISREG(Path(os.devnull).stat().st_mode)


def test_an_older_file_is_kept_unless_replacing_is_meant(tmp_path: Path) -> None:
    target = tmp_path / "ana.toml"
    target.write_bytes(b"old")
    with pytest.raises(InputError, match="--force"):
        write(target, b"new", replace=False)
    assert target.read_bytes() == b"old"


@pytest.fixture(params=["links", "no links"])
def _either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a file system that has hard links, and on one that has none."""

    def refused(*_: object) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    if request.param == "no links":
        monkeypatch.setattr(Path, "hardlink_to", refused)


@pytest.mark.usefixtures("_either_way")
def test_a_file_that_comes_while_ours_is_written_is_kept_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target, sync = tmp_path / "ana.toml", os.fsync

    def meanwhile(number: int) -> None:
        sync(number)
        target.write_bytes(b"theirs")

    monkeypatch.setattr(os, "fsync", meanwhile)
    with pytest.raises(InputError, match=r"there is such a file already; expected a new name\. Use --force"):
        write(target, b"ours", replace=False)
    assert target.read_bytes() == b"theirs"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.usefixtures("_either_way")
def test_of_many_who_write_a_new_file_at_once_one_does(tmp_path: Path) -> None:
    target, start, done = tmp_path / "ana.toml", Barrier(8), list[int]()

    def new(number: int) -> None:
        start.wait(30)
        with suppress(InputError):
            write(target, b"%d" % number, replace=False)
            done.append(number)

    threads = [Thread(target=new, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert [b"%d" % number for number in done] == [target.read_bytes()]
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.usefixtures("_either_way")
def test_a_new_file_that_cannot_be_put_in_its_place_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    for name in ("replace", "hardlink_to"):
        monkeypatch.setattr(Path, name, fails)
    with pytest.raises(OutputError, match="No space left"):
        write(tmp_path / "ana.toml", b"ours", replace=False)
    assert list(tmp_path.iterdir()) == []
