"""Access to activity files: single, in a folder or in a zip, gzipped or not. Sizes are bounded so that no file can fill the memory."""

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
"""About the size in XML of a whole day with one record per second."""
MOST_IN_ALL = 4_000_000_000
"""Maximum bytes unpacked from one zip; a Strava export of many years stays below."""
MOST_FILES = 50_000
_MOST_LISTED = 20_000_000
"""Maximum bytes of a zip's central directory, which is read into memory at once."""
ZIP, GZIP = b"PK\x03\x04", b"\x1f\x8b"
FILES = (
    "an activity file: .fit, .tcx, .gpx, an export of Strava (.zip or activities.csv), a table of Garmin Connect or TrainingPeaks (.csv)"
)
_ITS_SIZE = "Is it the right file?"


class Folder:
    """The files of a folder; `read` also reaches subfolders but never leaves the folder."""

    def __init__(self, path: Path) -> None:
        """Use the folder at `path`."""
        self._path = path

    def names(self) -> tuple[str, ...]:
        """The names of the files directly in the folder, sorted, without hidden ones. Raises `InputError`."""
        try:
            found = sorted(entry.name for entry in os.scandir(self._path) if not entry.name.startswith(".") and not entry.is_dir())
        except OSError as error:
            raise _not_opened(error) from None
        if len(found) > MOST_FILES:
            raise InputError("", f"a folder of {len(found)} files", f"at most {MOST_FILES}", _ITS_SIZE)
        return tuple(found)

    def has(self, name: str) -> bool:
        """Whether a file or a link of this name is in the folder or below; true of names that lead out, as `read` reports them."""
        inside = name.replace("\\", "/")
        return ".." in inside.split("/") or os.path.lexists(self._path / inside)

    def read(self, name: str) -> bytes:
        """Read a file in the folder or below. Raises `InputError`, also for a name or link that leads out of the folder."""
        root = os.path.realpath(self._path)
        target = os.path.realpath(os.path.join(root, name.replace("\\", "/")))  # noqa: PTH118  (pathlib raises for a NUL only later)
        if os.path.commonpath([root, target]) != root:
            raise InputError("", "it leads out of its folder", "a file in the folder", "Copy the file itself there.")
        return read_bounded(Path(target))


class Zip:
    """The files of a zip, unpacked in memory only."""

    def __init__(self, file: ZipFile) -> None:
        """Use a zip opened by `opened_zip`."""
        self._file, self._left = file, MOST_IN_ALL
        self._infos = {info.filename.replace("\\", "/"): info for info in file.infolist() if not info.is_dir()}

    def names(self) -> tuple[str, ...]:
        """The names of its files, sorted, without hidden ones."""
        return tuple(sorted(name for name in self._infos if not Path(name).name.startswith(".") and not name.startswith("__MACOSX/")))

    def has(self, name: str) -> bool:
        """Whether a file of this name is in the zip."""
        return name in self._infos

    def read(self, name: str) -> bytes:
        """Unpack one file. Raises `InputError`."""
        from zipfile import BadZipFile  # noqa: PLC0415  (needed only for zips)

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
"""A container of files, with their `names`, and methods `has` and `read`."""


@contextmanager
def opened_zip(path: Path) -> Iterator[Zip]:
    """Open the zip at `path`. Raises `InputError` without a place for a broken zip, a workbook, or too long a list of contents."""
    from zipfile import BadZipFile, ZipFile  # noqa: PLC0415  (needed only for zips)

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
    """Reject a zip whose central directory would fill the memory, before reading it. Raises `InputError`."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 65_557))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at >= 0 and int.from_bytes(tail[at + 12 : at + 16], "little") > _MOST_LISTED:
        raise InputError("", "a zip with too many files in it", f"at most {MOST_FILES}", _ITS_SIZE)


def read_bounded(path: Path) -> bytes:
    """Read a file. Raises `InputError` without a place if it cannot be opened, is not a file or is too large."""
    try:
        if path.exists() and not path.is_file():
            raise InputError("", "this is not a file", FILES)
        with path.open("rb") as file:
            return _bounded(file)
    except (OSError, ValueError) as error:
        raise _not_opened(error) from None


def gunzipped(data: bytes) -> bytes:
    """Decompress gzip data. Raises `InputError` without a place."""
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
