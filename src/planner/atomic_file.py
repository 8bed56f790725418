"""A file as a whole: read up to a size, written so that it is either the old one or the new one, and what stands for its bytes."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from planner.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def read_whole(path: Path, *, most: int, expected: str, where: str | None = None) -> bytes:
    """What a file holds.

    Raises `InputError` for a file that is missing, a folder, cannot be read, or has over `most` bytes (whole megabytes). `expected` is
    what it should be, `where` the place that the error names: the path, if left out.
    """
    where = str(path) if where is None else where
    try:
        with path.open("rb") as file:
            raw = file.read(most + 1)
    except FileNotFoundError:
        raise InputError(where, "there is no such file", expected, "Check the name and the folder.") from None
    except IsADirectoryError:
        raise InputError(where, "this is a folder", expected, "Give the file inside it.") from None
    except (OSError, ValueError) as error:
        raise InputError(where, f"cannot be opened ({_reason(error)})", expected) from None
    if len(raw) > most:
        raise InputError(where, f"larger than {most // 1_000_000} MB", expected, "Is it the right file?")
    return raw


def write_whole(path: Path, data: bytes, *, mode: int | None, last: Callable[[], None] | None = None, replace: bool = True) -> None:
    """Write a file beside its place, force it to the disk, and rename it there, with the permissions in `mode` if it is given.

    `last` is asked just before the renaming and may raise. Without `replace` whatever stands at `path` by then stays, and this raises
    `FileExistsError`. Whatever is raised, an `OSError` or what `last` raises, what stood at `path` is untouched then and nothing is left
    beside it.
    """
    part = path.with_name(f".{path.name[:50]}.{os.urandom(6).hex()}.part")
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            part.chmod(stat.S_IMODE(mode))
        if last is not None:
            last()
        if replace:
            part.replace(path)
        else:
            _put(part, path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise


def _put(part: Path, path: Path) -> None:
    """Rename a file to where none stands. Raises `FileExistsError` where one does, whoever put it there and however lately."""
    try:
        path.hardlink_to(part)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):  # not every file system has links: there an empty file keeps the place
        path.open("xb").close()
        try:
            part.replace(path)
        except BaseException:
            with suppress(OSError):
                path.unlink()
            raise
    else:
        with suppress(OSError):  # what it was for is done
            part.unlink()


def digest_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hex. Raises `OSError`."""
    from hashlib import file_digest  # noqa: PLC0415  (most commands need none)

    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _reason(error: Exception) -> str:
    """What the system says is wrong with a file, in its own words."""
    return getattr(error, "strerror", None) or str(error)
