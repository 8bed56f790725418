"""Writes the files of a batch atomically, and checks whether a file is still as it was written."""

from __future__ import annotations

import errno
import os
import socket
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from planner.atomic_file import digest_of
from planner.errors import InputError, OutputError
from planner.roster.job import PARTS
from planner.roster.outcome import FileFacts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import IO

    from planner.roster.job import BatchJob

_OF_ONE_FILE = {errno.EPERM, errno.EISDIR, errno.ENOTEMPTY, errno.EBUSY, errno.ETXTBSY}
"""What a rename fails with if only its target is at fault: it is immutable, a folder, or in use."""
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
MOVE_IT = "Move it away, or give another folder with -o."


def put(job: BatchJob, athlete_id: str, name: str, data: bytes) -> FileFacts:
    """Write an athlete's file under a temporary name, rename it into place and return its facts.

    Raises `OSError` if the folder takes no file, as that affects every athlete, and `InputError` if only this one cannot be replaced.

    No fsync, which would take longer than planning: after a power cut a file may be short; its size then differs from the manifest's, and
    the next run writes it again.
    """
    target = job.place(athlete_id, name)
    part = job.folder / PARTS / f"{name}.{socket.gethostname()}.{os.getpid()}"
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            facts = FileFacts(name, sha256(data).hexdigest(), len(data), os.fstat(file.fileno()).st_mtime_ns)
        _replace(part, target)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
    return facts


def found(job: BatchJob, athlete_id: str, name: str, data: bytes) -> FileFacts | None:
    """Return the facts of an athlete's file that already contains `data`; None if there is none outside a shard. Raises `OSError`."""
    try:
        mtime_ns = job.place(athlete_id, name).stat().st_mtime_ns
    except FileNotFoundError:
        return None
    return FileFacts(name, sha256(data).hexdigest(), len(data), mtime_ns)


def _replace(part: Path, target: Path) -> None:
    """Rename; convert an `OSError` that is about `target` alone into an `InputError`."""
    try:
        part.replace(target)
    except OSError as error:
        if error.errno not in _OF_ONE_FILE:
            raise
        found = f"cannot be replaced ({error.strerror or error})"
        raise InputError(str(target), found, "a file that may be", "Make it writable, or move it away.") from error


def settle(file: IO[str] | IO[bytes], target: Path) -> None:
    """Flush a finished file to disk, close it and rename it to `target`. Raises `OSError`."""
    file.flush()
    os.fsync(file.fileno())
    file.close()
    Path(file.name).replace(target)


@contextmanager
def writing_to(target: Path) -> Iterator[None]:
    """Convert an `OSError` within the block into an `OutputError` about `target` that says how the batch goes on."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        advice = f"{'Make room' if error.errno in _NO_ROOM else 'Correct that'} and run the same command again; what was finished stays."
        raise OutputError(
            f"{target}: could not be written ({reason}); expected a place with room that you may write to. {advice}"
        ) from error


def refuse_stranger(path: Path, beginning: bytes) -> None:
    """Raise `InputError` if the file at `path` does not begin like a plan: it may be the athlete's log, or the roster."""
    try:
        with path.open("rb") as file:
            if file.read(len(beginning)) == beginning:
                return
    except FileNotFoundError:
        return
    except IsADirectoryError:
        raise InputError(str(path), "this is a folder", "a plan, or nothing", MOVE_IT) from None
    raise InputError(str(path), "this is not a plan", "one of an earlier run, or nothing", MOVE_IT)


def refuse_inputs(folder: Path, inputs: Iterable[Path | None], names: Iterable[str]) -> None:
    """Raise `InputError` for an input file in `folder` that the batch would overwrite, because it has one of the batch's own `names`."""
    own = {folder.resolve() / name for name in names}
    for path in inputs:
        if path is not None and path.resolve() in own:
            raise InputError(str(path), "the batch writes a file of that name", "a roster, a log or defaults under another name", MOVE_IT)


def stands(path: Path, facts: FileFacts) -> bool:
    """Whether the file at `path` is the one that was written: same size, and same modification time or same digest."""
    try:
        found = path.stat()
        if found.st_size != facts.size:
            return False
        return found.st_mtime_ns == facts.mtime_ns or digest_of(path) == facts.digest
    except (OSError, ValueError):
        return False
