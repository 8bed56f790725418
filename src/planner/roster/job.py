"""Settings that all rows of one run share, and the paths of its files."""

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
"""The folder within DIR for unfinished files: files being written, and shard members not packed yet."""


@frozen(kw_only=True, eq=False, repr=False)
class BatchJob(Record):
    """The settings of one run over a roster; sent to the workers.

    `folder` is DIR (absolute). Each plan is written in all `formats`. `as_of` is the day of planning; None for the date of `issued` (UTC)
    in the athlete's time zone. `shards` is the number of zips for the plans, 0 for one file each.
    """

    folder: Path
    formats: tuple[str, ...]
    options: Options
    plugins: Chosen
    as_of: date | None
    issued: datetime
    shards: int = 0

    def day(self, timezone: str) -> date:
        """The day of planning of an athlete in `timezone`."""
        return self.as_of or self.issued.astimezone(zone(timezone)).date()

    @property
    def group_day(self) -> date:
        """The day of planning for the group as a whole, whose athletes may be in several time zones."""
        return self.as_of or self.issued.date()

    def shard(self, athlete_id: str) -> int:
        """The number of an athlete's shard, from 1; it depends only on the id and the number of shards."""
        return int.from_bytes(sha256(athlete_id.encode()).digest()[:8]) % self.shards + 1

    def place(self, athlete_id: str, name: str) -> Path:
        """The path at which an athlete's file is written: in DIR, or among the unpacked members of its shard."""
        return self.members(self.shard(athlete_id)) / name if self.shards else self.folder / name

    def shown(self, athlete_id: str, name: str) -> str:
        """An athlete's file as the report names it, relative to DIR."""
        return f"{self.archive(self.shard(athlete_id)).name}/{name}" if self.shards else name

    def owner(self, name: str) -> str:
        """The id of the athlete whose plan has this file name; the name itself if it has none of the run's formats."""
        endings = sorted((f".{ending(known)}" for known in self.formats), key=len, reverse=True)
        return next((name.removesuffix(end) for end in endings if name.endswith(end)), name)

    def members(self, shard: int) -> Path:
        """The folder of a shard's new members that are not packed yet."""
        return self.folder / PARTS / f"{shard:04d}"

    def archive(self, shard: int) -> Path:
        """The path of a shard's zip."""
        return self.folder / f"shard-{shard:04d}.zip"
