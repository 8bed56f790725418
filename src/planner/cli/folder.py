"""Writes a plan as a folder of files, one per run: updates the plan's own files and leaves all others alone."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from planner.cli.common import count, print_json, tell, told_before_a_stop
from planner.cli.writing import STANDARD_OUTPUT, write
from planner.errors import InputError, OutputError, StopError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from planner.model import Plan
    from planner.render import Folder, Options

NEXT = "Next: copy them to the watch, into its folder GARMIN/NewFiles."


class Kept(NamedTuple):
    """What was done to a folder: the names of the plan's files now in it, and of those removed."""

    target: Path
    files: tuple[str, ...]
    removed: tuple[str, ...]

    def words(self) -> str:
        """The outcome as a sentence, with what to do next."""
        if not self.files and not self.removed:
            return f"No run is still to come: nothing was written to {self.target}."
        gone = f"; {count(len(self.removed), 'older one')} removed" if self.removed else ""
        return f"Wrote {self.target} ({count(len(self.files), 'file')}{gone}). {NEXT if self.files else ''}".rstrip()


def make_folder(planned: Callable[[], Plan], target: Path, format_name: str, way: Folder, options: Options, *, as_json: bool) -> None:
    """Make the plan, write its files to the folder `target` and print a summary.

    If planning ends with a stop, the plan's files there are removed, as nothing may be run now. Raises what `planned` raises,
    `InputError` if `target` is not a folder, `OutputError` if it cannot be written.
    """
    check_folder(target)
    try:
        plan = planned()
    except StopError:
        with told_before_a_stop():
            removed = _remove(target, _standing(target, way))
            if removed:
                tell(f"{target}: {count(len(removed), 'workout')} removed. Delete them on the watch too.")
        raise
    kept = keep(target, way, way.files(plan, options))
    from planner.cli import summary  # noqa: PLC0415  (`--help` does not need it)

    if as_json:
        print_json({**summary.data(plan, target), "files": list(kept.files), "removed": list(kept.removed)})
    for line, detail in summary.lines(plan, target, format_name, written=kept.words()):
        tell(line, detail=detail)


def check_folder(target: Path) -> None:
    """Raise `InputError` if `target` cannot be a folder of files."""
    if target == STANDARD_OUTPUT:
        raise InputError("-o", "found - with a format of many files", "a folder", "Leave out -o for one beside the athlete file.")
    if target.exists() and not target.is_dir():
        raise InputError(str(target), "this is a file", "a folder, which may be new", "Give another name with -o.")


def keep(target: Path, way: Folder, files: Iterable[tuple[str, bytes]]) -> Kept:
    """Write each file atomically, then remove the plan's older files that are no longer among them; in this order an interruption loses
    nothing. Raises `OutputError`.
    """
    new = dict(files)
    older = _standing(target, way)
    if new:
        _make(target)
    for name, data in new.items():
        write(target / name, data)
    return Kept(target, tuple(new), _remove(target, [name for name in older if name not in new]))


def _make(target: Path) -> None:
    try:
        target.mkdir(exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"{target}: the folder could not be made ({reason}); expected a place that you may write to.") from error


def _standing(target: Path, way: Folder) -> list[str]:
    """The names of files in the folder that follow the plan's naming scheme, sorted."""
    with suppress(FileNotFoundError):
        return sorted(path.name for path in target.iterdir() if way.owns(path.name) and path.is_file())
    return []


def _remove(target: Path, names: Iterable[str]) -> tuple[str, ...]:
    removed = []
    for name in names:
        try:
            (target / name).unlink(missing_ok=True)
        except OSError as error:
            reason = error.strerror or str(error)
            raise OutputError(f"{target / name}: could not be removed ({reason}); it is out of date. Delete it by hand.") from error
        removed.append(name)
    return tuple(removed)
