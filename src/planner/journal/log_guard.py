"""Who may write a log now, and writing it whole or not at all.

A lock file stands beside the log while it is being changed. The system's own lock on it decides, not that it is there: what a dead process
left behind holds nobody up.
"""

from __future__ import annotations

import os
import stat
import sys
import time
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING

from planner.atomic_file import write_whole
from planner.errors import InputError, OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _lock(lock: int) -> None:
        msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(lock: int) -> None:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


TRIES, BETWEEN_S = 1500, 0.02
"""Half a minute: nobody writes a log for so long."""


@contextmanager
def guarded(path: Path) -> Iterator[None]:
    """Within, no other planner changes the file at `path`, which need not be there.

    Raises `OutputError` where another one does not come to an end, or where the folder cannot be written to.
    """
    beside = path.with_name(f".{path.name[:200]}.lock")
    try:
        lock = _locked(beside, path)
    except OSError as error:
        raise _not_written(path, error) from error
    try:
        yield
    finally:
        with suppress(OSError):  # where an open file cannot be deleted it stays, and holds nobody up
            beside.unlink()
        os.close(lock)


def _locked(beside: Path, path: Path) -> int:
    """The lock file, open and locked, once it is ours. Raises `OSError`, and `OutputError` where it stays another's."""
    for _ in range(TRIES):
        lock = os.open(beside, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(lock)
            if _stands(beside, lock):
                return lock
        except (BlockingIOError, PermissionError):
            time.sleep(BETWEEN_S)
        except BaseException:
            os.close(lock)
            raise
        os.close(lock)
    raise OutputError(f"{path}: another planner is still writing it; expected it to finish. End that one, and try again.")


def _stands(beside: Path, lock: int) -> bool:
    """Whether the open lock file is the one that others see: who had it before may have deleted it."""
    try:
        return os.path.samestat(beside.stat(), os.fstat(lock))
    except FileNotFoundError:
        return False


def stamp(path: Path) -> tuple[int, int, int] | None:
    """What changes when somebody else writes the file; None where there is none. Raises `InputError` for what is no file."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise InputError(str(path), f"cannot be opened ({getattr(error, 'strerror', None) or error})", "a file") from None
    if not stat.S_ISREG(found.st_mode):
        raise InputError(str(path), f"this is {'a folder' if stat.S_ISDIR(found.st_mode) else 'no file'}", "a log, a file of rows")
    return found.st_ino, found.st_size, found.st_mtime_ns


def put(path: Path, data: bytes, before: tuple[int, int, int] | None) -> None:
    """Write a file beside its place and rename it there; it keeps its permissions.

    `before` is its `stamp` when it was read. Raises `OutputError` where it has another now, or cannot be written; it stays as it is then.
    """
    try:
        mode = None if before is None else path.stat().st_mode
        write_whole(path, data, mode=mode, last=partial(_refuse_changed, path, before))
    except OSError as error:
        raise _not_written(path, error) from error


def _refuse_changed(path: Path, before: tuple[int, int, int] | None) -> None:
    """An editor does not know our lock: what it saved just now is not written over."""
    if stamp(path) != before:
        raise OutputError(f"{path}: another program changed it just now, so it was left as it is; expected no other change. Try again.")


def _not_written(path: Path, error: OSError) -> OutputError:
    reason = error.strerror or str(error)
    return OutputError(f"{path}: could not be written ({reason}); expected a place that you may write to. What was there is untouched.")
