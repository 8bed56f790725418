"""Finishes or removes what an interrupted run left among the parts of DIR and in its shards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.render import ending
from planner.roster.files import stands, writing_to
from planner.roster.job import PARTS
from planner.roster.prune import WORKOUTS

if TYPE_CHECKING:
    from planner.roster.job import BatchJob
    from planner.roster.manifest import Manifest
    from planner.roster.outcome import Outcome
    from planner.roster.shards import Shards


def clear_parts(job: BatchJob, manifest: Manifest) -> None:
    """Create the folders for parts and delete files that a killed run left half-written; shard members are complete and stay.

    A zip that the manifest already records is renamed into place, as the run would have done next. Raises `OutputError`.
    """
    parts = job.folder / PARTS
    with writing_to(job.folder):
        parts.mkdir(exist_ok=True)
        for shard in range(1, job.shards + 1):
            archive, facts = job.archive(shard), manifest.archive(shard)
            if facts is not None and stands(parts / archive.name, facts):
                (parts / archive.name).replace(archive)
            job.members(shard).mkdir(exist_ok=True)
        for path in parts.iterdir():
            if path.is_file():
                path.unlink()


def drop_workouts(shards: Shards, outcome: Outcome) -> None:
    """Leave a stopped row's workouts out of its zip: an interrupted run may have recorded the stop without packing that zip again."""
    if outcome.status == "stop" and shards.stand(outcome.id):
        shards.drop(outcome.id, f"{outcome.id}.{ending(WORKOUTS)}")
