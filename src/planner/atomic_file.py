"""Whole-file operations: size-limited reads, atomic writes, digests."""

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
    """Read a file's bytes.

    Raises `InputError` for a file that is missing, a folder, unreadable, or larger than `most` bytes (whole megabytes). `expected` says
    what the file should be and `where` is the place that the error names (default: the path).
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
    """Write a file atomically: to a temporary file beside `path`, synced to disk and renamed, with the permissions `mode` if given.

    `last` is called just before the rename and may raise to cancel it. Without `replace`, raises `FileExistsError` if `path` exists by
    then. On any error (`OSError`, or what `last` raises) `path` is unchanged and the temporary file is removed.
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
    """Rename a file to a path that does not exist yet, without a race. Raises `FileExistsError` if it does."""
    try:
        path.hardlink_to(part)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):  # file systems without hard links: reserve the name with an empty file
        path.open("xb").close()
        try:
            part.replace(path)
        except BaseException:
            with suppress(OSError):
                path.unlink()
            raise
    else:
        with suppress(OSError):  # the file is in place; a leftover temporary file does no harm
            part.unlink()


def digest_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hex. Raises `OSError`."""
    from hashlib import file_digest  # noqa: PLC0415  (most commands never need it)

    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _reason(error: Exception) -> str:
    """The operating system's own message for a file error."""
    return getattr(error, "strerror", None) or str(error)
