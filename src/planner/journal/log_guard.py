"""Locks a log against concurrent changes and writes it atomically.

A lock file is placed beside the log while it changes. The operating system's lock on that file is what counts, so a file left by a dead
process blocks nobody.
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
"""Half a minute, longer than any write takes."""


@contextmanager
def guarded(path: Path) -> Iterator[None]:
    """Keep other planners from changing the file at `path`, which need not exist, within the block.

    Raises `OutputError` if another planner does not finish in time or the folder is not writable.
    """
    beside = path.with_name(f".{path.name[:200]}.lock")
    try:
        lock = _locked(beside, path)
    except OSError as error:
        raise _not_written(path, error) from error
    try:
        yield
    finally:
        with suppress(OSError):  # Windows cannot delete an open file; it stays and blocks nobody
            beside.unlink()
        os.close(lock)


def _locked(beside: Path, path: Path) -> int:
    """Open and lock the lock file. Raises `OSError`, and `OutputError` if another process keeps the lock."""
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
    """Whether the open lock file is still the one on disk: its previous owner may have deleted it."""
    try:
        return os.path.samestat(beside.stat(), os.fstat(lock))
    except FileNotFoundError:
        return False


def stamp(path: Path) -> tuple[int, int, int] | None:
    """Return inode, size and modification time, to detect changes; None if there is no file. Raises `InputError` if it is not a file."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise InputError(str(path), f"cannot be opened ({getattr(error, 'strerror', None) or error})", "a file") from None
    if not stat.S_ISREG(found.st_mode):
        raise InputError(str(path), f"this is {'a folder' if stat.S_ISDIR(found.st_mode) else 'not a file'}", "a log, a file of rows")
    return found.st_ino, found.st_size, found.st_mtime_ns


def put(path: Path, data: bytes, before: tuple[int, int, int] | None) -> None:
    """Replace a file atomically, keeping its permissions.

    `before` is its `stamp` from when it was read. Raises `OutputError` if that has changed or the file cannot be written; the file is then
    unchanged.
    """
    try:
        mode = None if before is None else path.stat().st_mode
        write_whole(path, data, mode=mode, last=partial(_refuse_changed, path, before))
    except OSError as error:
        raise _not_written(path, error) from error


def _refuse_changed(path: Path, before: tuple[int, int, int] | None) -> None:
    """Raise `OutputError` if the file changed meanwhile: an editor does not know our lock and must not lose its changes."""
    if stamp(path) != before:
        raise OutputError(f"{path}: another program changed it just now, so it was left as it is; expected no other change. Try again.")


def _not_written(path: Path, error: OSError) -> OutputError:
    reason = error.strerror or str(error)
    return OutputError(f"{path}: could not be written ({reason}); expected a place that you may write to. What was there is untouched.")
