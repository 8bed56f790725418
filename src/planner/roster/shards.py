"""Plans in a few zips instead of a file each: what a hundred thousand files in one folder are too many for."""

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
"""Calendars shrink to a quarter; the next levels would take longer than planning for a sixth."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


class Shards:
    """The zips of one run: an athlete's plan is always in the same one, and a zip in which nothing is new is left as it is.

    New plans lie as members in a folder of their own until the end; then each zip that has some is written anew beside the old one.
    """

    def __init__(self, job: BatchJob, manifest: Manifest) -> None:
        """Nothing is read yet."""
        self._job, self._manifest = job, manifest
        self._standing: dict[int, bool] = {}
        self._dropped: dict[int, set[str]] = {}

    def stand(self, athlete_id: str) -> bool:
        """Whether the zip that holds an athlete's plan is still the one that was written."""
        shard = self._job.shard(athlete_id)
        if shard not in self._standing:
            facts = self._manifest.archive(shard)
            self._standing[shard] = facts is not None and stands(self._job.archive(shard), facts)
        return self._standing[shard]

    def drop(self, athlete_id: str, name: str) -> None:
        """Leave a file of an athlete out of its zip when that is packed."""
        self._dropped.setdefault(self._job.shard(athlete_id), set()).add(name)

    def pack(self, workers: int) -> None:
        """Write the zips that have other members now, in at most as many processes as `workers`. Raises `OutputError`."""
        found = [(shard, self._new(shard)) for shard in range(1, self._job.shards + 1)]
        new = [(shard, names) for shard, names in found if names or shard in self._dropped]
        if not new:
            return
        here = os.cpu_count() or 1  # the workers that planned may be on other machines
        with processes(min(workers, len(new), here), self._job) as pool:
            written = [(shard, names, pool.submit(write_zip, self._job, shard, names, self._dropped.get(shard))) for shard, names in new]
            for shard, names, facts in written:
                self._put(shard, names, facts.result())

    def _new(self, shard: int) -> list[str]:
        """The names of a shard's new members; what a killed run left there before it was noted is none."""
        with writing_to(self._job.archive(shard)):
            found = sorted(path.name for path in self._job.members(shard).iterdir())
        entries = {name: self._manifest.entry(self._job.owner(name)) for name in found}
        return [name for name, entry in entries.items() if entry is not None and not entry.in_shard]

    def _put(self, shard: int, names: list[str], facts: FileFacts) -> None:
        """A written zip in its place. It is noted first: killed in between, the run finds that the old one no longer stands."""
        self._manifest.pack(shard, facts, map(self._job.owner, names))
        with writing_to(self._job.archive(shard)):
            (self._job.folder / PARTS / facts.name).replace(self._job.archive(shard))


def write_zip(job: BatchJob, shard: int, names: list[str], dropped: set[str] | None = None) -> FileFacts:
    """Write a shard's zip among the parts of DIR: the old one's members but for the `dropped`, with those of these names new. Raises
    `OutputError`.

    The same members give the same bytes, whatever was there before. Runs in a worker.
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
    """The zip that stands there, None where there is none or it cannot be read."""
    try:
        return stack.enter_context(zipfile.ZipFile(archive))
    except (FileNotFoundError, zipfile.BadZipFile):
        return None


def _member(name: str) -> zipfile.ZipInfo:
    """A member's head, the same at any time and on any system."""
    head = zipfile.ZipInfo(name, _EPOCH)
    head.compress_type, head.create_system, head.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
    return head
