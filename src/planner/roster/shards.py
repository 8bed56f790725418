"""Packs plans into a few zips, for rosters with too many files for one folder."""

from __future__ import annotations

import os
import zipfile
from contextlib import ExitStack
from shutil import copyfileobj
from typing import TYPE_CHECKING

from planner.atomic_file import digest_of
from planner.roster.files import stands, writing_to
from planner.roster.job import PARTS
from planner.roster.outcome import FileFacts
from planner.roster.workers import processes

if TYPE_CHECKING:
    from pathlib import Path

    from planner.roster.job import BatchJob
    from planner.roster.manifest import Manifest

LEVEL = 1
"""Shrinks calendars to a quarter; the next levels would save a sixth more but take longer than planning."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


class Shards:
    """The zips of one run: an athlete's plan always goes into the same one, and a zip without changes is left alone.

    New plans are collected as files in a folder per shard; at the end each zip that changes is rewritten and renamed into place.
    """

    def __init__(self, job: BatchJob, manifest: Manifest) -> None:
        """Read nothing yet."""
        self._job, self._manifest = job, manifest
        self._standing: dict[int, bool] = {}
        self._dropped: dict[int, set[str]] = {}

    def stand(self, athlete_id: str) -> bool:
        """Whether the zip for an athlete's plan is still as it was written."""
        shard = self._job.shard(athlete_id)
        if shard not in self._standing:
            facts = self._manifest.archive(shard)
            self._standing[shard] = facts is not None and stands(self._job.archive(shard), facts)
        return self._standing[shard]

    def drop(self, athlete_id: str, name: str) -> None:
        """Leave an athlete's file out of its zip at the next packing."""
        self._dropped.setdefault(self._job.shard(athlete_id), set()).add(name)

    def pack(self, workers: int) -> None:
        """Rewrite the zips whose members change, in at most `workers` processes. Raises `OutputError`."""
        found = [(shard, self._new(shard)) for shard in range(1, self._job.shards + 1)]
        new = [(shard, names) for shard, names in found if names or shard in self._dropped]
        if not new:
            return
        here = os.cpu_count() or 1  # `workers` may count other machines
        with processes(min(workers, len(new), here), self._job) as pool:
            written = [(shard, names, pool.submit(write_zip, self._job, shard, names, self._dropped.get(shard))) for shard, names in new]
            for shard, names, facts in written:
                self._put(shard, names, facts.result())

    def _new(self, shard: int) -> list[str]:
        """Return the names of a shard's new members, ignoring files of a killed run that the manifest does not know."""
        with writing_to(self._job.archive(shard)):
            found = sorted(path.name for path in self._job.members(shard).iterdir())
        entries = {name: self._manifest.entry(self._job.owner(name)) for name in found}
        return [name for name, entry in entries.items() if entry is not None and not entry.in_shard]

    def _put(self, shard: int, names: list[str], facts: FileFacts) -> None:
        """Record a written zip, then rename it into place: if the run is killed in between, the old zip no longer matches the manifest."""
        self._manifest.pack(shard, facts, map(self._job.owner, names))
        with writing_to(self._job.archive(shard)):
            (self._job.folder / PARTS / facts.name).replace(self._job.archive(shard))


def write_zip(job: BatchJob, shard: int, names: list[str], dropped: set[str] | None = None) -> FileFacts:
    """Write a shard's zip among the parts of DIR: the old members without the `dropped`, plus the new ones in `names`. Raises
    `OutputError`.

    The result depends only on the members, not on the old zip's bytes. Runs in a worker.
    """
    archive, folder = job.archive(shard), job.members(shard)
    part = job.folder / PARTS / archive.name
    with writing_to(archive):
        with ExitStack() as stack:
            file = stack.enter_context(part.open("wb"))
            target = stack.enter_context(zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL))
            old, fresh = _opened(archive, stack), set(names)
            for name in sorted({*fresh, *(old.namelist() if old else ())} - (dropped or set())):
                source = (folder / name).open("rb") if name in fresh or old is None else old.open(name)
                with source, target.open(_member(name), "w", force_zip64=False) as member:
                    copyfileobj(source, member)
            target.close()
            file.flush()
            os.fsync(file.fileno())
        found = part.stat()
        return FileFacts(archive.name, digest_of(part), found.st_size, found.st_mtime_ns)


def _opened(archive: Path, stack: ExitStack) -> zipfile.ZipFile | None:
    """Open an existing zip; None if there is none or it cannot be read."""
    try:
        return stack.enter_context(zipfile.ZipFile(archive))
    except (FileNotFoundError, zipfile.BadZipFile):
        return None


def _member(name: str) -> zipfile.ZipInfo:
    """Return a zip entry header that is the same at any time and on any system."""
    head = zipfile.ZipInfo(name, _EPOCH)
    head.compress_type, head.create_system, head.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
    return head
