"""What is the same for every row of one run, and where its files go."""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from attrs import frozen

from planner.maker import Chosen
from planner.records import Record
from planner.render import Options, ending
from planner.zones import zone

PARTS = ".parts"
"""The folder within DIR for what is not finished: files being written, and members of shards that are not packed yet."""


@frozen(kw_only=True, eq=False, repr=False)
class BatchJob(Record):
    """One run over a roster; it goes to other processes.

    `folder` is DIR (absolute). Each plan is written in all `formats`. `as_of` is the day of planning, None for the day that it is at
    `issued` (UTC) where the athlete lives. `shards` is how many zips the plans go to, 0 for files of their own.
    """

    folder: Path
    formats: tuple[str, ...]
    options: Options
    plugins: Chosen
    as_of: date | None
    issued: datetime
    shards: int = 0

    def day(self, timezone: str) -> date:
        """The day of planning of an athlete who lives in `timezone`."""
        return self.as_of or self.issued.astimezone(zone(timezone)).date()

    def shard(self, athlete_id: str) -> int:
        """The number of an athlete's shard, from 1: the same in every run with as many shards."""
        return int.from_bytes(sha256(athlete_id.encode()).digest()[:8]) % self.shards + 1

    def place(self, athlete_id: str, name: str) -> Path:
        """Where a file of an athlete is written: in DIR, or among the members of its shard."""
        return self.members(self.shard(athlete_id)) / name if self.shards else self.folder / name

    def shown(self, athlete_id: str, name: str) -> str:
        """A file of an athlete as the report names it, relative to DIR."""
        return f"{self.archive(self.shard(athlete_id)).name}/{name}" if self.shards else name

    def owner(self, name: str) -> str:
        """The id of the athlete whose plan a file is, by its name; the name itself where it is none of these formats."""
        endings = sorted((f".{ending(known)}" for known in self.formats), key=len, reverse=True)
        return next((name.removesuffix(end) for end in endings if name.endswith(end)), name)

    def members(self, shard: int) -> Path:
        """The folder of what is new in a shard and not packed yet."""
        return self.folder / PARTS / f"{shard:04d}"

    def archive(self, shard: int) -> Path:
        """A shard's zip."""
        return self.folder / f"shard-{shard:04d}.zip"
