"""Writes files atomically: at any time there is either the whole old file or the whole new one."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from planner.errors import InputError, OutputError

STANDARD_OUTPUT = Path("-")
MOST_BYTES = 20_000_000


def write(target: Path, data: bytes, *, replace: bool = True) -> None:
    """Write `data` to `target` atomically; `-` is standard output.

    An existing file keeps its permissions, a link stays a link, a device is written to directly. Raises `InputError` if `target` is a
    folder, or if `replace` is False and it exists, even if created meanwhile; `OutputError` if it cannot be written, leaving what was
    there untouched.
    """
    if target == STANDARD_OUTPUT:
        sys.stdout.flush()
        rest = memoryview(data)
        while rest:  # with PYTHONUNBUFFERED a write to a full pipe may be partial
            rest = rest[sys.stdout.buffer.write(rest) :]
        sys.stdout.buffer.flush()
        return
    from planner.atomic_file import write_whole  # noqa: PLC0415  (`--help` does not need it)

    try:
        mode = _mode(target)
        if mode is not None and stat.S_ISDIR(mode):
            raise InputError(str(target), "this is a folder", "a file", f"Give a name in it, like {target / 'plan.ics'}.")
        if mode is not None and not replace:
            raise _stands(target)
        if mode is not None and not stat.S_ISREG(mode):
            target.write_bytes(data)
            return
        write_whole(Path(os.path.realpath(target)), data, mode=mode, replace=replace)
    except FileExistsError:
        raise _stands(target) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"{target}: could not be written ({reason}); expected a place that you may write to. What was there is untouched."
        ) from error


def standing(target: Path) -> bytes | None:
    """The content of an existing file; None if it is missing, empty, or not a regular file (a pipe, a device).

    Raises `InputError` if it cannot be read or is over 20 MB.
    """
    if target == STANDARD_OUTPUT:
        return None
    try:
        if not target.is_file():
            return None
        with target.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise InputError(str(target), f"cannot be read ({error.strerror or error})", "a file that it may be updated from") from None
    if len(data) > MOST_BYTES:
        raise InputError(str(target), "larger than 20 MB", "the calendar of a plan", "Give another name with -o.")
    return data or None


def _stands(target: Path) -> InputError:
    return InputError(str(target), "there is such a file already", "a new name", "Use --force to write over it.")


def _mode(target: Path) -> int | None:
    try:
        return target.stat().st_mode
    except FileNotFoundError:
        return None
