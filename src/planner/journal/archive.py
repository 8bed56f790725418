"""Where activity files lie: alone, in a folder, in a zip; packed by gzip or not. Bounded, so that no file can fill the memory."""

from __future__ import annotations

import os
import stat
import zlib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from planner.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO
    from zipfile import ZipFile

MOST_BYTES = 30_000_000
"""An activity file of a whole day, a record a second, is about as large in XML."""
MOST_IN_ALL = 4_000_000_000
"""So much is unpacked from one zip; an export of Strava over many years stays below."""
MOST_FILES = 50_000
_MOST_LISTED = 20_000_000
"""Bytes of a zip's list of contents, which is read into memory at once."""
ZIP, GZIP = b"PK\x03\x04", b"\x1f\x8b"
FILES = (
    "an activity file: .fit, .tcx, .gpx, an export of Strava (.zip or activities.csv), a table of Garmin Connect or TrainingPeaks (.csv)"
)
_ITS_SIZE = "Is it the right file?"


class Folder:
    """The files of a folder; `read` also reaches its own folders, and never leaves it."""

    def __init__(self, path: Path) -> None:
        """The folder at `path`."""
        self._path = path

    def names(self) -> tuple[str, ...]:
        """The files in the folder itself, sorted; hidden ones are left out. Raises `InputError`."""
        try:
            found = sorted(entry.name for entry in os.scandir(self._path) if not entry.name.startswith(".") and not entry.is_dir())
        except OSError as error:
            raise _not_opened(error) from None
        if len(found) > MOST_FILES:
            raise InputError("", f"a folder of {len(found)} files", f"at most {MOST_FILES}", _ITS_SIZE)
        return tuple(found)

    def read(self, name: str) -> bytes:
        """The bytes of a file in the folder or below. Raises `InputError`, also for a name or a link that leads out of the folder."""
        root = os.path.realpath(self._path)
        target = os.path.realpath(os.path.join(root, name.replace("\\", "/")))  # noqa: PTH118  (pathlib raises for a NUL only later)
        if os.path.commonpath([root, target]) != root:
            raise InputError("", "it leads out of its folder", "a file in the folder", "Copy the file itself there.")
        return read_bounded(Path(target))


class Zip:
    """The files of a zip; nothing is ever written to the disk."""

    def __init__(self, file: ZipFile) -> None:
        """The zip that `opened_zip` opened."""
        self._file, self._left = file, MOST_IN_ALL
        self._infos = {info.filename.replace("\\", "/"): info for info in file.infolist() if not info.is_dir()}

    def names(self) -> tuple[str, ...]:
        """What lies in it, sorted, hidden files left out."""
        return tuple(sorted(name for name in self._infos if not Path(name).name.startswith(".") and not name.startswith("__MACOSX/")))

    def read(self, name: str) -> bytes:
        """The bytes of one of them, unpacked. Raises `InputError`."""
        from zipfile import BadZipFile  # noqa: PLC0415  (what other files do not need)

        info = self._infos.get(name)
        if info is None:
            raise InputError("", "there is no such file in the zip", "the file that its table names")
        if stat.S_ISLNK(info.external_attr >> 16):
            raise InputError("", "this is a link", "the file itself")
        try:
            with self._file.open(info) as file:
                data = _bounded(file)
        except (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
            raise InputError("", f"it cannot be unpacked ({error})", "a whole zip", "Download it again.") from None
        except RuntimeError:
            raise InputError("", "it is locked with a password", "a zip without one") from None
        self._left -= len(data)
        if self._left < 0:
            raise InputError("", f"more than {MOST_IN_ALL // 10**9} GB when unpacked", "an export of activities", _ITS_SIZE)
        return data


Place: TypeAlias = Folder | Zip
"""Files that belong together: their `names`, and the bytes that each `read` gives."""


@contextmanager
def opened_zip(path: Path) -> Iterator[Zip]:
    """The zip at `path`. Raises `InputError` with the reason alone: it is broken, a workbook, or lists too much."""
    from zipfile import BadZipFile, ZipFile  # noqa: PLC0415  (what other files do not need)

    try:
        with path.open("rb") as file:
            _check_list(file)
            with ZipFile(file) as opened:
                if "[Content_Types].xml" in opened.namelist():
                    raise InputError("", "this is a workbook", FILES, "Save its sheet as CSV.")
                yield Zip(opened)
    except (BadZipFile, NotImplementedError, UnicodeError, ValueError) as error:
        raise InputError("", f"this is not a whole zip ({error})", "the zip as it was downloaded", "Download it again.") from None
    except OSError as error:
        raise _not_opened(error) from None


def _check_list(file: IO[bytes]) -> None:
    """Refuse a zip whose list of contents would fill the memory, before it is read."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 65_557))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at >= 0 and int.from_bytes(tail[at + 12 : at + 16], "little") > _MOST_LISTED:
        raise InputError("", "a zip with too many files in it", f"at most {MOST_FILES}", _ITS_SIZE)


def read_bounded(path: Path) -> bytes:
    """What a file holds. Raises `InputError` with the reason alone: it cannot be opened, is no file, is empty or too large."""
    try:
        if path.exists() and not path.is_file():
            raise InputError("", "this is not a file", FILES)
        with path.open("rb") as file:
            return _bounded(file)
    except (OSError, ValueError) as error:
        raise _not_opened(error) from None


def gunzipped(data: bytes) -> bytes:
    """What was packed by gzip. Raises `InputError` with the reason alone."""
    unpack = zlib.decompressobj(wbits=31)
    try:
        found = unpack.decompress(data, MOST_BYTES + 1)
    except zlib.error as error:
        raise InputError("", f"it cannot be unpacked ({error})", "a whole .gz file", "Download it again.") from None
    if len(found) > MOST_BYTES:
        raise _too_large()
    if not unpack.eof:
        raise InputError("", "it is cut short", "a whole .gz file", "Download it again.")
    return found


def _bounded(file: IO[bytes]) -> bytes:
    data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise _too_large()
    return data


def _too_large() -> InputError:
    return InputError("", f"larger than {MOST_BYTES // 10**6} MB", FILES, _ITS_SIZE)


def _not_opened(error: OSError | ValueError) -> InputError:
    number = error.errno if isinstance(error, OSError) else None
    reason = os.strerror(number) if number else str(error)
    return InputError("", f"cannot be opened ({reason})", FILES, "Check the name and the folder.")
